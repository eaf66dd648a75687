"""Totals and shares as an error-correcting code: where one edit of one figure makes all equations hold, it is repaired.

Equations (review rules A1–A3, A6, A7): the items of a side add up to its total, in every column; income equals
expenditure; a share is its amount in per cent of the total, rounded to two decimals. Amounts in the form's unit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from models.declaration import Budget, BudgetLine
from normalize.notes import Notes
from normalize.values import text_to_amount

TOLERANCE = Decimal("0.011")
"""Half a last digit on either side, for amounts of two decimals and for shares."""
TOTAL = "合计"
_SIDES = {"income": "收入", "expenditure": "支出"}
_COLUMNS = {"amount": "当年", "history/0": "前年", "history/1": "上年"}

Figures = Mapping[str, Decimal | None]


@dataclass(frozen=True, slots=True)
class Equation:
    """`check(figures)` is `None` where a figure is missing; `paths` are the figures that it ties together."""

    code: str
    name: str
    paths: tuple[str, ...]
    total: str
    check: Callable[[Figures], bool | None]
    expected: Callable[[Figures], Decimal | None]

    def fails(self, figures: Figures) -> bool:
        return self.check(figures) is False


def check_budget(budget: Budget, notes: Notes) -> Budget:
    """The budget with at most one figure repaired; equations that do not hold are noted as findings."""
    figures = _figures(budget)
    equations = tuple(_equations(budget))
    broken = [e for e in equations if e.fails(figures)]
    unread = [p for p, v in figures.items() if v is None and p in notes.evidence]
    if not broken and not unread:
        return budget
    options = list(_single_edits(figures, equations, unread, broken, notes))
    if len(options) == 1:
        path, value = options[0]
        _note_repair(path, figures[path], value, equations, notes)
        return _with_figure(budget, path, value)
    for path, value in options:
        message = f"改为 {_plain(value)} 可使各等式成立，但不是唯一的改法，未改动，请核对"
        notes.find("ambiguous-digit", path, message, category="arithmetic", expected=_plain(value))
    for equation in broken:
        _note_broken(equation, figures, bool(options), notes)
    return budget


def _figures(budget: Budget) -> dict[str, Decimal | None]:
    figures: dict[str, Decimal | None] = {}
    for side in _SIDES:
        for n, line in enumerate(getattr(budget, side)):
            path = f"/budget/{side}/{n}"
            figures[f"{path}/amount"] = line.amount
            figures[f"{path}/share"] = text_to_amount(line.share.rstrip("%")) if line.share else None
            figures[f"{path}/history/0"], figures[f"{path}/history/1"] = line.history
    return figures


def _equations(budget: Budget) -> Iterator[Equation]:
    totals: dict[str, str] = {}
    for side, name in _SIDES.items():
        lines: tuple[BudgetLine, ...] = getattr(budget, side)
        items = [f"/budget/{side}/{n}" for n, line in enumerate(lines) if line.item != TOTAL]
        total = next((f"/budget/{side}/{n}" for n, line in enumerate(lines) if line.item == TOTAL), None)
        if total is None or not items:
            continue
        totals[side] = total
        for column, year in _COLUMNS.items():
            yield _sum(
                "sum-mismatch", f"{year}{name}合计", [f"{i}/{column}" for i in items], f"{total}/{column}"
            )
        for item in (*items, total):
            yield _share(f"{name}占比", f"{item}/amount", f"{total}/amount", f"{item}/share")
    if len(totals) == 2:
        both = [
            [f"/budget/{s}/{n}" for n, line in enumerate(getattr(budget, s)) if line.item != TOTAL]
            for s in _SIDES
        ]
        for column, year in _COLUMNS.items():
            incomes = [f"{i}/{column}" for i in both[0]]
            expenses = [f"{i}/{column}" for i in both[1]]
            yield _balance(f"{year}收入与支出", incomes, expenses)
        yield _sum(
            "sides-differ",
            "收入合计与支出合计",
            [f"{totals['income']}/amount"],
            f"{totals['expenditure']}/amount",
        )


def _sum(code: str, name: str, parts: list[str], total: str) -> Equation:
    def expected(figures: Figures) -> Decimal | None:
        known = [v for p in parts if (v := figures.get(p)) is not None]
        return sum(known, Decimal()) if known else None

    def check(figures: Figures) -> bool | None:
        whole, value = figures.get(total), expected(figures)
        return None if whole is None or value is None else abs(whole - value) <= TOLERANCE

    return Equation(code, name, (*parts, total), total, check, expected)


def _balance(name: str, incomes: list[str], expenses: list[str]) -> Equation:
    """Income equals expenditure, item by item summed, so that it holds for years without printed totals."""

    def add(figures: Figures, paths: list[str]) -> Decimal | None:
        known = [v for p in paths if (v := figures.get(p)) is not None]
        return sum(known, Decimal()) if known else None

    def check(figures: Figures) -> bool | None:
        left, right = add(figures, incomes), add(figures, expenses)
        return None if left is None or right is None else abs(left - right) <= TOLERANCE

    return Equation(
        "history-mismatch",
        name,
        (*incomes, *expenses),
        expenses[0],
        check,
        lambda figures: add(figures, incomes),
    )


def _share(name: str, amount: str, total: str, share: str) -> Equation:
    def expected(figures: Figures) -> Decimal | None:
        part, whole = figures.get(amount), figures.get(total)
        return round(part / whole * 100, 2) if part is not None and whole else None

    def check(figures: Figures) -> bool | None:
        value, printed = expected(figures), figures.get(share)
        if value is None or printed is None:
            return None
        digits = -int(printed.as_tuple().exponent)
        return abs(value - printed) <= max(TOLERANCE, Decimal(1).scaleb(-digits) * Decimal("0.51"))

    return Equation("share-mismatch", name, (amount, total, share), share, check, expected)


def _single_edits(
    figures: dict[str, Decimal | None],
    equations: tuple[Equation, ...],
    unread: list[str],
    broken: list[Equation],
    notes: Notes,
) -> Iterator[tuple[str, Decimal]]:
    """Every (path, value) one edit away from what was read that makes all equations hold, at least two of them
    speaking for it (one alone could be satisfied by almost any figure)."""
    for path, old in figures.items():
        if unread and path not in unread:
            continue
        if not unread and not all(path in e.paths for e in broken):
            continue
        text = notes.evidence[path].text if path in notes.evidence else ""
        involved = [e for e in equations if path in e.paths]
        for value in sorted(set(_edits(text, old))):
            trial = {**figures, path: value}
            agree = [e.check(trial) for e in involved]
            if False not in agree and agree.count(True) >= 2 and not any(e.fails(trial) for e in equations):
                yield path, value


def _edits(text: str, old: Decimal | None) -> Iterator[Decimal]:
    """One digit changed, one stray character dropped or read as a digit, a decimal point set, moved or removed."""
    text = text.strip().replace(" ", "").replace(",", "").replace("，", "").rstrip("%")
    strays = [i for i, c in enumerate(text) if not (c.isdigit() or c in ".-")]
    if len(strays) > 1 or len(text) > 16:
        return
    texts = [
        text[:i] + d + text[i + 1 :]
        for i in (strays or range(len(text)))
        for d in ("0123456789." if strays else "0123456789")
    ]
    texts += [text[:i] + text[i + 1 :] for i in strays]
    if not strays:
        bare = text.replace(".", "")
        texts += [bare[:i] + "." + bare[i:] for i in range(1, len(bare))] + [bare]
    for candidate in texts:
        value = text_to_amount(candidate)
        if value is not None and value != old:
            yield value


def _note_repair(
    path: str, old: Decimal | None, value: Decimal, equations: tuple[Equation, ...], notes: Notes
) -> None:
    agree = "、".join(dict.fromkeys(e.name for e in equations if path in e.paths))
    before = notes.evidence[path].text if path in notes.evidence else None
    notes.repair(
        path,
        "digit",
        before if old is None else _plain(old),
        _plain(value),
        f"唯一使各等式成立的改法：{agree}",
        0.99,
    )
    unparsed = [f for f in notes.findings if f.path == path and f.code == "unparsed-value"]
    for finding in unparsed:
        notes.findings.remove(finding)


def _note_broken(equation: Equation, figures: Figures, located: bool, notes: Notes) -> None:
    expected = equation.expected(figures)
    actual = figures.get(equation.total)
    printed = _plain(actual) if actual is not None else "空"
    message = f"{equation.name}：{printed} ≠ 应为 {_plain(expected) if expected is not None else '?'}"
    paths = [equation.total] if located else [p for p in equation.paths if figures.get(p) is not None]
    for path in dict.fromkeys([equation.total, *paths]):
        notes.find(
            equation.code,
            path,
            message,
            "error",
            "arithmetic",
            expected=_plain(expected) if expected is not None else None,
            actual=printed,
        )


def _plain(value: Decimal) -> str:
    return format(value, "f")


def _with_figure(budget: Budget, path: str, value: Decimal) -> Budget:
    """The budget with the figure at `path` replaced."""
    _, _, side, row, name, *rest = path.split("/")
    lines = list(getattr(budget, side))
    line: BudgetLine = lines[int(row)]
    if name == "history":
        history = list(line.history)
        history[int(rest[0])] = value
        lines[int(row)] = line.model_copy(update={"history": tuple(history)})
    else:
        lines[int(row)] = line.model_copy(update={name: f"{_plain(value)}%" if name == "share" else value})
    return budget.model_copy(update={side: tuple(lines)})
