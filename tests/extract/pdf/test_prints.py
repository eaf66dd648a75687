"""Pages whose geometry is odd read like plain ones."""

from __future__ import annotations

from pathlib import Path

import pytest
from reportlab.lib.colors import CMYKColorSep
from reportlab.pdfgen.canvas import Canvas

from extract.pdf.drawing.nouns import Image, Paint
from extract.pdf.prints import _area, file_to_prints
from extract.pdf.reader import read_pdf
from tests.drawn import canvas_at, codes, grids, objects_to_pdf
from tests.extract.pdf.forms import BOTTOM, FLOOR, LEFT, MIDDLE, RIGHT, TOP, cells, form, rule, text_at

FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
RULES = b"50 620 m 50 700 l 250 620 m 250 700 l 450 620 m 450 700 l 50 700 m 450 700 l 50 660 m 450 660 l 50 620 m 450 620 l S "


def page(tmp_path: Path, content: bytes, boxes: bytes = b"/MediaBox[0 0 595 842]") -> Path:
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R" + boxes + b"/Contents 5 0 R/Resources<</Font<</F 4 0 R>>>>>>",
        FONT,
        b"<</Length %d>>stream\n" % len(content) + content + b"\nendstream",
    ]
    (tmp_path / "a.pdf").write_bytes(objects_to_pdf(objects))
    return tmp_path / "a.pdf"


TEXT = b"BT /F 10 Tf 60 675 Td (Total) Tj 200 0 Td (3102.15) Tj ET"
READ = ["Total", "3102.15", "", ""]


@pytest.mark.parametrize(
    "text",
    [
        b"BT /F -10 Tf -1 0 0 -1 60 675 Tm (Total) Tj -200 0 Td (3102.15) Tj ET",
        b"BT /F 1 Tf 10 0 0 10 60 675 Tm (Total) Tj 20 0 Td (3102.15) Tj ET",
        b"BT /F 10 Tf 60 675 Td (Total) Tj 50 Tz 200 0 Td (3102.15) Tj ET",
        b"BT /F 10 Tf 2 Tc 60 675 Td (To) Tj (tal) Tj 0 Tc 200 0 Td (31) Tj (02.15) Tj ET",
        b"BT /F 10 Tf 60 675 Td (Total) Tj 260 675 Td 0 0 Td 1 0 0 1 260 675 Tm (3102.15) ' ET",
    ],
    ids=["negative size", "size in the matrix", "half as wide", "spaced characters", "on the next line"],
)
def test_however_text_is_placed_it_is_read_alike(text: bytes, tmp_path: Path) -> None:
    assert cells(read_pdf(page(tmp_path, RULES + text))) == READ


@pytest.mark.parametrize(
    "boxes",
    [
        b"/MediaBox[595 842 0 0]",
        b"/MediaBox[0 842 595 0]",
        b"/MediaBox[0 0 595 842]/CropBox[-50 -50 700 900]",
        b"/MediaBox[0 0 595 842]/CropBox[595 842 0 0]",
        b"/MediaBox[0 0 595 842]/CropBox[1 2]",
        b"/MediaBox[0 0 595 842]/Rotate 0.0",
    ],
)
def test_boxes_are_what_viewers_make_of_them(boxes: bytes, tmp_path: Path) -> None:
    path = page(tmp_path, RULES + TEXT, boxes)
    assert cells(read_pdf(path)) == READ
    (seen,) = file_to_prints(path, 1)
    assert seen is not None
    assert (seen.page.width, seen.page.height) == (595, 842)
    assert seen.page.chars[0].box.x0 == pytest.approx(60, abs=0.1)


def test_a_page_half_a_degree_askew_is_straightened(tmp_path: Path) -> None:
    path = page(tmp_path, b"0.99996 0.00873 -0.00873 0.99996 0 0 cm " + RULES + TEXT)
    assert cells(read_pdf(path)) == READ


def test_a_form_drawn_at_a_tenth_of_its_size_is_read(tmp_path: Path) -> None:
    path = page(tmp_path, b"0.1 0 0 0.1 100 400 cm " + RULES + TEXT)
    document = read_pdf(path)
    assert cells(document) == READ
    (grid,) = grids(document)
    box = grid.cells[1].place.box
    assert box is not None and 120 < box.x0 < 130


