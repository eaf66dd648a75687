"""HTML tables → grids, with the rows and columns that their spans give the cells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from lxml import etree
from lxml import html as lxml_html

from extract.files.limits import UNFOLDING
from extract.files.refusals import TooLargeError
from extract.transcripts.delimited import rows_to_padded_grid
from extract.transcripts.nested_tables import is_part_of_table, unfold
from extract.transcripts.pipe_tables import sheet_rows
from extract.transcripts.plain import NOT_SHOWN, plain_text
from models.document import Piece, TextLine
from models.grid import Cell, Grid, Place

_LARGEST_SPAN = 200
"""A span wider than any form; a larger one is a slip of the parser that wrote it."""
_NUMBER = re.compile(r"\s*(\d+)")
_WHITE = re.compile(r"\s++")
_STRUCK = re.compile(r"line-through", re.I)
_NO_ROOM = re.compile(r"display\s*:\s*none|mso-hide|visibility\s*:\s*collapse", re.I)
"""What a style says of a cell in whose place the next one stands."""
_NO_ANSWERS = ("rt", "rp", "button", "datalist")
"""The pronunciation that is printed above a name, what is to be pressed, what might have been chosen."""


def html_to_pieces(fragment: str, first_line: int) -> Iterator[Piece]:
    """The table in a fragment of HTML that begins on `first_line`; of a frame around a form, the lines and tables in it.

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
    yield from _table_to_pieces(table, first_line)


def html_to_grids(fragment: str, first_line: int) -> Iterator[Grid]:
    """The tables of `html_to_pieces` without the lines around them."""
    return (piece for piece in html_to_pieces(fragment, first_line) if isinstance(piece, Grid))


def _table_to_pieces(table: etree._Element, first_line: int) -> Iterator[Piece]:
    """The grid of a table with those that fill its cells; of a frame around a form, what its cells hold one after another."""
    inner = table.findall(".//table")
    around = sum(_has_own_text(cell, table) for cell in _own_cells(table)) if inner else 0
    sizes = [sum(1 for _ in one.iter("td", "th")) for one in inner]
    if not inner or (around and max(sizes) < max(_FORM_CELLS, around + 1)):
        grid = _table_to_grid(table, first_line)
        if grid is not None:
            yield grid
        return
    for cell in list(_own_cells(table)):
        place = Place(part=f"line {first_line + _line(cell) - 1}")
        held = [one for one in cell.iter("table") if next(one.iterancestors("table")) is table]
        for one in held:
            above = one.getparent()
            if above is not None:
                mark = etree.Element("p")
                mark.text, mark.tail = _HERE, one.tail
                one.tail = None
                above.replace(one, mark)
        for text, one in zip_longest(_element_to_text(cell).split(_HERE), held):
            yield from (TextLine(line, place, reader="markup") for line in (text or "").split("\n") if line)
            if one is not None:
                yield from _table_to_pieces(one, first_line)


_FORM_CELLS = 12
"""A nested table with this many cells can be the form itself, in a frame with a menu beside it."""
_HERE = "\ue000"
"""Stands in a text where a table stood."""


def _own_cells(table: etree._Element) -> Iterator[etree._Element]:
    return (cell for cell in table.iter("td", "th") if next(cell.iterancestors("table")) is table)


def _has_own_text(cell: etree._Element, table: etree._Element) -> bool:
    """Whether a cell holds text of `table` itself, not of a table nested in it."""
    texts = [cell.text, *(part for one in cell.iterdescendants() for part in (one.text, one.tail))]
    owners = [cell, *(owner for one in cell.iterdescendants() for owner in (one, one.getparent()))]
    return any(
        text and text.strip() and (owner is cell or next(owner.iterancestors("table"), None) is table)
        for text, owner in zip(texts, owners, strict=True)
        if owner is not None and owner.tag != "table"
    )


def _table_to_grid(table: etree._Element, first_line: int) -> Grid | None:
    cells, nested = _table_to_cells(table, first_line)
    if not cells:
        return None
    sheet = _cells_to_sheet(cells) if not nested else None
    if sheet is not None:
        return sheet
    rows = max(c.row + c.row_span for c in cells)
    columns = max(c.column + c.column_span for c in cells)
    ruled = bool(nested) or any(c.row_span > 1 or c.column_span > 1 for c in cells)
    return unfold(Grid(tuple(cells), rows, columns, "ruled" if ruled else "none", reader="markup"), nested)


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


