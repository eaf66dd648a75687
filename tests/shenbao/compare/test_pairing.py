"""Which row of one form is which of another."""

from __future__ import annotations

from shenbao.compare.pairing import find_again
from shenbao.compare.printed_rows import PrintedRow, data_to_rows
from tests.shenbao.compare.forms import form, indicator


def rows(*names: str, code: str | None = None) -> list[PrintedRow]:
    made = form(*(indicator(name, code=code) for name in names))
    return [row for row in data_to_rows(made.data) if row.section == "/annual/indicators"]


def names(found: tuple[PrintedRow, ...]) -> list[object]:
    return [row.fields["/level3"] for row in found]


def test_a_catalogue_indicator_is_found_by_its_code() -> None:
    pairs = find_again(rows("公用经费控制率", code="010101"), rows("公用支出控制情况", code="010101"))
    assert len(pairs.both) == 1


def test_the_likest_name_goes_first() -> None:
    pairs = find_again(rows("安全检查次数", "安全检查人次"), rows("安全大检查人次"))
    assert [(a.fields["/level3"], b.fields["/level3"]) for a, b in pairs.both] == [
        ("安全检查人次", "安全大检查人次")
    ]
    assert names(pairs.before) == ["安全检查次数"]


def test_a_row_without_a_name_is_like_no_other() -> None:
    pairs = find_again(rows(""), rows("安全检查次数"))
    assert (len(pairs.before), len(pairs.after)) == (1, 1)


def test_lists_beyond_all_measure_are_paired_by_name_only() -> None:
    long = [f"指标甲{n}号" for n in range(510)]
    pairs = find_again(rows(*long), rows(*long[:1], *(f"指标乙{n}号" for n in range(509))))
    assert len(pairs.both) == 1
