"""Pipe tables of Markdown as bare rows."""

from __future__ import annotations

from itertools import groupby

from bench.peers.reading import Reading, rows_to_table


def markdown_to_reading(text: str) -> Reading:
    """Pipe tables without their rules, the other lines outside.

    ``NaN`` and ``Unnamed: 3`` are pandas' words for a blank cell, a backslash and an n for a line's end.
    """
    tables, lines = [], []
    for piped, group in groupby(text.splitlines(), lambda line: line.lstrip().startswith("|")):
        if not piped:
            lines += [line.lstrip("# ") for line in group if line.strip()]
            continue
        rows = [[_cell(cell) for cell in line.strip()[1:].removesuffix("|").split("|")] for line in group]
        tables.append(rows_to_table((row for row in rows if not _is_rule(row)), "padded"))
    return Reading(tuple(tables), tuple(lines))


def _is_rule(row: list[str]) -> bool:
    return all(cell and set(cell) <= set("-:") for cell in row)


def _cell(text: str) -> str:
    text = text.strip().replace("\\n", "\n")
    return "" if text == "NaN" or text.startswith("Unnamed: ") else text
