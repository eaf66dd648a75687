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
"""A writer who leaves more of its text objects than this without words does so by habit."""


@dataclass(slots=True)
class TextObjects:
    """The text objects of a content stream so far: how many had words, how many a place and none, what was out of order."""

    worded: int = 0
    wordless: int = 0
    disorder: int = 0
    _inside: bool = False
    _placed: bool = False
    _shown: bool = False

    def follow(self, operator: str) -> None:
        """Take the next of `TEXT_OPERATORS`."""
        if operator == "BT":
            self.disorder += self._inside
            self._inside, self._placed, self._shown = True, False, False
        elif operator == "ET":
            self.disorder += not self._inside
            self.worded += self._shown
            self.wordless += self._placed and not self._shown
            self._inside = self._placed = self._shown = False
        elif operator in _PLACING:
            self._placed = True
        else:
            self.disorder += not self._inside
            self._shown = True

    @property
    def faults(self) -> int:
        """How much speaks for a loss."""
        rare = self.wordless <= _WORDLESS_SHARE * (self.worded + self.wordless)
        return self.disorder + self._inside + (self.wordless if rare else 0)
