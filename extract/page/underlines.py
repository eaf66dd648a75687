"""Lines under and through words, which are no borders: in a narrow cell one reaches from wall to wall like a border."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from extract.page.ruling import Line, intervals_to_pairs, pieces_to_lines
from models.page import Char, Page, Rule

_Floats = NDArray[np.float64]
_Flags = NDArray[np.bool_]

_TOUCHES_PT = 0.5
"""A line ends at a wall, or begins and ends with a character, when it does so within this many points."""
_BELOW_SIZES = 0.15
"""An underline lies at most this share of the type size below a character's box."""
_ABOVE_SIZES = 0.35
"""An underline lies at most this share of the type size above the lower edge of a character's box."""
_HIGHEST_STRIKE_SIZES = 0.3
"""A line that strikes a character out lies at least this share of the type size below its box's upper edge."""
_LOWEST_STRIKE_SIZES = 0.72
"""A line that strikes a character out lies at most this share of the type size below its box's upper edge."""
_STRIKE_REACH_SIZES = 1.0
"""A line that strikes words out reaches at most this many type sizes beyond them."""
_STRUCK_SHARE = 0.6
"""A character is struck out when a line runs through this share of its width."""


@dataclass(frozen=True, slots=True)
class Strokes:
    """The rules of a page without lines under or through words, and the `id`s of the characters struck out."""

    rules: tuple[Rule, ...]
    struck: frozenset[int] = frozenset()


def page_to_strokes(page: Page) -> Strokes:
    """Tells the lines under and through the words of a page from its borders.

    An underline begins and ends with characters just above it; a line through words reaches little further than they
    do. What ends at walls on both sides is a border, wherever the characters stand.
    """
    doubtful = _doubtful(page.rules)
    chars = sorted((char for char in page.chars if char.text != " "), key=lambda char: char.box.bottom)
    if not doubtful or not chars:
        return Strokes(page.rules)
    dropped: set[Rule] = set()
    struck: set[int] = set()
    for rule, words in _under_and_through(doubtful, chars):
        dropped.add(rule)
        struck.update(map(id, words))
    kept = tuple(rule for rule in page.rules if rule not in dropped) if dropped else page.rules
    return Strokes(kept, frozenset(struck))


def _under_and_through(rules: Sequence[Rule], chars: Sequence[Char]) -> Iterator[tuple[Rule, list[Char]]]:
    """The rules that underline characters, sorted by their feet, or run through some, and these."""
    at, starts, ends = np.array([(rule.at, rule.start, rule.end) for rule in rules]).T
    places = np.array([(c.box.x0, c.box.top, c.box.x1, c.box.bottom, c.size, c.turn) for c in chars])
    feet, most = places[:, 3], float(places[:, 4].max())
    firsts = np.searchsorted(feet, at - _BELOW_SIZES * most)
    counts = (np.searchsorted(feet, at + most) - firsts).clip(0)
    for rule, char in intervals_to_pairs(firsts, counts):
        near = at[rule], starts[rule], ends[rule], places[char].T
        begun, ended = (set(rule[touch].tolist()) for touch in _underlined(*near))
        through = _runs_through(*near)
        for n in sorted((begun & ended) | set(rule[through].tolist())):
            words = [] if n in begun & ended else [chars[m] for m in char[through & (rule == n)].tolist()]
            if not words or _reaches_no_further(rules[n], words):
                yield rules[n], words


def _doubtful(rules: Sequence[Rule]) -> list[Rule]:
    """The horizontal rules that do not both begin and end at a wall."""
    across = [rule for rule in rules if rule.axis == "horizontal"]
    walls = np.array(sorted(rule.at for rule in rules if rule.axis == "vertical"))
    ends = np.array([(rule.start, rule.end) for rule in across]).reshape(-1, 2)
    place = np.searchsorted(walls, ends - _TOUCHES_PT)
    near = np.append(walls, np.inf)[place] <= ends + _TOUCHES_PT
    return [across[n] for n in np.flatnonzero(~near.all(axis=1)).tolist()]


def _underlined(at: _Floats, starts: _Floats, ends: _Floats, pairs: _Floats) -> tuple[_Flags, _Flags]:
    """Beside which characters a rule lies as an underline does, and begins, or ends, with them."""
    x0, _, x1, bottom, size, _ = pairs
    above = (at - bottom >= -_ABOVE_SIZES * size) & (at - bottom <= _BELOW_SIZES * size)
    # the box of a slanted character is wider than what is underlined
    right = np.minimum(x1, x0 + size)
    return above & (np.abs(x0 - starts) <= _TOUCHES_PT), above & (np.abs(right - ends) <= _TOUCHES_PT)


def _runs_through(at: _Floats, starts: _Floats, ends: _Floats, pairs: _Floats) -> _Flags:
    x0, top, x1, _, size, turn = pairs
    level = (at - top >= _HIGHEST_STRIKE_SIZES * size) & (at - top <= _LOWEST_STRIKE_SIZES * size)
    shared = np.minimum(ends, x1) - np.maximum(starts, x0)
    through: _Flags = (turn == 0) & level & (shared >= _STRUCK_SHARE * (x1 - x0))
    return through


def _reaches_no_further(rule: Rule, through: Sequence[Char]) -> bool:
    """Whether a rule reaches no further than the characters that it runs through."""
    reach = _STRIKE_REACH_SIZES * through[0].size
    left, right = min(c.box.x0 for c in through), max(c.box.x1 for c in through)
    return left - rule.start <= reach and rule.end - right <= reach


def drawn_across(page: Page) -> list[Line]:
    """The horizontal lines drawn on a page, without those under or through words."""
    rules = page_to_strokes(page).rules
    return pieces_to_lines(Line(r.at, r.start, r.end) for r in rules if r.axis == "horizontal")
