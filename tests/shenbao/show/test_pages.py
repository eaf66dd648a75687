"""Pictures of pages: what is drawn where, in which colour, and what cannot be drawn."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from reportlab.lib.pdfencrypt import StandardEncryption

from bench.tables import HEIGHT, WIDTH, draw, lines
from extract.pdf.reader import pages
from models.declaration import DepartmentOverall
from models.finding import Evidence, Finding, Repair
from models.geometry import Box
from models.submission import DepartmentForm
from shenbao.readers import Settings
from shenbao.show.pages import (
    MARK_COLOURS,
    PIXELS_A_POINT,
    Field,
    NotDrawableError,
    draw_page,
    draw_pdf,
    form_to_fields,
)
from tests.drawn import TURNS, canvas_at, small_table

BOX = (10.0, 20.0, 30.0, 40.0)


def finding(severity: Any, path: str | None) -> Finding:
    return Finding(code=f"some-{severity}", category="reading", severity=severity, path=path, message="")


def form(*findings: Finding, **places: Evidence) -> DepartmentForm:
    evidence = {f"/{name.replace('_', '/')}": place for name, place in places.items()}
    repair = Repair(path="/b", kind="typo", before="x", after="y", because="", confidence=1.0)
    return DepartmentForm.model_construct(
        layout="a", data=DepartmentOverall.model_construct(), evidence=evidence, repairs=(repair,),
        findings=findings,
    )  # fmt: skip


def placed(**more: Any) -> Evidence:
    usual: dict[str, Any] = {"page": 1, "bbox": BOX, "text": "x", "reader": "cell", "confidence": 1.0}
    return Evidence(**usual | more)


def test_a_field_has_the_colour_of_the_gravest_finding_on_it_above_it_or_below_it() -> None:
    found = [
        finding("warning", "/a"),
        finding("error", "/c/0/target"),
        finding("info", "/d"),
        finding("error", None),
    ]
    values = {name: placed() for name in ("a_0", "b", "c_0", "c_01", "d")}
    assert [(field.mark, field.code) for field in form_to_fields(form(*found, **values))] == [
        ("fine", ""), ("fine", ""), ("repaired", "typo"), ("warning", "some-warning"), ("error", "some-error"),
    ]  # fmt: skip


def test_a_value_without_a_box_is_not_drawn() -> None:
    assert not [*form_to_fields(form(a=placed(bbox=None, page=None, part="表1 R1C1")))]


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_boxes_lie_on_the_print_they_are_about(turn: int, tmp_path: Path) -> None:
    """Also on a page turned by the file, and on one whose text was drawn sideways."""
    for declared in (True, False):
        canvas = canvas_at(
            tmp_path / "a.pdf", (WIDTH, HEIGHT) if declared or turn in (0, 180) else (HEIGHT, WIDTH)
        )
        TURNS[turn](canvas)
        if declared:
            canvas.setPageRotation(turn)
        canvas.setFont("Helvetica", 40)
        canvas.drawString(100, 600, "MMM")
        draw(canvas, small_table(), lines)
        canvas.save()
        (page,) = pages(tmp_path / "a.pdf")
        (path,) = draw_pdf(tmp_path / "a.pdf", tmp_path / "out", Settings())
        with Image.open(path) as picture:
            assert picture.width == pytest.approx(page.width * PIXELS_A_POINT, abs=1)
            box = next(char.box for char in page.chars if char.text == "M")
            ink = picture.convert("L").crop(
                (
                    round(PIXELS_A_POINT * box.x0),
                    round(PIXELS_A_POINT * box.top),
                    round(PIXELS_A_POINT * box.x1),
                    round(PIXELS_A_POINT * box.bottom),
                )
            )
            assert min(ink.crop((5, 5, ink.width - 5, ink.height - 5)).tobytes()) < 100


def test_a_page_shows_its_fields_in_their_colours(tmp_path: Path) -> None:
    canvas = canvas_at(tmp_path / "a.pdf")
    draw(canvas, small_table(), lines)
    canvas.save()
    (page,) = pages(tmp_path / "a.pdf")
    fields = [Field(1, Box(20, 20 * n, 40, 20 * n + 10), mark) for n, mark in enumerate(MARK_COLOURS, 1)]
    drawn = draw_page(Image.new("RGBA", (1190, 1684), "white"), page, [], fields)
    assert drawn.height > 1684
    for field in fields:
        assert drawn.getpixel((60, int(field.box.top * PIXELS_A_POINT - 2))) == MARK_COLOURS[field.mark][:3]


def test_pictures_are_named_after_the_file_and_its_pages(tmp_path: Path) -> None:
    canvas = canvas_at(tmp_path / "a.pdf")
    for seed in (1, 2):
        draw(canvas, small_table(seed), lines)
    canvas.save()
    assert [p.name for p in draw_pdf(tmp_path / "a.pdf", tmp_path / "out", Settings())] == [
        "a.pdf.001.png",
        "a.pdf.002.png",
    ]
    assert len([*(tmp_path / "out").iterdir()]) == 2


def test_only_a_pdf_that_opens_can_be_drawn(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_text("部门整体绩效目标申报表", "utf-8")
    canvas = canvas_at(tmp_path / "b.pdf", encrypt=StandardEncryption("open sesame", strength=128))
    draw(canvas, small_table(), lines)
    canvas.save()
    for name, reason in (("a.pdf", "only PDF files"), ("b.pdf", "已加密")):
        with pytest.raises(NotDrawableError, match=reason):
            next(draw_pdf(tmp_path / name, tmp_path / "out", Settings()))
    assert not (tmp_path / "out").exists()
