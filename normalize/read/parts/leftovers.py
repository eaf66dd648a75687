"""What is printed on a form and no value is for: fields of other names, tables nobody asks for, texts without a place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from models.declaration import MainTask, PrintedField
from normalize.form.layouts import Layout
from normalize.form.parts.found import Answer, FormParts, FormTable
from normalize.form.physical_rows import Row, RowSlot
from normalize.notes.notes import Notebook, Notes, Read
from normalize.read.parts.answers import first_answer, read_other
from normalize.read.parts.indicator_tables import sentence_slots

_YEAR = re.compile(r"[（(]?\s*((?:19|20)\d{2})\s*年\s*(?:度|预算)?\s*[)）]?")
_IN_TITLE = re.compile(r"((?:19|20)\d{2})\s*年")
_TABLES_OF_OTHERS = ("details", "other")
_SHOWN = 60
"""A message shows no more characters of a text that has no place."""


def is_year(text: str) -> bool:
    """Whether a text is nothing but the year of the budget: （2026年度）."""
    return _YEAR.fullmatch(text) is not None


def read_budget_year(parts: FormParts) -> Read[int | None]:
    """The year of the budget: on a line of its own, or in the title."""
    book = Notebook()
    for slot in parts.rest:
        if found := _YEAR.fullmatch(slot.text):
            book.read_at("/budget_year", (slot,))
            return Read(int(found[1]), book.notes())
    found = _IN_TITLE.search(parts.title.text) if parts.title else None
    if found and parts.title:
        book.read_at("/budget_year", (parts.title,))
        return Read(int(found[1]), book.notes())
    return Read(None)


def read_leftovers(
    parts: FormParts, rows: Sequence[Row], layout: Layout, unused: Sequence[Answer] = ()
) -> Read[tuple[PrintedField, ...]]:
    """Labels with answers that the result has no field for, `unused` among them, and findings on texts without a label.

    A text in a table is told as a warning: it may be a value. A line outside the tables is told for information.
    """
    book = Notebook()
    fields: list[tuple[str, Sequence[RowSlot]]] = [
        (answer.printed, answer.slots) for answer in _without_a_field(parts, unused)
    ]
    fields += [line for table in parts.tables if table.name in _TABLES_OF_OTHERS for line in _lines(table)]
    fields += [line for table in parts.tables if table.name == "tasks" for line in _beside_tasks(table)]
    read = {id(slot) for slot in sentence_slots(parts, layout)}
    rest = [slot for slot in parts.rest if id(slot) not in read and not is_year(slot.text)]
    in_tables = {slot.place for row in rows if not row.line for slot in row.filled}
    fields += [("其他内容", (slot,)) for slot in rest if slot.place in in_tables]
    other = book.take(read_other(fields))
    for slot in rest:
        text, table = slot.text[:_SHOWN], slot.place in in_tables
        message = f"表中的文字“{text}”没有栏目名称，请核对" if table else f"表外的文字“{text}”未读入"
        book.add_finding("unplaced-row", None, message, "warning" if table else "info", actual=text)
    return Read(other, book.notes())


def _without_a_field(parts: FormParts, unused: Sequence[Answer]) -> Iterator[Answer]:
    """Answers to labels of the name `other`, and second answers to a field of one."""
    for answer in parts.answers:
        field, name = answer.label.group == "field", answer.label.name
        if name == "other" or answer in unused or (field and first_answer(parts, name) is not answer):
            yield answer


def _beside_tasks(table: FormTable) -> Iterator[tuple[str, Sequence[RowSlot]]]:
    """The cells of columns that a task has no field for, under their headings."""
    for row in table.rows:
        for column, slot in row.cells.items():
            if column not in MainTask.model_fields:
                yield table.columns[column], (slot,)


def _lines(table: FormTable) -> Iterator[tuple[str, Sequence[RowSlot]]]:
    """The rows of a table as labels with texts: its first column names the row."""
    for row in table.rows:
        slots = list(row.cells.values())
        yield slots[0].raw, slots[1:]


def note_missing(names: Sequence[tuple[str, str, str]], layout: Layout, values: Sequence[object]) -> Notes:
    """What such a form must say and this one does not: (name in the layout, path, label) with the value of each."""
    book = Notebook()
    for (name, path, label), value in zip(names, values, strict=True):
        if not value and name not in layout.absent:
            book.add_finding("missing-value", path, f"{label}为空或未读到，请核对原件")
    return book.notes()
