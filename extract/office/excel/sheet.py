"""One sheet of an .xlsx workbook, read as a stream: what its cells show, its merges, what is hidden."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal, InvalidOperation

from extract.files.limits import UNFOLDING
from extract.files.refusals import TooLargeError, UnreadableError
from extract.office.excel.conditions import HidingRule, element_to_rules, written_number
from extract.office.excel.hidden_ranges import HiddenSpan, is_too_low, is_too_narrow, spans_to_numbers
from extract.office.excel.page_headers import header_to_lines
from extract.office.excel.styles import CellStyle
from extract.office.excel.workbook import ShownText, Workbook, element_to_text, stream_elements, unescape
from extract.office.formats.dates import OUTSIDE
from extract.office.formats.shown import displayed
from extract.office.package import Element
from models.grid import State

Spot = tuple[int, int]
"""A row and a column, from 1 in a sheet and from 0 in a grid."""
SeenCell = tuple[str, State]
"""What a cell shows, and whether that could be read."""

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
"""Excel's last row and column (ECMA-376 part 1, 18.18.36)."""
_MOST_AREAS = 100
"""So many areas of conditional formats are looked at; a form has one or two."""
_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")
_PICTURE_FORMULA = re.compile(r"=?(?:_xlfn\.)?DISPIMG\(")
"""WPS keeps a picture in a cell as a formula of this name."""


@dataclass(slots=True)
class SheetContent:
    """What a sheet shows, by row and column from 1; `merges` lead from a merge's first cell to its last.

    `centred` does the same for texts that are centred across blank cells: they look like merges, and are read as such.
    """

    seen: dict[Spot, SeenCell] = field(default_factory=dict)
    merges: dict[Spot, Spot] = field(default_factory=dict)
    centred: dict[Spot, Spot] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    struck: list[Spot] = field(default_factory=list)
    unseen: list[Spot] = field(default_factory=list)
    pictures: list[Spot] = field(default_factory=list)
    headers: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Room:
    """What a workbook may still unfold to: cells and characters; raises `TooLargeError` when it is used up."""

    cells: int
    characters: int = UNFOLDING.characters

    def take(self, cells: int, characters: int = 0) -> None:
        """Use some of it up; raises `TooLargeError`."""
        self.cells -= cells
        self.characters -= characters
        if self.cells < 0:
            raise TooLargeError(f"工作簿内的单元格超过 {UNFOLDING.cells} 个")
        if self.characters < 0:
            raise TooLargeError(f"工作簿内的文字超过 {UNFOLDING.characters} 字，重复显示的重复计算")


def read_sheet_part(book: Workbook, part: str, room: Room) -> SheetContent:
    """The content of the sheet `part`; raises `UnreadableError`, and `TooLargeError` when `room` is used up."""
    content = SheetContent()
    reader = _CellReader(book, content)
    row, hiding, columns = 0, list[HidingRule](), list[HiddenSpan]()
    with book.package.open(part) as file:
        for node in stream_elements(file, _TAGS, UNFOLDING.sheet_bytes):
            name = node.tag.rpartition("}")[2]
            if name == "row":
                row = _whole(node.get("r"), row + 1, LAST_ROW)
                if node.get("hidden") in _ON or is_too_low(node.get("ht")):
                    content.hidden_rows.add(row)
                reader.read_row(node, row, room)
            elif name == "sheetView":
                reader.zeros = node.get("showZeros") not in ("0", "false")
            elif name == "col" and (node.get("hidden") in _ON or is_too_narrow(node.get("width"))):
                last = _whole(node.get("max"), 0, LAST_COLUMN)
                columns.append((_whole(node.get("min"), 1, LAST_COLUMN), last))
            elif name == "conditionalFormatting":
                hiding += element_to_rules(node, book.hiding_formats)
            elif name == "mergeCell":
                _merge(node.get("ref", ""), content, room)
            elif name in _HEADERS:
                content.headers += header_to_lines(node.text or "")
    content.hidden_columns = spans_to_numbers(columns)
    _hide(hiding, content)
    content.merges |= {at: end for at, end in content.centred.items() if at not in content.merges}
    return content


_HEADERS = ("oddHeader", "evenHeader", "firstHeader")
_TAGS = tuple(
    f"{{*}}{name}" for name in ("sheetView", "col", "row", "mergeCell", "conditionalFormatting", *_HEADERS)
)
_ON = ("1", "true")


def _whole(text: str | None, otherwise: int, most: int) -> int:
    """A row's or column's number; raises `UnreadableError` for one that no sheet has."""
    number = (
        otherwise
        if text is None
        else int(text)
        if text.isascii() and text.isdigit() and len(text) < 11
        else -1
    )
    if not 0 <= number <= most:
        raise UnreadableError(f"行号或列号 {text} 超出 Excel 的范围")
    return number


def reference_to_spot(reference: str) -> Spot:
    """`C7` → (7, 3); raises `UnreadableError` for what names no cell."""
    found = _REFERENCE.fullmatch(reference)
    column = 0
    for letter in found[1] if found else "":
        column = column * 26 + ord(letter) - 0x40
    if not found or column > LAST_COLUMN or not 0 < int(found[2]) <= LAST_ROW:
        raise UnreadableError(f"单元格位置 {reference[:20]} 超出 Excel 的范围")
    return int(found[2]), column


def _merge(reference: str, content: SheetContent, room: Room) -> None:
    first, _, last = reference.partition(":")
    top, left = reference_to_spot(first)
    bottom, right = reference_to_spot(last or first)
    if bottom < top or right < left:
        return
    room.take((bottom - top + 1) * (right - left + 1))
    content.merges[top, left] = (bottom, right)


