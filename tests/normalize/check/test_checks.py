"""Every check fires on the smallest declaration that breaks its rule, and is silent on one that keeps them all."""

from __future__ import annotations

import inspect
import re
from decimal import Decimal
from typing import Any

import pytest

from models.declaration import (
    Annual,
    AnnualIndicator,
    Budget,
    BudgetLine,
    DepartmentOverall,
    History,
    Indicator,
    LongTerm,
    Project,
    Value,
)
from models.finding import Finding
from normalize.check.checks import CHECKS, check_declaration
from normalize.form.catalogue import load_catalogue
from normalize.text.cell_values import text_to_value

CATALOGUE = load_catalogue()
USUAL = {
    "level1": "履职效能",
    "level2": "核心业务产出1",
    "level3": "办结案件数",
    "basis": "历史标准",
    "category": "基本型",
}
COST = {
    "level1": "运行成本",
    "level2": "公用经费控制",
    "level3": "公用经费控制率",
    "code": "010101",
    "target": "98%",
}
SERVED = {
    "level1": "满意度",
    "level2": "服务对象满意度",
    "level3": "服务对象满意度",
    "code": "060101",
    "target": "≥95%",
}
RATE = {"level1": "管理效率", "level2": "预算执行", "level3": "预算执行率", "code": "020301"}
CHANGE = {"level1": "运行成本", "level2": "项目支出成本控制", "level3": "“三公经费”变动率", "code": "010302"}


def value(text: str | None) -> Value | None:
    return None if text is None else text_to_value(text)


def row(**changes: str | None) -> dict[str, Any]:
    fields: dict[str, Any] = USUAL | {"target": "≥800件"} | changes
    return fields | {"target": value(fields["target"])}


def form(
    long: dict[str, Any] | None = None,
    annual: dict[str, Any] | None = None,
    past: tuple[str | None, str | None] = ("780", "800"),
    **changes: Any,
) -> DepartmentOverall:
    """A declaration that keeps every rule, with one indicator per horizon of your own making."""
    long, annual = long or row(), annual or row()
    always = [row(**COST, basis="预算支出标准"), row(**SERVED, basis="计划标准")]
    history = History(year_before_last=value(past[0]), last_year=value(past[1]))
    fields: dict[str, Any] = {
        "filled_on": "2025-10-20",
        "phone": "13800138000",
        "budget_year": 2026,
        "long_term": LongTerm(until_year=2030, indicators=tuple(Indicator(**r) for r in (*always, long))),
        "annual": Annual(
            indicators=(*(AnnualIndicator(**r) for r in always), AnnualIndicator(**annual, history=history))
        ),
    }
    return DepartmentOverall(**fields | changes)


def project(annual: str, total: str) -> Project:
    return Project(name="普法经费", annual_budget=Decimal(annual), total_budget=Decimal(total))


def special(amount: str) -> Budget:
    return Budget(expenditure=(BudgetLine(item="特定目标类项目支出", amount=Decimal(amount)),))


def same(**changes: str | None) -> dict[str, Any]:
    """The same indicator in both horizons."""
    return {"long": row(**changes), "annual": row(**changes)}


BROKEN: dict[str, tuple[DepartmentOverall, str]] = {
    "projects-sum": (
        form(budget=special("64"), projects=(project("23", "23"), project("40", "40"))),
        "/projects",
    ),
    "annual-over-total": (form(projects=(project("64", "46"),)), "/projects/0/annual_budget"),
    "sign-misread": (
        form(long=row(target="2800件"), annual=row(target="≥800件")),
        "/long_term/indicators/2/target",
    ),
    "required-missing": (form(**same(level2=None)), "/annual/indicators/2/level2"),
    "level-mismatch": (
        form(**same(**RATE | {"level1": "社会效益"}, target="98%")),
        "/annual/indicators/2/level2",
    ),
    "history-not-numeric": (form(past=("较好", "800")), "/annual/indicators/2/history/year_before_last"),
    "unit-missing": (form(annual=row(target="≥800")), "/annual/indicators/2/target"),
    "text-refused": (form(**same(target="群众_满意")), "/annual/indicators/2/target"),
    "text-too-long": (form(**same(level3="普法" * 91)), "/annual/indicators/2/level3"),
    "basis-unknown": (form(**same(basis="文件规定")), "/annual/indicators/2/basis"),
    "basis-not-cost": (form(**same(basis="预算支出标准")), "/annual/indicators/2/basis"),
    "target-below-history": (form(past=("1364件", "1544件")), "/annual/indicators/2/target"),
    "basis-differs": (form(annual=row(basis="计划标准")), "/annual/indicators/2/basis"),
    "text-differs": (
        form(long=row(target="群众认可"), annual=row(target="群众称赞")),
        "/annual/indicators/2/target",
    ),
    "annual-over-long": (form(annual=row(target="≥900件")), "/annual/indicators/2/target"),
    "rate-out-of-range": (form(**same(**CHANGE, target="5%")), "/annual/indicators/2/target"),
    "vague-wording": (form(**same(target="效果显著")), "/annual/indicators/2/target"),
    "indicators-thin": (form(long_term=LongTerm(indicators=(Indicator(**row()),))), "/long_term/indicators"),
    "kind-mismatch": (form(**same(**RATE, target="及时拨付")), "/annual/indicators/2/target"),
    "date-mismatch": (form(filled_on="2023-10-20"), "/filled_on"),
    "phone-unusual": (form(phone="1380013800"), "/phone"),
}


