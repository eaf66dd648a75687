"""Format codes taken apart."""

from __future__ import annotations

from decimal import Decimal

import pytest

from extract.office.formats.codes import code_to_sections


def shown(code: str) -> list[tuple[str, str]]:
    (section,) = code_to_sections(code)
    return [(token.sort, token.text) for token in section.tokens]


def test_literals_stand_for_themselves() -> None:
    assert shown('"a;b"\\;!.万') == [("text", "a;b"), ("text", ";"), ("text", "."), ("text", "万")]


def test_gaps_and_fills_show_nothing() -> None:
    assert shown("_)* 0") == [("digits", "0")]


@pytest.mark.parametrize(("code", "number"), [("0", 1), ("0;-0", 2), ('0;-0;"a;b";@', 4)])
def test_sections_end_at_semicolons_outside_quotes(code: str, number: int) -> None:
    assert len(code_to_sections(code)) == number


def test_brackets_give_condition_script_and_language() -> None:
    (section,) = code_to_sections("[DBNum1][$-804][>=1.5][红色]0")
    assert (section.condition, section.script, section.locale) == ((">=", Decimal("1.5")), 1, "804")
    assert shown("[$¥-804]0") == [("text", "¥"), ("digits", "0")]
    assert shown("[hh]") == [("elapsed", "hh")]


def test_code_longer_than_excel_takes_is_general() -> None:
    assert shown("0" * 300) == [("general", "General")]
