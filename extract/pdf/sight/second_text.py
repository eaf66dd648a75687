"""pdfium's text of a page beside ours: two parsers that read a damaged file seldom lose the same words."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable

from extract.page.symbols import UNREADABLE

_COMPARED = re.compile("[0-9A-Za-z\u4e00-\u9fff]")
"""Letters, digits and ideographs."""
_FREE = re.compile(f"[\u2e80-\u2eff{re.escape(UNREADABLE)}]")
"""A radical, for which pdfium gives the ideograph, or no character at all."""


def differing_characters(ours: Iterable[str], theirs: str) -> tuple[frozenset[str], int]:
    """The letters, digits and ideographs of `ours` (what each glyph says) that stand nowhere in `theirs`, and how many of
    `theirs` ours lacks. What the file names in no way, a reader is free to guess; and one of two that stand in one place,
    to leave out.
    """
    texts = Counter(ours)
    mine, other = _counted("".join(texts.elements())), _counted(theirs)
    free = sum(number for text, number in texts.items() if _FREE.search(text))
    lost = (other - mine).total() - free
    return frozenset(char for char in mine if char not in other), max(0, lost)


def _counted(text: str) -> Counter[str]:
    return Counter(_COMPARED.findall(unicodedata.normalize("NFKC", text)))
