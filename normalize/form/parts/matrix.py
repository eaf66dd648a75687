"""A matrix with many projects: what its columns say where a project has a form of its own."""

from __future__ import annotations

from collections.abc import Iterator

from normalize.form.labels import Label
from normalize.form.parts.found import Answer, FormTable

_MATRIX_FIELDS = {
    "project": ("field", "project"),
    "owner": ("field", "unit"),
    "amount": ("item", "total"),
    "goal": ("section", "annual_goals"),
}
"""What the columns of a matrix of projects are where a project has a form of its own."""


def matrix_answers(table: FormTable) -> Iterator[Answer]:
    """A matrix names each project once, in its first row."""
    first = next((row for row in table.rows if "project" in row.cells), None)
    for column, (group, name) in _MATRIX_FIELDS.items():
        if first is not None and column in table.columns:
            slot = first.cells.get(column)
            label = Label(group, name, "")
            yield Answer(label, table.columns[column], (slot,) if slot else ())
