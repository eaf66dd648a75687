"""The data of a declaration: what a department tells the finance bureau, values only.

`None` means "blank on the form or not read"; it is never zero and never an empty text.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import (
    BeforeValidator,
    Field,
    SerializationInfo,
    SerializerFunctionWrapHandler,
    model_serializer,
)
from pydantic.json_schema import WithJsonSchema

from models.finding import Noun


def _decimal(value: Any) -> Any:
    return Decimal(value) if type(value) is int else value


Number = Annotated[Decimal, BeforeValidator(_decimal), WithJsonSchema({"type": "number"})]
"""A number with the digits that were printed; never a binary float on the way."""
Year = Annotated[int, Field(ge=1900, le=2999)]
Date = Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$")]
Comparator = Literal[">=", ">", "=", "<", "<="]


class Value(Noun):
    """An indicator's value. A qualitative one has only `text`; keys that do not apply are left out."""

    text: str
    comparator: Comparator | None = None
    number: Number | None = None
    unit: str | None = None
    per: str | None = None
    not_applicable: bool | None = None

    @model_serializer(mode="wrap")
    def _without_nulls(
        self, handler: SerializerFunctionWrapHandler, info: SerializationInfo
    ) -> dict[str, Any]:
        return {key: value for key, value in handler(self).items() if value is not None}


class BudgetLine(Noun):
    """One row of income or expenditure; `history` follows `Budget.history_years`, oldest first."""

    item: str
    amount: Number | None = None
    share: str | None = None
    history: tuple[Number | None, Number | None] = (None, None)


class Budget(Noun):
    """Income and expenditure of a department, in the form's money unit; `history_years` are the two that the form names."""

    history_years: tuple[Year, ...] = ()
    income: tuple[BudgetLine, ...] = ()
    expenditure: tuple[BudgetLine, ...] = ()


class Project(Noun):
    """One project row; budgets in the form's money unit."""

    name: str | None = None
    category: str | None = None
    total_budget: Number | None = None
    annual_budget: Number | None = None
    purpose: str | None = None


class Indicator(Noun):
    """One indicator row. `code` is the catalogue's, `None` for a department's own indicator."""

    level1: str | None = None
    level2: str | None = None
    level3: str | None = None
    code: str | None = None
    target: Value | None = None
    basis: str | None = None
    category: str | None = None


class History(Noun):
    """What an indicator came to in the two years before the budget year."""

    year_before_last: Value | None = None
    last_year: Value | None = None


class AnnualIndicator(Indicator):
    """An indicator of the annual table, which shows the past years beside the target."""

    history: History = History()


class LongTerm(Noun):
    """The long-term part of a department's form, up to `until_year`."""

    until_year: Year | None = None
    summary: str | None = None
    goals: tuple[str, ...] = ()
    indicators: tuple[Indicator, ...] = ()


class Annual(Noun):
    """The part of a department's form for the budget year."""

    summary: str | None = None
    goals: tuple[str, ...] = ()
    indicators: tuple[AnnualIndicator, ...] = ()


class DepartmentOverall(Noun):
    """部门整体绩效目标申报表."""

    title: str | None = None
    filled_on: Date | None = None
    money_unit: str | None = None
    department: str | None = None
    preparer: str | None = None
    phone: str | None = None
    budget_year: Year | None = None
    budget: Budget = Budget()
    functions: tuple[str, ...] = ()
    annual_tasks: tuple[str, ...] = ()
    projects: tuple[Project, ...] = ()
    long_term: LongTerm = LongTerm()
    annual: Annual = Annual()


class FundingSource(Noun):
    """One source of a project's money."""

    item: str
    amount: Number | None = None


class Period(Noun):
    """From when to when a project runs, as printed."""

    start: str | None = None
    end: str | None = None


class ProjectGoals(Noun):
    """The long-term part of a project's form."""

    goals: tuple[str, ...] = ()
    indicators: tuple[Indicator, ...] = ()


class ProjectAnnualGoals(Noun):
    """The part of a project's form for the budget year."""

    goals: tuple[str, ...] = ()
    indicators: tuple[AnnualIndicator, ...] = ()


class ProjectDeclaration(Noun):
    """项目支出绩效目标申报表. A field that a layout does not print is `None`."""

    title: str | None = None
    filled_on: Date | None = None
    money_unit: str | None = None
    budget_year: Year | None = None
    project: str | None = None
    project_code: str | None = None
    department: str | None = None
    unit: str | None = None
    category: str | None = None
    period: Period | None = None
    preparer: str | None = None
    phone: str | None = None
    total_budget: Number | None = None
    annual_budget: Number | None = None
    sources: tuple[FundingSource, ...] = ()
    rationale: str | None = None
    content: str | None = None
    long_term: ProjectGoals = ProjectGoals()
    annual: ProjectAnnualGoals = ProjectAnnualGoals()
