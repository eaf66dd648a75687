"""Own texts that nothing can be compared with but the language: a word that one misread character breaks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import accumulate

from rapidfuzz.distance import Levenshtein

from normalize.channel.misreading import lookalikes, substitution
from normalize.channel.word_model import prose_around, strange_characters, words
from normalize.text.fold import is_chinese, skeleton

_LEAST_GAIN_NATS = 2.0
"""Nats by which a text must be better Chinese with the other character, its misreading paid for: of right texts one in
some five hundred seems so, of misread ones half."""
_NEAR_CHARACTERS = 4
"""A character is weighed together with this many on either side."""
_SPECK = re.compile(r"[\u4e00-\u9fff][.·'`][\u4e00-\u9fff]")
"""No mark that Chinese has between two of its characters."""
SPECK_AT_END = re.compile(r"[\u4e00-\u9fff][.·]$")
"""No mark that Chinese text ends with."""
_STROKES = "一丨丿丶"
"""What a speck or the rest of a line is read as."""
_LEAST_CUT = 4
"""Chosen: of a shorter rest nothing says which text it began."""
_MOST_CUT_OFF = 2
"""Chosen: what covers or cuts off the end of a line takes a character or two unseen, while more of them are missed."""


@lru_cache(maxsize=16384)
def likely_misread(text: str) -> str | None:
    """The text with the one character undone whose misreading would explain best that a word is broken.

    `None` when the text reads as it should. A doubt, never a repair: names and rare words are broken words, too.
    """
    bare = skeleton(text)
    found = max(_undone(bare), default=None)
    return None if found is None else found[1]


def _undone(text: str) -> Iterator[tuple[float, str]]:
    at = 0
    for word in words(text):
        if len(word) == 1 and is_chinese(word):
            start, end = max(0, at - _NEAR_CHARACTERS), at + _NEAR_CHARACTERS + 1
            before, after = text[start:at], text[at + 1 : end]
            price = prose_around(before, after)
            now = price(word)
            for true in _could_be(word):
                gain = now - price(true)
                if gain >= _LEAST_GAIN_NATS and (gain := gain - substitution(word, true)) >= _LEAST_GAIN_NATS:
                    yield gain, text[:at] + true + text[at + 1 :]
        at += len(word)


def _could_be(seen: str) -> tuple[str, ...]:
    """The characters that look like `seen`."""
    return _inverse().get(seen, ())


@cache
def _inverse() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for true, (shapes, _) in lookalikes().items():
        for seen in shapes:
            if is_chinese(true):
                found.setdefault(seen, []).append(true)
            if is_chinese(seen):
                found.setdefault(true, []).append(seen)
    return {seen: tuple(dict.fromkeys(trues)) for seen, trues in found.items()}


@lru_cache(maxsize=16384)
def is_strange(text: str) -> bool:
    """Whether an own text holds a character that hardly any Chinese text has, or a speck: a doubt, never a repair."""
    return bool(strange_characters(skeleton(text))) or _SPECK.search(text) is not None


def has_speck(text: str) -> bool:
    """Whether a mark of the text stands where Chinese has none, as a copier's speck does."""
    return _SPECK.search(text) is not None or SPECK_AT_END.search(text) is not None


def is_cut_off(seen: str, whole: str) -> bool:
    """Whether the text seen is the other one without its end, and broke off within a word.

    >>> is_cut_off("联系部门满意", "联系部门满意度"), is_cut_off("预算调整", "预算调整率")
    (True, False)
    """
    lost = len(whole) - len(seen)
    if not (0 < lost <= _MOST_CUT_OFF and len(seen) >= _LEAST_CUT and whole.startswith(seen)):
        return False
    return len(seen) not in accumulate(map(len, words(whole)))


def leaves_out_within(seen: str, text: str) -> bool:
    """Whether the text is the one seen without some Chinese characters between its first and last.

    Recognisers lose characters and hardly ever make one up between two others, but strokes of a line or a speck as 一.

    >>> leaves_out_within("与战略相匹配", "与战略匹配"), leaves_out_within("依据充一分", "依据充分")
    (True, False)
    """
    return all(
        edit.tag == "delete" and 0 < edit.src_pos < len(seen) - 1 and _is_drawn(seen[edit.src_pos])
        for edit in Levenshtein.editops(seen, text)
    )


def _is_drawn(char: str) -> bool:
    """Whether it takes more than one stroke to be read as this character."""
    return is_chinese(char) and char not in _STROKES


def spelled_like(seen: str, spellings: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Each text, by its letters alone, as its first spelling has it, but with the marks of `seen` where another has the same."""
    marks = _marks(seen)
    return {
        bare: next((text for text in texts if _marks(text) == marks), texts[0])
        for bare, texts in spellings.items()
    }


def keeps_marks(text: str, spelling: str) -> bool:
    """Whether the spelling, of the same letters, has a mark wherever the text has one, but within words, where none stands.

    >>> keeps_marks("真实完整，准确", "真实、完整、准确"), keeps_marks("真实、完整", "真实完整"), keeps_marks("手：续", "手续")
    (True, False, True)
    """
    between = {0, *accumulate(map(len, words(skeleton(text))))}
    return _places_of_marks(text) & between <= _places_of_marks(spelling)


def usual_spelling(bare: str, texts: Sequence[str]) -> str | None:
    """The spelling that most of the texts with the letters `bare` have; of several the one with most marks: readers lose
    rather than add them. `None` where each has a mark that is none."""
    same = [text for text in texts if skeleton(text) == bare and not has_speck(text)]
    return max(same, key=lambda text: (same.count(text), len(_marks(text)), text), default=None)


def _places_of_marks(text: str) -> set[int]:
    """How many letters stand before each mark of the text."""
    letters = [len(skeleton(char)) for char in text]
    return {before for before, own in zip(accumulate(letters), letters, strict=True) if not own}


def _marks(text: str) -> str:
    return "".join(char for char in text if not skeleton(char))
