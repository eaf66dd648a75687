"""Faults of merged cells and headings: lost, late, slipped, or swallowing the row below."""

from __future__ import annotations

from bench.forge.faults.draft import Draft, row_name
from bench.forge.form import COLUMNS, Cell, Row, printed


def lost_label(draft: Draft, rate: float) -> None:
    """A merged cell's text is not read: a level of the tree, or a section's name."""
    rows = [row for row in draft.rows if row.part in COLUMNS and not row.moved]
    places = [
        (row, at)
        for row in rows
        for at, cell in enumerate(row.cells[:3])
        if cell.closed and cell.text and (at in (1, 2) if row.index is not None else at == 0)
    ]
    count = int(rate) + (draft.rng.random() < rate % 1)
    for row, at in draft.rng.sample(places, min(count, len(places))):
        draft.note("lost-label", row.cells[at].text, "")
        row.cells[at].text = ""


def late_label(draft: Draft, rate: float) -> None:
    """The text of a merged cell is read some rows below its top, as it stands in the middle."""
    rows = draft.indicator_rows()
    for row in draft.chosen([r for r in rows if r.cells[1].text], rate):
        column = 1 if draft.rng.random() < 0.7 or not row.cells[2].text else 2
        start, label = draft.rows.index(row), row.cells[column].text
        below = [r for r in draft.rows[start + 1 : start + 4] if r.index is not None and r.part == row.part]
        run: list[Row] = []
        for other in below:
            if not other.cells[column].blank:
                break
            run.append(other)
        if not run:
            continue
        target = draft.rng.choice(run)
        for other in [row, *run]:
            other.cells[column] = Cell()
            if other is target:
                other.cells[column] = printed(label)
                break
        draft.note("late-label", label, row_name(target))


def lost_annual_heading(draft: Draft, rate: float) -> None:
    """The header rows of the annual table are not read, or only some of them."""
    if draft.rng.random() >= rate:
        return
    headers = [row for row in draft.rows if row.part == "annual" and row.kind == "header"]
    lost = headers if draft.rng.random() < 0.6 else draft.rng.sample(headers, 2)
    draft.rows = [row for row in draft.rows if all(row is not other for other in lost)]
    draft.note("lost-annual-heading", str(len(lost)), None)


def swallowed_header(draft: Draft, rate: float) -> None:
    """The header swallows the first annual row: basis, category, history are lost, the names have moved."""
    if draft.rng.random() >= rate:
        return
    row = next((row for row in draft.indicator_rows("annual") if row.index == 0), None)
    if row is None:
        return
    names, target = (
        [Cell(c.text, c.closed) for c in row.cells[1:4]],
        Cell(row.cells[6].text, row.cells[6].closed),
    )
    draft.note("swallowed-header", row_name(row), None)
    gap = draft.rng.choice((2, 2, 1, 3))
    row.cells = [Cell(), Cell(), Cell(), *names, *(Cell() for _ in range(gap)), target]
    row.moved = True
    truth = draft.truth["annual"]["indicators"][0]
    truth.update(basis=None, category=None, history={"year_before_last": None, "last_year": None})
    if draft.rng.random() < 0.6:
        _drop_section_column(draft, draft.rows.index(row) + 1, draft.rng.randint(2, 9))


def _drop_section_column(draft: Draft, start: int, count: int) -> None:
    """Rows below a broken header come without their first column."""
    for row in draft.rows[start : start + count]:
        if row.index is None or row.moved or not row.cells[0].blank:
            return
        del row.cells[0]
        row.moved = True
        draft.note("shift-left", row_name(row), None)


def slipped_label(draft: Draft, rate: float) -> None:
    """A first level stands one column too far left, and leaves a blank where it was."""
    for row in draft.chosen(
        [r for r in draft.indicator_rows() if r.cells[1].text and r.cells[0].blank], rate
    ):
        draft.note("slipped-label", row.cells[1].text, None)
        row.cells[0], row.cells[1] = row.cells[1], Cell()
        row.moved = True
