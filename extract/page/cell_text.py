"""What a cell says: its characters as a person reads them, whichever way they are written, without what is struck out."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from extract.page.paragraphs import lines_to_starts
from extract.page.raised import raised_to_text
from extract.page.text_lines import chars_to_lines, line_to_text, lines_to_text
from models.geometry import Box
from models.page import Char

_RAISED_SIZES = 0.8
"""A raised character is smaller than this share of its line's usual type size."""
_RAISED_FOOT_SIZES = 0.12
"""A raised character's foot stands at least this share of the type size above the line's."""
_NUMBER = re.compile(r"[-+−≥≤<>＞＜=]?\d[\d,，]*(?:\.\d+)?[%％‰]?")
_LAST_CHARACTERS = 2
"""A hyphen is one of so many last characters of its line; a blank may stand behind it."""
_HYPHENS = frozenset("-\u00ad\u2010")
_WORD_BREAK = re.compile(r"[A-Za-z] ?[-\u00ad\u2010]\n[a-z]")
"""A word of letters that a hyphen parts at a line's end; in `COVID-19` the hyphen is the word's own."""
_ROOM_DIGITS = 1.5
"""A number was not broken by its cell's width where this many more digits had room beside it."""


@dataclass(frozen=True, slots=True)
class CellText:
    """A cell's text; `struck` is what was struck out and left out of it, `void`: all of it is struck out and kept.

    `stacked`: numbers stand one above another, each of them whole. `broken`: a hyphen at a line's end parts a word of
    letters, and nobody knows whether it is the word's own.
    """

    text: str
    struck: str = ""
    void: bool = False
    stacked: bool = False
    broken: bool = False


def chars_to_cell_text(chars: Sequence[Char], box: Box, struck: Collection[int] = ()) -> CellText:
    """What the characters of the cell `box` say; `struck` are the `id`s of those that a line runs through."""
    if not chars:
        return CellText("")
    crossed = [char for char in chars if id(char) in struck] if struck else []
    kept = [char for char in chars if id(char) not in struck] if struck else list(chars)
    void = bool(crossed) and not any(char.text.strip() for char in kept)
    if void:
        kept = list(chars)
    parts: list[str] = []
    stacked = broken = False
    for turn in sorted({char.turn for char in kept if char.text != " "}) or [0]:
        upright = [char for char in kept if char.turn == turn]
        if turn:
            upright = [turned_upright(char, turn) for char in upright]
        lines = [_without_raised(line) for line in chars_to_lines(upright)]
        stacks = _stacked_numbers(lines, _box_upright(box, turn))
        stacked = stacked or bool(stacks)
        broken = broken or _is_broken(lines)
        parts.append(lines_to_text(lines, lines_to_starts(lines, _box_upright(box, turn)) | stacks))
    left_out = lines_to_text(chars_to_lines(crossed)) if crossed and not void else ""
    return CellText("\n".join(filter(None, parts)), left_out, void, stacked, broken)


def turned_upright(char: Char, turn: int) -> Char:
    """A character that is written in a direction `turn` as it stands when the paper is turned to read it."""
    return Char(char.text, _box_upright(char.box, turn), char.size, char.run) if turn else char


def _box_upright(box: Box, turn: int) -> Box:
    if turn == 1:
        return Box(box.top, -box.x1, box.bottom, -box.x0)
    if turn == 2:
        return Box(-box.x1, -box.bottom, -box.x0, -box.top)
    if turn == 3:
        return Box(-box.bottom, box.x0, -box.top, box.x1)
    return box


def _without_raised(line: list[Char]) -> list[Char]:
    """A line whose raised characters are exponents, or gone when they are a footnote's mark."""
    printed = [char for char in line if char.text != " "]
    sizes = sorted({char.size for char in printed})
    if not sizes or sizes[0] >= _RAISED_SIZES * sizes[-1]:
        return line
    full = [char for char in printed if char.size >= _RAISED_SIZES * sizes[-1]]
    foot = sorted(char.box.bottom for char in full)[len(full) // 2]
    kept: list[Char] = []
    for small, group in groupby(line, lambda char: _is_raised(char, sizes[-1], foot)):
        chars = list(group)
        if not small:
            kept += chars
            continue
        text = raised_to_text(line_to_text(kept), line_to_text(chars))
        if text:
            kept.append(replace(chars[0], text=text))
    return kept


def _is_raised(char: Char, size: float, foot: float) -> bool:
    small = char.text != " " and char.size < _RAISED_SIZES * size
    return small and foot - char.box.bottom >= _RAISED_FOOT_SIZES * size


def _is_broken(lines: Sequence[Sequence[Char]]) -> bool:
    """Whether a line ends with a hyphen behind a letter, and the next begins with a small one."""
    if not any(char.text in _HYPHENS for line in lines[:-1] for char in line[-_LAST_CHARACTERS:]):
        return False
    texts = [line_to_text(line) for line in lines]
    return any(_WORD_BREAK.search(f"{upper}\n{lower}") for upper, lower in pairwise(texts))


def _stacked_numbers(lines: Sequence[Sequence[Char]], box: Box) -> frozenset[int]:
    """The lines (numbers from 0) that are a number of their own below another number, which had room to go on."""
    if len(lines) < 2:
        return frozenset()
    texts = [line_to_text(line) for line in lines]
    found = set()
    for n, (upper, lower) in enumerate(pairwise(texts), start=1):
        if _NUMBER.fullmatch(upper) and _NUMBER.fullmatch(lower):
            printed = [char for char in lines[n - 1] if char.text != " "]
            digit = max(char.box.width for char in printed)
            if box.width - _width(printed) > _ROOM_DIGITS * digit:
                found.add(n)
    return frozenset(found)


def _width(line: Iterable[Char]) -> float:
    boxes = [char.box for char in line]
    return max(box.x1 for box in boxes) - min(box.x0 for box in boxes)
