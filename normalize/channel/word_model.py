"""A unigram word model: is a text still Chinese, and how would a clerk have reworded it?

A rewording drops, adds or replaces *words*; a misreading breaks them.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterator, Set
from functools import cache, lru_cache
from importlib.resources import files
from itertools import groupby, pairwise

from rapidfuzz.distance import Levenshtein

from normalize.channel.channel_prices import CHANNEL_PRICES

FUNCTION_WORDS = frozenset("按依由和与及为以对在将把从等并或且应须已未不无有其各该所而则")
"""Words of one character that a clerk puts for one another (依规定 for 按规定)."""
_LONGEST = 6
_USUAL_WORD = 100
"""Chosen: a word that the list counts less often (of 60 million) is no word that a clerk would have meant."""


@cache
def _counts() -> dict[str, str]:
    """Word → its count as written; most words are never asked for, so the numbers are parsed when they are."""
    lines = files("normalize").joinpath("data", "channel", "words.csv").read_text("utf-8").splitlines()
    return dict(line.split(",") for line in lines[1:])


@cache
def _total() -> float:
    return math.log(sum(map(int, _counts().values())))


@cache
def _pairs() -> Set[str]:
    """Any two characters that follow one another in a word: most pairs do in none."""
    return {word[n : n + 2] for word in _counts() for n in range(len(word) - 1)}


@cache
def _known(word: str) -> float | None:
    count = _counts().get(word)
    return None if count is None else _total() - math.log(int(count) + 0.5)


def word_twins(pairs: Collection[tuple[str, str]]) -> set[tuple[str, str]]:
    """Those of the pairs of characters of which one makes a usual word of another: 内 and 力, for 国内 and 国力."""
    others: dict[str, list[str]] = {}
    for one, other in pairs:
        others.setdefault(one, []).append(other)
    counts = _counts()
    return {
        (char, other)
        for word, count in counts.items()
        if len(word) > 1 and int(count) >= _USUAL_WORD
        for char in word
        if char in others
        for other in others[char]
        if int(counts.get(word.replace(char, other), 0)) >= _USUAL_WORD
    }


def word_cost(word: str) -> float:
    """−ln P(word); digits, letters and signs are any-of-a-hundred, an unknown character is very rare."""
    if word.isascii() or word in "，、；。：（）“”《》≥≤‰":
        return CHANNEL_PRICES.sign
    cost = _known(word)
    return CHANNEL_PRICES.unknown_character * len(word) if cost is None else cost


@lru_cache(maxsize=16384)
def words(text: str) -> tuple[str, ...]:
    """The most probable division of the text into known words and single characters."""
    best: list[tuple[float, int]] = [(0.0, 0)]
    counts = _counts()
    for end in range(1, len(text) + 1):
        options = [(best[end - 1][0] + word_cost(text[end - 1]), end - 1)]
        for start in range(max(0, end - _LONGEST), end - 1):
            if text[start:end] in counts:
                options.append((best[start][0] + word_cost(text[start:end]), start))
        best.append(min(options))
    cuts, end = [len(text)], len(text)
    while end:
        end = best[end][1]
        cuts.append(end)
    return tuple(text[a:b] for a, b in pairwise(reversed(cuts)))


@lru_cache(maxsize=16384)
def prose(text: str) -> float:
    """−ln P(text) under the word model."""
    return sum(map(word_cost, words(text)))


def prose_around(before: str, after: str) -> Callable[[str], float]:
    """`prose` of `before`, one character and `after` together, as a function of the character.

    What stands around it is divided into words once, so that many characters can be tried in one place.
    """
    left = [prose(before[:n]) for n in range(len(before) + 1)]
    right = [prose(after[n:]) for n in range(len(after) + 1)]
    # the word around the gap may take some characters of either side; what the others cost
    ways = [
        (before[n:], after[:m], left[n] + right[m])
        for n in range(len(before) + 1)
        for m in range(len(after) + 1)
        if 0 < len(before) - n + m < _LONGEST
    ]
    alone, counts, pairs = left[-1] + right[0], _counts(), _pairs()

    def cost(char: str) -> float:
        best = alone + word_cost(char)
        if before[-1:] + char in pairs or char + after[:1] in pairs:
            for start, end, rest in ways:
                if start + char + end in counts:
                    best = min(best, rest + word_cost(start + char + end))
        return best

    return cost


@lru_cache(maxsize=16384)
def rewording(new: str, old: str) -> float:
    """−ln P(a clerk wrote `new` where the usual text is `old`), 0 for equal texts.

    A rewording changes runs of words and is as good Chinese as before. Known words come nearly free, whichever they
    are; a lone character, which is what a misreading leaves of a broken word, is charged in full.
    """
    if new == old:
        return 0.0
    before, after = words(old), words(new)
    cost = CHANNEL_PRICES.reworded
    for added in _edits(before, after):
        cost += (CHANNEL_PRICES.replaced if added else CHANNEL_PRICES.left_out) + _fluency(added)
    if len(new) < len(old):  # dropped words may have stood in a longer one (按规定 → 按)
        cost = min(
            cost, CHANNEL_PRICES.reworded + CHANNEL_PRICES.replaced + max(0.0, prose(new) - prose(old))
        )
    return cost


def _edits(before: tuple[str, ...], after: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """The words that each change brought, neighbouring edits as one: words are cut differently around a change."""
    edits = groupby(Levenshtein.opcodes(before, after), key=lambda edit: edit.tag == "equal")
    for equal, run in edits:
        if not equal:
            yield tuple(word for edit in run for word in after[edit.dest_start : edit.dest_end])


def words_brought(new: str, old: str) -> tuple[tuple[str, ...], ...]:
    """The words that each change from `old` to `new` brought."""
    return tuple(_edits(words(old), words(new)))


def only_words_changed(new: str, old: str) -> bool:
    """Whether every change from `old` to `new` drops, adds or replaces whole known words of two or more characters."""
    brought = words_brought(new, old)
    return bool(brought) and all(len(word) > 1 and word in _counts() for added in brought for word in added)


def _fluency(new: tuple[str, ...]) -> float:
    """The price of new words; two usual characters side by side may be a word that the list lacks (质效)."""
    cost, n = 0.0, 0
    while n < len(new):
        pair = new[n : n + 2]
        lone = [word_cost(word) for word in pair if len(word) == 1 and word not in FUNCTION_WORDS]
        if (
            len(lone) == len(pair) > 1
            and max(lone) <= CHANNEL_PRICES.half_of_word
            and sum(lone) > CHANNEL_PRICES.coined_word
        ):
            cost, n = cost + CHANNEL_PRICES.coined_word, n + 2
        else:
            small = len(new[n]) > 1 or new[n] in FUNCTION_WORDS
            cost, n = cost + (CHANNEL_PRICES.known_word if small else word_cost(new[n])), n + 1
    return cost


def strange_characters(text: str) -> tuple[str, ...]:
    """Characters that stand alone in no known word and are themselves hardly ever used: probably misread."""
    return tuple(
        w
        for w in words(text)
        if len(w) == 1 and w >= "\u3400" and word_cost(w) >= CHANNEL_PRICES.rare_character
    )
