"""What a person does not see is not read, and is told; what they see is read."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from reportlab.pdfgen.canvas import Canvas

from extract.pdf.reader import read_pdf
from extract.pdf.sight.visibility import Cover, _inked, stands_out
from models.document import TextLine
from tests.drawn import codes, grids, objects_to_pdf
from tests.extract.pdf.forms import Drawing, cells, form, text_at

OLD = text_at(260, 675, "3102.15")


def white(canvas: Canvas) -> None:
    canvas.setFont("Helvetica", 10)
    canvas.setFillGray(1)
    canvas.drawString(260, 675, "3102.15")


def nearly_white(canvas: Canvas) -> None:
    canvas.setFont("Helvetica", 10)
    canvas.setFillColorRGB(0.97, 0.98, 0.96)
    canvas.drawString(260, 675, "3102.15")


def transparent(canvas: Canvas) -> None:
    canvas.setFillAlpha(0.02)
    OLD(canvas)


def invisible(canvas: Canvas) -> None:
    text = canvas.beginText(260, 675)
    text.setFont("Helvetica", 10)
    text.setTextRenderMode(3)
    text.textOut("3102.15")
    canvas.drawText(text)


def clipped(canvas: Canvas) -> None:
    path = canvas.beginPath()
    path.rect(300, 400, 20, 20)
    canvas.clipPath(path, stroke=0, fill=0)
    OLD(canvas)


def white_box(canvas: Canvas) -> None:
    canvas.setFillGray(1)
    canvas.rect(255, 665, 80, 30, stroke=0, fill=1)


def white_stroke(canvas: Canvas) -> None:
    canvas.setStrokeGray(1)
    canvas.setLineWidth(20)
    canvas.line(255, 678, 335, 678)


def white_patch(canvas: Canvas) -> None:
    """A covering shape that is no rectangle."""
    canvas.setFillGray(1)
    path = canvas.beginPath()
    path.moveTo(250.5, 661)
    path.lineTo(360, 665)
    path.lineTo(380, 698)
    path.lineTo(252, 699)
    canvas.drawPath(path, stroke=0, fill=1)


@pytest.mark.parametrize("draw", [white, nearly_white, transparent, invisible, clipped])
def test_text_that_nobody_sees_is_not_read_and_told(draw: Drawing, tmp_path: Path) -> None:
    document = form(tmp_path / "a.pdf", draw)
    assert cells(document) == ["Total", "", "", ""]
    assert [(problem.code, problem.severity) for problem in document.problems] == [
        ("page-hidden-text", "warning")
    ]


@pytest.mark.parametrize("cover", [white_box, white_patch, white_stroke])
def test_an_old_value_beneath_a_white_patch_is_not_read(cover: Drawing, tmp_path: Path) -> None:
    document = form(tmp_path / "a.pdf", OLD, cover, text_at(262, 674, "3120.51"))
    assert cells(document) == ["Total", "3120.51", "", ""]
    assert codes(document) == ["page-hidden-text"]


def test_the_cell_that_hides_text_is_named(tmp_path: Path) -> None:
    document = form(tmp_path / "a.pdf", white)
    (grid,) = grids(document)
    assert document.problems[0].places == (grid.cells[1].place,)
    assert "3102.15" in document.problems[0].message


def test_white_text_on_a_dark_ground_is_read(tmp_path: Path) -> None:
    def dark(canvas: Canvas) -> None:
        canvas.setFillGray(0.2)
        canvas.rect(250, 660, 200, 40, stroke=0, fill=1)

    document = form(tmp_path / "a.pdf", white, before=dark)
    assert cells(document) == ["Total", "3102.15", "", ""]
    assert document.problems == ()


def test_black_text_on_a_black_ground_is_not(tmp_path: Path) -> None:
    def dark(canvas: Canvas) -> None:
        canvas.setFillGray(0)
        canvas.rect(251, 661, 190, 38, stroke=0, fill=1)

    assert cells(form(tmp_path / "a.pdf", OLD, before=dark)) == ["Total", "", "", ""]


def test_a_coloured_ground_drawn_first_hides_nothing(tmp_path: Path) -> None:
    def shade(canvas: Canvas) -> None:
        canvas.setFillColorRGB(0.8, 0.9, 1)
        canvas.rect(50, 620, 400, 80, stroke=0, fill=1)

    document = form(tmp_path / "a.pdf", OLD, before=shade)
    assert cells(document) == ["Total", "3102.15", "", ""]
    assert document.problems == ()


def test_a_patch_beside_the_text_hides_nothing(tmp_path: Path) -> None:
    def beside(canvas: Canvas) -> None:
        canvas.setFillGray(1)
        canvas.rect(310, 665, 80, 30, stroke=0, fill=1)

    assert cells(form(tmp_path / "a.pdf", OLD, beside)) == ["Total", "3102.15", "", ""]


def test_a_transparent_patch_hides_nothing(tmp_path: Path) -> None:
    def veil(canvas: Canvas) -> None:
        canvas.setFillAlpha(0.3)
        white_box(canvas)

    assert cells(form(tmp_path / "a.pdf", OLD, veil)) == ["Total", "3102.15", "", ""]


def test_a_colour_stands_out_when_one_of_its_channels_does() -> None:
    assert stands_out((1.0, 1.0, 0.0), (1.0, 1.0, 1.0))
    assert not stands_out((0.95, 0.95, 0.95), (1.0, 1.0, 1.0))


def test_a_cover_of_any_shape_holds_the_points_inside_its_corners() -> None:
    triangle = Cover((0, 0, 10, 10), ((0, 0), (10, 0), (0, 10)), None, 0)
    assert triangle.holds(np.array([[2.0, 2.0], [8.0, 8.0], [12.0, 2.0]])).tolist() == [True, False, False]


@pytest.mark.parametrize("on_paper", [True, False])
def test_ink_is_looked_for_within_the_page_only(on_paper: bool) -> None:
    """A box that begins left of the page or above it has the ink of its part on the page."""
    grey = np.full((40, 60), 255, np.uint8)
    grey[2:4, 1:3] = 0
    grey[2:4, 57:59] = 0
    boxes = np.array(
        [[-5.0, -5.0, 6.0, 6.0], [-5.0, 20.0, 6.0, 30.0], [55.0, 0.0, 70.0, 10.0], [10.0, 0.0, 50.0, 10.0]]
    )
    inked = _inked(boxes, [on_paper] * 4, grey, 1.0)
    assert inked.tolist() == [True, False, True, False]


def masked_letter(path: Path) -> Path:
    """`Total`, and before it a `7` beneath a soft mask that lets nothing through; the file has neither font."""
    content = b"BT /F1 10 Tf 72 700 Td (Total) Tj ET q /SM gs BT /F2 10 Tf 60 700 Td (7) Tj ET Q"
    fonts = (
        b"/F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>/F2<</Type/Font/Subtype/Type1/BaseFont/Courier>>"
    )
    mask = b"0 g 0 0 600 800 re f"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<<%b>>"
        b"/ExtGState<</SM<</SMask<</S/Luminosity/G 5 0 R>>>>>>>>>>" % fonts,
        b"<</Length %d>>stream\n%b\nendstream" % (len(content), content),
        b"<</Type/XObject/Subtype/Form/BBox[0 0 600 800]/Group<</S/Transparency/CS/DeviceGray>>/Length %d>>stream\n"
        b"%b\nendstream" % (len(mask), mask),
    ]
    path.write_bytes(objects_to_pdf(objects))
    return path


def test_a_letter_without_ink_is_hidden_although_the_file_lacks_its_font(tmp_path: Path) -> None:
    document = read_pdf(masked_letter(tmp_path / "a.pdf"))
    assert [piece.text for piece in document.pieces if isinstance(piece, TextLine)] == ["Total"]
    assert codes(document) == ["page-hidden-text"]
