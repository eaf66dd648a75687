"""Faults of pages: breaks, rows that go on below, goals printed amid a table."""

from __future__ import annotations

import copy

from bench.forge.faults.draft import Draft, below, row_name
from bench.forge.form import COLUMNS, Cell, Row
from bench.forge.rows import goal_lines


def page_break(draft: Draft, rate: float) -> None:
    """The form is cut into pages; ``rate`` is 1 or 0."""
    if not rate:
        return
    rows: list[Row] = []
    left = draft.style.page_rows
    for row in draft.rows:
        left -= 1
        if left <= 0 and row.part in COLUMNS and row.kind in ("data", "filler"):
            rows.append(Row("break"))
            draft.note("page-break", row_name(row), None)
            _after_break(draft, rows, row)
            left = draft.style.page_rows + draft.rng.randint(-4, 4)
        rows.append(row)
    draft.rows = rows


def _after_break(draft: Draft, rows: list[Row], row: Row) -> None:
    """What stands at the top of a new page: perhaps the header again, perhaps the labels again."""
    if draft.style.repeat_header and row.index is not None:
        rows.extend(copy.deepcopy(r) for r in draft.rows if r.part == row.part and r.kind == "header")
    for cell in row.cells:
        if cell.covered and draft.rng.random() < draft.style.reprint:
            cell.text, cell.closed, cell.covered = cell.covered, True, None
        elif cell.covered:
            cell.covered = ""


def interleaved_goals(draft: Draft, rate: float) -> None:
    """The annual goals stand as a list in the middle of the annual table."""
    if draft.rng.random() >= rate:
        return
    goals = [row for row in draft.rows if row.kind == "goals"]
    draft.rows = [row for row in draft.rows if all(row is not other for other in goals)]
    annual = [row for row in draft.rows if row.index is not None and row.part == "annual"]
    before = draft.rng.choice(annual[3 : max(len(annual) * 3 // 4, 4)])
    at = next(n for n, row in enumerate(draft.rows) if row is before)
    draft.rows[at:at] = [Row("break"), *goal_lines(draft.truth["annual"]["goals"]), Row("break")]
    for cell in before.cells:
        if cell.covered:
            cell.covered = ""
    draft.note("interleaved-goals", row_name(before), None)


def split_row(draft: Draft, rate: float) -> None:
    """The text of a cell, or of two, goes on in the next row, sometimes on the next page."""
    rows = [row for row in draft.indicator_rows() if any(len(c.text) > 7 for c in row.cells[3:])]
    for row in draft.chosen(rows, rate):
        long = [at for at, cell in enumerate(row.cells) if at > 2 and len(cell.text) > 7]
        count = 2 if len(long) > 1 and draft.rng.random() < 0.25 else 1
        rest = Row(row.part, [below(cell) for cell in row.cells], "rest", moved=True)
        for at in draft.rng.sample(long, count):
            text = row.cells[at].text
            cut = draft.rng.randint(len(text) // 3 + 1, len(text) - 2)
            row.cells[at].text, rest.cells[at] = text[:cut], Cell(text[cut:], row.cells[at].closed)
            draft.note("split-row", text, f"{text[:cut]}|{text[cut:]}")
        row.moved = True
        at = draft.rows.index(row) + 1
        broken = draft.rng.random() < 0.15
        draft.rows[at:at] = [Row("break"), rest] if broken else [rest]
