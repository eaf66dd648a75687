"""Rows → text as readers write it: tab-separated rows, or Markdown pipe tables."""

from __future__ import annotations

import re
from collections.abc import Sequence
from random import Random

from bench.forge.form import Row, Style
from bench.forge.pen import Pen, pages


def to_tab_text(rows: Sequence[Row], style: Style, rng: Random) -> str:
    """Markdown headings and tab-separated rows; a page's end is a blank line."""
    pen, lines = Pen(style, rng), [""]
    for row in rows:
        if row.part == "break":
            lines.append("")
        elif row.part == "line":
            lines += ["", pen.line(row)] + [""] * (row.cells[0].text == "**")
        elif row.part == "list-line":
            lines.append(pen.line(row))
        else:
            if lines[-1] and "\t" not in lines[-1]:
                lines.append("")
            lines.append(_tab_row(row, pen))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)) + "\n"


def _tab_row(row: Row, pen: Pen) -> str:
    cells: list[str] = []
    for cell in row.cells:
        padded = pen.style.padded and not (cell.items and pen.style.listing == "p")
        cells += [pen.cell(cell, markup=False)] + [""] * ((cell.span - 1) * padded)
    line = "\t".join(cells)
    return line.rstrip("\t") if pen.style.trimmed else line


def to_pipe(rows: Sequence[Row], style: Style, rng: Random) -> str:
    """Markdown pipe tables, one a page; its first row is taken for the header."""
    pen, out = Pen(style, rng), [""]
    for table, run in pages(rows):
        if not table:
            out += [
                line for row in run for line in ([] if row.part == "list-line" else [""]) + [pen.line(row)]
            ]
            out.append("")
            continue
        grid = [
            [
                pen.cell(cell, markup=True).replace("|", "\\|") if k == 0 else ""
                for cell in row.cells
                for k in range(cell.span if style.padded else 1)
            ]
            for row in run
        ]
        widest = max(map(len, grid))
        lines = ["| " + " | ".join(row + [""] * (widest - len(row))) + " |" for row in grid]
        out += [lines[0], "|" + " --- |" * widest, *lines[1:], ""]
    return "\n".join(out) + "\n"
