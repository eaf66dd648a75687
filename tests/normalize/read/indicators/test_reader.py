"""Both indicator tables of a form together."""

from __future__ import annotations

import pytest

from normalize.form.catalogue import load_catalogue
from normalize.notes.notes import Read
from normalize.read.indicators import reader
from normalize.read.indicators.reader import Indicators, read_indicators
from tests.normalize.read.indicators.tables import ANNUAL, LONG
from tests.normalize.read.marked_rows import TITLE, codes, mark

HEAD = "长期绩效指标\t一级指标\t二级指标\t三级指标\t指标值\t指标值确定依据\t指标分类\n"
ANNUAL_HEAD = (
    "年度绩效指标\t一级指标\t二级指标\t三级指标\t近两年指标值\t\t预期当年实现值\t指标值确定依据\t指标分类\n"
)


def read(text: str) -> Read[Indicators]:
    return read_indicators(mark(TITLE + text), load_catalogue())


def test_each_table_has_its_own_rows() -> None:
    found = read(HEAD + LONG + ANNUAL_HEAD + ANNUAL)
    assert (len(found.value.long_term), len(found.value.annual)) == (4, 4)
    assert "horizons-mixed" not in {code for code, _ in codes(found.notes)}


def test_an_annual_table_without_history_is_still_the_annual_one() -> None:
    found = read(HEAD + LONG + HEAD.replace("长期", "年度") + LONG.replace("长期", "年度"))
    assert (len(found.value.long_term), len(found.value.annual)) == (4, 4)
    assert all(row.history.last_year is None for row in found.value.annual)
    assert ("missing-value", "/annual/indicators") in codes(found.notes)


def test_two_tables_that_were_read_as_one_are_doubted() -> None:
    found = read(HEAD + ANNUAL + ANNUAL_HEAD + ANNUAL)
    assert (len(found.value.long_term), len(found.value.annual)) == (0, 8)
    assert ("horizons-mixed", "/annual/indicators") in codes(found.notes)


def test_a_table_with_more_rows_than_are_read_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "_MAX_ROWS", 5)
    found = read(HEAD + LONG + ANNUAL_HEAD + ANNUAL)
    assert ("table-too-long", "/long_term/indicators") in codes(found.notes)
    assert len(found.value.long_term) + len(found.value.annual) <= 5


def test_goals_are_doubted_where_a_table_was_not_read() -> None:
    found = read(HEAD + LONG)
    assert ("ambiguous-cell", "/annual/goals") in codes(found.notes)
    assert ("ambiguous-cell", "/long_term/goals") not in codes(found.notes)
