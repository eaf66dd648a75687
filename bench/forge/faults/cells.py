"""Faults of cells: rows that stand a column off, blanks too many or too few, neighbours glued together."""

from __future__ import annotations

import re

from bench.forge.faults.draft import Draft, row_name, table_rows
from bench.forge.form import Cell


def shift_left(draft: Draft, rate: float) -> None:
    """A blank before the names is not read: the row, or a run of rows, stands a column further left."""
    rows = [row for row in draft.indicator_rows() if row.cells[0].blank]
    for row in draft.chosen(rows, rate):
        start = draft.rows.index(row)
        length = draft.rng.choice((1, 1, 1, 1, 2, 3, 6))
        padded = draft.rng.random() < 0.8
        for other in draft.rows[start : start + length]:
            if other.index is None or other.part != row.part or other.moved or not other.cells[0].blank:
                break
            draft.note("shift-left", row_name(other), None)
            del other.cells[0]
            other.cells += [Cell()] * padded
            other.moved = True


def shift_right(draft: Draft, rate: float) -> None:
    """A blank too many before the names: the row stands a column further right."""
    for row in draft.chosen(draft.indicator_rows(), rate):
        draft.note("shift-right", row_name(row), None)
        row.cells.insert(0, Cell())
        if row.cells[-1].blank:
            row.cells.pop()
        row.moved = True


def spurious_blank(draft: Draft, rate: float) -> None:
    """A blank too many somewhere in the row."""
    for row in draft.chosen(table_rows(draft), rate):
        at = draft.rng.randint(2, len(row.cells) - 1)
        draft.note("spurious-blank", row_name(row), str(at))
        row.cells.insert(at, Cell())
        if row.cells[-1].blank and draft.rng.random() < 0.5:
            row.cells.pop()
        row.moved = True


def glue(draft: Draft, rate: float) -> None:
    """Two neighbours are read as one cell; the rest of the row moves up, or a blank is left."""
    for row in draft.chosen(table_rows(draft), rate):
        pairs = [
            at
            for at in range(len(row.cells) - 1)
            if row.cells[at].text and row.cells[at + 1].text and row.cells[at].span == 1
        ]
        if not pairs:
            continue
        at = draft.rng.choice(pairs)
        left, right = row.cells[at].text, row.cells[at + 1].text
        figures = re.search(r"[\d%]$", left) and re.match(r"[-≥≤\d]", right)
        row.cells[at].text = left + (" " if figures or draft.rng.random() < 0.5 else "") + right
        draft.note("glue", f"{left}|{right}", row.cells[at].text)
        after = draft.rng.choice(("blank", "tail", "short"))
        del row.cells[at + 1]
        if after != "short":
            row.cells.insert(at + 1 if after == "blank" else len(row.cells), Cell())
        row.moved = True


def drop_blank(draft: Draft, rate: float) -> None:
    """A blank is not read and the row's tail moves up."""
    for row in draft.chosen(table_rows(draft), rate):
        history = (4, 5) if row.part == "annual" else ()  # which year was blank could not be told any more
        blanks = [at for at, cell in enumerate(row.cells[:-1]) if cell.blank and at not in history]
        if not blanks:
            continue
        draft.note("drop-blank", row_name(row), str(at := draft.rng.choice(blanks)))
        del row.cells[at]
        row.moved = True
