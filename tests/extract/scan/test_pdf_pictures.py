"""Pages of a PDF as pictures: as dense as their own, turned as they are, drawn when there is more than a picture."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader

from extract.pdf.sight.rendering import rendering
from extract.scan.page_picture import PictureError
from extract.scan.pdf_pictures import pdf_page_to_picture
from tests.drawn import canvas_at


@pytest.mark.parametrize(("dpi", "wide"), [(150, 1240), (200, 1654), (300, 1654)])
def test_a_pdf_page_is_as_dense_as_its_picture_and_no_denser_than_needed(
    dpi: int, wide: int, tmp_path: Path
) -> None:
    columns, rows = 595.3 * dpi / 72, 841.9 * dpi / 72
    board = (np.indices((round(rows), round(columns))).sum(axis=0) % 2 * 255).astype(np.uint8)
    size = (board.shape[1] * 72 / dpi, board.shape[0] * 72 / dpi)
    canvas = canvas_at(tmp_path / "a.pdf", size)
    canvas.drawImage(ImageReader(Image.fromarray(board)), 0, 0, *size)
    canvas.save()
    picture = pdf_page_to_picture(tmp_path / "a.pdf", 1)
    assert picture.pixels.shape[1] == pytest.approx(wide, abs=1)
    if dpi <= 200:
        assert np.array_equal(picture.pixels[:, :, 0], board)


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_picture_on_a_turned_page_is_turned_with_it(turn: int, tmp_path: Path) -> None:
    image = Image.new("L", (600, 800), 250)
    image.paste(0, (0, 0, 600, 100))
    # setPageRotation swaps the sides of the page itself
    canvas = canvas_at(tmp_path / "a.pdf", (600, 800) if turn == 180 else (800, 600))
    canvas.setPageRotation(turn)
    canvas.drawImage(ImageReader(image), 0, 0, 600, 800)
    canvas.save()
    shown = pdf_page_to_picture(tmp_path / "a.pdf", 1).pixels[:, :, 0]
    expected = np.rot90(np.asarray(image), -turn // 90)
    assert np.array_equal(shown, expected)


def test_a_page_with_more_than_a_picture_is_drawn(tmp_path: Path) -> None:
    canvas = canvas_at(tmp_path / "a.pdf", (600, 800))
    canvas.drawImage(ImageReader(Image.new("L", (300, 400), 250)), 0, 0, 600, 800)
    canvas.rect(100, 100, 400, 600, fill=1)
    canvas.save()
    shown = pdf_page_to_picture(tmp_path / "a.pdf", 1).pixels[:, :, 0]
    assert int(shown[400, 300] if shown.shape[0] == 800 else shown[200, 150]) < 50


@pytest.mark.parametrize(("keep", "number"), [(40, 1), (None, 2)])
def test_a_page_that_pdfium_cannot_open_or_does_not_find_has_a_damaged_picture(
    keep: int | None, number: int, tmp_path: Path
) -> None:
    path = tmp_path / "a.pdf"
    canvas = canvas_at(path, (600, 800))
    canvas.rect(100, 100, 400, 600, fill=1)
    canvas.save()
    path.write_bytes(path.read_bytes()[:keep])
    with pytest.raises(PictureError) as raised:
        pdf_page_to_picture(path, number)
    assert raised.value.problem.code == "picture-damaged"


@pytest.mark.parametrize(("size", "times"), [((10_000, 1_000), 1), ((1_000, 1_000), 3)])
def test_a_page_whose_pictures_claim_too_much_is_neither_drawn_nor_decoded(
    size: tuple[int, int], times: int, tmp_path: Path
) -> None:
    path = tmp_path / "a.pdf"
    image = Image.new("1", size, 1)
    canvas = canvas_at(path, (600, 800))
    for _ in range(times):
        canvas.drawImage(ImageReader(image), 0, 0, 600, 800)
    canvas.save()
    # all nines: a hundred times what there is, or nearly so, in as many bytes
    for key, side in zip(("Width", "Height"), size, strict=True):
        claimed = "9" * len(str(side))
        path.write_bytes(
            re.sub(rf"/{key} {side}\b".encode(), f"/{key} {claimed}".encode(), path.read_bytes())
        )
    with pytest.raises(PictureError) as raised:
        pdf_page_to_picture(path, 1)
    assert raised.value.problem.code == "picture-too-large"
    with rendering(path) as renderer:
        assert renderer.grey(1) is None


def test_what_was_typed_over_a_picture_is_drawn_and_what_lies_hidden_over_it_is_not(tmp_path: Path) -> None:
    page = Image.new("L", (600, 800), 250)

    def darkest(mode: int) -> int:
        canvas = canvas_at(tmp_path / "a.pdf", (600, 800))
        canvas.drawImage(ImageReader(page), 0, 0, 600, 800)
        text = canvas.beginText(100, 400)
        text.setFont("Helvetica", 9)
        text.setTextRenderMode(mode)
        text.textOut("3102.15")
        canvas.drawText(text)
        canvas.save()
        return int(pdf_page_to_picture(tmp_path / "a.pdf", 1).pixels.min())

    assert darkest(0) < 128
    assert darkest(3) == 250
