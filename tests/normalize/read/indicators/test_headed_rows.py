"""What the headings between the rows of the indicator tables say about the rows below them."""

from __future__ import annotations

from normalize.read.indicators.headed_rows import marked_to_headed
from normalize.table.logical_rows import Hint
from tests.normalize.read.indicators.tables import ANNUAL, LONG
from tests.normalize.read.marked_rows import TITLE, mark

LONG_HEAD = "长期绩效指标\t一级指标\t二级指标\t三级指标\t指标值\t指标值确定依据\t指标分类\n"
ANNUAL_HEAD = (
    "年度绩效指标\t一级指标\t二级指标\t三级指标\t近两年指标值\t\t预期当年实现值\t指标值确定依据\t指标分类\n"
)


def hints(text: str) -> list[Hint | None]:
    return [row.hint for row in marked_to_headed(mark(TITLE + text))]


def test_a_heading_speaks_for_the_row_below_it() -> None:
    first, *rest = hints(LONG_HEAD + LONG)
    assert first is not None and first.variant == 0
    assert rest == [None, None, None]


def test_the_annual_heading_is_clearer_and_holds_for_rows_of_as_many_cells() -> None:
    found = hints(LONG_HEAD + LONG + ANNUAL_HEAD + ANNUAL)[4:]
    assert [hint.variant if hint else None for hint in found] == [1, 1, 1, 1]
    vague = hints(LONG_HEAD + LONG)[0]
    assert found[0] is not None and vague is not None and found[0].price > vague.price


def test_headings_are_no_rows() -> None:
    assert len(hints(LONG_HEAD + LONG + ANNUAL_HEAD + ANNUAL)) == 8
