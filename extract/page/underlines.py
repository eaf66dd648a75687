"""Lines under and through words, which are no borders: in a narrow cell one reaches from wall to wall like a border."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from extract.page.ruling import Line, pieces_to_lines
from models.page import Char, Page, Rule

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
    walls = sorted(rule.at for rule in page.rules if rule.axis == "vertical")
    doubtful = [
        rule
        for rule in page.rules
        if rule.axis == "horizontal" and not (_near(rule.start, walls) and _near(rule.end, walls))
    ]
    if not doubtful:
        return Strokes(page.rules)
    chars = sorted((char for char in page.chars if char.text != " "), key=lambda char: char.box.bottom)
    bottoms = [char.box.bottom for char in chars]
    most = max((char.size for char in chars), default=0.0)
    dropped: set[Rule] = set()
    struck: set[int] = set()
    for rule in doubtful:
        near = chars[
            bisect_left(bottoms, rule.at - _BELOW_SIZES * most) : bisect_left(bottoms, rule.at + most)
        ]
        if _underlines(rule, near):
            dropped.add(rule)
        elif through := _struck(rule, near):
            dropped.add(rule)
            struck.update(map(id, through))
    kept = tuple(rule for rule in page.rules if rule not in dropped) if dropped else page.rules
    return Strokes(kept, frozenset(struck))


def _near(x: float, walls: Sequence[float]) -> bool:
    place = bisect_left(walls, x - _TOUCHES_PT)
    return place < len(walls) and walls[place] <= x + _TOUCHES_PT


def _underlines(rule: Rule, chars: Sequence[Char]) -> bool:
    above = [c for c in chars if -_ABOVE_SIZES * c.size <= rule.at - c.box.bottom <= _BELOW_SIZES * c.size]
    # the box of a slanted character is wider than what is underlined
    ends = (min(c.box.x1, c.box.x0 + c.size) for c in above)
    return any(abs(c.box.x0 - rule.start) <= _TOUCHES_PT for c in above) and any(
        abs(end - rule.end) <= _TOUCHES_PT for end in ends
    )


def _struck(rule: Rule, chars: Sequence[Char]) -> list[Char]:
    """The characters that a rule runs through, if it reaches no further than they do."""
    through = [c for c in chars if not c.turn and _runs_through(rule, c)]
    if not through:
        return []
    reach = _STRIKE_REACH_SIZES * through[0].size
    left, right = min(c.box.x0 for c in through), max(c.box.x1 for c in through)
    return through if left - rule.start <= reach and rule.end - right <= reach else []


def _runs_through(rule: Rule, char: Char) -> bool:
    depth = rule.at - char.box.top
    shared = min(rule.end, char.box.x1) - max(rule.start, char.box.x0)
    level = _HIGHEST_STRIKE_SIZES * char.size <= depth <= _LOWEST_STRIKE_SIZES * char.size
    return level and shared >= _STRUCK_SHARE * char.box.width


def drawn_across(page: Page) -> list[Line]:
    """The horizontal lines drawn on a page, without those under or through words."""
    rules = page_to_strokes(page).rules
    return pieces_to_lines(Line(r.at, r.start, r.end) for r in rules if r.axis == "horizontal")
