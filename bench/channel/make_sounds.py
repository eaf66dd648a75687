"""Ranks same-sound characters by the readings their words give them; sources in make_tables.py."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from pypinyin import Style, lazy_pinyin

from bench.channel.make_shapes import Table, char_to_tier, is_han

SOUNDS, NEAR_PLACES = 44, 4
NEAR_INITIALS = (("z", "zh"), ("c", "ch"), ("s", "sh"), ("l", "n"), ("f", "h"))
NEAR_FINALS = (("an", "ang"), ("en", "eng"), ("in", "ing"))


def words_to_readings(words: Iterable[tuple[str, int, str]]) -> dict[str, list[tuple[str, str]]]:
    """Gives the readings (syllable, tone) that make up a tenth or more of a character's use in words."""
    uses: dict[str, Counter[str]] = defaultdict(Counter)
    for word, count, _ in words:
        if is_han(word):
            for char, reading in zip(
                word, lazy_pinyin(word, Style.TONE3, neutral_tone_with_five=True), strict=True
            ):
                uses[char][reading] += count
    return {
        char: [
            (reading[:-1], reading[-1])
            for reading, count in readings.items()
            if 10 * count >= readings.total()
        ]
        for char, readings in uses.items()
    }


def syllable_to_near(syllable: str) -> set[str]:
    """Gives the spellings one usual slip away.

    >>> sorted(syllable_to_near("zhan"))
    ['zan', 'zhang']
    """
    near = set()
    for one, other in (*NEAR_INITIALS, *(pair[::-1] for pair in NEAR_INITIALS)):
        if syllable.startswith(one) and not (one in "zcs" and syllable[1] == "h"):
            near.add(other + syllable[len(one) :])
    for one, other in (*NEAR_FINALS, *(pair[::-1] for pair in NEAR_FINALS)):
        if syllable.endswith(one):
            near.add(syllable[: -len(one)] + other)
    return near


def rank_sounds(rows: Sequence[str], words: Sequence[tuple[str, int, str]], frequency: Counter[str]) -> Table:
    """Ranks same-sound characters by use, those of the same tone counting ten times; near sounds last."""
    readings = words_to_readings(words)
    speakers: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for char in filter(lambda char: char_to_tier(char) < 2, sorted(readings)):
        for syllable, tone in readings[char]:
            speakers[syllable].append((char, tone))

    def rank(syllables: Iterable[str], tone: str) -> list[tuple[int, str]]:
        heard = [pair for syllable in sorted(syllables) for pair in speakers.get(syllable, [])]
        return [(-frequency[char] * (10 if spoken == tone else 1), char) for char, spoken in heard]

    table: Table = {}
    for char in rows:
        exact = [pair for syllable, tone in readings.get(char, []) for pair in rank([syllable], tone)]
        near = [
            pair
            for syllable, tone in readings.get(char, [])
            for pair in rank(syllable_to_near(syllable), tone)
        ]
        same = [other for other in dict.fromkeys(other for _, other in sorted(exact)) if other != char]
        alike = [other for _, other in sorted(near) if other != char and other not in same]
        table[char] = list(dict.fromkeys(same[: SOUNDS - NEAR_PLACES] + alike))[:SOUNDS]
        table[char] += same[SOUNDS - NEAR_PLACES :][: SOUNDS - len(table[char])]
    return table