def found(data: DepartmentOverall) -> list[Finding]:
    return list(check_declaration(data, CATALOGUE))


def paths(data: DepartmentOverall, code: str) -> set[str | None]:
    return {finding.path for finding in found(data) if finding.code == code}


def codes_of(check: object) -> set[str]:
    return set(re.findall(r'finding\(\s*"([a-z-]+)"', inspect.getsource(check)))  # type: ignore[arg-type]


def test_a_declaration_that_keeps_every_rule_has_no_finding() -> None:
    assert found(form()) == []
    assert found(form(budget=special("64"), projects=(project("24", "24"), project("40", "80")))) == []


def test_an_empty_declaration_breaks_no_rule() -> None:
    assert found(DepartmentOverall()) == []


@pytest.mark.parametrize("code", BROKEN)
def test_a_broken_rule_is_found_at_its_place(code: str) -> None:
    data, path = BROKEN[code]
    assert path in paths(data, code)


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_every_code_of_every_check_is_among_the_broken_rules(check: object) -> None:
    assert codes_of(check)
    assert codes_of(check) <= set(BROKEN)


def test_every_broken_rule_belongs_to_a_check() -> None:
    assert set().union(*map(codes_of, CHECKS)) == set(BROKEN)


@pytest.mark.parametrize("code", BROKEN)
def test_a_finding_is_in_chinese_and_of_a_fixed_kind(code: str) -> None:
    data, _ = BROKEN[code]
    kinds = {(f.category, f.severity) for f in found(data) if f.code == code}
    assert len(kinds) == 1
    assert all(re.search(r"[\u4e00-\u9fff]", f.message) for f in found(data))


@pytest.mark.parametrize(
    ("code", "figures"),
    [
        ("projects-sum", ("63", "64")),
        ("annual-over-total", ("64", "46")),
        ("target-below-history", ("800", "1364", "1544")),
        ("annual-over-long", ("900", "800")),
        ("date-mismatch", ("2023-10-20", "2026")),
    ],
)
def test_the_figures_are_in_the_message(code: str, figures: tuple[str, ...]) -> None:
    (message,) = {finding.message for finding in found(BROKEN[code][0]) if finding.code == code}
    assert all(figure in message for figure in figures)


# what must not fire


def test_a_missing_unit_names_the_other_horizons() -> None:
    (finding,) = [f for f in found(BROKEN["unit-missing"][0]) if f.code == "unit-missing"]
    assert finding.expected == "件"


def test_a_target_above_one_of_two_years_is_fine() -> None:
    assert paths(form(past=("700件", "900件")), "target-below-history") == set()


def test_the_catalogues_own_use_of_a_basis_is_fine() -> None:
    assert found(form(**same(**RATE, target="98%", basis="预算支出标准"))) == []


@pytest.mark.parametrize("phone", ["13800138000", "6012345", "0714-6012345", "07146012345", "60123456"])
def test_phone_numbers_that_can_be_dialled(phone: str) -> None:
    assert found(form(phone=phone)) == []


def test_nothing_is_no_wrong_kind() -> None:
    assert paths(form(**same(**RATE, target="无")), "kind-mismatch") == set()


def test_a_rate_of_the_departments_own_may_exceed_a_hundred() -> None:
    assert found(form(**same(target="≥120%"), past=("110", "115"))) == []


def test_a_project_without_its_budget_is_not_added_up() -> None:
    data = form(budget=special("64"), projects=(project("23", "23"), Project(name="普法宣传")))
    assert paths(data, "projects-sum") == set()
