"""Where glyphs lie on a page, and by how much the page is skewed."""

from __future__ import annotations

import numpy as np
import pytest

from extract.pdf.glyph_boxes import GlyphBoxes, boxes_to_skew, rotation_matrix


def written(*angles: float) -> GlyphBoxes:
    """Glyphs written in these directions, in degrees clockwise."""
    count = len(angles)
    return GlyphBoxes(np.zeros((count, 4)), np.ones(count), np.array(angles, float))


@pytest.mark.parametrize("skew", [0.5, -0.5, 3.0])
def test_glyphs_that_are_all_a_little_askew_say_how_far(skew: float) -> None:
    assert boxes_to_skew(written(*[skew] * 10)) == pytest.approx(skew)


def test_turned_words_are_as_askew_as_the_page_they_stand_on() -> None:
    assert boxes_to_skew(written(0.5, 90.5, -89.5, 180.5 - 360)) == pytest.approx(0.5)


@pytest.mark.parametrize(
    "angles",
    [
        (),
        (0.0,) * 10,
        (0.01,) * 10,
        (20.0,) * 10,
        (0.5,) * 5 + (2.0,) * 5,
        (45.0,) * 10,
    ],
    ids=["nothing", "straight", "hardly", "a watermark", "of two minds", "diagonal"],
)
def test_a_page_is_straight_unless_most_of_its_glyphs_agree(angles: tuple[float, ...]) -> None:
    assert boxes_to_skew(written(*angles)) == 0.0


def test_a_quarter_turn_anticlockwise_takes_right_to_up() -> None:
    assert np.array([1.0, 0.0]) @ rotation_matrix(90) == pytest.approx([0.0, -1.0])


def test_directions_in_quarter_turns_and_middles() -> None:
    found = GlyphBoxes(np.array([[0.0, 0.0, 10.0, 20.0]] * 3), np.ones(3), np.array([0.2, 90.0, -90.0]))
    assert found.turns.tolist() == [0, 1, 3]
    assert found.centres[0].tolist() == [5.0, 10.0]
