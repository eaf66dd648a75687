"""Own texts that nothing can be compared with but the language: a word that one misread character breaks."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache

from normalize.channel.misreading import lookalikes, substitution
from normalize.channel.word_model import prose_around, words
from normalize.text.fold import is_chinese, skeleton

_LEAST_GAIN_NATS = 2.0
"""Nats by which a text must be better Chinese with the other character, its misreading paid for: of right texts one in
some five hundred seems so, of misread ones half."""
_NEAR_CHARACTERS = 4
"""A character is weighed together with this many on either side."""


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
