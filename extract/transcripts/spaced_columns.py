"""Tables of a text whose columns are parted by runs of blanks → tab rows, as other text has them."""

from __future__ import annotations

import re

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
    rows = sum(len(_GAP.findall(line.rstrip())) >= _GAPS for line in lines)
    filled = sum(bool(line.strip()) for line in lines)
    if rows < _FEWEST_ROWS or rows < _ROW_SHARE * filled:
        return text
    return "\n".join(_GAP.sub("\t", line.rstrip()) for line in lines)
