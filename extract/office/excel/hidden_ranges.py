"""Which rows and columns nobody sees: hidden ranges as numbers, which a file may name again and again, and sizes of nothing."""

from __future__ import annotations

from collections.abc import Iterable

HiddenSpan = tuple[int, int]
"""The first row or column of a range and the last one."""
_LOWEST_ROW_PT = 2
"""In a lower row nobody sees anything of a text."""
_NARROWEST_COLUMN_DIGITS = 0.25
"""In a column narrower than a quarter of a digit neither."""


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


def is_too_low(height: str | None) -> bool:
    """Whether a row's height in points is written, and too small to show anything."""
    return _is_below(height, _LOWEST_ROW_PT)


def is_too_narrow(width: str | None) -> bool:
    """Whether a column's width in digits is written, and too small to show anything."""
    return _is_below(width, _NARROWEST_COLUMN_DIGITS)


def _is_below(size: str | None, least: float) -> bool:
    try:
        return size is not None and float(size) < least
    except ValueError:
        return False
