"""What is doubted of an indicator whose table has columns that nobody knows, or lacks one that every such table has."""

from __future__ import annotations

from collections.abc import Sequence

from models.declaration import Indicator
from normalize.form.parts.found import UNKNOWN_COLUMN, FormTable
from normalize.notes.notes import Notebook, Notes
from normalize.read.parts.indicator_cells import IndicatorCells
from normalize.text.cell_values import is_measured

_MAY_HIDE = {
    "level1": "一级指标",
    "level2": "二级指标",
    "level3": "三级指标",
    "target": "指标值",
    "weight": "权重",
}
"""What a column of an unknown heading may be, and what messages call it."""
_ALWAYS = ("level3", "target")
"""What every table of indicators prints: a row without it was not understood."""


def note_unknown_columns(row: IndicatorCells, found: Indicator) -> Notes:
    """The values that an indicator lacks though a cell of its row has an unknown heading, or though all forms print them.

    A number without its sign or unit is one of these: they may stand in that cell.
    """
    book = Notebook()
    strange = [row.headings[c] for c in row.cells if c.startswith(UNKNOWN_COLUMN) and row.cells[c].text]
    because = f"，而“{strange[0].strip()}”一栏不知是什么" if strange else ""
    for column, label in _MAY_HIDE.items():
        blank = getattr(found, column) is None
        lacking = column == "level2" if column in row.headings else column in _ALWAYS
        if blank and (strange or lacking):
            message = f"{label}为空或未读到{because}，请核对原件"
            book.add_finding("missing-value", f"{row.path}/{column}", message)
    strange = strange or list(found.extra)
    target = found.target
    if strange and target and is_measured(target) and not (target.comparator and target.unit):
        message = f"指标值“{target.text}”没有比较符号或单位，可能印在“{strange[0].strip()}”一栏，请核对原件"
        book.add_finding("ambiguous-cell", f"{row.path}/target", message, actual=target.text)
    return book.notes()


def note_told_columns(table: FormTable) -> Notes:
    """The doubt about a table some of whose columns no heading names: what they hold says which they are."""
    book, path = Notebook(), f"/{table.horizon or 'annual'}/indicators"
    for column in table.told:
        heading = table.columns.get(column, "").strip()
        label = _MAY_HIDE.get(column, column)
        message = f"“{heading}”一栏按其内容读作{label}，请核对"
        book.add_finding("ambiguous-cell", path, message, actual=heading)
    return book.notes()


def is_anew(levels: Sequence[str]) -> bool:
    """Whether the levels 1 of one horizon's rows, from above, begin anew: one that was over is printed once more."""
    runs = [level for level, before in zip(levels, ("", *levels), strict=False) if level != before]
    return len(runs) > len(set(runs))
