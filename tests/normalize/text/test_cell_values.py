"""Comparator, number, unit and period; amounts, shares, dates, years; what does not parse is nothing."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.declaration import Comparator, Value
from normalize.text.cell_values import (
    comparator_sign,
    is_measured,
    looks_numeric,
    text_to_amount,
    text_to_date,
    text_to_share,
    text_to_value,
    text_to_years,
)
from normalize.text.fold import fold

SIGNS: dict[Comparator, str] = {">=": "≥≧⩾", "<=": "≤≦⩽", "=": "=＝﹦", "<": "<﹤＜", ">": ">﹥＞"}
DECIMALS = st.decimals(-99999, 99999, places=2)
WIDE = str.maketrans("0123456789.%", "０１２３４５６７８９．％")


def value(text: str) -> Value:
    return text_to_value(fold(text))


@pytest.mark.parametrize(
    ("printed", "comparator"), [(sign, name) for name, signs in SIGNS.items() for sign in signs]
)
def test_a_sign_of_any_kind_is_a_comparator(printed: str, comparator: Comparator) -> None:
    read = value(f"{printed}95%")
    assert (read.comparator, read.number, read.unit) == (comparator, Decimal(95), "%")


@pytest.mark.parametrize(
    ("printed", "comparator"),
    [
        ("不低于95%", ">="),
        ("不超过95%", "<="),
        ("大于95%", ">"),
        ("低于95%", "<"),
        (">=95%", ">="),
        ("<=95%", "<="),
    ],
)
def test_a_sign_in_words_is_a_comparator(printed: str, comparator: str) -> None:
    assert value(printed).comparator == comparator
    assert value(printed).number == 95


@given(DECIMALS, st.sampled_from(["", "%", "‰", "件", "人次", "万元"]), st.booleans())
def test_a_number_keeps_its_printed_digits(number: Decimal, unit: str, wide: bool) -> None:
    printed = f"{number}{unit}"
    read = value(printed.translate(WIDE) if wide else printed)
    assert (str(read.number), read.unit, read.text) == (str(number), unit or None, printed)


@given(
    DECIMALS,
    st.sampled_from(list(SIGNS)),
    st.sampled_from(["件", "起", "人"]),
    st.sampled_from(["年", "季度"]),
)
def test_sign_number_unit_and_period_are_put_together_again(
    number: Decimal, comparator: Comparator, unit: str, per: str
) -> None:
    printed = f"{comparator_sign(comparator)}{number}{unit}/{per}"
    read = text_to_value(printed)
    assert (read.comparator, read.number, read.unit, read.per) == (comparator, number, unit, per)


@pytest.mark.parametrize(
    ("printed", "number", "unit", "per"),
    [
        ("≥800 件/年", "800", "件", "年"),
        ("1 910.5", "1910.5", None, None),
        ("≥1,200人次", "1200", "人次", None),
        ("98.5 %", "98.5", "%", None),
        ("-2.57%", "-2.57", "%", None),
        ("－5%", "-5", "%", None),
        ("≤5‰", "5", "‰", None),
        ("100.00%", "100.00", "%", None),
        ("０", "0", None, None),
    ],
)
def test_numbers_as_forms_print_them(printed: str, number: str, unit: str | None, per: str | None) -> None:
    read = value(printed)
    assert (str(read.number), read.unit, read.per) == (number, unit, per)


def test_a_rate_for_a_population_has_its_period() -> None:
    assert (value("3.2人/10万").number, value("3.2人/10万").per) == (Decimal("3.2"), "10万")


@pytest.mark.parametrize("printed", ["≥刮5%", "≥2+次", "≥36期/年1", "效果显著", "1.2.3%", "≥", "95%98%", ""])
def test_what_is_no_number_keeps_only_its_text(printed: str) -> None:
    read = value(printed)
    assert (read.number, read.comparator, read.text) == (None, None, fold(printed))


def parts(printed: str) -> dict[str, str]:
    """What was understood of a value, beside its text."""
    read = value(printed).model_dump()
    return {name: str(part) for name, part in read.items() if name != "text"}


@pytest.mark.parametrize(
    ("printed", "comparator", "number", "unit"),
    [
        ("100万元以内", "<=", "100", "万元"),
        ("30天内", "<=", "30", "天"),
        ("95%以上", ">=", "95", "%"),
        ("≥95%以上", ">=", "95", "%"),
        ("＞95%以上", ">", "95", "%"),
        ("3项及以上", ">=", "3", "项"),
        ("5‰以下", "<=", "5", "‰"),
    ],
)
def test_words_behind_a_number_are_a_sign(printed: str, comparator: str, number: str, unit: str) -> None:
    assert parts(printed) == {"comparator": comparator, "number": number, "unit": unit}


@pytest.mark.parametrize("printed", ["≤95%以上", "≥50万元以内", "≥30天左右", "30%内"])
def test_signs_that_contradict_each_other_are_not_understood(printed: str) -> None:
    assert parts(printed) == {}


@pytest.mark.parametrize("printed", ["50%左右", "约50%", "大约50%", "50%上下"])
def test_about_so_much_is_approximate(printed: str) -> None:
    assert parts(printed) == {"number": "50", "approximate": "True", "unit": "%"}


@pytest.mark.parametrize(
    ("printed", "comparator", "remark"),
    [
        ("≥100万元（含）", ">=", "（含）"),
        ("100万元(含)以上", ">=", "（含）"),
        ("100万元以上（含100万元）", ">=", "（含100万元）"),
        ("100万元以上（不含）", ">", "（不含）"),
        ("≥100万元，且无投诉", ">=", "且无投诉"),
        ("≥100万元且无投诉", ">=", "且无投诉"),
        ("≥100万元（市级）", ">=", "（市级）"),
    ],
)
def test_what_stands_beside_a_value_is_its_remark(printed: str, comparator: str, remark: str) -> None:
    assert parts(printed) == {"comparator": comparator, "number": "100", "unit": "万元", "remark": remark}


@pytest.mark.parametrize(
    ("printed", "number", "unit", "per"),
    [
        ("=100.00(%)", "100.00", "%", None),
        ("430元/人·月", "430", "元", "人·月"),
        ("≥3家（次）", "3", "家（次）", None),
        ("≤3个工作日", "3", "个工作日", None),
    ],
)
def test_units_as_forms_print_them(printed: str, number: str, unit: str, per: str | None) -> None:
    read = value(printed)
    assert (str(read.number), read.unit, read.per, read.remark) == (number, unit, per, None)


@pytest.mark.parametrize(
    ("printed", "lower", "upper", "unit"),
    [
        ("3-5天", "3", "5", "天"),
        ("90%-95%", "90", "95", "%"),
        ("3至5年", "3", "5", "年"),
        ("±5%", "-5", "5", "%"),
    ],
)
def test_a_range_has_two_ends_and_no_number(printed: str, lower: str, upper: str, unit: str) -> None:
    assert parts(printed) == {"lower": lower, "upper": upper, "unit": unit}


@pytest.mark.parametrize(
    "printed", ["5-3天", "90%-95元", "1-12月", "2026.07-2027.01", "2024-2026年", "12-15", "≥3-5天"]
)
def test_what_is_no_range_is_not_understood(printed: str) -> None:
    assert parts(printed) == {}


@pytest.mark.parametrize(
    ("printed", "day"),
    [
        ("2026年底前", "2026-12-31"),
        ("2025年年底前", "2025-12-31"),
        ("2026年内", "2026-12-31"),
        ("2024年2月底前", "2024-02-29"),
        ("2026年6月30日前", "2026-06-30"),
        ("2026-06-30之前", "2026-06-30"),
    ],
)
def test_a_day_before_which_something_is_done_is_a_limit(printed: str, day: str) -> None:
    assert parts(printed) == {"by": day}


def test_what_is_done_by_a_day_is_the_remark() -> None:
    assert parts("于2026年底前完成") == {"by": "2026-12-31", "remark": "完成"}


@pytest.mark.parametrize(
    "printed", ["2026年2月30日前", "2026年13月底前", "2026年", "12月底前", "12月", "2026年6月30日"]
)
def test_a_year_or_a_day_alone_is_no_number(printed: str) -> None:
    assert parts(printed) == {}


@pytest.mark.parametrize("printed", ["100%完成", "达到95%", "300余人", "2次/每年", "100件均办结", "1：3"])
def test_a_number_is_not_taken_out_of_what_is_not_understood(printed: str) -> None:
    assert parts(printed) == {}


@given(st.text("约≥≤>=0123456789.,%万元件天以内上下左右（含）且前年月底-~至/·", max_size=24))
def test_every_text_is_kept_whatever_is_understood(printed: str) -> None:
    assert text_to_value(printed).text == printed


def test_what_says_how_much_or_by_when_is_measured() -> None:
    measured = {
        printed: is_measured(value(printed)) for printed in ("95%", "3-5天", "2026年底前", "良好", "无")
    }
    assert measured == {"95%": True, "3-5天": True, "2026年底前": True, "良好": False, "无": False}


def test_nothing_where_a_number_is_expected_does_not_apply() -> None:
    assert text_to_value("无", expects_number=True).not_applicable is True
    assert text_to_value("无").not_applicable is None


@pytest.mark.parametrize(
    ("text", "numeric"), [("≥刮5%", True), ("292%", True), ("-3", True), ("无", False), ("效果明显", False)]
)
def test_a_text_that_begins_with_a_sign_or_digit_sets_out_to_be_a_number(text: str, numeric: bool) -> None:
    assert looks_numeric(text) is numeric


@given(st.decimals(0, 9999999, places=2), st.booleans(), st.booleans())
def test_an_amount_keeps_its_digits_with_and_without_thousands(
    amount: Decimal, commas: bool, unit: bool
) -> None:
    printed = (f"{amount:,}" if commas else f"{amount}") + (" 万元" if unit else "")
    assert str(text_to_amount(printed)) == str(amount)


@pytest.mark.parametrize(
    ("printed", "amount"),
    [("191 8", "1918"), ("１９３２．４１", "1932.41"), ("-3", "-3"), ("1，932", "1932"), ("+5", "5")],
)
def test_amounts_as_forms_print_them(printed: str, amount: str) -> None:
    assert text_to_amount(printed) == Decimal(amount)


@pytest.mark.parametrize("printed", ["", "无", "2l8.72", "1.2.3", "1,93", "12%", "十万元"])
def test_what_is_no_amount_is_nothing_and_not_zero(printed: str) -> None:
    assert text_to_amount(printed) is None


@pytest.mark.parametrize(
    ("printed", "share"), [("76.12 %", "76.12%"), ("１００％", "100%"), ("100", "100"), ("五成", None)]
)
def test_shares(printed: str, share: str | None) -> None:
    assert text_to_share(printed) == share


@given(st.dates())
def test_a_date_in_every_spelling(day: object) -> None:
    iso = str(day)
    year, month, date = iso.split("-")
    spellings = [
        iso,
        iso.replace("-", "."),
        iso.replace("-", ""),
        f"{year} 年 {int(month)} 月 {int(date)} 日",
    ]
    assert {text_to_date(text) for text in spellings} == {iso}


@pytest.mark.parametrize("printed", ["2025-02-30", "年 月 日", "2025年10月", "2025年13月1日", ""])
def test_what_is_no_calendar_day_is_nothing(printed: str) -> None:
    assert text_to_date(printed) is None


def test_years_in_a_text() -> None:
    assert text_to_years("长期目标(截止 2030 年)") == (2030,)
    assert text_to_years("2024年 2025年") == (2024, 2025)
    assert text_to_years("120245") == ()


@pytest.mark.parametrize(
    ("printed", "day"),
    [
        ("二〇二五年九月二十六日", "2025-09-26"),
        ("二○二五年十一月十日", "2025-11-10"),
        ("二〇二五年十三月一日", None),
    ],
)
def test_a_date_in_chinese_numerals(printed: str, day: str | None) -> None:
    assert text_to_date(printed) == day
