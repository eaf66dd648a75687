"""Excel's .xlsx → one grid per visible sheet, every value as the sheet displays it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from extract.files.kinds import Kind
from extract.files.limits import UNFOLDING
from extract.files.refusals import TooLargeError, UnreadableError, damaged, nothing_in_it, too_large
from extract.office.excel.drawings import BoxTexts, place_boxes, read_drawings
from extract.office.excel.grid import content_to_grid, spot_to_name
from extract.office.excel.print_area import unprinted
from extract.office.excel.sheet import Room, SheetContent, Spot, read_sheet_part
from extract.office.excel.workbook import SheetPart, Workbook, open_workbook
from models.document import Document, Piece, Problem, TextLine
from models.grid import Grid, Place


def read_excel(path: Path, max_cells: int = UNFOLDING.cells) -> Document:
    """The visible sheets of a workbook, each a grid with `spans="ruled"`, without hidden rows and columns.

    Page headers and text boxes come as lines before their sheet's grid. `max_cells` bounds the filled and merged
    cells of the whole workbook and the area of each grid. A file beyond it, or one that cannot be read, gives no
    pieces and a problem (`file-too-large`, `file-damaged`). Raises `OSError` when the file cannot be opened.
    """
    data = path.read_bytes()
    try:
        book = open_workbook(data)
        contents = _contents(book, Room(max_cells))
    except UnreadableError as error:
        return Document((), Kind.XLSX.media_type, problems=(damaged(str(error)),))
    except TooLargeError as error:
        return Document((), Kind.XLSX.media_type, problems=(too_large(str(error), _ADVICE),))
    pieces: list[Piece] = []
    problems: list[Problem] = []
    aside = _aside(contents)
    for sheet, content in contents:
        if sheet in aside:
            problems.append(
                Problem("sheet-aside", f"工作表“{sheet.name}”是说明或代码，不是申报表，未读取。", "info")
            )
            continue
        found, told = _sheet(book, sheet, content, max_cells)
        pieces += found
        problems += told
    if not any(isinstance(piece, Grid) for piece in pieces) and not problems:
        problems.append(nothing_in_it())
    return Document(tuple(pieces), Kind.XLSX.media_type, problems=tuple(problems))


_LISTED_PLACES = 5
"""A finding names this many places; the rest it counts."""
_ADVICE = "请删除多余的行、列和工作表后重新提交"


def _contents(book: Workbook, room: Room) -> list[tuple[SheetPart, SheetContent | None]]:
    """The sheets in their order, with the content of those that are visible and there."""
    return [
        (sheet, read_sheet_part(book, sheet.part, room) if sheet.visible and sheet.part else None)
        for sheet in book.sheets
    ]


_ASIDE = re.compile("说明|须知|代码|字典|码表|选项|下拉|枚举|指标库|参数|校验|数据源|参考|释义")
"""How clerks and systems name the sheets behind a form: how to fill it in, what may be chosen."""
_FORM_CELLS = 40
"""A form's first sheet, the shortest part that is put on a sheet of its own, has as many texts."""
_TITLE = re.compile(r"申\s*报\s*表|目\s*标\s*表")
"""What the title of a form says, perhaps in letters set apart."""


def _aside(contents: list[tuple[SheetPart, SheetContent | None]]) -> frozenset[SheetPart]:
    """The sheets that are named as no form and have no form's title, where another one is long enough to be the form."""
    named = {sheet for sheet, _ in contents if _ASIDE.search(sheet.name)}
    whole = any(
        content and len(content.seen) >= _FORM_CELLS for sheet, content in contents if sheet not in named
    )
    titled = {
        sheet
        for sheet, content in contents
        if content
        and any(len(text) <= _LONGEST_TITLE and _TITLE.search(text) for text, _ in content.seen.values())
    }
    return (
        frozenset(sheet for sheet, content in contents if content and sheet in named - titled)
        if whole
        else frozenset()
    )


_LONGEST_TITLE = 40
"""A sentence that only mentions the form is longer."""


def _sheet(
    book: Workbook, sheet: SheetPart, content: SheetContent | None, max_cells: int
) -> tuple[list[Piece], list[Problem]]:
    """A sheet's lines and grid, and its problems."""
    if not sheet.visible:
        return [], [Problem("sheet-hidden", f"隐藏的工作表“{sheet.name}”未读取。", "info")]
    if content is None or sheet.part is None:
        return [], [damaged(f"工作表“{sheet.name}”缺失")]
    beside = unprinted(content, sheet.printed)
    for at in beside:
        del content.seen[at]
    drawings = read_drawings(book.package, sheet.part)
    boxes = place_boxes(drawings, content)
    for at, text in boxes.over:
        content.seen.setdefault(at, (text, "read"))
    grid, problems = content_to_grid(sheet.name, content, max_cells)
    problems += [*_boxed(sheet.name, boxes), *_beside(sheet.name, beside)]
    lines: list[Piece] = list(_lines(sheet.name, (*content.headers, *boxes.lines)))
    if grid is None:
        if drawings.pictures:
            what = f"工作表“{sheet.name}”中没有表格，只有 {len(drawings.pictures)} 张图片，可能是扫描件"
            advice = "请提交图片或 PDF 原件，或可编辑的 Excel 表格"
            problems.append(Problem("form-is-picture", f"{what}。{advice}。", "error"))
        return lines, problems
    return [*lines, grid], problems


def _boxed(sheet: str, boxes: BoxTexts) -> Iterator[Problem]:
    """The text boxes that lie on cells: one may cover what the cell says, or say what it lacks."""
    for at, text in boxes.over:
        name = spot_to_name(at)
        message = f"工作表“{sheet}”的 {name} 上有文本框（“{text}”），可能遮住或代替格内文字。请核对。"
        yield Problem("box-beside-text", message, places=(Place(part=f"{sheet}!{name}"),))
    for at in boxes.covered:
        name = spot_to_name(at)
        message = f"工作表“{sheet}”的 {name} 上有图形或图片，可能遮住格内文字。请核对。"
        yield Problem("box-beside-text", message, places=(Place(part=f"{sheet}!{name}"),))


def _beside(sheet: str, cells: frozenset[Spot]) -> Iterator[Problem]:
    if cells:
        names = "、".join(map(spot_to_name, sorted(cells)[:_LISTED_PLACES]))
        message = f"工作表“{sheet}”打印区域以外的 {names} 等 {len(cells)} 格未读取。请核对。"
        yield Problem("cells-not-printed", message)


def _lines(sheet: str, texts: tuple[str, ...]) -> Iterator[TextLine]:
    for number, text in enumerate(texts, 1):
        yield TextLine(text, Place(part=f"{sheet} 文本框 {number}"), reader="excel")
