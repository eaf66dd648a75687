"""A matrix of indicators whose columns also say whose they are, of one department or of many projects."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from normalize.form.labels import Hit, Label
from normalize.form.parts.columns.headings import Heading
from normalize.form.parts.found import Answer, FormTable
from normalize.form.physical_rows import Row, RowSlot

_MATRIX_FIELDS = {
    "project": ("field", "project"),
    "owner": ("field", "unit"),
    "amount": ("item", "total"),
    "goal": ("section", "annual_goals"),
}
"""What the columns of a matrix of projects are where a project has a form of its own."""

_LEVELS = ("level1", "level2", "level3")


def answers_in_matrix(
    heading: Heading, rows: Sequence[Row], hits: Sequence[Sequence[Hit | None]]
) -> Iterator[Answer]:
    """What stands once for all indicators of a department, in columns before theirs: its name, its money, its goals.

    `hits` are the labels of the form's rows as those of answers. A row of labels above the heading belongs to it.
    """
    level = next((leaf.start for leaf in heading.leaves if leaf.name in _LEVELS), 0)
    first = heading.start
    if (
        first
        and rows[first - 1].table == rows[first].table
        and _is_of_labels(rows[first - 1], hits[first - 1])
    ):
        first -= 1
    for r in range(first, heading.body) if heading.table == "indicators" else ():
        for slot, hit in zip(rows[r].slots, hits[r], strict=True):
            if hit and slot.column < level and hit.label.name != "indicators":
                found = _first_below(slot, rows[heading.body : heading.end])
                if found is not None:
                    yield Answer(hit.label, slot.raw, (found,))


def _is_of_labels(row: Row, hits: Sequence[Hit | None]) -> bool:
    return not row.line and all(hit for slot, hit in zip(row.slots, hits, strict=True) if slot.filled)


def _first_below(label: RowSlot, rows: Sequence[Row]) -> RowSlot | None:
    below = (slot for row in rows for slot in row.slots)
    return next((slot for slot in below if slot.filled and slot.column == label.column), None)


def matrix_answers(table: FormTable) -> Iterator[Answer]:
    """A matrix names each project once, in its first row."""
    first = next((row for row in table.rows if "project" in row.cells), None)
    for column, (group, name) in _MATRIX_FIELDS.items():
        if first is not None and column in table.columns:
            slot = first.cells.get(column)
            label = Label(group, name, "")
            yield Answer(label, table.columns[column], (slot,) if slot else ())
