"""Which rows of the two horizons are the same indicator: by catalogue entry, own ones by name, order and level 2.

The reader of the indicator tables and the checks of what was read pair rows by this one definition.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import Levenshtein

from normalize.form.catalogue import NUMBER_MARK
from normalize.text.fold import skeleton

_ALONE = 3.0
"""Price of leaving a row without a twin, in changed characters of a name."""
_OTHER_LEVEL = 1.0
"""Price of standing under another level 2, in changed characters."""
_NAMELESS = 2.0
"""Price of pairing a row whose name is blank, in changed characters; twice that under another level 2."""

_UNCHANGED_CHARACTERS = 3
"""Names are too different when more than one character in three of the shorter one is changed."""
_SHORTEST_PART_CHARACTERS = 3
"""A name of at least three characters that is part of the other one may be the same however much the other adds."""
_NUMBER = re.compile(rf"(?:{re.escape(NUMBER_MARK)}|[\d一二三四五六七八九十]+)$")


@dataclass(frozen=True, slots=True)
class IndicatorName:
    """What tells which indicator a row is. `entry` is the catalogue's code, `None` for a department's own indicator."""

    entry: str | None
    level1: str | None
    level2: str | None
    level3: str | None


def pair_names(long: Sequence[IndicatorName], annual: Sequence[IndicatorName]) -> tuple[tuple[int, int], ...]:
    """Pairs (long index, annual index), both in order; every row at most once."""
    return _pair_names(tuple(long), tuple(annual))


@lru_cache(maxsize=64)  # the reader of the tables and every rule on twins ask for the same form's
def _pair_names(
    long: tuple[IndicatorName, ...], annual: tuple[IndicatorName, ...]
) -> tuple[tuple[int, int], ...]:
    pairs = _pair_entries(long, annual)
    free_long = [i for i, row in enumerate(long) if row.entry is None]
    free_annual = [j for j, row in enumerate(annual) if row.entry is None]
    pairs += _pair_own(long, annual, free_long, free_annual)
    return tuple(sorted(pairs))


def _pair_entries(long: Sequence[IndicatorName], annual: Sequence[IndicatorName]) -> list[tuple[int, int]]:
    first: dict[str, int] = {}
    for j, row in enumerate(annual):
        if row.entry is not None:
            first.setdefault(row.entry, j)
    return [(i, first.pop(row.entry)) for i, row in enumerate(long) if row.entry in first]


def _pair_own(
    long: Sequence[IndicatorName], annual: Sequence[IndicatorName], left: list[int], right: list[int]
) -> list[tuple[int, int]]:
    """Order-preserving alignment of the own rows: least changed characters."""
    n, m = len(left), len(right)
    unlike = [[_unlike(long[i], annual[j]) for j in right] for i in left]
    cost = [[0.0] * (m + 1) for _ in range(n + 1)]
    for i in range(n, -1, -1):
        for j in range(m, -1, -1):
            if i < n and j < m:
                together = unlike[i][j] + cost[i + 1][j + 1]
                cost[i][j] = min(together, _ALONE + cost[i + 1][j], _ALONE + cost[i][j + 1])
            else:
                cost[i][j] = _ALONE * (n - i + m - j)
    pairs, i, j = [], 0, 0
    while i < n and j < m:
        together = unlike[i][j] + cost[i + 1][j + 1]
        apart = (_ALONE + cost[i + 1][j], _ALONE + cost[i][j + 1])
        if together <= min(apart):
            pairs.append((left[i], right[j]))
            i, j = i + 1, j + 1
        elif apart[0] <= apart[1]:
            i += 1
        else:
            j += 1
    return pairs


def _unlike(one: IndicatorName, other: IndicatorName) -> float:
    """Changed characters of the name; a little more under another level 2; a blank name is half known."""
    a, b = skeleton(one.level3 or ""), skeleton(other.level3 or "")
    elsewhere = 0.0 if _levels(one) == _levels(other) else _OTHER_LEVEL
    if not a or not b:
        return _NAMELESS + _NAMELESS * elsewhere
    changed = Levenshtein.distance(a, b)
    shorter = min(len(a), len(b))
    part = shorter >= _SHORTEST_PART_CHARACTERS and (a in b or b in a)
    if changed > max(1, shorter // _UNCHANGED_CHARACTERS) and not part:
        return 2 * _ALONE + 1.0
    return min(changed, 2 * _ALONE - 1.0) + elsewhere


def _levels(name: IndicatorName) -> tuple[str | None, str | None]:
    """Both levels; 核心业务产出1, 核心业务产出2 and the catalogue's 核心业务产出{n} are one."""
    return name.level1, _NUMBER.sub("", name.level2) if name.level2 else None
