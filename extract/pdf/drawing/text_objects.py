"""Whether the operators of a page's text objects stand in the order in which a writer puts them (ISO 32000-1, 9.4).

A page from which a word or an operator was lost is often content all the same; its text objects then begin or end twice,
or have a place and no words.
"""

from __future__ import annotations

from dataclasses import dataclass

TEXT_OPERATORS = frozenset(("BT", "ET", "Td", "TD", "Tm", "Tj", "TJ", "'", '"'))
"""The operators that are followed: beginnings and ends, places, and words."""
_PLACING = frozenset(("Td", "TD", "Tm"))
_WORDLESS_SHARE = 0.1
"""A writer who leaves more of its text objects, or of its places, than this without words does so by habit."""


@dataclass(slots=True)
class TextObjects:
    """The text objects of a content stream so far: how many had words, how many a place and none, what was out of order;
    how many words were shown, and how many places were given and, without a word, another one.
    """

    worded: int = 0
    wordless: int = 0
    disorder: int = 0
    shown: int = 0
    overruled: int = 0
    _inside: bool = False
    _placed: bool = False
    _shown: bool = False
    _waiting: bool = False
    _stepped: bool = False

    def follow(self, operator: str) -> None:
        """Take the next of `TEXT_OPERATORS`."""
        if operator == "BT":
            self.disorder += self._inside
            self._inside, self._placed, self._shown = True, False, False
            self._waiting = self._stepped = False
        elif operator == "ET":
            self.disorder += not self._inside
            self.worded += self._shown
            self.wordless += self._placed and not self._shown
            self._inside = self._placed = self._shown = False
        elif operator in _PLACING:
            # Td goes on from a place, Tm does not; many writers begin with a Tm that moves nothing
            useless = self._waiting and operator == "Tm" and (self._shown or self._stepped)
            self.overruled += useless
            self._placed = self._waiting = True
            self._stepped = operator != "Tm"
        else:
            self.disorder += not self._inside
            self.shown += 1
            self._shown, self._waiting = True, False

    @property
    def faults(self) -> int:
        """How much speaks for a loss."""
        rare = self.wordless <= _WORDLESS_SHARE * (self.worded + self.wordless)
        seldom = self.overruled <= _WORDLESS_SHARE * (self.shown + self.overruled)
        lost = (self.wordless if rare else 0) + (self.overruled if seldom else 0)
        return self.disorder + self._inside + lost
