"""The data of a declaration: what a department tells the finance bureau, values only.

`None` means "blank on the form or not read"; it is never zero and never an empty text.
"""

from __future__ import annotations

from collections.abc import Mapping
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
    """An indicator's value. A qualitative one has only `text`; keys that do not apply are left out.

    A range has `lower` and `upper` instead of `number`; both and `number` are in `unit`. `by` is a day that the value
    sets as the limit. `remark` is what stands beside the value without changing it: （含）, 且无投诉.
    """

    text: str
    comparator: Comparator | None = None
    number: Number | None = None
    lower: Number | None = None
    upper: Number | None = None
    approximate: bool | None = None
    unit: str | None = None
    per: str | None = None
    by: Date | None = None
    remark: str | None = None
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
    """Income and expenditure of a department, in the form's money unit; `history_years` are the two that the form names.

    `total` is the one figure of a form that prints no more.
    """

    history_years: tuple[Year, ...] = ()
    income: tuple[BudgetLine, ...] = ()
    expenditure: tuple[BudgetLine, ...] = ()
    total: Number | None = None


class Project(Noun):
    """One project row; budgets in the form's money unit."""

    name: str | None = None
    category: str | None = None
    total_budget: Number | None = None
    annual_budget: Number | None = None
    purpose: str | None = None


class Indicator(Noun):
    """One indicator row. `code` is the catalogue's, `None` for a department's own indicator.

    Every field after `category` is `None` where the form does not print it: the weight, 指标解释, 评（扣）分标准,
    数据来源, 备注, 是否核心. `extra` holds any other column under its printed heading.
    """

    level1: str | None = None
    level2: str | None = None
    level3: str | None = None
    code: str | None = None
    target: Value | None = None
    basis: str | None = None
    category: str | None = None
    weight: Number | None = None
    explanation: str | None = None
    scoring: str | None = None
    source: str | None = None
    remark: str | None = None
    core: bool | None = None
    extra: Mapping[str, str] = Field(default_factory=dict)


class History(Noun):
    """What an indicator came to in the two years before the budget year."""

    year_before_last: Value | None = None
    last_year: Value | None = None


class AnnualIndicator(Indicator):
    """An indicator of the annual table, which shows the past years beside the target."""

    history: History = History()


class LongTerm(Noun):
    """The long-term part of a department's form, of the years `from_year` to `until_year`."""

    from_year: Year | None = None
    until_year: Year | None = None
    summary: str | None = None
    goals: tuple[str, ...] = ()
    indicators: tuple[Indicator, ...] = ()


class Annual(Noun):
    """The part of a department's form for the budget year."""

    summary: str | None = None
    goals: tuple[str, ...] = ()
    indicators: tuple[AnnualIndicator, ...] = ()


class MainTask(Noun):
    """One of 年度主要任务, of forms that print it instead of 年度工作任务 and 项目支出情况; amounts in the form's unit.

    `fiscal` is the part of `amount` from 财政拨款, `other` the part from other money.
    """

    name: str | None = None
    content: str | None = None
    amount: Number | None = None
    fiscal: Number | None = None
    other: Number | None = None


class PrintedField(Noun):
    """A label with its answer that the form prints and no other field is for."""

    label: str
    text: str


class DepartmentOverall(Noun):
    """部门整体绩效目标申报表. `department_code` is the code of `[015001]名称`; `other` has what no field is for."""

    title: str | None = None
    filled_on: Date | None = None
    money_unit: str | None = None
    department: str | None = None
    department_code: str | None = None
    preparer: str | None = None
    phone: str | None = None
    budget_year: Year | None = None
    budget: Budget = Budget()
    functions: tuple[str, ...] = ()
    annual_tasks: tuple[str, ...] = ()
    projects: tuple[Project, ...] = ()
    tasks: tuple[MainTask, ...] = ()
    long_term: LongTerm = LongTerm()
    annual: Annual = Annual()
    other: tuple[PrintedField, ...] = ()


class FundingSource(Noun):
    """One source of a project's money: for the whole period, and for the year where that is printed apart."""

    item: str
    amount: Number | None = None
    annual_amount: Number | None = None


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
    """项目支出绩效目标申报表. A field that a layout does not print is `None`; `other` has what no field is for."""

    title: str | None = None
    filled_on: Date | None = None
    money_unit: str | None = None
    budget_year: Year | None = None
    project: str | None = None
    project_code: str | None = None
    department: str | None = None
    department_code: str | None = None
    unit: str | None = None
    unit_code: str | None = None
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
    other: tuple[PrintedField, ...] = ()


Declaration = DepartmentOverall | ProjectDeclaration
"""The data of a form of any kind."""
