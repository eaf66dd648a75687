"""Printed characters into lines of text."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence

from extract.page.symbols import UNREADABLE
from models.document import TextLine
from models.geometry import union
from models.grid import Place, State
from models.list_marks import first_list_mark
from models.page import Char, Page

_SAME_LINE_SHARE = 0.5
"""Characters stand on one line when they overlap in height by this share of the smaller one."""
_OVERPRINT_SHARE = 0.3
"""The same character again within this share of its width is a bold print, not a second character."""
_WORD_GAP_SIZES = 0.25
"""A gap of this share of the type size parts two Latin words or numbers."""
_ROOM_SIZES = 0.6
"""A line that leaves less than this share of the type size free is full, so a word may go on below it."""
_COLUMN_GAP_SIZES = 2.5
"""A gap of this many type sizes outside a table parts two pieces of text."""

_BARE = re.compile(r"(\d{1,2}) ?[\u4e00-\u9fff]{2}")
_TWO_LATIN = re.compile(r"[\x00-\x7f]{2}")
_SENTENCE_ENDS = "。；;：:！!？?"


def chars_to_lines(chars: Iterable[Char]) -> list[list[Char]]:
    """Characters into lines from top to bottom, each from left to right, blanks included.

    A raised or lowered character belongs to the line it overlaps; one printed twice is kept once.
    """
    found = list(chars)
    if len(found) == 1:
        return [found]
    heights = {(char.box.top, char.box.bottom) for char in found}
    if len(heights) == 1 and all(top < bottom for top, bottom in heights):
        return [_printed_once(sorted(found, key=lambda c: c.box.x0))]
    lines: list[list[Char]] = []
    guide = (0.0, 0.0)
    for char in sorted(found, key=lambda c: (c.box.top + c.box.bottom, c.box.x0)):
        top, bottom = char.box.top, char.box.bottom
        height = min(bottom - top, guide[1] - guide[0])
        if lines and min(bottom, guide[1]) - max(top, guide[0]) > _SAME_LINE_SHARE * height:
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
        # a bold print comes back for it; characters of one run that lie on each other have lost their width
        if (
            char.text == last.text != " "
            and (char.run != last.run or not char.run)
            and char.box.x0 - last.box.x0 <= _OVERPRINT_SHARE * last.box.width
        ):
            continue
        kept.append(char)
    return kept


def line_to_text(line: Sequence[Char]) -> str:
    """One line's text. Typed blanks stay, one for many; a bare gap counts only between Latin or digits."""
    whole = "".join([char.text for char in line])
    if not _TWO_LATIN.search(whole):
        return " ".join(whole.split())
    parts: list[str] = []
    last: Char | None = None
    for char in line:
        latin = last is not None and last.text.isascii() and char.text.isascii()
        if last is not None and latin and char.box.x0 - last.box.x1 > _WORD_GAP_SIZES * char.size:
            parts.append(" ")
        parts.append(char.text)
        last = char
    return " ".join("".join(parts).split())


def lines_to_text(lines: Sequence[Sequence[Char]], starts: Collection[int] = ()) -> str:
    """The text of a cell: wrapped lines joined, a numbered item and each of the paragraphs that `starts` names
    (numbers of lines) on a line of its own.

    Chinese joins without a blank. Two Latin or digit runs join with one when a blank was typed at the
    wrap or when the upper line had room left; in a full line the break fell inside the word or number.
    """
    text, last_item = "", 0
    right = max((line[-1].box.x1 for line in lines if line), default=0.0)
    for index, line in enumerate(lines):
        words = line_to_text(line)
        if not words:
            continue
        item = item_number(words)
        if not item and (index == 0 or _parted(lines[index - 1], right)):
            item = _bare_number(words, last_item)
        listed = item and (item in (1, last_item + 1) or text[-1:] in _SENTENCE_ENDS)
        if text and (listed or index in starts):
            text += "\n"
        elif text and _spaced(text, words, _parted(lines[index - 1], right)):
            text += " "
        text += words
        last_item = item or last_item
    return text


def _spaced(text: str, words: str, parted: bool) -> bool:
    """Whether a blank stands between a text and the line below it: it was typed or had room, or both are words of
    letters, which no typesetter breaks inside a line of several.
    """
    if not (text[-1].isascii() and words[0].isascii()):
        return False
    return parted or (text[-1].isalpha() and words[0].isalpha() and " " in text.rpartition("\n")[2])


def item_number(words: str) -> int:
    """The number of the item that a line begins, 0 when it begins none."""
    mark = first_list_mark(words)
    return mark.number if mark else 0


def _bare_number(words: str, last_item: int) -> int:
    """The next item's number, its mark lost by a poor copy: only after a line that left room, and amid Chinese."""
    found = _BARE.match(words)
    return last_item + 1 if found and int(found[1]) == last_item + 1 else 0


def _parted(line: Sequence[Char], right: float) -> bool:
    last = line[-1]
    return last.text.isspace() or right - last.box.x1 > _ROOM_SIZES * last.size


def text_to_state(text: str) -> State:
    """Blank without text, unread when no character could be read."""
    if not text:
        return "blank"
    return "read" if text.strip(UNREADABLE + " \n") else "unread"


def split_line(line: Sequence[Char], gap: float = _COLUMN_GAP_SIZES) -> list[list[Char]]:
    """A line cut at gaps of more than `gap` type sizes: what stands left and right of one are two things.

    Not beside a colon: what a label announces belongs to it.
    """
    pieces: list[list[Char]] = []
    last: Char | None = None
    for char in line:
        if char.text == " ":
            if pieces:
                pieces[-1].append(char)
            continue
        beside_colon = last is not None and (last.text in "：:" or char.text in "：:")
        if last is None or (char.box.x0 - last.box.x1 > gap * char.size and not beside_colon):
            pieces.append([])
        pieces[-1].append(char)
        last = char
    return pieces


def chars_to_text_line(chars: Sequence[Char], page: Page) -> TextLine:
    """The characters of one line outside every table as a piece of the document."""
    box = union(char.box for char in chars if char.text != " ")
    return TextLine(line_to_text(chars), Place(page.number, box), page.reader)


_STACK_STEP_SIZES = 1.15
"""Characters of a word written downwards follow each other within this many type sizes."""
_FEWEST_STACKED = 3
"""Fewer characters one below the other are no word written downwards."""


def chars_to_stacks(chars: Iterable[Char]) -> list[list[Char]]:
    """Words written downwards: Chinese characters straight below each other, nearer than lines of text are."""
    stacks: list[list[Char]] = []
    columns: dict[int, list[Char]] = {}
    for char in chars:
        if "\u2e80" <= char.text <= "\u9fff":
            columns.setdefault(round(char.box.x0), []).append(char)
    for column in columns.values():
        stack: list[Char] = []
        for char in sorted(column, key=lambda char: char.box.top):
            if stack and not 0.5 < (char.box.top - stack[-1].box.top) / char.size <= _STACK_STEP_SIZES:
                stacks.append(stack)
                stack = []
            stack.append(char)
        stacks.append(stack)
    return [stack for stack in stacks if len(stack) >= _FEWEST_STACKED]