def _table_to_cells(table: etree._Element, first_line: int) -> tuple[list[Cell], dict[tuple[int, int], Grid]]:
    """Cells with the rows and columns that their spans give them (HTML's own table model), and the tables that fill one."""
    cells: list[Cell] = []
    nested: dict[tuple[int, int], Grid] = {}
    taken: set[tuple[int, int]] = set()
    area = 0
    rows = [row for row in table.iter("tr") if next(row.iterancestors("table")) is table]
    ends = _group_ends(rows)
    if table.find("td") is not None or table.find("th") is not None:  # cells without a row make one
        rows.append(table)
    for r, row in enumerate(rows):
        column = 0
        for element in row.iterchildren("td", "th"):
            while (r, column) in taken:
                column += 1
            height = min(_span(element, "rowspan") or len(rows), ends.get(r, len(rows)) - r)
            width = _span(element, "colspan") or 1
            area += height * width
            if area > UNFOLDING.cells or column + width > UNFOLDING.table_columns:
                raise TooLargeError(_extent(first_line, area, column + width))
            taken.update((r + dr, column + dc) for dr in range(height) for dc in range(width))
            inner = _filling_table(element)
            grid = None if inner is None else _table_to_grid(inner, first_line)
            if grid is not None:
                nested[r, column] = grid
            text = _element_to_text(element) if grid is None else ""
            place = Place(part=f"line {first_line + _line(row) - 1}")
            cells.append(Cell(r, column, text, place, height, width, "read" if text else "blank"))
            column += width
    return cells, nested


def _group_ends(rows: Sequence[etree._Element]) -> dict[int, int]:
    """Behind which row the `tbody` of each row ends, where there are several: no cell reaches beyond it."""
    ends: dict[int, int] = {}
    for r in range(len(rows) - 1, -1, -1):
        goes_on = r + 1 in ends and rows[r].getparent() is rows[r + 1].getparent()
        ends[r] = ends[r + 1] if goes_on else r + 1
    return ends


def _filling_table(cell: etree._Element) -> etree._Element | None:
    """The one table that a cell holds and nothing else, if it goes on with the table around it."""
    table = cell.find(".//table")
    if table is None or _has_own_text(cell, next(cell.iterancestors("table"))):
        return None
    if sum(next(one.iterancestors("table")) is not table for one in cell.iter("table")) > 1:
        return None
    rows = [row for row in table.iter("tr") if next(row.iterancestors("table")) is table]
    columns = max((sum(1 for _ in row.iterchildren("td", "th")) for row in rows), default=0)
    return table if is_part_of_table(len(rows), columns) else None


def _extent(first_line: int, area: int, columns: int) -> str:
    limits = f"上限 {UNFOLDING.cells} 个单元格、{UNFOLDING.table_columns} 列"
    return f"第 {first_line} 行起的表格有 {area} 个以上单元格或 {columns} 列，{limits}"


def _drop_unshown(root: lxml_html.HtmlElement) -> None:
    """Take out of the tree what is not shown or struck out by its style; a cell that only shows nothing keeps its place."""
    unshown = [element for element in root.iter(etree.Element) if not _is_shown(element)]
    for element in unshown:
        if element.tag in ("td", "th") and _takes_room(element):
            element.text = None
            for held in list(element):
                element.remove(held)
        else:
            element.drop_tree()


def _takes_room(cell: etree._Element) -> bool:
    return cell.get("hidden") is None and _NO_ROOM.search(cell.get("style") or "") is None


def _is_shown(element: etree._Element) -> bool:
    if element.get("hidden") is not None or element.tag in _NO_ANSWERS:
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
    for cell in element.iterdescendants("td", "th"):  # of a small table in the cell
        if cell.getnext() is not None:
            cell.tail = "\t" + (cell.tail or "")
    inner = etree.tostring(element, encoding="unicode", method="html", with_tail=False)
    return plain_text(_WHITE.sub(lambda found: " " if "\n" in found[0] else found[0], inner).strip())
