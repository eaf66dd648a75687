from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from models.finding import Evidence
from models.submission import Form, Submission
from shenbao.desk.pages.lying import is_print, page_turn
from shenbao.desk.pages.originals import Original
from shenbao.desk.pages.page_jobs import PageTask, make_page
from shenbao.desk.pieces import cut
from tests.places import SAMPLES

PRINT = SAMPLES / "minzheng-writer.pdf"
HIGH, WIDE = 842.0, 595.0


def lying(form: Form, quarters: int) -> Form:
    """The form as if its pages had been handed in turned by so many quarters clockwise."""

    def moved(seen: Evidence) -> Evidence:
        box, wide, high = seen.bbox, WIDE, HIGH
        for _ in range(quarters):
            if box is not None:
                box = (high - box[3], box[0], high - box[1], box[2])
            wide, high = high, wide
        return seen.model_copy(update={"bbox": box})

    return form.model_copy(update={"evidence": {path: moved(seen) for path, seen in form.evidence.items()}})


@pytest.mark.parametrize("quarters", [0, 1, 2, 3])
def test_the_way_a_page_lies_is_told_by_the_order_of_its_columns(fax: Submission, quarters: int) -> None:
    form = lying(fax.forms[0], quarters)
    pages = {seen.page for seen in form.evidence.values() if seen.page}
    assert {page_turn(form, page) for page in pages} == {-quarters % 4}


def test_a_scan_is_no_print(fax: Submission) -> None:
    assert not is_print(fax.forms, 1)


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_a_print_is_drawn_as_it_is_read_whatever_its_rotation(tmp_path: Path, rotation: int) -> None:
    document = pypdfium2.PdfDocument(PRINT)
    document[0].set_rotation(rotation)
    file, target = tmp_path / "turned.pdf", tmp_path / "page.jpg"
    document.save(file)
    document.close()
    assert make_page(PageTask(Original(file), 1, target, is_print=True)) == ""
    with Image.open(target) as drawn:
        upright = drawn.convert("L")
    make_page(PageTask(Original(PRINT), 1, target, is_print=True))
    with Image.open(target) as drawn:
        wanted = drawn.convert("L")
    assert abs(upright.width - wanted.width) < 3
    # shrunk to the layout of its ink, a page upside down is another
    layouts = [one.resize((24, 34)).tobytes() for one in (upright, wanted)]
    assert sum(abs(a - b) for a, b in zip(*layouts, strict=True)) / len(layouts[0]) < 4


def test_a_box_beside_the_page_is_a_picture_of_nothing(tmp_path: Path) -> None:
    Image.new("RGB", (100, 100)).save(tmp_path / "page.jpg")
    assert cut(tmp_path / "page.jpg", (900, 900, 950, 910)).size == (1, 1)
