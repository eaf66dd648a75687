"""PDF files made on the spot: turned pages, hard borders, broken and unreadable files."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader

from bench.grids import grid_to_cells
from bench.tables import FONT, HEIGHT, PENS, WIDTH, Pen, draw, lines
from extract.page.text_lines import chars_to_lines, lines_to_text
from extract.pdf.reader import pages, read_pdf
from models.document import Document, TextLine
from tests.drawn import TURNS, canvas_at, codes, grids, objects_to_pdf, small_table


@pytest.mark.parametrize("pen", PENS, ids=lambda pen: pen.__name__)
def test_every_kind_of_border_gives_the_cells_that_were_drawn(pen: Pen, tmp_path: Path) -> None:
    table, canvas = small_table(), canvas_at(tmp_path / "a.pdf")
    draw(canvas, table, pen)
    canvas.save()
    document = read_pdf(tmp_path / "a.pdf")
    assert [grid_to_cells(grid) for grid in grids(document)] == [table.cells()]
    assert (document.pages, document.problems) == (1, ())


@pytest.mark.parametrize("declared", [True, False], ids=["by /Rotate", "drawn sideways"])
@pytest.mark.parametrize("angle", [90, 180, 270])
def test_turned_pages_read_like_upright_ones(angle: int, declared: bool, tmp_path: Path) -> None:
    table = small_table()
    for name, turn in (("up.pdf", 0), ("turned.pdf", angle)):
        # setPageRotation swaps the sides of the page itself
        size = (WIDTH, HEIGHT) if declared or turn in (0, 180) else (HEIGHT, WIDTH)
        canvas = canvas_at(tmp_path / name, size)
        TURNS[turn](canvas)
        if declared:
            canvas.setPageRotation(turn)
        draw(canvas, table, lines)
        canvas.save()
    (upright,), (turned,) = (grids(read_pdf(tmp_path / name)) for name in ("up.pdf", "turned.pdf"))
    assert grid_to_cells(turned) == table.cells()
    for a, b in zip(upright.cells, turned.cells, strict=True):
        assert a.place.box is not None and b.place.box is not None
        assert (b.place.box.x0, b.place.box.bottom) == pytest.approx(
            (a.place.box.x0, a.place.box.bottom), abs=0.01
        )


def test_places_are_counted_from_the_visible_corner(tmp_path: Path) -> None:
    canvas = canvas_at(tmp_path / "a.pdf")
    canvas.setCropBox((30, 0, WIDTH, HEIGHT - 50))
    canvas.setFont(FONT, 10)
    canvas.drawString(50, HEIGHT - 100, "可见")
    canvas.drawString(50, HEIGHT - 20, "页外")
    canvas.save()
    (line,) = read_pdf(tmp_path / "a.pdf").pieces
    assert isinstance(line, TextLine) and line.text == "可见" and line.place.box is not None
    assert (line.place.box.x0, line.place.box.top) == pytest.approx((20, 42), abs=2)


def test_each_place_holds_the_text_it_claims_and_no_other(tmp_path: Path) -> None:
    canvas = canvas_at(tmp_path / "a.pdf")
    canvas.setFont(FONT, 9)
    canvas.drawString(60, HEIGHT - 60, "填报日期：2025年10月22日")
    canvas.drawString(440, HEIGHT - 60, "单位：万元")
    canvas.drawString(280, 30, "以下空白")
    draw(canvas, small_table(), lines)
    canvas.save()
    (page,) = pages(tmp_path / "a.pdf")
    document = read_pdf(tmp_path / "a.pdf")
    placed = [p for p in document.pieces if isinstance(p, TextLine)] + list(grids(document)[0].cells)
    assert [type(piece).__name__ for piece in document.pieces] == ["TextLine", "TextLine", "Grid", "TextLine"]
    for piece in placed:
        box = piece.place.box
        assert box is not None
        inside = [char for char in page.chars if box.contains(*char.box.centre)]
        assert lines_to_text(chars_to_lines(inside)) == piece.text


def test_tables_over_pages_stay_in_order_with_their_edges(tmp_path: Path) -> None:
    canvas = canvas_at(tmp_path / "a.pdf")
    for seed in (1, 2):
        draw(canvas, small_table(seed), lines)
    canvas.save()
    first, second = grids(read_pdf(tmp_path / "a.pdf"))
    assert [grid.edges[0][0] for grid in (first, second)] == [1, 2]
    assert (first.breaks, second.breaks) == (frozenset(), frozenset({0}))
    assert len(first.edges[0][1]) == first.columns + 1


def test_a_picture_without_text_is_unread_and_a_blank_page_is_nothing(tmp_path: Path) -> None:
    canvas = canvas_at(tmp_path / "a.pdf")
    canvas.drawImage(ImageReader(Image.new("L", (60, 80), 200)), 0, 0, WIDTH, HEIGHT)
    canvas.showPage()
    canvas.showPage()
    canvas.save()
    document = read_pdf(tmp_path / "a.pdf")
    assert [(p.code, p.page) for p in document.problems] == [("page-unread", 1)]
    assert document.pieces == ()


def test_a_table_without_lines_is_read_and_said_to_be_a_guess(tmp_path: Path) -> None:
    canvas = canvas_at(tmp_path / "a.pdf")
    canvas.setFont(FONT, 10)
    for row in range(4):
        for column in range(3):
            canvas.drawString(60 + 120 * column, 700 - 20 * row, f"甲{row}{column}")
    canvas.save()
    document = read_pdf(tmp_path / "a.pdf")
    assert [(grid.rows, grid.columns, grid.spans) for grid in grids(document)] == [(4, 3, "inferred")]
    assert [(p.code, p.severity) for p in document.problems] == [("page-unruled", "warning")]


def test_a_page_limit_is_said(tmp_path: Path) -> None:
    canvas = canvas_at(tmp_path / "a.pdf")
    for seed in (1, 2, 3):
        draw(canvas, small_table(seed), lines)
    canvas.save()
    document = read_pdf(tmp_path / "a.pdf", max_pages=2)
    assert (document.pages, len(grids(document)), codes(document)) == (2, 2, ["pdf-too-long"])
    assert codes(read_pdf(tmp_path / "a.pdf", max_pages=3)) == []


def test_an_encrypted_file_is_said(tmp_path: Path) -> None:
    canvas = canvas_at(tmp_path / "a.pdf", encrypt=StandardEncryption("open sesame", strength=128))
    draw(canvas, small_table(), lines)
    canvas.save()
    document = read_pdf(tmp_path / "a.pdf")
    assert (document.pieces, codes(document)) == ((), ["pdf-encrypted"])


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "pdf-empty"),
        (objects_to_pdf([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[]/Count 0>>"]), "pdf-empty"),
        (b"%PDF-1.7\n" + bytes(range(256)) * 4, "pdf-damaged"),
        ("不是 PDF".encode(), "pdf-damaged"),
    ],
)
def test_files_that_are_no_document(data: bytes, code: str, tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(data)
    document = read_pdf(tmp_path / "a.pdf")
    assert (document.pieces, codes(document)) == ((), [code])


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_bad_bytes_are_never_a_traceback(tmp_path: Path, data: st.DataObject) -> None:
    canvas = canvas_at(tmp_path / "a.pdf", pageCompression=0)
    draw(canvas, small_table(), lines)
    canvas.save()
    broken = bytearray((tmp_path / "a.pdf").read_bytes())
    for _ in range(data.draw(st.integers(1, 30))):
        broken[data.draw(st.integers(0, len(broken) - 1))] = data.draw(st.integers(0, 255))
    (tmp_path / "b.pdf").write_bytes(broken[: data.draw(st.integers(0, len(broken)))])
    assert isinstance(read_pdf(tmp_path / "b.pdf"), Document)


def test_a_text_layer_without_characters_is_not_taken(tmp_path: Path) -> None:
    """A composite font without ToUnicode gives glyph numbers, not characters."""
    text = b"BT /F 12 Tf 50 700 Td <" + b"00410122013304440155" * 8 + b"> Tj ET"
    font = b"/Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H/DescendantFonts[5 0 R]"
    system = b"/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
    descendant = b"/Type/Font/Subtype/CIDFontType2/BaseFont/X/DW 1000" + system
    page = b"/Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 6 0 R/Resources<</Font<</F 4 0 R>>>>"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<<" + page + b">>",
        b"<<" + font + b">>",
        b"<<" + descendant + b">>",
        b"<</Length %d>>stream\n" % len(text) + text + b"\nendstream",
    ]
    (tmp_path / "a.pdf").write_bytes(objects_to_pdf(objects))
    document = read_pdf(tmp_path / "a.pdf")
    assert (document.pieces, codes(document)) == ((), ["page-garbled-text"])


def test_a_page_that_is_only_the_last_row_is_a_ruled_one(tmp_path: Path) -> None:
    canvas = canvas_at(tmp_path / "a.pdf")
    canvas.setFont(FONT, 9)
    for x in (40, 100, 500):
        canvas.line(x, HEIGHT - 40, x, HEIGHT - 90)
    canvas.line(40, HEIGHT - 90, 500, HEIGHT - 90)
    canvas.drawString(50, HEIGHT - 70, "长期目标")
    canvas.drawString(110, HEIGHT - 70, "医疗保障更加公平")
    canvas.drawString(280, 30, "— 2 —")
    canvas.save()
    document = read_pdf(tmp_path / "a.pdf")
    (grid,) = grids(document)
    assert [(cell.text, cell.row) for cell in grid.cells] == [("长期目标", 0), ("医疗保障更加公平", 0)]
    assert [problem.code for problem in document.problems] == []
