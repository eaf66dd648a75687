"""Printed characters into lines of text, cells and pieces of a page."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence

from extract.grid import Lattice, rules_to_lattices
from extract.radicals import UNREADABLE
from models.geometry import union
from models.grid import Cell, Grid, Piece, Place, State, TextLine
from models.page import Char, Page

SAME_LINE = 0.5
"""Characters stand on one line when they overlap in height by this share of the smaller one."""
OVERPRINT = 0.3
"""The same character again within this share of its width is a bold print, not a second character."""
WORD_GAP = 0.25
"""A gap of this share of the type size parts two Latin words or numbers."""
ROOM = 0.6
"""A line that leaves less than this share of the type size free is full, so a word may go on below it."""

COLUMN_GAP = 2.5
"""A gap of this many type sizes outside a table parts two pieces of text."""
PAGE_BORDER = 0.88
"""A single box larger than this share of the page in both directions is a border of the paper."""

_ITEM = re.compile(
    r"(?P<open>[（(]?)(?P<number>\d{1,2}|[一二三四五六七八九十]{1,3})(?P<close>[）)、]|[.．](?!\d))|(?P<circled>[①-⑳])"
)
_SENTENCE_ENDS = "。；;：:！!？?"


def chars_to_lines(chars: Iterable[Char]) -> list[list[Char]]:
    """Characters into lines from top to bottom, each from left to right, blanks included.

    A raised or lowered character belongs to the line it overlaps; one printed twice is kept once.
    """
    lines: list[list[Char]] = []
    guide = (0.0, 0.0)
    for char in sorted(chars, key=lambda c: (c.box.top + c.box.bottom, c.box.x0)):
        top, bottom = char.box.top, char.box.bottom
        height = min(bottom - top, guide[1] - guide[0])
        if lines and min(bottom, guide[1]) - max(top, guide[0]) > SAME_LINE * height:
            lines[-1].append(char)
            if bottom - top > guide[1] - guide[0]:
                guide = (top, bottom)
        else:
            lines.append([char])
            guide = (top, bottom)
    return [_printed_once(sorted(line, key=lambda c: c.box.x0)) for line in lines]


def _printed_once(line: list[Char]) -> list[Char]:
    kept = line[:1]
    for char in line[1:]:
        last = kept[-1]
        if char.text == last.text != " " and char.box.x0 - last.box.x0 <= OVERPRINT * last.box.width:
            continue
        kept.append(char)
    return kept


def line_to_text(line: Sequence[Char]) -> str:
    """One line's text. Typed blanks stay, one for many; a bare gap counts only between Latin or digits."""
    parts: list[str] = []
    last: Char | None = None
    for char in line:
        latin = last is not None and last.text.isascii() and char.text.isascii()
        if last is not None and latin and char.box.x0 - last.box.x1 > WORD_GAP * char.size:
            parts.append(" ")
        parts.append(char.text)
        last = char
    return " ".join("".join(parts).split())


def lines_to_text(lines: Sequence[Sequence[Char]]) -> str:
    """The text of a cell: wrapped lines joined, a numbered item on a line of its own.

    Chinese joins without a blank. Two Latin or digit runs join with one when a blank was typed at the
    wrap or when the upper line had room left; in a full line the break fell inside the word or number.
    """
    text, last_item = "", 0
    right = max((line[-1].box.x1 for line in lines if line), default=0.0)
    for index, line in enumerate(lines):
        words = line_to_text(line)
        if not words:
            continue
        item = _item_number(words)
        if text and item and (item in (1, last_item + 1) or text[-1] in _SENTENCE_ENDS):
            text += "\n"
        elif text and text[-1].isascii() and words[0].isascii() and _parted(lines[index - 1], right):
            text += " "
        text += words
        last_item = item or last_item
    return text


def _item_number(words: str) -> int:
    """The number of the item that a line begins, 0 when it begins none."""
    found = _ITEM.match(words)
    if found is None:
        return 0
    if found["circled"]:
        return ord(found["circled"]) - ord("①") + 1
    if bool(found["open"]) != (found["close"] in "）)"):
        return 0
    number = found["number"]
    return int(number) if number.isdigit() else _chinese_number(number)


def _chinese_number(number: str) -> int:
    """
    >>> [_chinese_number(n) for n in ("三", "十", "十二", "二十")]
    [3, 10, 12, 20]
    """
    digits = "零一二三四五六七八九"
    tens, ten, ones = number.rpartition("十")
    if not ten:
        return digits.find(number[0])
    return 10 * (digits.find(tens) if tens else 1) + (digits.find(ones) if ones else 0)


