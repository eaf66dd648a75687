"""What a reader or a typist does to a text, character by character.

Prices are −ln of the frequency of events: a reader misreads about one character in a hundred, nine times in ten
as one of its look-alikes; a typist slips about once in three hundred texts, into a same-sounding character.
"""

from __future__ import annotations

import csv
import math
from functools import cache, lru_cache
from importlib.resources import files

MISREAD = 4.7
"""−ln P(a character is misread at all)."""
UNLIKELY = 11.0
"""Extra price of a misreading that no table explains: one in ten, spread over some six thousand characters."""
INSERTED = 18.5
"""A character that is not on the paper: a stray, any of thousands."""
DROPPED = 8.5
DROPPED_MORE = 8.0
"""Every further character of one dropped run."""
SLIP = 5.7
"""−ln P(a typist slips somewhere in a text)."""
WRONG_KEY = 9.0
"""Extra price of a slip that does not sound like what was meant."""
IMPOSSIBLE = 60.0
_SPREAD = math.log(3.8)  # normalises 1/rank over two dozen look-alikes


@cache
def lookalikes() -> dict[str, tuple[str, str]]:
    """Character → what a reader takes it for, by shape, and what sounds like it; the most usual first."""
    text = files("normalize").joinpath("data", "channel", "confusions.csv").read_text("utf-8")
    rows = csv.reader(text.splitlines())
    next(rows)
    return {char: (shape, sound) for char, shape, sound in rows}


def substitution(seen: str, true: str) -> float:
    """−ln P(a reader sees `seen` where `true` is printed), for two different characters."""
    shape, sound = lookalikes().get(true, ("", ""))
    rank = shape.find(seen)
    if rank < 0:
        inverse = lookalikes().get(seen, ("", ""))[0].find(true)
        rank = 2 * inverse + 4 if inverse >= 0 else -1
    if rank >= 0:
        return MISREAD + 0.1 + _SPREAD + math.log(rank + 1)
    if seen in sound:
        return MISREAD + UNLIKELY - 3
    return MISREAD + UNLIKELY


def is_lookalike(seen: str, true: str) -> bool:
    """Whether the table of shapes knows this misreading."""
    return substitution(seen, true) < MISREAD + UNLIKELY - 3


@lru_cache(maxsize=65536)
def misreading(seen: str, true: str) -> float:
    """−ln P(`seen` | `true`) of an independent reader: a weighted edit distance, 0 for equal texts.

    >>> misreading("服务型政府建没", "服务型政府建设") < misreading("服务型单位建设", "服务型政府建设")
    True
    """
    seen, true = _core(seen, true)
    if abs(len(seen) - len(true)) > 12 or max(len(seen), len(true)) > 80:
        return IMPOSSIBLE
    return min(IMPOSSIBLE, _edit(seen, true))


def _core(seen: str, true: str) -> tuple[str, str]:
    """Both texts without their common beginning and end, which cost nothing."""
    start = 0
    while start < min(len(seen), len(true)) and seen[start] == true[start]:
        start += 1
    seen, true = seen[start:], true[start:]
    end = 0
    while end < min(len(seen), len(true)) and seen[-1 - end] == true[-1 - end]:
        end += 1
    return seen[: len(seen) - end], true[: len(true) - end]


def _edit(seen: str, true: str) -> float:
    """Affine in dropped characters; rows run over `true`."""
    inf = math.inf
    matched = [INSERTED * j for j in range(len(seen) + 1)]
    dropping = [inf] * (len(seen) + 1)
    for char in true:
        fresh, gap = [inf] * (len(seen) + 1), [inf] * (len(seen) + 1)
        for j in range(len(seen) + 1):
            gap[j] = min(matched[j] + DROPPED, dropping[j] + DROPPED_MORE)
            best = gap[j]
            if j:
                same = seen[j - 1] == char
                diagonal = matched[j - 1] + (0.0 if same else substitution(seen[j - 1], char))
                best = min(best, diagonal, fresh[j - 1] + INSERTED)
            fresh[j] = best
        matched, dropping = fresh, gap
    return matched[-1]


@lru_cache(maxsize=16384)
def slip(typed: str, meant: str) -> float:
    """−ln P(a clerk typed `typed` for `meant`): characters replaced, as a rule by same-sounding ones."""
    if len(typed) != len(meant) or typed == meant:
        return 0.0 if typed == meant else IMPOSSIBLE
    cost = SLIP + math.log(len(meant))
    for wrong, right in zip(typed, meant, strict=True):
        if wrong != right:
            rank = lookalikes().get(right, ("", ""))[1].find(wrong)
            cost += 0.5 * math.log(rank + 1) + 0.5 if rank >= 0 else WRONG_KEY
    return cost + 6.0 * (sum(a != b for a, b in zip(typed, meant, strict=True)) - 1)


@lru_cache(maxsize=65536)
def misread_or_slipped(seen: str, true: str) -> float:
    """−ln P(`seen` | `true`) of the likelier of the two: a reader's errors, or a typist's slip."""
    return min(misreading(seen, true), slip(seen, true))
