"""The canonical indicators, as the form prints them."""

from __future__ import annotations

import pytest

from normalize.form.catalogue import BASES, CATEGORIES, Entry, load_catalogue

CATALOGUE = load_catalogue()


def test_codes_are_unique_and_in_order() -> None:
    codes = [entry.code for entry in CATALOGUE.entries]
    assert codes == sorted(set(codes))


def test_the_levels_stand_in_the_order_of_the_form() -> None:
    assert CATALOGUE.level1 == ("运行成本", "管理效率", "履职效能", "社会效益", "可持续发展能力", "满意度")
    assert CATALOGUE.level2[:3] == (
        ("运行成本", "公用经费控制"),
        ("运行成本", "在职人员控制"),
        ("运行成本", "项目支出成本控制"),
    )


def test_a_line_of_the_catalogue() -> None:
    entry = CATALOGUE.by_code("020202")
    assert entry is not None
    assert (entry.level3, entry.kind, entry.standard) == (
        "预算编制合理性",
        "qualitative",
        "重点项目预算有保障，项目之间不存在交叉重复",
    )


@pytest.mark.parametrize("code", ["", None, "999999"])
def test_an_unknown_code_is_nothing(code: str | None) -> None:
    assert CATALOGUE.by_code(code) is None


@pytest.mark.parametrize("entry", CATALOGUE.entries, ids=lambda entry: entry.code)
def test_every_line_is_whole(entry: Entry) -> None:
    assert entry.own is (entry.level3 is None)
    assert entry.own or entry.kind is not None
    assert (entry.standard is not None) is (entry.kind == "qualitative")
    assert entry.basis in (*BASES, None)
    assert entry.category in (*CATEGORIES, None)


def test_a_catalogue_that_does_not_ship_is_an_error() -> None:
    with pytest.raises(FileNotFoundError):
        load_catalogue("none")
