"""Tables of other parsers → grids with pages, boxes and confidences; what contradicts itself in them is told."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from extract.files.limits import UNFOLDING
from extract.files.refusals import TooLargeError
from extract.parsers.formulas import without_formulas
from extract.parsers.json_shapes import ParserName
from extract.parsers.placing_boxes import in_rows
from extract.transcripts.html_tables import html_to_grids
from extract.transcripts.plain import plain_text
from models.document import Problem
from models.geometry import Box
from models.grid import Cell, Grid, Place

_QUOTED = 20
"""No more characters than this of a text are quoted in a message."""


@dataclass(frozen=True, slots=True)
class ParsedCell:
    """A cell as a parser has it; `box` in points of `page` where it is known."""

    row: int
    column: int
    row_span: int
    column_span: int
    text: str
    page: int | None = None
    box: Box | None = None
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class TablePlace:
    """Where a table stands: its name in the parser's file, its page and its box; the first of a later page goes on."""

    name: str
    page: int | None
    box: Box | None = None


@dataclass(slots=True)
class ParsedTables:
    """Makes grids of one parser's tables, and collects what is wrong with them."""

    parser: ParserName
    problems: list[Problem] = field(default_factory=list)
    pages: set[int] = field(default_factory=set)

    def html(self, markup: str, place: TablePlace, boxes: Sequence[Box] = ()) -> Iterator[Grid]:
        """The grids of a table in HTML (a frame may hold several); `boxes` are those of its cells, in their order.

        Raises `TooLargeError`.
        """
        begin = markup.lower().find("<table")
        if begin < 0:
            return
        for grid in html_to_grids(markup[begin:], 1):
            fitting = len(boxes) == len(grid.cells) and in_rows(boxes, [cell.row for cell in grid.cells])
            cells = [
                ParsedCell(
                    cell.row,
                    cell.column,
                    cell.row_span,
                    cell.column_span,
                    cell.text,
                    place.page,
                    boxes[n] if fitting else None,
                )
                for n, cell in enumerate(grid.cells)
            ]
            yield self.cells(cells, place, grid.rows, grid.columns)

    def cells(self, cells: Sequence[ParsedCell], place: TablePlace, rows: int, columns: int) -> Grid:
        """A grid of cells; cells that claim the same place are put together, and rows that are missing are told.

        Raises `TooLargeError`.
        """
        kept, overlapping = _apart(cells)
        made = tuple(self._cell(cell, place) for cell in kept)
        for cell in overlapping:
            self._tell_overlap(cell, place)
        found = max((cell.row + cell.row_span for cell in made), default=0)
        if found < rows:
            self._tell_lost_rows(rows - found, rows, place)
        wide = max((cell.column + cell.column_span for cell in made), default=0)
        ruled = any(cell.row_span > 1 or cell.column_span > 1 for cell in made)
        continues = place.page is not None and place.page > 1 and place.page not in self.pages
        if place.page is not None:
            self.pages.add(place.page)
        return Grid(
            made,
            found,
            max(wide, min(columns, UNFOLDING.table_columns)),
            "ruled" if ruled and not overlapping else "none",
            frozenset({0} if continues else ()),
            reader=self.parser,
        )

    def _cell(self, cell: ParsedCell, table: TablePlace) -> Cell:
        text = clean_cell_text(cell.text)
        page = cell.page if cell.page is not None else table.page
        part = f"{table.name} R{cell.row + 1}C{cell.column + 1}"
        place = Place(page, cell.box) if cell.box is not None else Place(page, table.box, part)
        return Cell(
            cell.row,
            cell.column,
            text,
            place,
            cell.row_span,
            cell.column_span,
            "read" if text else "blank",
            cell.confidence,
        )

    def _tell_overlap(self, cell: ParsedCell, table: TablePlace) -> None:
        where = f"{table.name}第{cell.row + 1}行第{cell.column + 1}列"
        message = f"{where}有重叠的单元格（“{cell.text[:_QUOTED]}”），行列不能确定，请核对原件。"
        place = self._cell(cell, table).place
        self.problems.append(Problem("cells-overlap", message, "warning", table.page, (place,)))

    def _tell_lost_rows(self, lost: int, rows: int, table: TablePlace) -> None:
        message = f"{table.name}应有{rows}行，最后{lost}行没有内容，可能漏读，请核对原件。"
        places = (Place(table.page, table.box),) if table.box is not None else ()
        self.problems.append(Problem("rows-lost", message, "warning", table.page, places))


def clean_cell_text(text: str) -> str:
    """A cell's text without the marks of Markdown and formulas."""
    return without_formulas(plain_text(text))


def _apart(cells: Sequence[ParsedCell]) -> tuple[list[ParsedCell], list[ParsedCell]]:
    """Cells in row-major order of which no two cover the same place, and those that did.

    Of two that begin in one place the first takes in the other's text. A cell that reaches over others with a text ends
    before them; blank ones beneath it are a writer's way of saying the same.
    """
    area = 0
    begun: dict[tuple[int, int], ParsedCell] = {}
    overlapping: list[ParsedCell] = []
    for cell in sorted(cells, key=lambda one: (one.row, one.column)):
        area += cell.row_span * cell.column_span
        if area > UNFOLDING.cells or cell.column + cell.column_span > UNFOLDING.table_columns:
            raise TooLargeError(f"表格超过 {UNFOLDING.cells} 个单元格或 {UNFOLDING.table_columns} 列")
        first = begun.setdefault((cell.row, cell.column), cell)
        if first is not cell:
            overlapping.append(cell)
            texts = dict.fromkeys(filter(None, (first.text.strip(), cell.text.strip())))
            begun[cell.row, cell.column] = replace(first, text="\n".join(texts))
    kept: list[ParsedCell] = []
    taken: set[tuple[int, int]] = set()
    for cell in begun.values():
        if (cell.row, cell.column) in taken and not cell.text.strip():
            continue
        cut = _cut_back(cell, begun, taken)
        if cut != cell:
            overlapping.append(cell)
        kept.append(cut)
        taken.update(_places(cut))
    return kept, overlapping


def _cut_back(
    cell: ParsedCell, begun: Mapping[tuple[int, int], ParsedCell], taken: Collection[tuple[int, int]]
) -> ParsedCell:
    """The cell without the rows and columns in which another one begins or reaches."""
    while cell.row_span * cell.column_span > 1:
        met = [
            at
            for at in _places(cell)
            if at != (cell.row, cell.column) and (at in taken or (at in begun and begun[at].text.strip()))
        ]
        if not met:
            return cell
        row, column = min(met)
        if row == cell.row:
            cell = replace(cell, column_span=column - cell.column)
        else:
            cell = replace(cell, row_span=row - cell.row)
    return cell


def _places(cell: ParsedCell) -> Iterator[tuple[int, int]]:
    return (
        (row, column)
        for row in range(cell.row, cell.row + cell.row_span)
        for column in range(cell.column, cell.column + cell.column_span)
    )
