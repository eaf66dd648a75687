"""A declaration in a paper layout → the sheet that every file format is made from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import accumulate, pairwise
from random import Random
from typing import Any

from bench.forge.form import Cell, Row, Style, random_style, under
from bench.forge.layouts import HEADING, PaperLayout, labels_above
from bench.forge.pen import Pen
from bench.forge.rows import truth_to_paper
from bench.forge.sheet import Align, Sheet, SheetCell, Table, random_typography

Json = dict[str, Any]
FIGURES = frozenset({"budget", "projects", "long", "annual"})


def typeset(truth: Json, layout: PaperLayout, seed: int | str) -> Sheet:
    """The form as one clerk prints it: the same truth, layout and seed give the same sheet."""
    rng = Random(f"print {seed}")
    style = print_style(rng)
    pen = Pen(style, rng)
    rows = truth_to_paper(truth, style)
    lines = [pen.line(row).removeprefix("## ") for row in rows if row.part == "line"]
    edges = _edges(layout)
    drawn = _within_groups([row for row in rows if row.part != "line"])
    tables = [
        _table(run, layout, edges, pen) for run in _runs(labels_above(drawn, layout.above), layout.repeated)
    ]
    type_ = random_typography(rng, layout.families, layout.landscape)
    tables = [_aligned(table, type_.figures) for table in tables]
    widths = tuple(b - a for a, b in pairwise(edges))
    return Sheet(lines[0], lines[1], lines[2], lines[3], tuple(tables), widths, type_)


def print_style(rng: Random) -> Style:
    """Habits of a clerk at a word processor, who loses nothing."""
    return replace(
        random_style(rng),
        label_at=0,
        goals="row",
        compatible=False,
        roomy=False,
        punctuation=rng.choice(("full", "full", "full", "half", "mixed")),
        mark=rng.choice(("{}、", "{}、", "{}.", "（{}）", "{}．")),
    )


def _within_groups(rows: Sequence[Row]) -> list[Row]:
    """Rows of dots amid a group: its merged cell spans them too, so the dots stand in another column."""
    made = list(rows)
    for n, (row, after) in enumerate(pairwise(rows)):
        if row.kind == "filler":
            cells = [
                under(below.covered) if below.covered is not None else cell
                for cell, below in zip(row.cells, after.cells, strict=True)
            ]
            if all(cell.blank for cell in cells):
                cells[3] = Cell(".....")
            made[n] = replace(row, cells=cells)
    return made


def _runs(rows: Iterable[Row], repeated: bool) -> list[list[Row]]:
    """One run of rows for each table: one for all, or the indicator tables apart from the rest."""
    runs: list[list[Row]] = [[]]
    for row in rows:
        begins = repeated and (row.part == HEADING or (row.part == "list" and _ends_indicators(runs[-1])))
        if begins and runs[-1]:
            runs.append([])
        runs[-1].append(row)
    return runs


def _ends_indicators(run: Sequence[Row]) -> bool:
    return bool(run) and run[-1].part in ("long", "annual")


def _edges(layout: PaperLayout) -> list[int]:
    """Where the grid's columns begin and end, in units."""
    if layout.even:
        return list(range(layout.units + 1))
    parts = [
        _part_edges(layout, part, above) for part in layout.columns for above in {False, part in layout.above}
    ]
    return sorted({edge for edges in parts for edge in edges})


def _part_edges(layout: PaperLayout, part: str, above: bool) -> list[int]:
    """Column edges of a part; without the section's column its next one takes the room."""
    widths = layout.columns[part]
    if above:
        widths = _spread(widths[1:], layout.units)
    return [0, *accumulate(widths)]


def _spread(widths: Sequence[int], units: int) -> tuple[int, ...]:
    """The same columns on a wider page: each gets a unit in turn, from the widest text to the others."""
    grown = list(widths)
    for n in range(units - sum(widths)):
        grown[(2 + n) % len(grown)] += 1
    return tuple(grown)


def _table(rows: Sequence[Row], layout: PaperLayout, edges: Sequence[int], pen: Pen) -> Table:
    at = {edge: n for n, edge in enumerate(edges)}
    cells: list[SheetCell] = []
    open_at: dict[tuple[int, int], int] = {}  # the last cell that stands in these columns
    for r, row in enumerate(rows):
        for cell, (start, end) in _placed(row, layout):
            place = at[start], at[end]
            if cell.covered is not None:
                above = cells[open_at[place]]
                cells[open_at[place]] = replace(above, row_span=r - above.row + 1)
                continue
            open_at[place] = len(cells)
            cells.append(_cell(row, cell, (r, *place), pen))
    headers = sum(row.part == HEADING or row.kind == "header" for row in rows) if layout.repeated else 0
    return Table(tuple(cells), len(rows), headers if rows[0].part == HEADING else 0)


def _placed(row: Row, layout: PaperLayout) -> Iterator[tuple[Cell, tuple[int, int]]]:
    """Every cell of a row with its start and end, in units."""
    if row.part == HEADING:
        yield row.cells[0], (0, layout.units)
        return
    edges = _part_edges(layout, row.part, row.part in layout.above)
    column = 0
    for cell in row.cells:
        yield cell, (edges[column], edges[column + cell.span])
        column += cell.span


def _cell(row: Row, cell: Cell, place: tuple[int, int, int], pen: Pen) -> SheetCell:
    r, start, end = place
    text = "\n".join(pen.items(cell.items)) if cell.items else pen.text(cell.text)
    align: Align = "center"
    if cell.items or (row.kind == "data" and _is_prose(row, cell)):
        align = "left"
    label = row.kind == "header" or row.part == HEADING or (cell.closed and cell is row.cells[0])
    figure = row.part in FIGURES and row.kind == "data"
    return SheetCell(r, start, 1, end - start, text, align, label, figure)


def _is_prose(row: Row, cell: Cell) -> bool:
    return row.part == "summary" or (row.part == "projects" and cell is row.cells[-1])


def _aligned(table: Table, figures: Align) -> Table:
    """Numbers of the budget and of projects to the right where this print does so."""
    cells = tuple(
        replace(cell, align=figures)
        if cell.figure and cell.align == "center" and cell.text.replace(".", "").replace(",", "").isdigit()
        else cell
        for cell in table.cells
    )
    return replace(table, cells=cells)
