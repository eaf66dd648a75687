"""Which cells of a sheet are not printed."""

from __future__ import annotations

import pytest

from extract.office.excel.print_area import unprinted
from extract.office.excel.sheet import SheetContent, Spot


def content(*spots: Spot, merges: dict[Spot, Spot] | None = None) -> SheetContent:
    return SheetContent(seen=dict.fromkeys(spots, ("x", "read")), merges=merges or {})


FORM = [(row, column) for row in range(1, 6) for column in range(1, 4)]


@pytest.mark.parametrize("areas", ["'表 1'!$A$1:$C$5", "Sheet1!A1:C3,Sheet1!A4:C5"])
def test_an_old_version_beside_and_a_draft_below_are_not_printed(areas: str) -> None:
    assert unprinted(content(*FORM, (2, 9), (8, 1)), areas) == {(2, 9), (8, 1)}


@pytest.mark.parametrize("areas", ["", "#REF!", "Sheet1!$A:$C", "Sheet1!$A$1:$C$5,Sheet1!$I:$J"])
def test_without_an_area_all_is_printed(areas: str) -> None:
    assert unprinted(content(*FORM, (2, 9)), areas) == frozenset()


def test_an_area_below_which_the_form_goes_on_is_out_of_date() -> None:
    assert unprinted(content(*FORM), "Sheet1!$A$1:$C$4") == frozenset()


def test_an_area_that_cuts_a_merge_is_out_of_date() -> None:
    sheet = content(*FORM, (1, 5), merges={(1, 3): (1, 5)})
    assert unprinted(sheet, "Sheet1!$A$1:$C$5") == frozenset()


def test_an_area_of_a_few_cells_is_out_of_date() -> None:
    assert unprinted(content((1, 1), *((row, 2) for row in range(1, 9))), "Sheet1!$A$1:$A$9") == frozenset()
