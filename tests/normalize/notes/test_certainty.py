"""How sure a value is: cells that agree speak for each other, and what is unsure gets one finding."""

from __future__ import annotations

from dataclasses import replace

import pytest

from models.finding import RepairKind
from models.geometry import Box
from models.grid import Place
from normalize.form.physical_rows import RowSlot
from normalize.notes.certainty import agreement, note_unsure, page_to_doubt
from normalize.notes.notes import Notebook, Notes
from tests.engines import certain


def slot(confidence: float | None, text: str = "养护经费") -> RowSlot:
    return RowSlot(text, Place(1, Box(0, 0, 10, 10)), text, confidence=confidence)


def test_two_readings_that_agree_are_surer_than_one() -> None:
    assert agreement([[slot(0.7)], [slot(0.7)]]) == pytest.approx(0.91)


def test_cells_for_which_one_picture_was_read_are_one_witness() -> None:
    read_once = replace(slot(0.7), posteriors=certain("养护经费").posteriors)
    assert agreement([[read_once], [replace(read_once, raw="养护经费")]]) == 0.7


def test_a_single_reading_is_as_sure_as_it_is() -> None:
    assert agreement([[slot(0.7)]]) == 0.7


def test_text_without_a_picture_is_not_doubted_here() -> None:
    assert agreement([[slot(None)]]) == 1.0


def test_an_unsure_value_gets_a_finding_on_its_own_path() -> None:
    book = Notebook()
    book.read_at("/projects/0/name", [slot(0.5)])
    book.read_at("/projects/1/name", [slot(0.99)])
    found = note_unsure(book.notes()).findings
    assert [(f.code, f.path) for f in found] == [("low-confidence", "/projects/0/name")]


def test_a_value_that_a_finding_points_at_gets_no_second_one() -> None:
    book = Notebook()
    book.read_at("/phone", [slot(0.5)])
    book.add_finding("unparsed-value", "/phone", "联系电话含有非数字字符")
    assert note_unsure(book.notes()) == Notes()


def page(mended: int, kind: RepairKind = "typo") -> Notes:
    """The notes on a page of 40 cells, of which some were mended; the value at /open was read with 0.93."""
    book = Notebook()
    for n in range(40):
        book.read_at(f"/cells/{n}", [replace(slot(1.0), reader="picture")])
        if n < mended:
            book.add_repair(f"/cells/{n}/text", kind, "养妒经费", "养护经费", "指标目录")
    book.read_at("/open", [replace(slot(0.93), reader="picture")])
    return book.notes()


def test_where_known_texts_were_misread_the_others_are_doubted_too() -> None:
    assert [(f.code, f.path) for f in note_unsure(page(mended=9)).findings] == [("low-confidence", "/open")]


def test_a_clean_page_doubts_nothing() -> None:
    assert note_unsure(page(mended=0)) == Notes()
    assert note_unsure(page(mended=1)) == Notes()


def test_what_a_clerk_slipped_in_is_no_misreading() -> None:
    assert note_unsure(page(mended=9, kind="slip")) == Notes()


def test_a_page_with_few_cells_is_not_known_to_be_poor() -> None:
    book = Notebook()
    book.read_at("/open", [replace(slot(0.93), reader="picture")])
    book.add_repair("/open", "typo", "养妒经费", "养护经费", "指标目录")
    assert page_to_doubt(book.notes())[1] < 2
