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


def test_lines_of_unknown_names_alone_are_no_amounts() -> None:
    assert amounts("捐赠：380\n村集体投入：320") == []
