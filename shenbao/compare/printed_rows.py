"""A form as rows that can be found again in another one: each list of the form, each row with its name and its fields."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from models.declaration import (
    AnnualIndicator,
    BudgetLine,
    Declaration,
    DepartmentOverall,
    Indicator,
    ProjectDeclaration,
)
from shenbao.compare.sameness import text_to_key
from shenbao.places import BASIS_FIELDS, FRONT_FIELDS, LEVEL_NAMES, MORE_FIELDS


@dataclass(frozen=True, slots=True)
class PrintedRow:
    """A row at `path` of the list `section`, both JSON Pointers; the fields that stand alone make up one row, `""`.

    `names` tell which row it is, the surest first: whoever looks for it in another form tries them in this order.
    `fields` are its values by their pointers below the row; a row that is one text has it under `""`.
    """

    section: str
    path: str
    names: tuple[str, ...]
    fields: Mapping[str, object]

    @property
    def text(self) -> str:
        """What rows that have changed their names are likened by."""
        return self.names[-1] if self.names else ""


def data_to_rows(data: Declaration) -> Iterator[PrintedRow]:
    """Every row of a form, in the form's order."""
    yield _front(data)
    if isinstance(data, DepartmentOverall):
        for side in ("income", "expenditure"):
            yield from _budget_lines(f"/budget/{side}", getattr(data.budget, side), data.budget.history_years)
        yield from _texts("/functions", data.functions)
        yield from _texts("/annual_tasks", data.annual_tasks)
        yield from _nouns(
            "/projects", data.projects, "name", ("category", "total_budget", "annual_budget", "purpose")
        )
        yield from _nouns("/tasks", data.tasks, "name", ("content", "amount", "fiscal", "other"))
    else:
        yield from _nouns("/sources", data.sources, "item", ("amount", "annual_amount"))
    yield from _nouns("/other", data.other, "label", ("text",))
    for horizon in ("long_term", "annual"):
        part = getattr(data, horizon)
        yield from _texts(f"/{horizon}/goals", part.goals)
        yield from _indicators(f"/{horizon}/indicators", part.indicators)


def _front(data: Declaration) -> PrintedRow:
    """The fields that stand alone; the form's title is the layout's and no answer."""
    fields = {f"/{name}": getattr(data, name) for name in FRONT_FIELDS if hasattr(data, name)}
    if isinstance(data, DepartmentOverall):
        fields |= {
            "/budget/total": data.budget.total,
            "/budget/history_years": "、".join(map(str, data.budget.history_years)) or None,
            "/long_term/from_year": data.long_term.from_year,
            "/long_term/until_year": data.long_term.until_year,
            "/long_term/summary": data.long_term.summary,
            "/annual/summary": data.annual.summary,
        }
    elif isinstance(data, ProjectDeclaration) and data.period:
        fields |= {"/period/start": data.period.start, "/period/end": data.period.end}
    return PrintedRow("", "", ("",), fields)


def _budget_lines(section: str, lines: Sequence[BudgetLine], years: Sequence[int]) -> Iterator[PrintedRow]:
    for number, line in enumerate(lines):
        fields: dict[str, object] = {"/amount": line.amount, "/share": _share(line.share)}
        fields |= {f"/history/{at}": amount for at, amount in enumerate(line.history)}
        yield PrintedRow(section, f"{section}/{number}", (text_to_key(line.item),), fields)


def _share(share: str | None) -> object:
    """A share as a number: 76.12% and 76.120 % are one. A blank stays one, and what is no number a text."""
    bare = (share or "").replace("％", "%").rstrip("% ").strip()
    try:
        return Decimal(bare) if bare else None
    except ArithmeticError:
        return share


def _texts(section: str, texts: Sequence[str]) -> Iterator[PrintedRow]:
    for number, text in enumerate(texts):
        yield PrintedRow(section, f"{section}/{number}", (text_to_key(text),), {"": text})


def _nouns(section: str, nouns: Sequence[object], name: str, fields: Sequence[str]) -> Iterator[PrintedRow]:
    for number, noun in enumerate(nouns):
        values = {f"/{field}": getattr(noun, field) for field in (name, *fields)}
        key = text_to_key(getattr(noun, name) or "")
        yield PrintedRow(section, f"{section}/{number}", (key,), values)


def _indicators(section: str, rows: Sequence[Indicator]) -> Iterator[PrintedRow]:
    for number, row in enumerate(rows):
        fields: dict[str, object] = {f"/{name}": getattr(row, name) for name in LEVEL_NAMES}
        fields["/target"] = row.target
        if isinstance(row, AnnualIndicator):
            fields["/history/year_before_last"] = row.history.year_before_last
            fields["/history/last_year"] = row.history.last_year
        fields |= {f"/{name}": getattr(row, name) for name in (*BASIS_FIELDS, *MORE_FIELDS)}
        fields |= {f"/extra/{heading}": text for heading, text in row.extra.items()}
        yield PrintedRow(section, f"{section}/{number}", _indicator_names(row), fields)


def _indicator_names(row: Indicator) -> tuple[str, ...]:
    """By the catalogue's code; by all three levels; by its own name."""
    levels = [text_to_key(getattr(row, name) or "") for name in LEVEL_NAMES]
    coded = (f"code {row.code}",) if row.code else ()
    return (*coded, " ".join(levels), levels[-1])
