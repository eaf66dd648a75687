"""Ranges of hidden rows or columns as numbers: a file may name the same ones again and again."""

from __future__ import annotations

from collections.abc import Iterable

HiddenSpan = tuple[int, int]
"""The first row or column of a range and the last one."""


def spans_to_numbers(spans: Iterable[HiddenSpan]) -> set[int]:
    """Every number in one of the spans, each gone through once however many hold it.

    >>> sorted(spans_to_numbers([(4, 5), (1, 2), (1, 5), (9, 8)]))
    [1, 2, 3, 4, 5]
    """
    numbers: set[int] = set()
    done = 0
    for first, last in sorted(spans):
        numbers.update(range(max(first, done + 1), last + 1))
        done = max(done, last)
    return numbers
