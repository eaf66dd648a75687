"""Lines that the writer of a cell broke, and lines that its width broke."""

from __future__ import annotations

import pytest

from extract.page.paragraphs import lines_to_starts
from models.geometry import Box
from tests.paper import typed


def starts(*lines: str, width: float = 100.0) -> frozenset[int]:
    """Of lines in type of 10 points, 2 points inside a cell."""
    typeset = [typed(line, 52, 100 + 12 * n) for n, line in enumerate(lines)]
    return lines_to_starts(typeset, Box(50, 100, 54 + width, 200))


def test_a_line_that_left_room_for_the_next_word_was_ended_by_its_writer() -> None:
    assert starts("健全制度机制", "推动资源下沉") == {1}


@pytest.mark.parametrize(
    "lines",
    [
        ("健全制度机制推动资源", "向基层倾斜"),
        ("健全制度机制推动资", "（不少于六成）"),
        ("健全制度机制推动资", "源，向基层倾斜"),
        ("改造面积总共", "2025.75平方米"),
    ],
    ids=["full", "an opening bracket", "a closing mark", "a number"],
)
def test_a_line_that_had_no_room_was_wrapped(lines: tuple[str, str]) -> None:
    assert starts(*lines) == frozenset()


def test_centred_lines_are_taken_as_wrapped() -> None:
    lines = [typed("中长期规划", 77, 100), typed("相符性", 87, 112)]
    assert lines_to_starts(lines, Box(50, 90, 154, 130)) == frozenset()
