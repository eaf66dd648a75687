"""Which rows the rules walk over, and which of them are the same indicator."""

from __future__ import annotations

from models.declaration import Annual, AnnualIndicator, DepartmentOverall, Indicator, LongTerm
from normalize.check.rules.rule_rows import indicator_rows, twin_rows


def declaration(long: list[Indicator], annual: list[AnnualIndicator]) -> DepartmentOverall:
    return DepartmentOverall(
        long_term=LongTerm(indicators=tuple(long)), annual=Annual(indicators=tuple(annual))
    )


def twins(long: list[Indicator], annual: list[AnnualIndicator]) -> list[tuple[str, str]]:
    return [(one, other) for one, _, other, _ in twin_rows(declaration(long, annual))]


def test_rows_of_both_horizons_come_with_their_pointers() -> None:
    data = declaration([Indicator(), Indicator()], [AnnualIndicator()])
    assert [path for path, _ in indicator_rows(data)] == [
        "/long_term/indicators/0",
        "/long_term/indicators/1",
        "/annual/indicators/0",
    ]


def test_entries_of_the_catalogue_are_twins_by_code_whatever_their_names() -> None:
    long, annual = (
        Indicator(code="020301", level3="预算执行率"),
        AnnualIndicator(code="020301", level3="执行率"),
    )
    assert twins([long], [annual]) == [("/long_term/indicators/0", "/annual/indicators/0")]


def test_own_indicators_whose_names_differ_in_a_character_are_twins() -> None:
    long, annual = Indicator(level3="法律援助案件数"), AnnualIndicator(level3="法律援助案件个数")
    assert twins([long], [annual]) == [("/long_term/indicators/0", "/annual/indicators/0")]


def test_numbered_levels_do_not_part_twins() -> None:
    long = [
        Indicator(level2="核心业务产出1", level3="甲案件"),
        Indicator(level2="核心业务产出2", level3="乙活动"),
    ]
    annual = [AnnualIndicator(level2="核心业务产出1", level3="乙活动")]
    assert twins(long, annual) == [("/long_term/indicators/1", "/annual/indicators/0")]


def test_a_name_that_stands_twice_pairs_in_order() -> None:
    long = [Indicator(level3="办结案件数"), Indicator(level3="办结案件数")]
    annual = [AnnualIndicator(level3="办结案件数"), AnnualIndicator(level3="办结案件数")]
    assert [other[-1] for _, other in twins(long, annual)] == ["0", "1"]


def test_different_indicators_are_no_twins() -> None:
    assert twins([Indicator(level3="法律援助案件数")], [AnnualIndicator(level3="高标准农田建设")]) == []
