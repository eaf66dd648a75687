"""What is doubtful about rows whose cells are inferred: labels and names that ran into each other."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from normalize.form.catalogue import NUMBER_MARK, Catalogue
from normalize.notes.notes import Notebook, Notes
from normalize.read.indicators.placed import HISTORY_COLUMNS, IndicatorRow
from normalize.read.indicators.settled import is_whole_cell
from normalize.text.fold import skeleton

_SHORTEST_NAME_CHARACTERS = 4
"""A shorter name is easily part of another one."""


@cache
def catalogue_to_labels(catalogue: Catalogue) -> re.Pattern[str]:
    """A pattern of any label of levels 1 and 2, with the number that may stand behind it."""
    labels = {skeleton(label.replace(NUMBER_MARK, "")) for pair in catalogue.level2 for label in pair}
    longest_first = sorted(labels, key=lambda label: (-len(label), label))
    return re.compile("|".join(rf"{re.escape(label)}\d*" for label in longest_first))


def is_of_labels(text: str, labels: re.Pattern[str]) -> bool:
    """Whether a text is nothing but labels, one behind the other: no row has lost anything else to it."""
    return bool(text) and not labels.sub("", skeleton(text))


def note_glued_names(rows: Sequence[IndicatorRow], labels: re.Pattern[str]) -> Notes:
    """The doubts about names of own indicators, of both horizons, that begin or end with a label or are two names."""
    book = Notebook()
    names = {skeleton(piece.text) for row in rows if (piece := row.piece("level3"))}
    names = {name for name in names if len(name) >= _SHORTEST_NAME_CHARACTERS}
    for row in rows:
        piece = row.piece("level3")
        if not row.row.inferred or piece is None:
            continue
        name = skeleton(piece.text)
        if row.row.state.own and _has_label(name, labels):
            message = f"指标名称“{piece.text}”含有一、二级指标名称，可能混读了相邻单元格，请核对"
            book.add_finding("ambiguous-cell", f"{row.path}/level3", message, actual=piece.text)
        if any(name.removeprefix(one) in names for one in names - {name} if name.startswith(one)):
            message = f"“{piece.text}”可能是两个指标合为一行，请核对原件"
            for where in (row.path, row.path.rsplit("/", 1)[0]):
                book.add_finding("ambiguous-row", where, message, actual=piece.text)
    return book.notes()


def note_blanks_beside(horizon: Sequence[IndicatorRow]) -> Notes:
    """The doubts about blank values of inferred cells above or below a cell that may have taken them."""
    book = Notebook()
    for row, beside in (
        pair for above, below in pairwise(horizon) for pair in ((above, below), (below, above))
    ):
        for name in HISTORY_COLUMNS if row.row.inferred and row.path.startswith("/annual") else ():
            if not row.piece(name) and beside.piece(name) and not is_whole_cell(beside, name):
                message = "此格为空，相邻行的同一格可能混入了它的内容，请核对原件"
                book.add_finding("missing-value", row.value_path(name), message)
    return book.notes()


def _has_label(name: str, labels: re.Pattern[str]) -> bool:
    """Whether a name begins or ends with a label and says more than it."""
    found = (match.span() for match in labels.finditer(name))
    return any((begin == 0) != (end == len(name)) for begin, end in found)
