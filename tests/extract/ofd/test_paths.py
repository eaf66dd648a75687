"""AbbreviatedData: letters and points."""

from __future__ import annotations

import pytest

from extract.ofd.paths import data_to_subpaths


@pytest.mark.parametrize(
    ("data", "subpaths"),
    [
        ("M 0 0 L 5 0", [("ml", [(0, 0), (5, 0)])]),
        ("M 0 0 L 5 0 5 5 C", [("mllh", [(0, 0), (5, 0), (5, 5), (0, 0)])]),
        ("M0 0L5 0M1 1L1 9", [("ml", [(0, 0), (5, 0)]), ("ml", [(1, 1), (1, 9)])]),
        ("M 0 0 B 1 1 2 2 3 3 Q 4 4 5 5 A 1 1 0 0 1 6 6", [("mccc", [(0, 0), (3, 3), (5, 5), (6, 6)])]),
        ("M 0 0 L 5 0 X 3 L 9", [("ml", [(0, 0), (5, 0)])]),
        ("L 1 1", []),
    ],
    ids=["stroke", "closed", "two", "curves", "broken", "no-start"],
)
def test_subpaths(data: str, subpaths: list[tuple[str, list[tuple[float, float]]]]) -> None:
    assert list(data_to_subpaths(data)) == subpaths
