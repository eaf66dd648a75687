"""Amounts of forms in different units compare in yuan; what has no known unit compares with nothing."""

from __future__ import annotations

from decimal import Decimal

import pytest

from normalize.check.money_units import YUAN, in_yuan


@pytest.mark.parametrize(
    ("unit", "yuan"), [("元", "2"), ("千元", "2000"), ("万元", "20000"), ("亿元", "200000000")]
)
def test_an_amount_in_yuan(unit: str, yuan: str) -> None:
    assert in_yuan(Decimal(2), unit) == Decimal(yuan)


@pytest.mark.parametrize(("amount", "unit"), [(None, "万元"), (Decimal(1), None), (Decimal(1), "美元")])
def test_a_blank_amount_or_an_unknown_unit_is_nothing(amount: Decimal | None, unit: str | None) -> None:
    assert in_yuan(amount, unit) is None


def test_nothing_of_a_known_unit_is_nothing_and_not_unknown() -> None:
    assert [in_yuan(Decimal(0), unit) for unit in YUAN] == [0] * len(YUAN)