def _hide(rules: Sequence[HidingRule], content: SheetContent) -> None:
    """Take out the numbers that conditional formats hide; all but zeros, which sheets leave out anyway, are told."""
    areas = [
        (rule, ends)
        for rule in rules
        for part in rule.ranges
        if all(map(_REFERENCE.fullmatch, ends := _ends(part)))
    ]
    for rule, (first, last) in areas[:_MOST_AREAS]:
        (top, left), (bottom, right) = reference_to_spot(first), reference_to_spot(last)
        for at, (text, _) in list(content.seen.items()):
            if top <= at[0] <= bottom and left <= at[1] <= right and rule.hides(text):
                del content.seen[at]
                content.unseen += [at] if written_number(text) else []


def _ends(area: str) -> tuple[str, str]:
    first, _, last = area.partition(":")
    return first, last or first


class _CellReader:
    """Reads rows of cells into a sheet's content."""

    def __init__(self, book: Workbook, content: SheetContent) -> None:
        self._book, self._content = book, content
        self.zeros = True
        self._centres = any(style.across for style in book.styles)

    def read_row(self, node: Element, row: int, room: Room) -> None:
        """The cells of a row that hold something; formatted ones without a value cost nothing."""
        column, centred = 0, None
        for cell in node.iterchildren("{*}c"):
            reference = cell.get("r")
            column = reference_to_spot(reference)[1] if reference else column + 1
            if column > LAST_COLUMN:
                raise UnreadableError(f"第 {row} 行的单元格超出 Excel 的范围")
            seen = self._seen(cell, (row, column)) if len(cell) else ("", "blank")
            if len(cell):
                room.take(1, len(seen[0]))
            if seen[1] != "blank":
                self._content.seen[row, column] = seen
            if self._centres:
                centred = self._centred(cell, (row, column), centred, filled=seen[1] != "blank")

    def _centred(self, cell: Element, at: Spot, begin: Spot | None, *, filled: bool) -> Spot | None:
        """Where the text begins that is centred across the cell `at`, and reaches over it if that is blank."""
        if not self._style(cell).across:
            return None
        if filled:
            return at
        reach = self._content.centred.get(begin, begin) if begin else None
        if begin is None or reach is None or reach[1] != at[1] - 1:
            return None
        self._content.centred[begin] = at
        return begin

    def _seen(self, cell: Element, at: Spot) -> SeenCell:
        style = self._style(cell)
        kind, value = cell.get("t", "n"), cell.findtext("{*}v")
        if cell.find("{*}f") is not None and self._is_uncalculated(kind, value):
            return ("", "unread")
        if kind == "e":
            return (value or "", "unread")
        written = self._written(cell, kind, value, style, at)
        text = written.text.strip()
        if _PICTURE_FORMULA.match(text):
            self._content.pictures.append(at)
            return ("", "unread")
        struck, unseen = written.struck, written.unseen
        if text and (style.unseen or style.struck):
            struck, unseen, text = struck or style.struck, unseen or style.unseen, ""
        self._content.struck += [at] if struck else []
        self._content.unseen += [at] if unseen else []
        return (text, "unread" if text == OUTSIDE else "read" if text else "blank")

    def _style(self, cell: Element) -> CellStyle:
        number = cell.get("s", "0")
        styles = self._book.styles
        return (
            styles[int(number)]
            if number.isascii() and number.isdigit() and int(number) < len(styles)
            else CellStyle()
        )

    def _is_uncalculated(self, kind: str, value: str | None) -> bool:
        """Whether a formula has no result yet: none stored, or a zero stored by a program that does not calculate.

        An empty text as a result is stored as "str" without a value.
        """
        if kind == "str":
            return False
        return not value or (self._book.uncalculated and kind == "n" and value == "0")

    def _written(self, cell: Element, kind: str, value: str | None, style: CellStyle, at: Spot) -> ShownText:
        """What the cell holds, shown under its format."""
        if kind == "inlineStr":
            node = cell.find("{*}is")
            found = ShownText("") if node is None else element_to_text(node, style.fill)
        elif kind == "s":
            found = self._shared(value)
        elif kind == "d":
            return ShownText(self._dated(value or "", style.code))
        elif kind == "str":
            found = ShownText(unescape(value or ""))
        else:
            return ShownText(self._shown(kind, value or "", style.code))
        return ShownText(displayed(found.text, style.code), found.struck, found.unseen)

    def _dated(self, value: str, code: str) -> str:
        """A date that is written as such (`2025-11-28T00:00:00`), which Excel counts in days like any other."""
        try:
            date = datetime.fromisoformat(value.strip()).replace(tzinfo=None)
        except ValueError:
            return displayed(unescape(value), code)
        first = datetime(1904, 1, 1) if self._book.epoch_1904 else datetime(1899, 12, 30)
        days = (date - first) / timedelta(days=1)
        return displayed(days, "yyyy/m/d" if code == "General" else code, epoch_1904=self._book.epoch_1904)

    def _shared(self, value: str | None) -> ShownText:
        texts = self._book.texts
        place = (
            int(value) if value and value.isascii() and value.isdigit() and len(value) < 10 else len(texts)
        )
        if place >= len(texts):
            raise UnreadableError("共享文本表不完整")
        return texts[place]

    def _shown(self, kind: str, value: str, code: str) -> str:
        if not value.strip():
            return ""
        if kind == "b":
            return displayed(value.strip() in _ON, code)
        try:
            number = Decimal(value.strip())
        except InvalidOperation:
            return displayed(unescape(value), code)
        if not number.is_finite() or math.isinf(float(number)):  # beyond what Excel can hold
            return displayed(value, code)
        if number == 0 and not self.zeros:
            return ""
        return displayed(float(number), code, epoch_1904=self._book.epoch_1904)
