"""Geometry of one axis."""

from __future__ import annotations

import numpy as np
import pytest

from extract.page import ruling
from extract.page.ruling import intervals_to_pairs


@pytest.mark.parametrize("most", [1, 4, 1_000_000])
def test_intervals_become_pairs_whatever_is_taken_at_a_time(
    most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ruling, "_MOST_PAIRS", most)
    found = intervals_to_pairs(np.array([7, 0, 2]), np.array([3, 0, 2]))
    pairs = [pair for interval, number in found for pair in zip(interval, number, strict=True)]
    assert pairs == [(0, 7), (0, 8), (0, 9), (2, 2), (2, 3)]


def test_no_intervals_have_no_pairs() -> None:
    assert list(intervals_to_pairs(np.array([], int), np.array([], int))) == []
