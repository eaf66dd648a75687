"""A Word table's cells with the rows and columns they cover."""

from __future__ import annotations

from dataclasses import dataclass

from extract.office.package import Element
from extract.office.word.markup import TBL, TC, TR, VAL, T, at, children, count, qualified
from extract.transcripts.nested_tables import is_part_of_table
from models.grid import Cell, Place, State

_FALLBACK = qualified("mc:Fallback")
_MOST_COLUMNS = 63
"""The most columns that Word gives a table; a span or gap beyond it is a slip of the program that wrote it."""


@dataclass(slots=True)
class Slot:
    """A table cell and the rows and columns it covers; grows downwards while rows are read."""

    element: Element
    row: int
    column: int
    column_span: int
    row_span: int = 1


def table_to_slots(table: Element) -> tuple[list[Slot], int, int]:
    """A table's cells in row-major order, its rows and its columns."""
    slots: list[Slot] = []
    above: dict[int, Slot] = {}
    row = columns = 0
    for row, line in enumerate(children(table, (TR,)), 1):
        column = _skipped(line, "w:trPr/w:gridBefore")
        merging: dict[int, Slot] = {}
        for element in children(line, (TC,)):
            span = min(max(1, count(element, "w:tcPr/w:gridSpan")), _MOST_COLUMNS)
            beside = at(element, "w:tcPr/w:hMerge")
            if beside is not None and beside.get(VAL) != "restart" and slots and slots[-1].row == row - 1:
                slots[-1].column_span += span
                column += span
                continue
            merge = at(element, "w:tcPr/w:vMerge")
            slot = above.get(column) if merge is not None and merge.get(VAL) != "restart" else None
            if slot is not None and slot.column_span == span:
                slot.row_span += 1
            else:
                slot = Slot(element, row - 1, column, span)
                slots.append(slot)
            if merge is not None:
                merging[column] = slot
            column += span
        above = merging
        columns = max(columns, column + _skipped(line, "w:trPr/w:gridAfter"))
    return slots, row, columns


def _skipped(row: Element, path: str) -> int:
    return min(max(0, count(row, path)), _MOST_COLUMNS)


def filled(table: Element) -> int:
    """How many cells of a table and of the tables in it hold text of their own."""
    return sum(has_text(cell, next(cell.iterancestors(TBL))) for cell in table.iter(TC))


def filling_table(cell: Element) -> Element | None:
    """The one table that a cell holds, also in a text box, and nothing else, if it goes on with the table around it."""
    around = next(cell.iterancestors(TBL))
    tables = [
        table
        for table in cell.iter(TBL)
        if next(table.iterancestors(TBL)) is around and next(table.iterancestors(_FALLBACK), None) is None
    ]
    if len(tables) != 1 or has_text(cell, around):
        return None
    rows = list(children(tables[0], (TR,)))
    columns = max((sum(1 for _ in children(row, (TC,))) for row in rows), default=0)
    return tables[0] if is_part_of_table(len(rows), columns) else None


def has_text(cell: Element, table: Element) -> bool:
    """Whether the cell holds text of `table` itself, not of a table nested in it."""
    return any((t.text or "").strip() and next(t.iterancestors(TBL)) is table for t in cell.iter(T))


def slot_to_cell(slot: Slot, text: str, table: str, *, picture: bool = False) -> Cell:
    """The cell with its text, its place named after `table`, such as 表1 R3C2; a `picture` in its stead is unread."""
    place = Place(part=f"{table} R{slot.row + 1}C{slot.column + 1}")
    state: State = "read" if text else "unread" if picture else "blank"
    return Cell(slot.row, slot.column, text, place, slot.row_span, slot.column_span, state)
