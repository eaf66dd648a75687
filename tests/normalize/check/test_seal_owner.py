"""A seal is compared with the department's name; only another unit's name is a warning."""

from __future__ import annotations

import pytest

from models.document import Seal
from models.grid import Place
from models.posteriors import NOTHING
from normalize.check.seal_owner import check_seals
from normalize.form.physical_rows import Row, RowSlot
from tests.engines import certain

SCAN = [Row((RowSlot("表", Place(1), "表"),), 0, reader="picture")]
PRINT = [Row((RowSlot("表", Place(1), "表"),), 0, reader="text-layer")]
NAME = "江阳县交通运输局"


def seal(text: str, confidence: float = 0.97, page: int = 1) -> Seal:
    return Seal(Place(page), text, confidence, certain(text).posteriors if text else NOTHING)


def codes(seals: list[Seal], department: str | None = NAME) -> list[tuple[str, str]]:
    return [(found.code, found.severity) for found in check_seals(SCAN, seals, department)]


@pytest.mark.parametrize(
    "text", [NAME, f"湖北省{NAME}", f"{NAME}办公室", "江阳县交通运翰局办公室", "江阳交通运输局"]
)
def test_the_department_s_own_seal_needs_no_word(text: str) -> None:
    assert codes([seal(text)]) == []


@pytest.mark.parametrize("text", ["江阳县财政局", "江阳县人力资源和社会保障局", "江阳市交通运输局"])
def test_another_unit_s_seal_is_a_warning_that_no_value_is_misread(text: str) -> None:
    (found,) = check_seals(SCAN, [seal(text)], NAME)
    assert (found.code, found.severity, found.category) == ("seal-unit-mismatch", "warning", "audit")
    assert (found.path, found.expected, found.actual) == (None, NAME, text)


def test_a_party_committee_s_full_name_is_its_short_one() -> None:
    assert codes([seal("中国共产党江阳县委员会宣传部")], "中共江阳县委宣传部") == []


def test_one_right_seal_among_others_is_enough() -> None:
    assert codes([seal("江阳县财政局"), seal(NAME)]) == []


@pytest.mark.parametrize("unread", [seal(""), seal("江阳县财政局", 0.6), seal("VMVA")])
def test_a_seal_that_cannot_be_read_is_information(unread: Seal) -> None:
    assert codes([unread]) == [("seal-unread", "info")]


def test_a_scan_without_a_seal_is_information_and_a_file_s_own_print_has_none() -> None:
    assert codes([]) == codes([seal(NAME, page=2)]) == [("seal-missing", "info")]
    assert check_seals(PRINT, [], NAME) == ()


def test_an_electronic_seal_on_a_file_s_own_print_is_compared_too() -> None:
    assert [found.code for found in check_seals(PRINT, [seal("江阳县财政局")], NAME)] == [
        "seal-unit-mismatch"
    ]


def test_a_department_that_was_not_read_is_not_compared() -> None:
    assert codes([seal("江阳县财政局")], None) == []