def _parted(line: Sequence[Char], right: float) -> bool:
    last = line[-1]
    return last.text.isspace() or right - last.box.x1 > ROOM * last.size


def page_to_pieces(page: Page) -> tuple[Piece, ...]:
    """A page's ruled tables and the lines of text outside them, from top to bottom.

    A character belongs to the innermost table and the cell in which its middle lies.
    """
    lattices = [lattice for lattice in rules_to_lattices(page.rules) if not _borders_page(lattice, page)]
    innermost = sorted(lattices, key=lambda lattice: lattice.box.width * lattice.box.height)
    finders = [(lattice.box, _CellFinder(lattice)) for lattice in innermost]
    outside: list[Char] = []
    for char in page.chars:
        x, y = char.box.centre
        if not any(box.contains(x, y) and finder.take(char, x, y) for box, finder in finders):
            outside.append(char)
    placed: list[tuple[float, float, Piece]] = []
    for _, finder in finders:
        lattice = finder.lattice
        continues = page.number > 1 and lattice is lattices[0]
        placed.append((lattice.ys[0], lattice.xs[0], finder.grid(page, frozenset({0} if continues else ()))))
    for line in chars_to_lines(outside):
        for piece in split_line(line):
            placed.append((line[0].box.top, piece[0].box.x0, chars_to_text_line(piece, page)))
    return tuple(piece for _, _, piece in sorted(placed, key=lambda found: found[:2]))


def _borders_page(lattice: Lattice, page: Page) -> bool:
    box = lattice.box
    return len(lattice.spans) == 1 and min(box.width / page.width, box.height / page.height) > PAGE_BORDER


class _CellFinder:
    """Collects the characters of one lattice's cells."""

    def __init__(self, lattice: Lattice) -> None:
        self.lattice = lattice
        self.taken: list[list[Char]] = [[] for _ in lattice.spans]
        self.owner = {
            (row, column): index
            for index, span in enumerate(lattice.spans)
            for row in range(span.row, span.row_end)
            for column in range(span.column, span.column_end)
        }

    def take(self, char: Char, x: float, y: float) -> bool:
        place = bisect_right(self.lattice.ys, y) - 1, bisect_right(self.lattice.xs, x) - 1
        index = self.owner.get(place)
        if index is not None:
            self.taken[index].append(char)
        return index is not None

    def grid(self, page: Page, breaks: frozenset[int]) -> Grid:
        lattice = self.lattice
        cells = []
        for span, chars in zip(lattice.spans, self.taken, strict=True):
            text = lines_to_text(chars_to_lines(chars))
            box = union(char.box for char in chars if char.text != " ") or lattice.span_to_box(span)
            cells.append(
                Cell(
                    row=span.row,
                    column=span.column,
                    text=text,
                    place=Place(page.number, box),
                    row_span=span.row_end - span.row,
                    column_span=span.column_end - span.column,
                    state=text_to_state(text),
                )
            )
        return Grid(
            cells=tuple(cells),
            rows=len(lattice.ys) - 1,
            columns=len(lattice.xs) - 1,
            spans="ruled",
            breaks=breaks,
            edges=((page.number, lattice.xs),),
            reader=page.reader,
        )


def text_to_state(text: str) -> State:
    """Blank without text, unread when no character could be read."""
    if not text:
        return "blank"
    return "read" if text.strip(UNREADABLE + " \n") else "unread"


def split_line(line: Sequence[Char], gap: float = COLUMN_GAP) -> list[list[Char]]:
    """A line cut at gaps of more than `gap` type sizes: what stands left and right of one are two things.

    Not after a colon: what a label announces belongs to it.
    """
    pieces: list[list[Char]] = []
    last: Char | None = None
    for char in line:
        if char.text == " ":
            if pieces:
                pieces[-1].append(char)
            continue
        if last is None or (char.box.x0 - last.box.x1 > gap * char.size and last.text not in "：:"):
            pieces.append([])
        pieces[-1].append(char)
        last = char
    return pieces


def chars_to_text_line(chars: Sequence[Char], page: Page) -> TextLine:
    box = union(char.box for char in chars if char.text != " ")
    return TextLine(line_to_text(chars), Place(page.number, box), page.reader)
