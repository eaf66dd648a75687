"""Totals and shares as an error-correcting code: where one way to reread figures makes all equations hold, they are repaired.

What a figure could also say comes from its picture, where there is one, or else from the ways a text is misread. Figures
that are the file's own characters are never changed: there a broken equation is the clerk's.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from models.declaration import Budget, BudgetLine
from models.finding import Evidence, Finding
from normalize.channel.picture_evidence import beams
from normalize.check.equations import Equation, Figures, budget_to_equations, budget_to_figures
from normalize.notes.notes import Notebook, Notes, Read
from normalize.text.cell_values import text_to_amount

_MISREAD_NATS = 5.0
"""Price of any one edit of a text."""
_LIMIT_NATS = 6.0
"""A solution that costs more is none: it may be an accident of the figures."""
_GAP_NATS = 2.0
"""A solution is taken only where the next one costs at least this much more."""
_MOST_CHANGES = 3
"""No solution rereads more figures than this."""
_BEAMS = 20
"""Readings of a figure's picture that are tried."""
_SOLVED_CONFIDENCE = 0.99
"""Confidence of a figure that the equations leave no choice."""
_SPEAKING_EQUATIONS = 2
"""A changed figure must stand in at least this many equations that hold: one alone could be satisfied by almost any."""
_LONGEST_FIGURE = 16
"""Characters of a text beyond which no edit is tried."""

_Options = Mapping[str, tuple[tuple[float, Decimal], ...]]
"""For each figure what else it could say: (price in nats, value), cheapest first."""


@dataclass(frozen=True, slots=True)
class Solution:
    """Figures to reread so that every equation holds, and the price of having misread them."""

    cost: float
    changes: tuple[tuple[str, Decimal], ...]


def check_budget(budget: Budget, unparsed: Sequence[Finding], notes: Notes) -> Read[Budget]:
    """The budget with misread figures repaired where that is certain; equations that do not hold become findings.

    `unparsed` are the findings on figures that were read and are none: each stands unless the equations tell the figure.
    `notes` say where the figures were read. The notes returned come on top of them, evidence that is surer replaces theirs.
    """
    book = Notebook()
    figures = budget_to_figures(budget, notes.evidence)
    equations = tuple(budget_to_equations(budget))
    broken = [e for e in equations if e.fails(figures)]
    solutions = _solutions(figures, equations, notes) if broken or figures.unread else []
    clear = bool(solutions) and solutions[0].cost + _GAP_NATS <= min(
        (s.cost for s in solutions[1:]), default=math.inf
    )
    changes = dict(solutions[0].changes) if clear else {}
    book.add_findings(finding for finding in unparsed if finding.path not in changes)
    for path, value in changes.items():
        book.add(_note_repair(path, figures.get(path), value, equations, notes))
        budget = _with_figure(budget, path, value)
    if clear or not (broken or figures.unread):
        book.add(_confirm(budget_to_figures(budget), equations, notes))
        return Read(budget, book.notes())
    for path, value in dict.fromkeys(change for solution in solutions for change in solution.changes):
        message = f"改为 {_plain(value)} 可使各等式成立，但不是唯一的改法，未改动，请核对"
        book.add_finding("ambiguous-digit", path, message, category="arithmetic", expected=_plain(value))
    for equation in broken:
        book.add(_note_broken(equation, figures, bool(solutions)))
    for equation in equations:
        book.add(_note_unchecked(equation, figures, notes))
    return Read(budget, book.notes())


def _solutions(figures: Figures, equations: tuple[Equation, ...], notes: Notes) -> list[Solution]:
    """Every solution within `_LIMIT_NATS` and `_GAP_NATS`, cheapest first; unread figures must be given a value."""
    unread = tuple(path for path in figures.values if path in figures.unread)
    options = {path: tuple(_options(path, old, notes)) for path, old in figures.values.items()}
    found = {
        solution.changes: solution
        for solution in _search(figures, equations, unread, options, Solution(0.0, ()))
        if all(_speaking(path, figures, solution, equations) for path, _ in solution.changes)
    }
    return sorted(found.values(), key=lambda solution: (solution.cost, solution.changes))


