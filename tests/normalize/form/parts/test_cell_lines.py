"""Several labels in one cell, parted at line ends, blanks, and where an amount runs into the next label."""

from __future__ import annotations

import pytest

from extract.transcripts.markup import text_to_pieces
from normalize.form.parts.cell_lines import line_to_fields, slot_to_item, slot_to_lines
from normalize.form.physical_rows import RowSlot, pieces_to_rows


def slot(text: str) -> RowSlot:
    return pieces_to_rows(text_to_pieces(f"项目资金\t{text}\n"))[0].slots[1]


@pytest.mark.parametrize(
    "text",
    [
        "年度资金总额：380    其中：财政拨款：320",
        "年度资金总额：380其中：财政拨款：320",
        "年度资金总额：380；其中：财政拨款：320",
    ],
)
def test_an_amount_ends_where_the_next_label_begins(text: str) -> None:
    assert [piece.raw for piece in slot_to_lines(slot(text))] == ["年度资金总额：380", "其中：财政拨款：320"]


def test_a_numbered_label_is_not_cut_behind_its_number() -> None:
    assert len(slot_to_lines(slot("1、资金来源：20"))) == 1


def test_an_item_has_its_name_and_its_amount() -> None:
    named = slot_to_item(slot("其中：财政拨款：320"))
    assert named is not None
    assert (named[0].raw.rstrip("："), named[1]) == ("财政拨款", "320")


def test_a_bare_text_is_no_item() -> None:
    assert slot_to_item(slot("财政拨款")) is None


def test_a_line_with_several_labels_falls_apart() -> None:
    (row,) = pieces_to_rows(text_to_pieces("填报人：李明　　联系电话：0734-2281190\n"))
    assert [s.raw for s in line_to_fields(row).slots] == ["填报人：李明", "联系电话：0734-2281190"]
