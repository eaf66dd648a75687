"""‰ is told from % by its rings."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from extract.ocr.engine import Glyph, Picture, Reading
from extract.ocr.per_mille import with_per_mille
from models.posteriors import dense_to_posteriors
from normalize.channel.picture_evidence import log_likelihood

ALPHABET = "8%0‰ "
HIGH, WIDE = 35, 90


def drawn(*rings: tuple[int, int], sign_at: int = 40) -> Picture:
    """A line with a bar, as a digit may be, and a sign: a stroke and rings around these points."""
    large = np.full((HIGH * 4, WIDE * 4), 255, np.uint8)
    cv2.line(large, (60, 30), (60, 110), 0, 10)
    cv2.line(large, (sign_at * 4 + 10, 110), (sign_at * 4 + 60, 30), 0, 6)
    for x, y in rings:
        cv2.ellipse(large, (x * 4, y * 4), (14, 18), 0, 0, 360, 0, 8)
    small = cv2.resize(large, (WIDE, HIGH), interpolation=cv2.INTER_AREA)
    picture: Picture = np.asarray(cv2.cvtColor(small, cv2.COLOR_GRAY2BGR), np.uint8)
    return picture


PER_CENT = ((42, 11), (54, 24))
PER_MILLE = (*PER_CENT, (64, 24))


def read(text: str) -> Reading:
    """A reading whose characters follow each other over the frames, each a blank apart."""
    matrix: NDArray[np.float32] = np.full((12, len(ALPHABET) + 1), 1e-4, np.float32)
    best = [0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0]
    for place, char in zip((6, 9), text[1:], strict=False):
        best[place] = ALPHABET.index(char) + 1
    matrix[range(12), best] = 1 - 1e-4 * len(ALPHABET)
    centres = [2.5 / 12, 6.5 / 12, 9.5 / 12]
    glyphs = tuple(Glyph(char, 0.9, at) for char, at in zip(text, centres, strict=False))
    return Reading(text, glyphs, dense_to_posteriors(matrix, ALPHABET), 0.5)


@pytest.mark.parametrize("seen", ["8%", "8%0"])
def test_a_third_ring_like_the_second_makes_it_per_mille(seen: str) -> None:
    found = with_per_mille(drawn(*PER_MILLE), read(seen), 1.0)
    assert found.text == "8‰"
    assert [glyph.char for glyph in found.glyphs] == ["8", "‰"]


def test_the_picture_then_bears_the_sign_and_no_longer_what_was_read() -> None:
    found = with_per_mille(drawn(*PER_MILLE), read("8%0"), 1.0)
    assert found.confidence == pytest.approx(np.exp(log_likelihood(found.posteriors, "8‰")))
    assert found.confidence > 0.95
    assert log_likelihood(found.posteriors, "8%0") < -8


def test_two_rings_are_per_cent() -> None:
    reading = read("8%")
    assert with_per_mille(drawn(*PER_CENT), reading, 1.0) is reading


def test_a_zero_behind_per_cent_is_no_ring() -> None:
    reading, line = read("8%0"), drawn(*PER_CENT)
    cv2.ellipse(line, (66, 18), (4, 10), 0, 0, 360, (0, 0, 0), 2)
    assert with_per_mille(line, reading, 1.0) is reading


def test_a_line_without_the_sign_is_not_looked_at() -> None:
    reading = read("8")
    assert with_per_mille(np.zeros((0, 0, 3), np.uint8), reading, 1.0) is reading


def test_the_hole_of_a_zero_and_two_specks_are_no_three_rings() -> None:
    reading, line = read("8%"), np.full((HIGH, WIDE, 3), 255, np.uint8)
    cv2.line(line, (40, 28), (60, 6), (0, 0, 0), 9)
    cv2.ellipse(line, (38, 14), (4, 6), 0, 0, 360, (0, 0, 0), 2)
    for x in (50, 56):
        line[20:24, x : x + 4] = 0
        line[21:23, x + 1 : x + 3] = 255
    assert with_per_mille(line, reading, 1.0) is reading
