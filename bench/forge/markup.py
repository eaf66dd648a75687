"""Rows → HTML as readers write it: one table a page, with the spans that are left after the damage."""

from __future__ import annotations

import html
from collections.abc import Sequence
from random import Random

from bench.forge.form import COLUMNS, Row, Style
from bench.forge.pen import Pen, pages


def to_html(rows: Sequence[Row], style: Style, rng: Random) -> str:
    """One table a page, with the spans that are left after the damage."""
    pen = Pen(style, rng)
    out = ["<html><body>"]
    for table, run in pages(rows):
        out += _html_table(run, pen) if table else [_html_line(row, pen) for row in run]
    return "\n".join([*out, "</body></html>"]) + "\n"


def _html_line(row: Row, pen: Pen) -> str:
    line = html.escape(pen.line(row), quote=False)
    if line.startswith("## "):
        return f"<h2>{line[3:]}</h2>"
    return "<p>" + line.removeprefix("- ").strip("*") + "</p>"


def _edges(row: Row, style: Style) -> list[tuple[int, int]]:
    """Start and width of every cell, in 24ths of the page or in columns."""
    widths = COLUMNS[row.part] if style.spans == "edges" else (1,) * 9
    edges, at, start = [], 0, 0
    for cell in row.cells:
        width = sum(widths[at : at + cell.span]) or 1
        edges.append((start, width))
        at, start = at + cell.span, start + width
    return edges


def _html_table(rows: Sequence[Row], pen: Pen) -> list[str]:
    edges = [_edges(row, pen.style) for row in rows]
    widest = max(start + width for row in edges for start, width in row[-1:])
    out = ["<table>"]
    for n, row in enumerate(rows):
        cells = []
        for cell, (start, width) in zip(row.cells, edges[n], strict=True):
            if cell.covered is not None and _anchored(rows, edges, n, start, width):
                continue
            down = _depth(rows, edges, n, start, width)
            across = widest - start if pen.style.spans == "filled" and cell is row.cells[-1] else width
            spans = f' rowspan="{down}"' * (down > 1) + f' colspan="{across}"' * (across > 1)
            cells.append(f"<td{spans}>{pen.cell(cell, markup=True)}</td>")
        out.append(f"<tr>{''.join(cells)}</tr>")
    return [*out, "</table>"]


def _covered_at(row: Row, edges: list[tuple[int, int]], start: int, width: int) -> bool:
    return any(
        cell.covered is not None and edge == (start, width)
        for cell, edge in zip(row.cells, edges, strict=True)
    )


def _anchor_at(
    rows: Sequence[Row], edges: list[list[tuple[int, int]]], n: int, start: int, width: int
) -> bool:
    """A label stands here, or the rest of one that began on the page before."""
    return any(
        edge == (start, width) and (cell.closed if cell.covered is None else n == 0)
        for cell, edge in zip(rows[n].cells, edges[n], strict=True)
    )


def _anchored(
    rows: Sequence[Row], edges: list[list[tuple[int, int]]], n: int, start: int, width: int
) -> bool:
    """Some row above on this page holds the cell that reaches down here."""
    while n > 0 and _covered_at(rows[n], edges[n], start, width):
        n -= 1
        if _anchor_at(rows, edges, n, start, width):
            return True
    return False


def _depth(rows: Sequence[Row], edges: list[list[tuple[int, int]]], n: int, start: int, width: int) -> int:
    """How many rows a cell spans: its own and the covered ones right below."""
    depth = 1
    if not _anchor_at(rows, edges, n, start, width):
        return depth
    while n + depth < len(rows) and _covered_at(rows[n + depth], edges[n + depth], start, width):
        depth += 1
    return depth
