"""Days and times under date formats."""

from __future__ import annotations

from decimal import Decimal

import pytest

from extract.office.formats.codes import code_to_sections
from extract.office.formats.dates import OUTSIDE, serial_to_text


def shown(number: str, code: str, *, epoch_1904: bool = False) -> str:
    return serial_to_text(Decimal(number), code_to_sections(code)[0], epoch_1904=epoch_1904)


def test_m_is_minutes_beside_hours_and_seconds_only() -> None:
    assert shown("45952.5", "m/d h:mm") == "10/22 12:00"
    assert shown("45952.5", "mm:ss") == "00:00"


@pytest.mark.parametrize("number", ["-0.1", "2958466"])
def test_day_that_no_calendar_has_is_number_signs(number: str) -> None:
    assert shown(number, "yyyy") == OUTSIDE


def test_last_day_is_shown() -> None:
    assert shown("2958465", "yyyy-mm-dd") == "9999-12-31"


def test_seconds_are_rounded_and_carry() -> None:
    assert shown("0.9999999", "h:mm:ss") == "0:00:00"
