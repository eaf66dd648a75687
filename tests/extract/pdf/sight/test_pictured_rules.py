from __future__ import annotations

import numpy as np
import pytest

from extract.pdf.drawing.nouns import Image, Paint
from extract.pdf.sight.pictured_rules import images_to_rules, is_line
from extract.pdf.sight.rendering import Grey
from models.geometry import Box
from models.page import Rule


def picture(box: Box) -> Image:
    corners = [(box.x0, box.top), (box.x1, box.top), (box.x1, box.bottom), (box.x0, box.bottom)]
    return Image(corners, True, Paint(), 0)


def drawn(*lines: Box) -> Grey:
    """A page of a hundred points, one pixel each, with dark lines."""
    grey = np.full((100, 100), 255, np.uint8)
    for line in lines:
        grey[int(line.top) : int(line.bottom) + 1, int(line.x0) : int(line.x1) + 1] = 90
    return grey


ACROSS, DOWN = Box(10, 20, 90, 20.75), Box(10, 20, 10.75, 80)


@pytest.mark.parametrize(
    ("box", "rule"),
    [(ACROSS, Rule("horizontal", 20.375, 10, 90)), (DOWN, Rule("vertical", 10.375, 20, 80))],
)
def test_a_thin_dark_picture_is_a_rule(box: Box, rule: Rule) -> None:
    assert list(images_to_rules([picture(box)], drawn(box), 100.0)) == [rule]


def test_a_thin_picture_that_nobody_sees_is_no_rule() -> None:
    assert list(images_to_rules([picture(ACROSS)], drawn(), 100.0)) == []
    half = Box(10, 20, 50, 20.75)
    assert list(images_to_rules([picture(ACROSS)], drawn(half), 100.0)) == []


def test_a_picture_as_high_as_a_character_is_no_rule() -> None:
    box = Box(10, 20, 90, 30)
    assert not is_line(picture(box))
    assert list(images_to_rules([picture(box)], drawn(box), 100.0)) == []


def test_a_page_that_no_viewer_drew_has_no_pictured_rules() -> None:
    assert list(images_to_rules([picture(ACROSS)], None, 100.0)) == []