def _search(
    figures: Figures,
    equations: tuple[Equation, ...],
    unread: tuple[str, ...],
    options: _Options,
    so_far: Solution,
) -> Iterator[Solution]:
    """Change one figure of the first equation that fails (or one not read), then go on."""
    changed = {path for path, _ in so_far.changes}
    failing = next((e for e in equations if e.fails(figures)), None)
    candidates = unread[:1] or (failing.paths if failing else ())
    if not candidates:
        if so_far.changes:
            yield Solution(so_far.cost, tuple(sorted(so_far.changes)))
        return
    if len(changed) == _MOST_CHANGES:
        return
    for path in dict.fromkeys(candidates):
        if path in changed:
            continue
        for price, value in options[path]:
            if so_far.cost + price > _LIMIT_NATS:
                break
            step = Solution(so_far.cost + price, (*so_far.changes, (path, value)))
            yield from _search(figures.having(path, value), equations, unread[1:], options, step)


def _confirm(figures: Figures, equations: tuple[Equation, ...], notes: Notes) -> Notes:
    """Where the equations leave a figure no other reading than the one they hold with, it is sure."""
    surer: dict[str, Evidence] = {}
    for path, value in figures.values.items():
        mine = [e for e in equations if path in e.paths and e.check(figures) is True]
        seen = notes.evidence.get(path)
        if value is None or not mine or seen is None or seen.confidence >= _SOLVED_CONFIDENCE:
            continue
        others = [
            math.exp(-price)
            for price, other in _options(path, value, notes)
            if not any(e.fails(figures.having(path, other)) for e in mine)
        ]
        known = round(min(_SOLVED_CONFIDENCE, 1 / (1 + sum(others))), 2)
        if known > seen.confidence:
            surer[path] = seen.model_copy(update={"confidence": known})
    return Notes(evidence=surer)


def _speaking(path: str, figures: Figures, solution: Solution, equations: tuple[Equation, ...]) -> bool:
    trial = figures
    for changed, value in solution.changes:
        trial = trial.having(changed, value)
    return sum(e.check(trial) is True for e in equations if path in e.paths) >= _SPEAKING_EQUATIONS


def _options(path: str, old: Decimal | None, notes: Notes) -> Iterator[tuple[float, Decimal]]:
    """What the figure at `path` could say beside `old`, with its price, cheapest first."""
    slots = notes.slots.get(path, ())
    if len(slots) != 1 or slots[0].exact:
        return
    posteriors = slots[0].posteriors
    if posteriors is None:
        yield from ((_MISREAD_NATS, value) for value in sorted(set(_edits(slots[0].raw, old))))
        return
    readings = beams(posteriors, _BEAMS)
    best: dict[Decimal, float] = {}
    for text, log in readings:
        value = text_to_amount(text.rstrip("%")) if path.endswith("/share") else text_to_amount(text)
        if value is not None and value != old:
            best.setdefault(value, readings[0][1] - log)
    yield from sorted((price, value) for value, price in best.items())


def _edits(text: str, old: Decimal | None) -> Iterator[Decimal]:
    """One digit changed, one stray character dropped or read as a digit, a decimal point set, moved or removed."""
    text = text.strip().replace(" ", "").replace(",", "").replace("，", "").rstrip("%")
    strays = [i for i, c in enumerate(text) if not (c.isdigit() or c in ".-")]
    if len(strays) > 1 or len(text) > _LONGEST_FIGURE:
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
) -> Notes:
    book = Notebook()
    agree = "、".join(dict.fromkeys(e.name for e in equations if path in e.paths))
    read = notes.evidence[path].text if path in notes.evidence else None
    before = read if old is None else _plain(old)
    book.add_repair(
        path, "digit", before, _plain(value), f"唯一使各等式成立的改法：{agree}", _SOLVED_CONFIDENCE
    )
    return book.notes()


def _note_unchecked(equation: Equation, figures: Figures, notes: Notes) -> Notes:
    """A total beside which a figure was not read: its sum is unknown. Shares are not told besides their amounts."""
    book = Notebook()
    unread = [path for path in equation.paths if path in figures.unread]
    if unread and equation.rule != "A3":
        which = "、".join(f"“{notes.evidence[path].text}”" for path in unread)
        message = f"{equation.name}未能核对：{which}未读出"
        book.add_finding("sum-unchecked", equation.total, message, category="arithmetic")
    return book.notes()


def _note_broken(equation: Equation, figures: Figures, located: bool) -> Notes:
    book = Notebook()
    expected = equation.expected(figures)
    wanted = _plain(expected) if expected is not None else None
    actual = figures.get(equation.total)
    printed = _plain(actual) if actual is not None else "空"
    message = f"{equation.name}：{printed} ≠ 应为 {wanted or '?'}"
    paths = [equation.total] if located else [p for p in equation.paths if figures.get(p) is not None]
    for path in dict.fromkeys([equation.total, *paths]):
        book.add_finding(equation.code, path, message, "error", "arithmetic", wanted, printed)
    return book.notes()


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