def test_rules_in_a_spot_colour_are_seen(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setStrokeColor(CMYKColorSep(0, 0, 0, 1, spotName="Black"))
        rule(canvas)

    canvas = canvas_at(tmp_path / "a.pdf")
    draw(canvas)
    text_at(60, 675, "Total")(canvas)
    canvas.save()
    assert cells(read_pdf(tmp_path / "a.pdf")) == ["Total", "", "", ""]


def test_white_rules_part_cells_on_a_dark_ground_only(tmp_path: Path) -> None:
    canvas = canvas_at(tmp_path / "a.pdf")
    canvas.setFillGray(0.2)
    canvas.rect(LEFT, BOTTOM, RIGHT - LEFT, TOP - BOTTOM, stroke=0, fill=1)
    rule(canvas)
    canvas.setStrokeGray(1)
    canvas.line(150, FLOOR, 150, TOP)
    canvas.line(350, BOTTOM - 200, 350, BOTTOM - 100)
    canvas.save()
    (grid,) = grids(read_pdf(tmp_path / "a.pdf"))
    assert grid.edges[0][1] == (LEFT, 150, MIDDLE, RIGHT)


def test_a_rule_beneath_a_white_patch_is_no_border(tmp_path: Path) -> None:
    def wall(canvas: Canvas) -> None:
        canvas.line(350, BOTTOM, 350, TOP)
        canvas.setFillGray(1)
        canvas.rect(345, BOTTOM + 1, 10, TOP - BOTTOM - 2, stroke=0, fill=1)
        canvas.line(LEFT, FLOOR, RIGHT, FLOOR)

    (grid,) = grids(form(tmp_path / "a.pdf", wall))
    assert grid.edges[0][1] == (LEFT, MIDDLE, RIGHT)


def test_slanted_words_belong_to_no_cell(tmp_path: Path) -> None:
    def watermark(canvas: Canvas) -> None:
        canvas.translate(100, 630)
        canvas.rotate(40)
        text_at(0, 0, "CONFIDENTIAL", 20)(canvas)

    document = form(tmp_path / "a.pdf", watermark)
    assert cells(document) == ["Total", "", "", ""]
    assert [(problem.code, problem.severity) for problem in document.problems] == [("page-watermark", "info")]


def test_a_word_that_runs_over_its_cell_s_wall_stays_in_its_cell(tmp_path: Path) -> None:
    document = form(tmp_path / "a.pdf", text_at(60, 635, "a name that is much too long for its own cell"))
    assert cells(document)[2:] == ["a name that is much too long for its own cell", ""]


def test_a_new_value_over_an_old_one_is_told(tmp_path: Path) -> None:
    """Without a recogniser the cell keeps both."""
    document = form(tmp_path / "a.pdf", text_at(260, 675, "3102"), text_at(260.5, 675.5, "8857"))
    assert codes(document) == ["text-overprinted"]
    assert document.problems[0].places


def test_layers_that_are_off_are_not_read(tmp_path: Path) -> None:
    content = (
        RULES
        + b"BT /F 10 Tf 60 675 Td (Total) Tj 200 0 Td /OC /L BDC (3102.15) Tj EMC /OC /M BDC (28) Tj EMC ET"
    )
    objects = [
        b"<</Type/Catalog/Pages 2 0 R/OCProperties<</OCGs[6 0 R 7 0 R]/D<</OFF[6 0 R]>>>>>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 5 0 R/Resources"
        b"<</Font<</F 4 0 R>>/Properties<</L 6 0 R/M 7 0 R>>>>>>",
        FONT,
        b"<</Length %d>>stream\n" % len(content) + content + b"\nendstream",
        b"<</Type/OCG/Name(old)>>",
        b"<</Type/OCG/Name(new)>>",
    ]
    (tmp_path / "a.pdf").write_bytes(objects_to_pdf(objects))
    document = read_pdf(tmp_path / "a.pdf")
    assert cells(document) == ["Total", "28", "", ""]
    assert codes(document) == ["page-hidden-text"]


@pytest.mark.parametrize(
    ("corners", "area"),
    [([(0, 0), (10, 0), (10, 5), (0, 5)], 50), ([(10, 10), (20, 20), (15, 25), (5, 15)], 100)],
)
def test_the_area_of_a_picture_that_lies_straight_or_turned(
    corners: list[tuple[float, float]], area: float
) -> None:
    assert _area(Image(corners, True, Paint(), 1)) == area


def test_a_shading_is_no_picture() -> None:
    assert _area(Image([(0, 0), (10, 0), (10, 5), (0, 5)], True, Paint(), 1, shading=True)) == 0
