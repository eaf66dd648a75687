"""Numbers under places of digits."""

from __future__ import annotations

from decimal import Decimal

import pytest

from extract.office.formats.codes import code_to_sections
from extract.office.formats.digits import number_to_general, number_to_places


@pytest.mark.parametrize(
    ("number", "code", "shown"),
    [
        ("1234.5", "#,##0.00", "1,234.50"),
        ("123", "00-00", "01-23"),
        ("5", "0.???", "5.   "),
        ("1234567", "0.0,,", "1.2"),
        ("0.5", "# ?/?", "1/2"),
        ("12.345", "# ??/100", "12 35/100"),
        ("0.5", "0/10", "5/10"),
        ("12345", "0.0E+00", "1.2E+04"),
        ("9.99", "0.0", "10.0"),
    ],
)
def test_number_to_places(number: str, code: str, shown: str) -> None:
    assert number_to_places(Decimal(number), code_to_sections(code)[0].tokens) == shown


@pytest.mark.parametrize(
    ("number", "shown"),
    [("0", "0"), ("0.1", "0.1"), ("12345678901", "12345678901"), ("123456789012", "1.23457E+11")],
)
def test_general_has_eleven_characters(number: str, shown: str) -> None:
    assert number_to_general(Decimal(number)) == shown
