"""Excel's .xlsx → one grid per visible sheet, every value as the sheet displays it."""

from __future__ import annotations

import warnings
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from io import BytesIO
from itertools import chain, product
from pathlib import Path
from typing import IO, Any
from xml.etree.ElementTree import Element, iterparse

from openpyxl.reader.excel import ExcelReader
from openpyxl.styles.stylesheet import apply_stylesheet
from openpyxl.utils import get_column_letter
from openpyxl.utils.cell import coordinate_to_tuple, range_boundaries
from openpyxl.utils.datetime import from_excel
from openpyxl.worksheet.worksheet import Worksheet

from extract.files.kinds import Kind
from extract.files.refusals import UnreadableError, blaming_file, damaged, nothing_in_it
from extract.office.excel_formats import CHINESE_FORMATS, displayed
from models.document import Document, Problem
from models.grid import Cell, Grid, Place, State

MAX_CELLS = 500_000
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
Spot = tuple[int, int]
"""A row and a column, from 1 in a sheet and from 0 in a grid."""
Seen = tuple[str, State]
Axes = tuple[list[int], list[int]]
"""The visible rows and columns of a sheet."""


def read_sheet(path: Path, max_cells: int = MAX_CELLS) -> Document:
    """The visible sheets of a workbook, each a grid with `spans="ruled"`, without hidden rows and columns.

    `max_cells` bounds the stored and merged cells of the whole workbook and the area of each grid. A file
    beyond it, or one that cannot be read, gives no pieces and a problem (`file-too-large`, `file-damaged`).
    Raises `OSError` when the file cannot be opened.
    """
    data = path.read_bytes()
    try:
        # openpyxl warns of what it drops (validation lists, drawings); none of it is text in a cell
        with warnings.catch_warnings(action="ignore"):
            return _document(data, max_cells)
    except UnreadableError as error:
        return Document((), Kind.XLSX.media_type, problems=(damaged(str(error)),))


def _document(data: bytes, max_cells: int) -> Document:
    with blaming_file("Excel 内容无法读取", Exception):
        reader = ExcelReader(BytesIO(data), data_only=True, keep_links=False)
        reader.read_manifest()
        reader.read_workbook()
    uncached, problems = _scan_all(reader, max_cells)
    if uncached is None:
        return Document((), Kind.XLSX.media_type, problems=tuple(problems))
    # the steps of `ExcelReader.read` without properties, theme and names, which break on files Excel opens
    with blaming_file("Excel 内容无法读取", Exception):
        reader.read_strings()
        apply_stylesheet(reader.archive, reader.wb)
        reader.read_worksheets()
    grids: list[Grid] = []
    for worksheet in reader.wb.worksheets:
        grid, found = _sheet(worksheet, uncached.get(worksheet.title, frozenset()), max_cells)
        grids.extend([grid] if grid else [])
        problems.extend(found)
    if not grids and not problems:
        problems.append(nothing_in_it())
    return Document(tuple(grids), Kind.XLSX.media_type, problems=tuple(problems))


def _scan_all(reader: ExcelReader, max_cells: int) -> tuple[dict[str, frozenset[Spot]] | None, list[Problem]]:
    """Per sheet its formulas without a value; `None` when the workbook is too large to load."""
    uncached: dict[str, frozenset[Spot]] = {}
    problems: list[Problem] = []
    left = max_cells
    for sheet, relation in reader.parser.find_sheets():
        if relation.target not in reader.valid_files:
            problems.append(damaged(f"工作表“{sheet.name}”缺失"))
            continue
        with blaming_file("Excel 内容无法读取", Exception), reader.archive.open(relation.target) as part:
            used, uncached[sheet.name] = _scan(part, left)
        left -= used
        if left < 0:
            return None, [_too_large(f"工作簿内的单元格超过 {max_cells} 个")]
    return uncached, problems


def _scan(part: IO[bytes], limit: int) -> tuple[int, frozenset[Spot]]:
    """How many cells a sheet stores and merges, counted up to a little over `limit`, and its formulas
    (row, column from 1) stored without a value."""
    used = row = 0
    uncached: set[Spot] = set()
    parent: Element | None = None
    for event, node in iterparse(part, ("start", "end")):
        if event == "start":
            parent = node if node.tag == f"{MAIN}sheetData" else parent
        elif node.tag == f"{MAIN}row" and parent is not None:
            row = int(node.get("r", row + 1))
            used += max(1, len(node))
            uncached.update(_uncached(node, row))
            parent.clear()
        elif node.tag == f"{MAIN}mergeCell":
            left, top, right, bottom = range_boundaries(node.get("ref", ""))
            used += ((right or 0) - (left or 0) + 1) * ((bottom or 0) - (top or 0) + 1)
        if used > limit:
            break
    return used, frozenset(uncached)


def _uncached(row: Element, number: int) -> Iterator[Spot]:
    column = 0
    for cell in row:
        reference = cell.get("r")
        column = coordinate_to_tuple(reference)[1] if reference else column + 1
        # a formula with an empty text as its result is stored as "str" without a value
        if cell.find(f"{MAIN}f") is not None and cell.get("t") != "str" and not cell.findtext(f"{MAIN}v"):
            yield number, column


