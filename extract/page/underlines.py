"""Lines under words, which are no borders: in a narrow cell one reaches from wall to wall like a border."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from extract.page.ruling import Line, pieces_to_lines
from models.page import Char, Page, Rule

_TOUCHES_PT = 0.5
"""A line ends at a wall, or begins and ends with a character, when it does so within this many points."""
_BELOW_SIZES = 0.15
"""An underline lies at most this share of the type size below a character's box."""
_ABOVE_SIZES = 0.35
"""An underline lies at most this share of the type size above the lower edge of a character's box."""


def without_underlines(page: Page) -> tuple[Rule, ...]:
    """The rules of `page` without the horizontal ones that begin and end with characters just above them.

    What ends at walls on both sides is a border, wherever the characters stand.
    """
    walls = sorted(rule.at for rule in page.rules if rule.axis == "vertical")
    doubtful = {
        rule
        for rule in page.rules
        if rule.axis == "horizontal" and not (_near(rule.start, walls) and _near(rule.end, walls))
    }
    if not doubtful:
        return page.rules
    chars = sorted((char for char in page.chars if char.text != " "), key=lambda char: char.box.bottom)
    bottoms = [char.box.bottom for char in chars]
    most = max((char.size for char in chars), default=0.0)
    under = {
        rule
        for rule in doubtful
        if _underlines(
            rule,
            chars[
                bisect_left(bottoms, rule.at - _BELOW_SIZES * most) : bisect_left(
                    bottoms, rule.at + _ABOVE_SIZES * most
                )
            ],
        )
    }
    return tuple(rule for rule in page.rules if rule not in under)


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


def drawn_across(page: Page) -> list[Line]:
    """The horizontal lines drawn on a page, underlines left out."""
    return pieces_to_lines(
        Line(r.at, r.start, r.end) for r in without_underlines(page) if r.axis == "horizontal"
    )
