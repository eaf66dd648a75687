"""The rules of the catalogue on whole declarations: what fires, what does not, and the ledger of what was asked."""

from __future__ import annotations

import inspect
import re
from decimal import Decimal
from types import ModuleType

import pytest

from models.declaration import (
    AnnualIndicator,
    Budget,
    BudgetLine,
    DepartmentOverall,
    Indicator,
    LongTerm,
    ProjectAnnualGoals,
    ProjectDeclaration,
)
from normalize.check.checks import RULES
from normalize.check.rules import (
    arithmetic_rules,
    audit_rules,
    import_rules,
    money_rules,
    rate_rules,
    wording_rules,
)
from normalize.text.cell_values import text_to_value
from tests.normalize.check.declared import (
    CHANGE,
    RATE,
    form,
    found,
    ledger,
    paths,
    project,
    row,
    same,
    special,
)
from tests.places import ROOT

TARGET = "/annual/indicators/2/target"

OF_CATALOGUES = {"item-of-other-year"}
"""What only a catalogue with years can give; the catalogue that ships has none."""
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
    "sign-unclear": (form(**same(target="≥800件均办结")), "/annual/indicators/2/target"),
    "name-with-space": (form(**same(level3="GDP growth")), "/annual/indicators/2/level3"),
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
    "budget-empty": (
        form(budget=Budget(income=(BudgetLine(item="财政拨款"), BudgetLine(item="合计")))),
        "/budget",
    ),
    "money-magnitude": (form(budget=special("640000"), money_unit="万元"), "/budget/expenditure"),
    "percent-missing": (form(long=row(**RATE, target="98%"), annual=row(**RATE, target="98")), TARGET),
    "sign-against-direction": (form(**same(**RATE, target="≤98%")), TARGET),
    "placeholder-left": (form(**same(target="服务XX人")), TARGET),
    "direction-only": (form(**same(target="提高")), TARGET),
    "target-not-value": (form(**same(target="2026年")), TARGET),
    "vague-wording": (form(**same(target="效果显著")), "/annual/indicators/2/target"),
    "indicators-thin": (form(long_term=LongTerm(indicators=(Indicator(**row()),))), "/long_term/indicators"),
    "kind-mismatch": (form(**same(**RATE, target="及时拨付")), "/annual/indicators/2/target"),
    "date-mismatch": (form(filled_on="2023-10-20"), "/filled_on"),
    "phone-unusual": (form(phone="1380013800"), "/phone"),
}


MODULES = (arithmetic_rules, audit_rules, import_rules, money_rules, rate_rules, wording_rules)


def codes_of(module: ModuleType) -> set[str]:
    return set(re.findall(r'finding\(\s*"([a-z-]+)"', inspect.getsource(module)))


def test_a_declaration_that_keeps_every_rule_has_no_finding() -> None:
    assert found(form()) == []
    assert found(form(budget=special("64"), projects=(project("24", "24"), project("40", "80")))) == []


def test_an_empty_declaration_breaks_no_rule() -> None:
    assert found(DepartmentOverall()) == []


@pytest.mark.parametrize("code", BROKEN)
def test_a_broken_rule_is_found_at_its_place(code: str) -> None:
    data, path = BROKEN[code]
    assert path in paths(data, code)


def test_the_broken_declarations_have_every_code_that_the_rules_give() -> None:
    given = {code for module in MODULES for code in codes_of(module)}
    assert given == {*BROKEN, *OF_CATALOGUES}


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


# the ledger


def test_the_rules_are_those_of_the_catalogue_in_its_order() -> None:
    page = (ROOT / "docs" / "rules.md").read_text("utf-8")
    assert [rule for rule, _ in RULES] == re.findall(r"^\| ([A-F]\d+) \|", page, re.M)


@pytest.mark.parametrize("data", [form(), DepartmentOverall(), *(data for data, _ in BROKEN.values())])
def test_the_ledger_has_every_rule_once_in_order(data: DepartmentOverall) -> None:
    assert list(ledger(data)) == [rule for rule, _ in RULES]
    for result in ledger(data).values():
        assert (result.outcome == "failed") == (result.failed > 0)
        assert (result.outcome in ("passed", "failed")) == (result.on > 0)
        assert result.failed <= result.on


def test_nothing_applies_to_an_empty_declaration() -> None:
    outcomes = {rule: result.outcome for rule, result in ledger(DepartmentOverall()).items()}
    assert {rule for rule, outcome in outcomes.items() if outcome != "not-applicable"} == {"F1", "F2"}
    assert (outcomes["F1"], outcomes["F2"]) == ("no-data", "no-data")


def test_a_passed_rule_tells_how_many_things_it_looked_at() -> None:
    assert (ledger(form())["B8"].outcome, ledger(form())["B8"].on, ledger(form())["B8"].failed) == (
        "passed",
        6,
        0,
    )


def test_a_failed_rule_counts_what_failed() -> None:
    result = ledger(form(annual=row(target=None)))["B8"]
    assert (result.outcome, result.on, result.failed) == ("failed", 6, 1)


def test_a_project_without_its_budget_is_no_data() -> None:
    data = form(budget=special("64"), projects=(project("23", "23"), project(None, None)))
    assert (ledger(data)["A4"].outcome, ledger(data)["A5"].outcome) == ("no-data", "passed")


def test_a_projects_form_is_asked_every_rule_and_those_of_a_budget_do_not_apply() -> None:
    indicator = AnnualIndicator(
        level1="产出指标", level2="数量指标", level3="普法场次", target=text_to_value("≥60场")
    )
    data = ProjectDeclaration(
        project="普法经费",
        category="延续性项目",
        content="普法",
        total_budget=Decimal(24),
        annual_budget=Decimal(25),
        annual=ProjectAnnualGoals(goals=("普法60场",), indicators=(indicator,)),
    )
    results = ledger(data)
    assert list(results) == [rule for rule, _ in RULES]
    assert {results[rule].outcome for rule in ("A1", "A2", "A3", "A4", "A6", "A8", "A9")} == {
        "not-applicable"
    }
    assert (results["A5"].outcome, results["B1"].outcome, results["B10"].outcome) == (
        "failed",
        "passed",
        "passed",
    )
    assert paths(data, "annual-over-total") == {"/annual_budget", "/total_budget"}