def _sheet(sheet: Worksheet, uncached: frozenset[Spot], max_cells: int) -> tuple[Grid | None, list[Problem]]:
    """One sheet's grid (`None` when it is hidden or shows nothing), and its problems."""
    if sheet.sheet_state != "visible":
        return None, [Problem("sheet-hidden", f"隐藏的工作表“{sheet.title}”未读取。", "info")]
    seen = {at: found for at, found in _values(sheet, uncached) if found[1] != "blank"}
    hidden = _hidden(sheet)
    merges = {(m.min_row, m.min_col): (m.max_row, m.max_col) for m in sheet.merged_cells.ranges}
    shown = {at: merges.get(at, at) for at in seen}
    problems = _hidden_problems(sheet.title, hidden, shown)
    shown = {
        at: end
        for at, end in shown.items()
        if all(_visible(*pair) for pair in zip(at, end, hidden, strict=True))
    }
    problems += _unread_problems(sheet.title, {at: seen[at] for at in shown})
    if not shown:
        return None, problems
    rows, columns = (
        _visible(min(at[axis] for at in shown), max(end[axis] for end in shown.values()), hidden[axis])
        for axis in (0, 1)
    )
    if len(rows) * len(columns) > max_cells:
        rows = rows[: max_cells // len(columns)]
        problems.append(_too_large(f"工作表“{sheet.title}”过大，只读到第 {rows[-1] if rows else 0} 行"))
    cells = tuple(_cells(sheet.title, seen, merges, (rows, columns)))
    return Grid(cells, len(rows), len(columns), "ruled", reader="excel"), problems


def _values(sheet: Worksheet, uncached: frozenset[Spot]) -> Iterator[tuple[Spot, Seen]]:
    # only what is stored: iterating rows would make every cell of the used area
    for at, cell in sheet._cells.items():
        if at in uncached:
            yield at, ("", "unread")
        elif cell.data_type == "e":
            yield at, (str(cell.value), "unread")
        elif cell.value is not None:
            text = _cell_text(cell).strip()
            yield at, (text, "read" if text else "blank")


def _cell_text(cell: Any) -> str:
    value, code = cell.value, cell.number_format
    chinese = CHINESE_FORMATS.get(cell._style.numFmtId)
    if chinese and isinstance(value, int | float) and not isinstance(value, bool):
        value = from_excel(value, cell.parent.parent.epoch)
    return displayed(value, chinese or code)


def _hidden(sheet: Worksheet) -> tuple[frozenset[int], frozenset[int]]:
    """The rows and the columns that are hidden or squeezed to nothing."""
    rows = (at for at, row in sheet.row_dimensions.items() if row.hidden or row.height == 0)
    columns = (
        range(column.min or 0, (column.max or 0) + 1)
        for column in sheet.column_dimensions.values()
        if column.hidden or column.width == 0
    )
    return frozenset(rows), frozenset(chain.from_iterable(columns))


def _visible(first: int, last: int, hidden: frozenset[int]) -> list[int]:
    return [at for at in range(first, last + 1) if at not in hidden]


def _cells(sheet: str, seen: dict[Spot, Seen], merges: dict[Spot, Spot], axes: Axes) -> Iterator[Cell]:
    """Every cell of the visible area in row-major order; a merge shrinks to its visible part."""
    rows, columns = axes
    starts: dict[Spot, tuple[Spot, int, int]] = {}
    covered: set[Spot] = set()
    for anchor, (bottom, right) in sorted(merges.items()):
        down, across = _within(rows, anchor[0], bottom), _within(columns, anchor[1], right)
        area = {(row, column) for row in down for column in across}
        if area and not area & covered:
            covered |= area
            starts[min(area)] = anchor, len(down), len(across)
    for row, column in product(range(len(rows)), range(len(columns))):
        if (row, column) in starts or (row, column) not in covered:
            here = (rows[row], columns[column])
            anchor, row_span, column_span = starts.get((row, column), (here, 1, 1))
            text, state = seen.get(anchor, ("", "blank"))
            place = Place(part=f"{sheet}!{_name(anchor)}")
            yield Cell(row, column, text, place, row_span, column_span, state)


def _within(axis: list[int], first: int, last: int) -> range:
    """The positions in the sorted `axis` that hold `first` to `last`."""
    return range(bisect_left(axis, first), bisect_right(axis, last))


def _name(at: Spot) -> str:
    return f"{get_column_letter(at[1])}{at[0]}"


def _hidden_problems(sheet: str, hidden: Sequence[frozenset[int]], shown: dict[Spot, Spot]) -> list[Problem]:
    """The hidden rows and columns among those that hold something."""
    problems = []
    for axis, code, what, name in (
        (0, "rows-hidden", "行", str),
        (1, "columns-hidden", "列", get_column_letter),
    ):
        used = (
            (0, -1) if not shown else (min(at[axis] for at in shown), max(at[axis] for at in shown.values()))
        )
        names = [name(at) for at in sorted(hidden[axis]) if used[0] <= at <= used[1]]
        if names:
            problems.append(Problem(code, f"工作表“{sheet}”隐藏的第 {_listed(names)} {what}未读取。", "info"))
    return problems


def _unread_problems(sheet: str, seen: dict[Spot, Seen]) -> list[Problem]:
    unread = [(_name(at), text) for at, (text, state) in sorted(seen.items()) if state == "unread"]
    formulas = [name for name, text in unread if not text]
    errors = [f"{name}（{text}）" for name, text in unread if text]
    problems = []
    if formulas:
        advice = "公式没有保存计算结果。请用 Excel 或 WPS 打开并保存后重新提交。"
        problems.append(Problem("formula-without-value", f"工作表“{sheet}”的 {_listed(formulas)} {advice}"))
    if errors:
        advice = "是公式错误值。请改正公式后重新提交。"
        problems.append(Problem("cell-error", f"工作表“{sheet}”的 {_listed(errors)} {advice}"))
    return problems


def _listed(names: list[str]) -> str:
    return "、".join(names[:10]) + (f" 等 {len(names)} 处" if len(names) > 10 else "")


def _too_large(detail: str) -> Problem:
    return Problem("file-too-large", f"{detail}。请删除多余的空行、空列后重新提交。", "error")
