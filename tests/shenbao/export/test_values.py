"""Values that every format holds: no formulas, exact decimals, no characters that a format refuses."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shenbao.export.columns import DECIMAL_PRECISION, DECIMAL_SCALE, OutputColumn, OutputKind
from shenbao.export.sheet_writer import value_to_format
from shenbao.export.values import UnfitError, cell, cell_to_text, typed
from shenbao.export.workbook import survives

AMOUNT = OutputColumn("amount", "金额", OutputKind.DECIMAL)
STATUS = OutputColumn("status", "状态", OutputKind.CATEGORY, labels={"review": "需复核"})
FITTING = st.decimals(
    min_value=Decimal(-(10**27)), max_value=Decimal(10**27), allow_nan=False, places=DECIMAL_SCALE
) | st.decimals(allow_nan=False, allow_infinity=False, places=2, min_value=-(10**9), max_value=10**9)
RISKY = st.text(st.sampled_from("=+-@＝－ \t\n\r'\"1.%,;A(\u200b中"), min_size=1, max_size=8) | st.text(
    min_size=1
)


@given(RISKY)
def test_no_text_is_calculated_by_a_spreadsheet(text: str) -> None:
    shown = cell(text)
    starts = shown.lstrip(" \u3000\u200b\ufeff\xa0")[:1]
    number = shown.removesuffix("%").removeprefix("-").removeprefix("+").replace(".", "", 1)
    assert starts not in set("=+-@＝＋－＠\t\r\n") or (number.isascii() and number.isdigit())


@given(RISKY)
def test_a_guarded_text_comes_back(text: str) -> None:
    assert cell_to_text(cell(text)) == text


@pytest.mark.parametrize("text", ["=1+1", " =1+1", "@SUM(A1)", "+cmd|' /C calc'!A0", "-2+3", "\t=1", "－1"])
def test_a_formula_gets_an_apostrophe(text: str) -> None:
    assert cell(text) == f"'{text}"


@pytest.mark.parametrize("text", ["-2.57%", "-1", "+3.5"])
def test_a_negative_number_or_percentage_stays_one(text: str) -> None:
    assert cell(text) == text


@given(FITTING)
def test_a_decimal_that_fits_is_unchanged(number: Decimal) -> None:
    assert typed(AMOUNT, number) == number


@pytest.mark.parametrize("number", ["1E+28", "0.12345678901", "NaN", "Infinity", "1e-400"])
def test_a_decimal_that_would_be_rounded_is_refused(number: str) -> None:
    with pytest.raises(UnfitError, match="amount"):
        typed(AMOUNT, Decimal(number))


def test_zeros_after_the_scale_are_no_digits() -> None:
    assert typed(AMOUNT, Decimal("1." + "0" * 20)) == 1
    assert DECIMAL_PRECISION - DECIMAL_SCALE == 28


def test_an_unknown_code_and_an_impossible_day_are_refused() -> None:
    with pytest.raises(UnfitError, match="status"):
        typed(STATUS, "lost")
    with pytest.raises(UnfitError, match="day"):
        typed(OutputColumn("day", "日", OutputKind.DATE), "2025-02-30")
    assert typed(OutputColumn("day", "日", OutputKind.DATE), "2025-02-28") == date(2025, 2, 28)


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**20), max_value=10**20))
def test_what_survives_comes_back_from_a_binary_number(number: Decimal) -> None:
    if survives(number):
        assert Decimal(repr(float(number))) == number


@pytest.mark.parametrize(
    ("value", "expected"),
    [(Decimal("-2.57"), "#,##0.00"), (Decimal("64"), "#,##0"), (2026, "0"), ("=1", "@")],
)
def test_number_formats_show_the_printed_digits(value: object, expected: str) -> None:
    assert value_to_format(value) == expected
