"""A workbook's parts: which sheets it has, and how many it may have."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import openpyxl
import pytest

from extract.files.limits import UNFOLDING
from extract.files.refusals import TooLargeError
from extract.office.excel import workbook
from extract.office.excel.workbook import open_workbook


def book(*titles: str) -> bytes:
    made = openpyxl.Workbook()
    assert made.active is not None
    made.remove(made.active)
    for title in titles:
        made.create_sheet(title)
    file = BytesIO()
    made.save(file)
    return file.getvalue()


def test_sheets_come_in_the_order_of_their_tabs() -> None:
    assert [sheet.name for sheet in open_workbook(book("乙", "甲")).sheets] == ["乙", "甲"]


def test_as_many_sheets_as_the_limit_are_opened_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "UNFOLDING", replace(UNFOLDING, sheets=2))
    assert len(open_workbook(book("甲", "乙")).sheets) == 2
    with pytest.raises(TooLargeError, match="工作表有 3 个，上限 2 个"):
        open_workbook(book("甲", "乙", "丙"))
