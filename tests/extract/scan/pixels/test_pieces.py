"""Pieces of ink, whatever their number."""

from __future__ import annotations

import cv2
import numpy as np

from extract.scan.pixels.ink import Pixels
from extract.scan.pixels.pieces import ink_to_pieces, turned_over


def grain(step: int) -> Pixels:
    """A page with one pixel of ink at every `step`-th place both ways: no two of them touch."""
    ink = np.zeros((600, 600), np.uint8)
    ink[::step, ::step] = 255
    return ink


def test_each_piece_has_its_box_its_area_and_its_pixels() -> None:
    ink = np.zeros((9, 9), np.uint8)
    ink[1:3, 1:6] = 255
    ink[3, 6] = 255  # it touches at a corner
    ink[7, 2] = 255
    pieces = ink_to_pieces(ink)
    assert pieces.stats[1:].tolist() == [[1, 1, 6, 3, 11], [2, 7, 1, 1, 1]]
    assert np.count_nonzero(pieces.painted(np.array([0, 0, 255], np.uint8))) == 1


def test_more_pieces_than_two_bytes_can_count_are_told_apart_too() -> None:
    ink = grain(2)
    pieces = ink_to_pieces(ink)
    levels = np.full(len(pieces.stats), 255, np.uint8)
    levels[0] = 0
    assert len(pieces.stats) == 300 * 300 + 1
    assert np.array_equal(pieces.painted(levels), ink)


def test_pieces_are_numbered_as_opencv_numbers_them_however_labels_are_stored() -> None:
    ink = grain(3)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    pieces = ink_to_pieces(ink)
    assert np.array_equal(pieces.labels, labels)
    assert np.array_equal(pieces.stats, stats)


def test_turned_over_twice_ink_is_as_before() -> None:
    ink = grain(7)[:, :200]
    assert turned_over(ink).shape == (200, 600)
    assert np.array_equal(turned_over(turned_over(ink)), ink)
