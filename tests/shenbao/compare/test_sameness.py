"""What a format, a typist or a reader may vary is no difference; a digit, a sign and a point are."""

from __future__ import annotations

from decimal import Decimal

import pytest

from shenbao.compare.sameness import is_same
from tests.shenbao.compare.forms import value


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("设立依据充分，按规定程序设立", "设立依据充分, 按规定程序设立。"),
        ("完成1,200件", "完成1200 件"),
        (Decimal("420.00"), Decimal(420)),
        (value("420.00件"), value("420件")),
        (None, None),
    ],
)
def test_the_same(before: object, after: object) -> None:
    assert is_same(before, after)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("1.5%", "15%"),
        ("-5%", "5%"),
        ("完成", "完成2"),
        (Decimal("420.01"), Decimal(420)),
        (value("≥95%"), value("≤95%")),
        (value("95%"), value("95")),
        (None, "无"),
        (True, None),
    ],
)
def test_not_the_same(before: object, after: object) -> None:
    assert not is_same(before, after)
