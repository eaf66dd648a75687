"""A form that no layout describes is doubted at every part that was read of it."""

from __future__ import annotations

from models.declaration import PrintedField, ProjectDeclaration
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
    said = note_unverified(layout(), ProjectDeclaration(), notes())
    assert codes(said) == {("layout-unverified", path) for path in (None, "/project", "/annual")}
    assert len(said.findings) == 3


def test_a_form_with_a_layout_of_its_own_is_not_doubted() -> None:
    assert note_unverified(layout("anhui-project"), ProjectDeclaration(), notes()).findings == ()


def test_a_part_without_a_value_is_doubted_where_something_printed_was_not_understood() -> None:
    data = ProjectDeclaration(other=(PrintedField(label="专项性质", text="延续专项"),))
    said = codes(note_unverified(layout(), data, notes()))
    assert ("layout-unverified", "/category") in said
    assert ("layout-unverified", "/category") not in codes(
        note_unverified(layout(), ProjectDeclaration(), notes())
    )
