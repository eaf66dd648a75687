"""Markdown tables as converters write them: without bars at the ends, or a whole sheet with a column for every one of its own."""

from __future__ import annotations

import re
from collections.abc import Sequence

_DASHES = r"\s*+(?::-++:?|-++:|-{2,}+)\s*+"
_RULE = re.compile(rf"{_DASHES}(?:\|{_DASHES})++\|?\s*+")
"""The line below a table's head, without a bar at its beginning."""
_BAR = re.compile(r"(?<!\\)\|")
_SHEET_COLUMNS = 10
"""A table as wide as this is a whole sheet: the rows of a form itself have at most nine cells."""
_UNNAMED = re.compile(r"Unnamed: \d+(?:_level_\d+)?")
"""What pandas calls a column without a name."""
_NO_NUMBER = "NaN"
"""What pandas writes for a blank cell."""


def with_end_bars(text: str) -> str:
    """The text with bars before and behind each row of its tables whose rows have none there."""
    if "|" not in text or "-" not in text:
        return text
    lines = text.split("\n")
    for n, rule in enumerate(lines):
        if not n or not _RULE.fullmatch(rule):
            continue
        lines[n] = rule.strip().removesuffix("|")
        bars = lines[n].count("|")
        first, end = n - 1, n + 1
        while end < len(lines) and len(_BAR.findall(lines[end])) == bars:
            end += 1
        if len(_BAR.findall(lines[first])) == bars:
            lines[first:end] = [f"|{row}|" for row in lines[first:end]]
    return "\n".join(lines)


def sheet_rows(rows: Sequence[Sequence[str]]) -> list[list[str]] | None:
    """The rows of a table that is a whole sheet, blank where the sheet is; `None` for any other table."""
    if not rows or len(rows[0]) < _SHEET_COLUMNS or len({len(row) for row in rows}) > 1:
        return None
    named_by_pandas = any(text == _NO_NUMBER or _UNNAMED.fullmatch(text) for row in rows for text in row)
    if not named_by_pandas:
        return [list(row) for row in rows]
    return [["" if text == _NO_NUMBER or _UNNAMED.fullmatch(text) else text for text in row] for row in rows]
