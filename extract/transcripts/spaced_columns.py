"""Tables of a text whose columns are parted by runs of blanks → tab rows, as other text has them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice
from unicodedata import east_asian_width

_GAP = re.compile(r"[ \u3000\xa0]{2,}")
_FEWEST_ROWS = 10
"""A form has more rows than this; a letter has one or two lines with wide gaps."""
_ROW_SHARE = 0.3
"""At least this share of the lines has such gaps."""
_GAPS = 2
"""A row has at least so many gaps; one gap parts a date from a unit, or the two halves of a spaced word."""


def with_tabs(text: str) -> str:
    """The text with a tab for each run of blanks, if the text has such a table and no other."""
    if ("  " not in text and "\u3000\u3000" not in text) or "\t" in text or "|" in text or "<td" in text:
        return text
    lines = text.split("\n")
    if _are_expanded(lines):
        return "\n".join(map(_with_own_tabs, lines))
    rows = sum(len(_GAP.findall(line.rstrip())) >= _GAPS for line in lines)
    filled = sum(bool(line.strip()) for line in lines)
    if rows < _FEWEST_ROWS or rows < _ROW_SHARE * filled:
        return text
    return "\n".join(_GAP.sub("\t", line.rstrip()) for line in lines)


_STOP = 8
"""Programs that turn tabs into blanks fill up to the next eighth column."""
_FEWEST_STOPS, _MOST_STOPS = 40, 2_000
_STOPS_SHARE = 0.97
"""Of so many gaps nearly all end at a stop where tabs were; by chance one in eight does."""
_BLANKS = re.compile(r" +")


def _are_expanded(lines: Sequence[str]) -> bool:
    gaps = ((line, gap) for line in lines for gap in _GAP.finditer(line.rstrip()))
    ends = [screen_width(line[: gap.end()]) for line, gap in islice(gaps, _MOST_STOPS)]
    return len(ends) >= _FEWEST_STOPS and sum(end % _STOP == 0 for end in ends) >= _STOPS_SHARE * len(ends)


def _with_own_tabs(line: str) -> str:
    """The line with the tabs that its blanks stood for: as many as there are stops from where they begin."""
    kept, end = [], 0
    for gap in _BLANKS.finditer(line):
        first, last = screen_width(line[: gap.start()]), screen_width(line[: gap.end()])
        tabs = last // _STOP - first // _STOP
        if last % _STOP == 0 and tabs:
            kept += [line[end : gap.start()], "\t" * tabs]
            end = gap.end()
    return "".join([*kept, line[end:]])


def screen_width(text: str) -> int:
    """How many columns of a screen a text takes: a Chinese character takes two."""
    return sum(2 if east_asian_width(sign) in "WF" else 1 for sign in text)
