"""Amounts in one cell with their names."""

from __future__ import annotations

from models.grid import Place
from normalize.form.layouts import layouts
from normalize.form.parts.amount_lines import slot_to_amounts
from normalize.form.physical_rows import RowSlot
from normalize.text.fold import fold

LAYOUTS = {layout.name: layout for layout in layouts()}


def amounts(text: str, layout: str = "by-labels-project") -> list[tuple[str, str]]:
    found = slot_to_amounts(RowSlot(text, Place(), fold(text), exact=True), LAYOUTS[layout])
    return [(answer.label.name, "".join(part.text for part in answer.slots)) for answer in found]


def test_a_line_of_an_unknown_name_is_one_more_amount_beside_known_ones() -> None:
    text = "资金总额：380\n财政拨款：320\n村集体投入：60\n捐赠："
    assert amounts(text) == [("total", "380"), ("sources", "320"), ("sources", "60"), ("sources", "")]


def test_unknown_names_of_a_department_are_income() -> None:
    assert amounts("资金总额：380\n捐赠：60", "by-labels-department") == [("total", "380"), ("income", "60")]


def test_a_longer_label_without_a_colon_is_no_amount() -> None:
    assert amounts("年度预算收入（万元）", "by-labels-department") == []


def test_a_sentence_of_amounts_is_as_many() -> None:
    text = "部门预算总额986.72万元，其中：财政拨款936.72万元，其他资金50万元。"
    assert amounts(text, "by-labels-department") == [
        ("total", "986.72万元"),
        ("income", "936.72万元"),
        ("income", "50万元"),
    ]


def test_a_number_before_the_next_name_is_no_part_of_an_amount() -> None:
    text = "总额64.8万元\n一、财政拨款：64.8万元\n二、自有资金：0万元"
    assert amounts(text) == [("total", "64.8万元"), ("sources", "64.8万元"), ("sources", "0万元")]


def test_lines_of_unknown_names_alone_are_no_amounts() -> None:
    assert amounts("捐赠：380\n村集体投入：320") == []
