"""Numbers that count the rows of a table are no part of the names behind them."""

from __future__ import annotations

import pytest

from models.grid import Place
from normalize.form.physical_rows import Row, RowSlot
from normalize.read.row_numbers import without_row_numbers
from normalize.text.fold import fold


def names(*raws: str) -> list[str]:
    rows = [
        Row((RowSlot(raw, Place(), fold(raw)), RowSlot("12", Place(), "12", column=1)), number)
        for number, raw in enumerate(raws)
    ]
    return [row.slots[0].text for row in without_row_numbers(rows)]


@pytest.mark.parametrize("mark", ["{} ", "{}、", "{}.", "（{}）", "{}\u3000"])
def test_numbers_before_the_names_go(mark: str) -> None:
    assert names(*(mark.format(n) + name for n, name in enumerate(("公路养护", "超限治理"), 1))) == [
        "公路养护",
        "超限治理",
    ]


def test_numbers_may_begin_again() -> None:
    assert names("1、公路养护", "2、超限治理", "1、公交补贴") == ["公路养护", "超限治理", "公交补贴"]


@pytest.mark.parametrize(
    "raws",
    [
        ("1、公路养护", "超限治理"),
        ("2026年养护", "2027年养护"),
        ("1 次", "2 次"),
        ("110报警平台", "120急救平台"),
        ("1号桥加固", "2号桥加固"),
    ],
)
def test_other_numbers_are_part_of_the_name(raws: tuple[str, ...]) -> None:
    assert names(*raws) == [fold(raw) for raw in raws]
