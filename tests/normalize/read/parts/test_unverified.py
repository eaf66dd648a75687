"""A form that no layout describes is doubted at every part that was read of it."""

from __future__ import annotations

from normalize.notes.notes import Notebook, Notes
from normalize.read.parts.unverified import note_unverified
from tests.normalize.read.marked_rows import codes
from tests.normalize.read.parts.taken_apart import layout, slot


def notes() -> Notes:
    book = Notebook()
    for path in ("/project", "/annual/goals/0", "/annual/indicators/0/target"):
        book.read_at(path, (slot("道路维修"),))
    return book.notes()


def test_the_form_and_each_part_read_are_doubted_once() -> None:
    said = note_unverified(layout(), notes())
    assert codes(said) == {("layout-unverified", path) for path in (None, "/project", "/annual")}
    assert len(said.findings) == 3


def test_a_form_with_a_layout_of_its_own_is_not_doubted() -> None:
    assert note_unverified(layout("anhui-project"), notes()).findings == ()
