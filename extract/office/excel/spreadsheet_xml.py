"""SpreadsheetML 2003, the XML that Excel and many accounting programs save under .xls → grids."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from pathlib import Path

from extract.files.kinds import Kind
from extract.files.limits import UNFOLDING
from extract.files.refusals import (
    TooLargeError,
    UnreadableError,
    damaged,
    megabytes,
    nothing_in_it,
    too_large,
)
from extract.office.excel.grid import content_to_grid
from extract.office.excel.hidden_ranges import HiddenSpan, spans_to_numbers
from extract.office.excel.sheet import LAST_COLUMN, LAST_ROW, Room, SheetContent
from extract.office.excel.styles import WHITE_GROUND, CellStyle, hex_to_colour, is_unseen
from extract.office.formats.dates import OUTSIDE
from extract.office.formats.shown import displayed
from extract.office.package import Element, bytes_to_element
from models.document import Document, Piece, Problem
from models.grid import State

_NAMESPACE = "{urn:schemas-microsoft-com:office:spreadsheet}"
_NAMED_FORMATS = {
    "General Number": "General", "Fixed": "0.00", "Standard": "#,##0.00", "Percent": "0.00%", "Scientific": "0.00E+00",
    "Currency": '"¥"#,##0.00', "Euro Currency": '"€"#,##0.00', "General Date": "yyyy/m/d h:mm",
    "Long Date": 'yyyy"年"m"月"d"日"', "Medium Date": "d-mmm-yy", "Short Date": "yyyy/m/d", "Long Time": "h:mm:ss",
    "Medium Time": "h:mm AM/PM", "Short Time": "h:mm", "Yes/No": '"Yes";"Yes";"No"', "True/False": '"True";"True";"False"',
    "On/Off": '"On";"On";"Off"',
}  # fmt: skip
"""Formats that have a name instead of a code."""
_DAY_ZERO = dt.datetime(1899, 12, 30)


def read_spreadsheet_xml(path: Path, max_cells: int = UNFOLDING.cells) -> Document:
    """The visible sheets of a SpreadsheetML 2003 file, each a grid with `spans="ruled"`.

    A file that cannot be read, or is beyond a limit, gives no pieces and a problem. Raises `OSError`.
    """
    size = path.stat().st_size
    if size > UNFOLDING.part_bytes:
        detail = f"{megabytes(size)}，上限 {megabytes(UNFOLDING.part_bytes)}"
        return Document((), Kind.SPREADSHEET_XML.media_type, problems=(too_large(detail),))
    try:
        pieces, problems = _read(bytes_to_element(path.read_bytes()), max_cells)
    except UnreadableError as error:
        return Document((), Kind.SPREADSHEET_XML.media_type, problems=(damaged(str(error)),))
    except TooLargeError as error:
        return Document((), Kind.SPREADSHEET_XML.media_type, problems=(too_large(str(error)),))
    if not pieces and not problems:
        problems = [nothing_in_it()]
    return Document(tuple(pieces), Kind.SPREADSHEET_XML.media_type, problems=tuple(problems))


def _read(root: Element, max_cells: int) -> tuple[list[Piece], list[Problem]]:
    styles = _styles(root)
    room = Room(max_cells)
    pieces: list[Piece] = []
    problems: list[Problem] = []
    for number, sheet in enumerate(root.iterfind("{*}Worksheet"), 1):
        name = _get(sheet, "Name") or f"Sheet{number}"
        if (sheet.findtext("{*}WorksheetOptions/{*}Visible") or "SheetVisible") != "SheetVisible":
            problems.append(Problem("sheet-hidden", f"隐藏的工作表“{name}”未读取。", "info"))
            continue
        grid, found = content_to_grid(name, _content(sheet, styles, room), max_cells)
        pieces += [grid] if grid else []
        problems += found
    return pieces, problems


def _get(node: Element, name: str) -> str | None:
    return node.get(_NAMESPACE + name)


def _number(text: str | None, otherwise: int, most: int) -> int:
    number = int(text) if text and text.isascii() and text.isdigit() and len(text) < 9 else otherwise
    if number > most:
        raise UnreadableError(f"行号或列号 {number} 超出 Excel 的范围")
    return number


def _styles(root: Element) -> dict[str, CellStyle]:
    """The styles by their identifiers; a style is what its parent is unless it says otherwise."""
    found: dict[str, CellStyle] = {}
    for node in root.iterfind("{*}Styles/{*}Style"):
        base = found.get(_get(node, "Parent") or "Default", CellStyle())
        number, font, interior = (node.find(f"{{*}}{name}") for name in ("NumberFormat", "Font", "Interior"))
        code = base.code if number is None else _get(number, "Format") or "General"
        fill = (
            base.fill
            if interior is None
            else hex_to_colour((_get(interior, "Color") or "").lstrip("#")) or WHITE_GROUND
        )
        colour = None if font is None else hex_to_colour((_get(font, "Color") or "").lstrip("#"))
        struck = base.struck if font is None else _get(font, "StrikeThrough") == "1"
        unseen = base.unseen if font is None else is_unseen(colour, fill)
        found[_get(node, "ID") or ""] = CellStyle(_NAMED_FORMATS.get(code, code), struck, unseen, fill)
    return found


def _content(sheet: Element, styles: dict[str, CellStyle], room: Room) -> SheetContent:
    content = SheetContent()
    table = sheet.find("{*}Table")
    if table is None:
        return content
    column, columns = 0, list[HiddenSpan]()
    for node in table.iterchildren("{*}Column"):
        column = _number(_get(node, "Index"), column + 1, LAST_COLUMN)
        last = column + _number(_get(node, "Span"), 0, LAST_COLUMN)
        if _get(node, "Hidden") == "1" or _get(node, "Width") == "0":
            columns.append((column, last))
        column = last
    row, rows = 0, list[HiddenSpan]()
    for node in table.iterchildren("{*}Row"):
        row = _number(_get(node, "Index"), row + 1, LAST_ROW)
        last = row + _number(_get(node, "Span"), 0, LAST_ROW)
        if _get(node, "Hidden") == "1" or _get(node, "Height") == "0":
            rows.append((row, last))
        _row(node, row, content, styles, room)
        row = last
    content.hidden_columns, content.hidden_rows = spans_to_numbers(columns), spans_to_numbers(rows)
    return content


def _row(node: Element, row: int, content: SheetContent, styles: dict[str, CellStyle], room: Room) -> None:
    column = 0
    for cell in node.iterchildren("{*}Cell"):
        column = _number(_get(cell, "Index"), column + 1, LAST_COLUMN)
        across = _number(_get(cell, "MergeAcross"), 0, LAST_COLUMN)
        down = _number(_get(cell, "MergeDown"), 0, LAST_ROW)
        style = styles.get(_get(cell, "StyleID") or _get(node, "StyleID") or "Default", CellStyle())
        text, state = _shown(cell, style)
        room.take((across + 1) * (down + 1), len(text))
        if text and (style.struck or style.unseen):
            (content.struck if style.struck else content.unseen).append((row, column))
            text, state = "", "blank"
        if state != "blank":
            content.seen[row, column] = (text, state)
        if across or down:
            content.merges[row, column] = (row + down, column + across)
        column += across


def _shown(cell: Element, style: CellStyle) -> tuple[str, State]:
    data = cell.find("{*}Data")
    if data is None:
        return "", "unread" if _get(cell, "Formula") else "blank"
    kind, text = _get(data, "Type"), "".join(_texts(data)).replace("\r\n", "\n").replace("\r", "\n").strip()
    if kind == "Error":
        return text, "unread"
    shown = _valued(kind, text, style.code).strip()
    return shown, "unread" if shown == OUTSIDE else "read" if shown else "blank"


def _texts(data: Element) -> Iterator[str]:
    """The text of a cell, that of its HTML formatting included, without what is struck out."""
    if data.tag.rpartition("}")[2] in ("S", "Del"):
        return
    yield data.text or ""
    for child in data:
        yield from _texts(child)
        yield child.tail or ""


def _valued(kind: str | None, text: str, code: str) -> str:
    """A value of its type under its format; what does not parse stays as it is written."""
    if kind == "Boolean":
        return displayed(text == "1", code)
    try:
        if kind == "Number":
            number = Decimal(text)
            return (
                displayed(float(number), code)
                if number.is_finite() and abs(number.adjusted()) < 300
                else text
            )
        if kind == "DateTime":
            return displayed((dt.datetime.fromisoformat(text) - _DAY_ZERO) / dt.timedelta(days=1), code)
    except (InvalidOperation, ValueError, TypeError):
        return text
    return displayed(text, code)
