"""pdfium's text of a page beside ours: two parsers that read a damaged file seldom lose the same words."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable

from extract.page.symbols import UNREADABLE


def differing_characters(ours: Iterable[str], theirs: str) -> tuple[frozenset[str], int]:
    """The letters, digits and ideographs of `ours` (what each glyph says) that stand nowhere in `theirs`, and how many of
    `theirs` ours lacks. What the file names in no way, a reader is free to guess; and one of two that stand in one place,
    to leave out.
    """
    texts = Counter(ours)
    mine, other = _counted("".join(texts.elements())), _counted(theirs)
    free = sum(number for text, number in texts.items() if any(map(_is_free, text)))
    lost = (other - mine).total() - free
    return frozenset(char for char in mine if char not in other), max(0, lost)


def _counted(text: str) -> Counter[str]:
    return Counter(filter(_is_compared, unicodedata.normalize("NFKC", text)))


def _is_compared(char: str) -> bool:
    return (char.isascii() and char.isalnum()) or "\u4e00" <= char <= "\u9fff"


def _is_free(char: str) -> bool:
    """Whether a character is a radical, for which pdfium gives the ideograph, or none at all."""
    return char == UNREADABLE or "\u2e80" <= char <= "\u2eff"
