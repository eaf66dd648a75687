"""HTML tables → grids, with the rows and columns that their spans give the cells."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree
from lxml import html as lxml_html

from extract.files.limits import UNFOLDING
from extract.files.refusals import TooLargeError
from extract.transcripts.delimited import rows_to_padded_grid
from extract.transcripts.pipe_tables import sheet_rows
from extract.transcripts.plain import NOT_SHOWN, plain_text
from models.grid import Cell, Grid, Place

_LARGEST_SPAN = 200
"""A span wider than any form; a larger one is a slip of the parser that wrote it."""
_NUMBER = re.compile(r"\s*(\d+)")
_WHITE = re.compile(r"\s++")
_STRUCK = re.compile(r"line-through", re.I)
_ABOVE = ("rt", "rp")
"""The pronunciation that is printed above a name."""


def html_to_grids(fragment: str, first_line: int) -> Iterator[Grid]:
    """The table in a fragment of HTML that begins on `first_line`; of a frame for others, those others.

    Raises `TooLargeError` for a table beyond a limit.
    """
    root = lxml_html.fragment_fromstring(
        fragment, create_parent="div", parser=lxml_html.HTMLParser(huge_tree=True)
    )
    _drop_unshown(root)
    table = root.find(".//table")
    if table is None:
        return
    inner = table.findall(".//table")
    if len(inner) > UNFOLDING.inner_tables:
        detail = f"第 {first_line} 行起的表格中有 {len(inner)} 个表格，上限 {UNFOLDING.inner_tables} 个"
        raise TooLargeError(detail)
    cells = _table_to_cells(table, first_line)
    if inner and len(cells) <= len(inner):  # a frame that only holds other tables
        for nested in inner:
            yield from _cells_to_grid(_table_to_cells(nested, first_line))
        return
    yield from _cells_to_grid(cells)


def _cells_to_grid(cells: list[Cell]) -> Iterator[Grid]:
    if cells:
        sheet = _cells_to_sheet(cells)
        if sheet is not None:
            yield sheet
            return
        rows = max(c.row + c.row_span for c in cells)
        columns = max(c.column + c.column_span for c in cells)
        ruled = any(c.row_span > 1 or c.column_span > 1 for c in cells)
        yield Grid(tuple(cells), rows, columns, "ruled" if ruled else "none", reader="markup")


def _cells_to_sheet(cells: list[Cell]) -> Grid | None:
    """The grid of a table without spans that is a whole sheet: its merges were lost, and are found again."""
    if any(cell.row_span > 1 or cell.column_span > 1 for cell in cells):
        return None
    rows: dict[int, list[str]] = {}
    for cell in cells:
        rows.setdefault(cell.row, []).append(cell.text)
    sheet = sheet_rows(list(rows.values()))
    if sheet is None:
        return None
    lines = {cell.row: int((cell.place.part or "line 1").removeprefix("line ")) for cell in cells}
    return rows_to_padded_grid([(lines[n], row) for n, row in zip(rows, sheet, strict=True)])


def _table_to_cells(table: etree._Element, first_line: int) -> list[Cell]:
    """Cells with the rows and columns that their spans give them (HTML's own table model)."""
    cells: list[Cell] = []
    taken: set[tuple[int, int]] = set()
    area = 0
    rows = [row for row in table.iter("tr") if next(row.iterancestors("table")) is table]
    if table.find("td") is not None or table.find("th") is not None:  # cells without a row make one
        rows.append(table)
    for r, row in enumerate(rows):
        column = 0
        for element in row.iterchildren("td", "th"):
            while (r, column) in taken:
                column += 1
            height = min(_span(element, "rowspan") or len(rows), len(rows) - r)
            width = _span(element, "colspan") or 1
            area += height * width
            if area > UNFOLDING.cells or column + width > UNFOLDING.table_columns:
                raise TooLargeError(_extent(first_line, area, column + width))
            taken.update((r + dr, column + dc) for dr in range(height) for dc in range(width))
            text = _element_to_text(element)
            place = Place(part=f"line {first_line + _line(row) - 1}")
            cells.append(Cell(r, column, text, place, height, width, "read" if text else "blank"))
            column += width
    return cells


def _extent(first_line: int, area: int, columns: int) -> str:
    limits = f"上限 {UNFOLDING.cells} 个单元格、{UNFOLDING.table_columns} 列"
    return f"第 {first_line} 行起的表格有 {area} 个以上单元格或 {columns} 列，{limits}"


def _drop_unshown(root: lxml_html.HtmlElement) -> None:
    """Take out of the tree what is not shown or struck out by its style."""
    unshown = [element for element in root.iter(etree.Element) if not _is_shown(element)]
    for element in unshown:
        element.drop_tree()


def _is_shown(element: etree._Element) -> bool:
    if element.get("hidden") is not None or element.tag in _ABOVE:
        return False
    style = element.get("style")
    return style is None or not (NOT_SHOWN.search(style) or _STRUCK.search(style))


def _line(element: etree._Element) -> int:
    return element.sourceline if isinstance(element.sourceline, int) else 1


def _span(element: etree._Element, name: str) -> int:
    """The element's span; 0 (to the table's end) for `rowspan="0"`, 1 for what is no number."""
    written = _NUMBER.match(element.get(name) or "1")
    return min(int(written.group(1)), _LARGEST_SPAN) if written else 1


def _element_to_text(element: etree._Element) -> str:
    inner = etree.tostring(element, encoding="unicode", method="html", with_tail=False)
    return plain_text(_WHITE.sub(lambda found: " " if "\n" in found[0] else found[0], inner).strip())
