"""A Word table's cells and what they cover."""

from __future__ import annotations

import pytest

from extract.office.package import Element, bytes_to_element
from extract.office.word.tables import filled, slot_to_cell, table_to_slots
from tests.word_markup import SPACES, par, tbl, tc, tr, wide


def table(*rows: str) -> Element:
    return bytes_to_element(tbl(*rows).replace("<w:tbl>", f"<w:tbl {SPACES}>", 1).encode())


def test_slots_are_in_row_major_order() -> None:
    slots, rows, columns = table_to_slots(table(tr(tc("a", wide(2)), tc("b")), tr(tc("c"), tc("d"), tc("e"))))
    assert [(slot.row, slot.column, slot.column_span) for slot in slots] == [
        (0, 0, 2), (0, 2, 1), (1, 0, 1), (1, 1, 1), (1, 2, 1),
    ]  # fmt: skip
    assert (rows, columns) == (2, 3)


@pytest.mark.parametrize("span", ["2000000000", "-5", "x"])
def test_senseless_span_is_survived(span: str) -> None:
    row = tr(tc("a", f'<w:gridSpan w:val="{span}"/>'), properties=f'<w:gridBefore w:val="{span}"/>')
    assert table_to_slots(table(row))[2] <= 200


def test_filled_cells_are_counted_with_those_of_nested_tables() -> None:
    assert filled(table(tr(tc("a"), tc("")), tr(tc(tbl(tr(tc("b"), tc("c"))) + par(""))))) == 3


def test_cell_is_named_by_table_row_and_column() -> None:
    (slot,), _, _ = table_to_slots(table(tr(tc("a"))))
    cell = slot_to_cell(slot, "a", "表3")
    assert (cell.place.part, cell.state, slot_to_cell(slot, "", "表3").state) == ("表3 R1C1", "read", "blank")
