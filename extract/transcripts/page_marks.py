"""What stands around a form in a text of pages or mails: marks of pages, running titles, marks of quotation."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

_FRAME = r"[-—–―=#*·.\s\[\]【】()（）<>!]*+"
_MARK_LINES = 8
"""The head of a page has no more lines, blank ones included."""
_PAGE_MARK = re.compile(
    rf"{_FRAME}(?:第\s*\d{{1,3}}\s*页(?:[/，,、\s]*共\s*\d{{1,3}}\s*页)?|page\s*\d{{1,3}}(?:\s*(?:of|/)\s*\d{{1,3}})?){_FRAME}"
    r"|[-—–―]+\s*\d{1,3}\s*[-—–―]+",
    re.I,
)
"""A line that only says on which page it stands; a bare number may be an answer."""
_NUMBER = re.compile(r"\d{1,3}")
_GOES_ON = re.compile(r"\s*[（(]?\s*[续接](?:上?页|上?表)?\s*[）)]?$")
_FEWEST_REPEATS = 3
"""A line is a running title from its third time on: two forms of a file have two titles."""
_SHORTEST_TITLE = 6
"""A running title has at least so many characters; shorter lines are answers that come again."""
_QUOTED = re.compile(r"(?:[ \t]?>){1,9}[ \t]?")
_QUOTED_SHARE = 0.5
"""From this share of the lines on, a `>` before a line quotes a mail; below it, it compares."""


def without_page_marks(text: str) -> str:
    """The text with blank lines for those that pages and mails add, so that every line keeps its number."""
    lines = _unquoted(text.split("\n"))
    plain = {n: line for n, line in enumerate(lines) if line.strip() and not re.search(r"[\t|<│┃]", line)}
    dropped = {n for n, line in plain.items() if _PAGE_MARK.fullmatch(line.strip())}
    if len(plain) < len(lines) - len(plain):  # in a text of lines alone, those that come again are cells
        dropped |= _running(plain) | _beside_marks(lines, plain, dropped)
    return "\n".join("" if n in dropped else line for n, line in enumerate(lines))


def _unquoted(lines: list[str]) -> list[str]:
    filled = sum(bool(line.strip()) for line in lines)
    if sum(line.startswith((">", " >")) for line in lines) < max(1.0, _QUOTED_SHARE * filled):
        return lines
    return [_QUOTED.sub("", line, count=1) if _QUOTED.match(line) else line for line in lines]


def _running(plain: dict[int, str]) -> set[int]:
    """The lines that come again with the number of their page, or as the form's title that goes on."""
    groups: dict[str, list[int]] = defaultdict(list)
    for n, line in plain.items():
        groups[_NUMBER.sub("#", re.sub(r"[\s\u3000]", "", line))].append(n)
    running: set[int] = set()
    for said, places in groups.items():
        if len(places) < _FEWEST_REPEATS or len(said) < _SHORTEST_TITLE:
            continue
        if _is_counted([plain[n] for n in places]) or _GOES_ON.search(said):
            running.update(places)
    return running


def _beside_marks(lines: Sequence[str], plain: dict[int, str], marks: set[int]) -> set[int]:
    """The lines that stand around two marks of pages or more: what a print has at the top of every page."""
    around: dict[str, list[int]] = defaultdict(list)
    for mark in marks:
        for step in (-1, 1):
            n = mark + step
            while (
                0 <= n < len(lines) and (not lines[n].strip() or n in plain) and abs(n - mark) <= _MARK_LINES
            ):
                if n in plain and n not in marks:
                    around[lines[n].strip()].append(n)
                n += step
    return {n for places in around.values() if len(set(places)) > 1 for n in places}


def _is_counted(lines: Sequence[str]) -> bool:
    """Whether the last number of each line is that of the next page."""
    numbers = [int(found[-1]) for line in lines if (found := _NUMBER.findall(line))]
    return len(numbers) == len(lines) and all(low < high for low, high in pairwise(numbers))
