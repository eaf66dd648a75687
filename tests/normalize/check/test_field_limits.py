"""What a field of the budget system takes, asked by the checks of a declaration and by those of the load workbook."""

from __future__ import annotations

import pytest

from models.declaration import DepartmentOverall
from normalize.check.field_limits import FIELD_BYTES, byte_length, excess_bytes, refused_part
from shenbao.export.load.checks import LOAD_PASSED
from shenbao.export.load.sheets import LOAD_INDICATORS
from shenbao.export.load.write import submission_to_load
from tests.normalize.check.declared import form, paths, same
from tests.results import department


def test_wide_characters_count_two_bytes() -> None:
    assert (byte_length("绩效"), byte_length("A1"), byte_length("≥1")) == (4, 2, 3)


def test_a_text_is_too_long_by_its_bytes() -> None:
    assert excess_bytes("METERUNIT", "件" * 100) is None
    assert excess_bytes("METERUNIT", "件" * 100 + "a") == 201


def test_a_field_without_a_limit_takes_everything() -> None:
    assert excess_bytes("PRO_NAME", "普" * 9999) is None


@pytest.mark.parametrize(
    ("text", "part"), [("群众_满意", "_"), ("GDP growth", " "), ("一\u3000二", "\u3000"), ("Null", "Null")]
)
def test_signs_spaces_and_null_are_refused(text: str, part: str) -> None:
    assert refused_part(text) == part


@pytest.mark.parametrize("text", ["群众满意", "nullify", "“三公”只减不增"])
def test_other_texts_are_taken(text: str) -> None:
    assert refused_part(text) is None


def load_check(data: DepartmentOverall) -> str:
    """What the load workbook says of the form's last annual indicator."""
    rows = [row for sheet, row in submission_to_load(department(data=data)) if sheet == LOAD_INDICATORS.name]
    return str(rows[-1][LOAD_INDICATORS.names.index("CHECK")])


@pytest.mark.parametrize("target", ["GDP growth stable", "群众_满意", "null", "群众满意"])
def test_the_load_workbook_refuses_what_the_declarations_check_refuses(target: str) -> None:
    data = form(**same(target=target))
    assert ("B5" in load_check(data)) == bool(paths(data, "text-refused"))


@pytest.mark.parametrize(("characters", "long"), [(500, False), (501, True), (600, True)])
def test_both_find_the_same_text_too_long(characters: int, long: bool) -> None:
    data = form(**same(target="好" * characters))
    assert bool(paths(data, "text-too-long")) is long
    assert ("B9" in load_check(data)) is long


def test_a_good_indicator_passes_both() -> None:
    assert load_check(form()) == LOAD_PASSED


def test_the_sheets_take_their_limits_from_the_same_table() -> None:
    limits = {column.name: column.limit for column in LOAD_INDICATORS.columns}
    assert {name: limit for name, limit in limits.items() if limit} == {
        name: FIELD_BYTES[name] for name in limits if name in FIELD_BYTES
    }
