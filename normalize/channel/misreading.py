"""What a reader or a typist does to a text, character by character.

Prices are −ln of the frequency of events: a reader misreads about one character in a hundred, nine times in ten
as one of its look-alikes; a typist slips about once in three hundred texts, into a same-sounding character.
"""

from __future__ import annotations

import csv
import math
from functools import cache, lru_cache
from importlib.resources import files

from normalize.channel.channel_prices import CHANNEL_PRICES
from normalize.channel.own_confusions import own_confusions

_LENGTHS_APART = 12
"""No misreading loses or makes up more characters than this."""
_TOO_LONG = 80
"""Texts that differ in more characters than this are no misreadings of each other; bounds the time."""
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
        return CHANNEL_PRICES.misread + CHANNEL_PRICES.lookalike + _SPREAD + math.log(rank + 1)
    if (seen, true) in own_confusions():
        return CHANNEL_PRICES.misread + CHANNEL_PRICES.learned
    if seen in sound:
        return CHANNEL_PRICES.misread + CHANNEL_PRICES.sounds_alike
    return CHANNEL_PRICES.misread + CHANNEL_PRICES.unlikely


@lru_cache(maxsize=65536)
def misreading(seen: str, true: str) -> float:
    """−ln P(`seen` | `true`) of an independent reader: a weighted edit distance, 0 for equal texts.

    >>> misreading("服务型政府建没", "服务型政府建设") < misreading("服务型单位建设", "服务型政府建设")
    True
    """
    seen, true = _core(seen, true)
    if abs(len(seen) - len(true)) > _LENGTHS_APART or max(len(seen), len(true)) > _TOO_LONG:
        return CHANNEL_PRICES.impossible
    return min(CHANNEL_PRICES.impossible, _edit(seen, true))


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
    inf, inserted = math.inf, CHANNEL_PRICES.inserted
    dropped, dropped_more = CHANNEL_PRICES.dropped, CHANNEL_PRICES.dropped_more
    matched = [inserted * j for j in range(len(seen) + 1)]
    dropping = [inf] * (len(seen) + 1)
    for char in true:
        fresh, gap = [inf] * (len(seen) + 1), [inf] * (len(seen) + 1)
        for j in range(len(seen) + 1):
            gap[j] = min(matched[j] + dropped, dropping[j] + dropped_more)
            best = gap[j]
            if j:
                same = seen[j - 1] == char
                diagonal = matched[j - 1] + (0.0 if same else substitution(seen[j - 1], char))
                best = min(best, diagonal, fresh[j - 1] + inserted)
            fresh[j] = best
        matched, dropping = fresh, gap
    return matched[-1]


@lru_cache(maxsize=16384)
def slip(typed: str, meant: str) -> float:
    """−ln P(a clerk typed `typed` for `meant`): characters replaced, as a rule by same-sounding ones.

    A text in which no character is what was meant or sounds so was not meant: 0 that a copier marred is no 无.
    """
    if len(typed) != len(meant) or typed == meant:
        return 0.0 if typed == meant else CHANNEL_PRICES.impossible
    cost = CHANNEL_PRICES.slip + math.log(len(meant))
    wrong_keys = 0
    for wrong, right in zip(typed, meant, strict=True):
        if wrong != right:
            rank = lookalikes().get(right, ("", ""))[1].find(wrong)
            wrong_keys += rank < 0
            cost += CHANNEL_PRICES.sound * (math.log(rank + 1) + 1) if rank >= 0 else CHANNEL_PRICES.wrong_key
    if wrong_keys == len(meant):
        return CHANNEL_PRICES.impossible
    return cost + CHANNEL_PRICES.slip_more * (sum(a != b for a, b in zip(typed, meant, strict=True)) - 1)


@lru_cache(maxsize=65536)
def misread_or_slipped(seen: str, true: str) -> float:
    """−ln P(`seen` | `true`) of the likelier of the two: a reader's errors, or a typist's slip."""
    return min(misreading(seen, true), slip(seen, true))
