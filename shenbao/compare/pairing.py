"""Which row of one form is which of another: by name, wherever it stands; what is left, by likeness of the names."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from shenbao.compare.printed_rows import PrintedRow

_LIKE = 70.0
"""Likeness of two names (of 100, share of characters in common) from which one is the other reworded. Chosen: of the
forge's indicators of one department no two different ones are that alike."""
_TEXT_LIKE = 50.0
"""The same for whole sentences, of which a rewriting changes more."""
_MOST_COMPARED = 250_000
"""Pairs of names that are held against each other: 500 rows by 500 take a second, and no real list is that long."""
_SENTENCES = ("/functions", "/annual_tasks", "/long_term/goals", "/annual/goals")
"""Lists whose rows are one text each."""


@dataclass(frozen=True, slots=True)
class RowPairs:
    """Rows that are the same one, and those of either side that have no other."""

    both: tuple[tuple[PrintedRow, PrintedRow], ...]
    before: tuple[PrintedRow, ...]
    after: tuple[PrintedRow, ...]


def find_again(before: Sequence[PrintedRow], after: Sequence[PrintedRow]) -> RowPairs:
    """Pair the rows of one list. Of several with one name the first goes with the first."""
    left, right = list(before), list(after)
    pairs = []
    most = max((len(row.names) for row in (*left, *right)), default=0)
    for depth in range(most, 0, -1):
        pairs += _taken(left, right, lambda row, depth=depth: _name(row, depth))  # type: ignore[misc]
    pairs += _likened(left, right)
    order = {row.path: n for n, row in enumerate(before)}
    return RowPairs(tuple(sorted(pairs, key=lambda pair: order[pair[0].path])), tuple(left), tuple(right))


def _name(row: PrintedRow, depth: int) -> str:
    """Its name counted from the least sure one; `""` where it has none so sure."""
    return row.names[-depth] if len(row.names) >= depth else ""


def _taken(
    left: list[PrintedRow], right: list[PrintedRow], name: Callable[[PrintedRow], str]
) -> list[tuple[PrintedRow, PrintedRow]]:
    """The pairs of rows with the same name, which are taken out of both lists."""
    waiting: dict[str, list[PrintedRow]] = {}
    for row in right:
        waiting.setdefault(name(row), []).append(row)
    pairs = []
    for row in list(left):
        key = name(row)
        found = waiting.get(key) if key or row.section == "" else None
        if found:
            other = found.pop(0)
            pairs.append((row, other))
            left.remove(row)
            right.remove(other)
    return pairs


def _likened(left: list[PrintedRow], right: list[PrintedRow]) -> list[tuple[PrintedRow, PrintedRow]]:
    """The pairs of rows that are alike, the likest first; of lists beyond all measure none."""
    if len(left) * len(right) > _MOST_COMPARED:
        return []
    scored = [
        (score, row, other)
        for row in left
        for other in right
        if (score := _likeness(row, other)) >= (_TEXT_LIKE if row.section in _SENTENCES else _LIKE)
    ]
    pairs = []
    for _, row, other in sorted(scored, key=lambda one: -one[0]):
        if row in left and other in right:
            pairs.append((row, other))
            left.remove(row)
            right.remove(other)
    return pairs


def _likeness(row: PrintedRow, other: PrintedRow) -> float:
    """Of the names. A row without one is like nothing: it may be any."""
    if not row.text or not other.text:
        return 0.0
    return fuzz.ratio(row.text, other.text)
