"""What the checks share: their shape, and which rows they walk over."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from models.declaration import AnnualIndicator, DepartmentOverall, Indicator
from models.finding import Finding
from normalize.form.catalogue import Catalogue
from normalize.text.fold import skeleton

Check = Callable[[DepartmentOverall, Catalogue], Iterator[Finding]]
HORIZONS = (("long_term", "长期"), ("annual", "年度"))


def indicator_rows(data: DepartmentOverall) -> Iterator[tuple[str, Indicator]]:
    """Every indicator of both horizons with its path."""
    for horizon, _ in HORIZONS:
        for n, row in enumerate(getattr(data, horizon).indicators):
            yield f"/{horizon}/indicators/{n}", row


def twin_rows(data: DepartmentOverall) -> Iterator[tuple[str, Indicator, str, AnnualIndicator]]:
    """Rows of the same name in both horizons, as (long path, long row, annual path, annual row)."""
    annual = {
        (skeleton(r.level2 or ""), skeleton(r.level3 or "")): n
        for n, r in reversed(list(enumerate(data.annual.indicators)))
    }
    for n, row in enumerate(data.long_term.indicators):
        m = annual.get((skeleton(row.level2 or ""), skeleton(row.level3 or "")))
        if m is not None:
            yield f"/long_term/indicators/{n}", row, f"/annual/indicators/{m}", data.annual.indicators[m]
