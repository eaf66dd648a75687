"""Excel 5 to 2003 (.xls, also WPS's .et) by `xlrd` → one grid per visible sheet, every value as displayed."""

from __future__ import annotations

import io
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import xlrd

from extract.files.kinds import Kind
from extract.files.limits import UNFOLDING
from extract.files.ole import BrokenCompoundError, main_stream, read_stream
from extract.files.refusals import (
    TooLargeError,
    UnreadableError,
    blaming_file,
    damaged,
    nothing_in_it,
    too_large,
)
from extract.office.excel.grid import content_to_grid
from extract.office.excel.sheet import Room, SheetContent
from extract.office.excel.styles import BUILT_IN_FORMATS, WHITE_GROUND, CellStyle, is_unseen
from extract.office.formats.dates import OUTSIDE
from extract.office.formats.shown import displayed
from extract.page.raised import raised_to_text
from models.document import Document, Piece, Problem
from models.grid import State

_SOLID = 1
_RAISED = 1
"""xlrd's numbers for a solid fill and for superscript."""


def read_old_excel(path: Path, max_cells: int = UNFOLDING.cells) -> Document:
    """The visible sheets of an old workbook, each a grid with `spans="ruled"`, without hidden rows and columns.

    A file that cannot be read, or is beyond a limit, gives no pieces and a problem. Raises `OSError`.
    """
    path.stat()
    try:
        # the whole stream at once: xlrd's own reader of compound files follows a chain of sectors that ends nowhere
        data = read_stream(path, main_stream(path) or "Workbook")
        # xlrd raises whatever its parser runs into
        with blaming_file("旧版 Excel 内容无法读取", Exception):
            book = xlrd.open_workbook(
                file_contents=data, formatting_info=True, logfile=io.StringIO(), ragged_rows=True
            )
            sheets = book.sheets()
        pieces, problems = _read(book, sheets, max_cells)
    except BrokenCompoundError:
        return Document((), Kind.XLS.media_type, problems=(damaged("文件结构无法读取"),))
    except UnreadableError as error:
        return Document((), Kind.XLS.media_type, problems=(damaged(str(error)),))
    except TooLargeError as error:
        return Document((), Kind.XLS.media_type, problems=(too_large(str(error)),))
    if not pieces and not problems:
        problems = [nothing_in_it()]
    return Document(tuple(pieces), Kind.XLS.media_type, problems=tuple(problems))


def _read(book: Any, sheets: list[Any], max_cells: int) -> tuple[list[Piece], list[Problem]]:
    styles = [_style(book, xf) for xf in book.xf_list]
    room = Room(max_cells)
    pieces: list[Piece] = []
    problems: list[Problem] = []
    for sheet in sheets:
        if sheet.visibility:
            problems.append(Problem("sheet-hidden", f"隐藏的工作表“{sheet.name}”未读取。", "info"))
            continue
        grid, found = content_to_grid(sheet.name, _content(book, sheet, styles, room), max_cells)
        pieces += [grid] if grid else []
        problems += found
    return pieces, problems


def _style(book: Any, xf: Any) -> CellStyle:
    font = book.font_list[xf.font_index] if xf.font_index < len(book.font_list) else None
    written = book.format_map.get(xf.format_key)
    code = BUILT_IN_FORMATS.get(xf.format_key) or (written.format_str if written else "General")
    filled = xf.background.fill_pattern == _SOLID
    fill = (book.colour_map.get(xf.background.pattern_colour_index) if filled else None) or WHITE_GROUND
    colour = None if font is None else book.colour_map.get(font.colour_index)
    return CellStyle(code, bool(font and font.struck_out), is_unseen(colour, fill), fill)


def _content(book: Any, sheet: Any, styles: list[CellStyle], room: Room) -> SheetContent:
    content = SheetContent()
    for column, about in sheet.colinfo_map.items():
        if about.hidden or about.width == 0:
            content.hidden_columns.add(column + 1)
    for row, about in sheet.rowinfo_map.items():
        if about.hidden or about.height == 0:
            content.hidden_rows.add(row + 1)
    for top, bottom, left, right in sheet.merged_cells:
        room.take((bottom - top) * (right - left))
        content.merges[top + 1, left + 1] = (bottom, right)
    for row, column, kind in _filled(sheet):
        index = sheet.cell_xf_index(row, column)
        style = styles[index] if index < len(styles) else CellStyle()
        at = (row + 1, column + 1)
        text, state = _shown(book, sheet, (row, column, kind), style)
        room.take(1, len(text))
        if text and (style.struck or style.unseen):
            (content.struck if style.struck else content.unseen).append(at)
            text, state = "", "blank"
        if state != "blank":
            content.seen[at] = (text, state)
    return content


def _filled(sheet: Any) -> Iterator[tuple[int, int, int]]:
    """Row, column and type of every cell that holds something."""
    for row in range(sheet.nrows):
        for column, kind in enumerate(sheet.row_types(row)):
            if kind not in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK):
                yield row, column, kind


def _shown(book: Any, sheet: Any, place: tuple[int, int, int], style: CellStyle) -> tuple[str, State]:
    row, column, kind = place
    value = sheet.cell_value(row, column)
    if kind == xlrd.XL_CELL_ERROR:
        return xlrd.error_text_from_code.get(value, "#ERR"), "unread"
    if kind == xlrd.XL_CELL_TEXT:
        runs = sheet.rich_text_runlist_map.get((row, column))
        shown = displayed(_rich(book, value, runs) if runs else value, style.code)
    elif kind == xlrd.XL_CELL_BOOLEAN:
        shown = displayed(bool(value), style.code)
    elif value == 0 and not sheet.show_zero_values:
        shown = ""
    else:
        shown = displayed(float(value), style.code, epoch_1904=book.datemode == 1)
    text = shown.replace("\r\n", "\n").replace("\r", "\n").strip()
    return text, "unread" if text == OUTSIDE else "read" if text else "blank"


def _rich(book: Any, text: str, runs: list[tuple[int, int]]) -> str:
    """A text of several fonts, without what is struck out, raised digits as exponents or without them as marks."""
    bounds = [(0, None), *runs, (len(text), None)]
    shown = ""
    for (begin, index), (end, _) in pairwise(bounds):
        part = text[begin:end]
        font = book.font_list[index] if index is not None and index < len(book.font_list) else None
        if font is not None and font.escapement == _RAISED:
            shown += raised_to_text(shown, part)
        elif font is None or not font.struck_out:
            shown += part
    return shown
