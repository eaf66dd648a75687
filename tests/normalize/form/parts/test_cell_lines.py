"""Several labels in one cell, parted at line ends, blanks, and where an amount runs into the next label."""

from __future__ import annotations

import pytest

from extract.transcripts.markup import text_to_pieces
from normalize.form.layouts import layouts
from normalize.form.parts.cell_lines import line_to_fields, slot_to_item, slot_to_lines
from normalize.form.physical_rows import RowSlot, pieces_to_rows

LAYOUTS = {layout.name: layout for layout in layouts()}


def lines(text: str, layout: str = "by-labels-project") -> list[str]:
    return [piece.raw for piece in slot_to_lines(slot("金额").part(text), LAYOUTS[layout])]


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
    assert lines(text) == ["年度资金总额：380", "其中：财政拨款：320"]


def test_a_numbered_label_is_not_cut_behind_its_number() -> None:
    assert len(lines("1、资金来源：20")) == 1


def test_items_of_the_layout_are_parted_though_they_run_together_or_over_a_line() -> None:
    text = "公共财政拨款:683政府性基金拨款:纳入专户管理的非税收\n入拨款:21其他资金:"
    assert lines(text, "hunan-2017") == [
        "公共财政拨款:683",
        "政府性基金拨款:",
        "纳入专户管理的非税收\n入拨款:21",
        "其他资金:",
    ]


def test_the_end_of_a_longer_name_is_no_item() -> None:
    assert lines("上级财政拨款：20县级财政拨款：30") == ["上级财政拨款：20", "县级财政拨款：30"]


def test_an_item_behind_its_sum_needs_no_second_colon() -> None:
    assert lines("年度资金总额：16其中：上级资金16", "wuhan-transfer") == [
        "年度资金总额：16",
        "其中：上级资金16",
    ]


def test_an_item_has_its_name_and_its_amount() -> None:
    named = slot_to_item(slot("其中：财政拨款：320"))
    assert named is not None
    assert (named[0].raw.rstrip("："), named[1]) == ("财政拨款", "320")


def test_a_bare_text_is_no_item() -> None:
    assert slot_to_item(slot("财政拨款")) is None


def test_a_line_with_several_labels_falls_apart() -> None:
    (row,) = pieces_to_rows(text_to_pieces("填报人：李明　　联系电话：0734-2281190\n"))
    assert [s.raw for s in line_to_fields(row).slots] == ["填报人：李明", "联系电话：0734-2281190"]


@pytest.mark.parametrize(
    ("line", "fields"),
    [
        (
            "填报单位（公章）：水务局　2025年12月1日　单位：万元",
            ["填报单位（公章）：水务局", "2025年12月1日", "单位：万元"],
        ),
        ("部门：水务局；单位：河道所；计量单位：万元", ["部门：水务局", "单位：河道所", "计量单位：万元"]),
    ],
)
def test_a_line_falls_apart_at_a_date_and_at_semicolons(line: str, fields: list[str]) -> None:
    row = pieces_to_rows(text_to_pieces(line + "\n"))[0]
    assert [slot.raw for slot in line_to_fields(row).slots] == fields
