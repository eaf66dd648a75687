"""What the review rules share: what they look at, how they answer, and which rows they walk over.

A rule walks over the things of a form that it is about and answers for each: right, wrong, or not to be told because
what it needs is blank or was not read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from models.declaration import AnnualIndicator, Budget, Declaration, DepartmentOverall, Indicator
from models.finding import Evidence, Finding, Repair
from normalize.form.catalogue import Catalogue
from normalize.form.twins import IndicatorName, pair_names

HORIZONS = (("long_term", "长期"), ("annual", "年度"))


@dataclass(frozen=True, slots=True)
class Examined:
    """A declaration that was read, with what the readers noted about it and the catalogue of its layout.

    `printed` are the parts that its form prints (`layout_to_parts`); `None` where nobody knows, and all are asked for.
    """

    data: Declaration
    catalogue: Catalogue
    evidence: Mapping[str, Evidence] = field(default_factory=dict)
    repairs: tuple[Repair, ...] = ()
    findings: tuple[Finding, ...] = ()
    printed: frozenset[str] | None = None

    @property
    def department(self) -> DepartmentOverall | None:
        """The declaration where it is a department's."""
        return self.data if isinstance(self.data, DepartmentOverall) else None

    @property
    def budget(self) -> Budget:
        """The department's budget; a project's form has none."""
        return self.data.budget if isinstance(self.data, DepartmentOverall) else Budget()

    def asks(self, part: str) -> bool:
        """Whether the form has a place for this part, so that it may be asked for."""
        return self.printed is None or part in self.printed

    def is_unread(self, path: str) -> bool:
        """Whether something stands at `path` on the form although the declaration has no value there."""
        return path in self.evidence


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a rule says of one thing. `findings` say why it failed, unless a reader or the arithmetic did already."""

    outcome: Literal["passed", "failed", "no-data"]
    findings: tuple[Finding, ...] = ()


PASSED = Verdict("passed")
NO_DATA = Verdict("no-data")
TOLD = Verdict("failed")
"""A failure that has its finding already."""

RuleCheck = Callable[[Examined], Iterator[Verdict]]


def failed_with(*findings: Finding) -> Verdict:
    """The answer for a thing that breaks the rule, with what is to be said about it."""
    return Verdict("failed", findings)


def indicator_rows(data: Declaration) -> Iterator[tuple[str, Indicator]]:
    """Every indicator of both horizons with its path."""
    for horizon, _ in HORIZONS:
        for n, row in enumerate(getattr(data, horizon).indicators):
            yield f"/{horizon}/indicators/{n}", row


def twin_rows(data: Declaration) -> Iterator[tuple[str, Indicator, str, AnnualIndicator]]:
    """The rows of both horizons that are the same indicator: (long path, long row, annual path, annual row)."""
    long, annual = data.long_term.indicators, data.annual.indicators
    for i, j in pair_names([_row_to_name(row) for row in long], [_row_to_name(row) for row in annual]):
        yield f"/long_term/indicators/{i}", long[i], f"/annual/indicators/{j}", annual[j]


def _row_to_name(row: Indicator) -> IndicatorName:
    return IndicatorName(row.code, row.level1, row.level2, row.level3)
