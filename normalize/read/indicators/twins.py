"""Which rows of the two horizons are the same indicator: by catalogue entry, own ones by name, order and level 2."""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz.distance import Levenshtein

from normalize.table.logical_rows import LogicalRow
from normalize.text.fold import skeleton

_ALONE_CHARACTERS = 3.0
"""Price of leaving a row without a twin: as much as this many changed characters of its name."""
_BLANK_NAME_CHARACTERS = 2.0
"""Price of pairing a row whose name is blank: less than leaving it alone, for its place in the order speaks for it."""
_LEAST_CONTAINED = 3
"""A name of at least so many characters that stands within another one is the same, read in part."""
_OTHER_LEVEL_CHARACTERS = 1.0
"""Price of pairing rows of different levels 1 and 2."""


def pair_rows(long: Sequence[LogicalRow], annual: Sequence[LogicalRow]) -> tuple[tuple[int, int], ...]:
    """Pairs (long index, annual index), both in order; every row at most once."""
    pairs = _pair_entries(long, annual)
    free_long = [i for i, row in enumerate(long) if row.state.own]
    free_annual = [j for j, row in enumerate(annual) if row.state.own]
    pairs += _pair_own(long, annual, free_long, free_annual)
    return tuple(sorted(pairs))


def _pair_entries(long: Sequence[LogicalRow], annual: Sequence[LogicalRow]) -> list[tuple[int, int]]:
    first: dict[str, int] = {}
    for j, row in enumerate(annual):
        if not row.state.own:
            first.setdefault(row.state.entry.code, j)
    pairs = []
    for i, row in enumerate(long):
        if not row.state.own and row.state.entry.code in first:
            pairs.append((i, first.pop(row.state.entry.code)))
    return pairs


def _pair_own(
    long: Sequence[LogicalRow], annual: Sequence[LogicalRow], left: list[int], right: list[int]
) -> list[tuple[int, int]]:
    """Order-preserving alignment of the own rows: least changed characters."""
    n, m = len(left), len(right)
    cost = [[0.0] * (m + 1) for _ in range(n + 1)]
    for i in range(n, -1, -1):
        for j in range(m, -1, -1):
            if i < n and j < m:
                together = _unlike(long[left[i]], annual[right[j]]) + cost[i + 1][j + 1]
                cost[i][j] = min(
                    together, _ALONE_CHARACTERS + cost[i + 1][j], _ALONE_CHARACTERS + cost[i][j + 1]
                )
            else:
                cost[i][j] = _ALONE_CHARACTERS * (n - i + m - j)
    pairs, i, j = [], 0, 0
    while i < n and j < m:
        together = _unlike(long[left[i]], annual[right[j]]) + cost[i + 1][j + 1]
        apart = (_ALONE_CHARACTERS + cost[i + 1][j], _ALONE_CHARACTERS + cost[i][j + 1])
        if together <= min(apart):
            pairs.append((left[i], right[j]))
            i, j = i + 1, j + 1
        elif apart[0] <= apart[1]:
            i += 1
        else:
            j += 1
    return pairs


def _unlike(one: LogicalRow, other: LogicalRow) -> float:
    """Price of pairing two rows, in changed characters of the name."""
    a, b = (skeleton(row.fields["level3"].text) if "level3" in row.fields else "" for row in (one, other))
    same = (one.state.level1, one.state.level2) == (other.state.level1, other.state.level2)
    elsewhere = 0.0 if same else _OTHER_LEVEL_CHARACTERS
    if not a or not b:
        return _BLANK_NAME_CHARACTERS + 2 * elsewhere
    changed = Levenshtein.distance(a, b)
    contained = min(len(a), len(b)) >= _LEAST_CONTAINED and (a in b or b in a)
    if changed > max(1, min(len(a), len(b)) // 3) and not contained:
        return 2 * _ALONE_CHARACTERS + 1.0
    return min(changed, 2 * _ALONE_CHARACTERS - 1.0) + elsewhere
