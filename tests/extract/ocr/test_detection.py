"""Where lines stand: from a picture to the network's input, and from its map to boxes."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from extract.ocr.detection import map_to_boxes, picture_to_input, picture_to_strips, seen_scale


def map_with(*lines: tuple[int, int, int, int], probability: float = 0.9) -> NDArray[np.float32]:
    """A map of 320 × 160 pixels with the middles of lines: left, top, right and bottom."""
    made = np.full((160, 320), 0.01, np.float32)
    for left, top, right, bottom in lines:
        made[top:bottom, left:right] = probability
    return made


def test_a_line_is_as_high_as_its_middle_and_what_was_shrunk_off_it() -> None:
    (box,) = map_to_boxes(map_with((60, 60, 260, 70)), 320, 160, 0)
    grown = 1.6 * 200 * 10 / (200 + 10) / 2
    (left, top), _, (right, bottom), _ = box
    assert (left, top) == pytest.approx((60 - grown, 60 - grown), abs=2)
    assert (right, bottom) == pytest.approx((260 + grown, 70 + grown), abs=2)


def test_boxes_are_in_pixels_of_the_picture() -> None:
    (small,) = map_to_boxes(map_with((60, 60, 260, 70)), 320, 160, 0)
    (large,) = map_to_boxes(map_with((60, 60, 260, 70)), 960, 480, 0)
    assert np.array(large) == pytest.approx(3 * np.array(small), abs=3)


def test_lines_come_from_the_top_and_those_side_by_side_from_the_left() -> None:
    lines = (200, 22, 300, 32), (20, 100, 300, 110), (20, 25, 120, 35)
    found = map_to_boxes(map_with(*lines), 320, 160, 0)
    assert [box[0][0] < 100 for box in found] == [True, False, True]
    assert [box[0][1] < 80 for box in found] == [True, True, False]


def test_what_is_faint_or_thin_is_no_line() -> None:
    assert map_to_boxes(map_with((60, 60, 260, 70), probability=0.4), 320, 160, 0) == []
    assert map_to_boxes(map_with((60, 60, 260, 61)), 320, 160, 0) == []


@pytest.mark.parametrize(("high", "wide"), [(20, 1700), (258, 1714), (2339, 1654), (900, 4000)])
def test_the_input_is_a_multiple_of_the_networks_stride_and_never_large(high: int, wide: int) -> None:
    picture = np.full((high, wide, 3), 255, np.uint8)
    tensor = picture_to_input(picture, seen_scale(picture))
    assert [side % 32 for side in tensor.shape[2:]] == [0, 0]
    assert tensor.shape[2] * tensor.shape[3] <= 2_100_000
    assert max(tensor.shape[2:]) <= 2016
    assert float(tensor.max()) == float(tensor.min()) == 1.0


def test_a_page_is_looked_at_in_strips_that_cut_no_line() -> None:
    page = np.full((2339, 1654, 3), 250, np.uint8)
    for top in range(100, 2200, 60):
        page[top : top + 30, 200:1400:3] = 20
    first, second = picture_to_strips(page, seen_scale(page))
    assert (first.start, second.stop) == (0, 2339) and first.stop == second.start
    assert abs(first.stop - 2339 / 2) < 150
    assert page[first.stop - 1 : first.stop + 1].min() == 250


def test_a_part_of_a_page_is_looked_at_at_once() -> None:
    assert picture_to_strips(np.full((300, 1654, 3), 250, np.uint8), 1.0) == [slice(0, 300)]


def test_boxes_of_a_strip_are_those_of_the_whole_picture() -> None:
    (box,) = map_to_boxes(map_with((60, 60, 260, 70)), 320, 160, 0)
    (lower,) = map_to_boxes(map_with((60, 60, 260, 70)), 320, 160, 500)
    assert np.array(lower) - np.array(box) == pytest.approx(np.array([(0, 500)] * 4))
