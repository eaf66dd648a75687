"""Which rows of the two horizons are the same indicator."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalize.form.catalogue import load_catalogue
from normalize.read.indicators.reader import indicator_model
from normalize.read.indicators.twins import pair_rows
from normalize.table.logical_rows import FieldText, LogicalRow

MODEL = indicator_model(load_catalogue())
OWN = "0301"
NAMES = ("法律援助合格案件数", "调解纠纷案件个数", "社区矫正监管对象", "安置帮教人数", "普法宣传场次")


def row(code: str, name: str = "", variant: int = 0) -> LogicalRow:
    state = next(s for s in MODEL.states if s.entry.code == code and s.variant == variant)
    fields = {"level3": FieldText((), name)} if name else {}
    return LogicalRow(state, 0, (), fields, frozenset(), (), (), gap=False)


def own(*names: str) -> list[LogicalRow]:
    return [row(OWN, name) for name in names]


def test_no_rows_have_no_twins() -> None:
    assert pair_rows([], []) == ()


def test_entries_of_the_catalogue_pair_by_code_whatever_was_read() -> None:
    long = [row("010101", "公用经费控制率"), row("020301")]
    annual = [row("020301", "预箅执行率"), row("010101")]
    assert pair_rows(long, annual) == ((0, 1), (1, 0))


def test_an_entry_that_stands_twice_pairs_once() -> None:
    assert pair_rows([row("020301")] * 2, [row("020301")]) == ((0, 0),)


def test_own_rows_pair_by_name_in_order() -> None:
    assert pair_rows(own(*NAMES), own(*NAMES)) == tuple((n, n) for n in range(len(NAMES)))


@given(st.integers(0, len(NAMES) - 1))
def test_a_row_that_is_missing_in_one_horizon_stays_alone(missing: int) -> None:
    annual = [name for n, name in enumerate(NAMES) if n != missing]
    pairs = dict(pair_rows(own(*NAMES), own(*annual)))
    assert missing not in pairs
    assert len(pairs) == len(annual)


@pytest.mark.parametrize(
    "seen", ["法律援劢合格案件数", "法律援助合格案件", "鬯法律援助合格案件数", "法律援劢合恪案件数"]
)
def test_a_misread_name_still_pairs(seen: str) -> None:
    assert pair_rows(own(*NAMES), own(seen, *NAMES[1:]))[0] == (0, 0)


def test_another_indicator_in_its_place_does_not_pair() -> None:
    assert pair_rows(own("法律援助合格案件数"), own("高标准农田建设")) == ()


def test_a_row_without_a_name_pairs_by_its_place() -> None:
    assert pair_rows(own(*NAMES[:3]), own(NAMES[0], "", NAMES[2])) == ((0, 0), (1, 1), (2, 2))


def test_an_own_row_does_not_pair_with_an_entry() -> None:
    assert pair_rows(own("预算执行率"), [row("020301", "预算执行率")]) == ()


@given(st.lists(st.sampled_from(NAMES), max_size=6), st.lists(st.sampled_from(NAMES), max_size=6))
def test_every_row_pairs_at_most_once_and_order_is_kept(long: list[str], annual: list[str]) -> None:
    pairs = pair_rows(own(*long), own(*annual))
    for side in zip(*pairs, strict=True):
        assert list(side) == sorted(set(side))
