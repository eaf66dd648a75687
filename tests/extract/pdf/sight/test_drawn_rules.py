"""The ruling lines that shapes draw, as far as they show."""

from __future__ import annotations

import math

import pytest

from extract.pdf.drawing.nouns import Clip, Paint, Point, Rgb, Shape
from extract.pdf.sight.drawn_rules import shapes_to_rules
from extract.pdf.sight.visibility import Cover
from models.page import Rule

BLACK: Rgb = (0.0, 0.0, 0.0)
WHITE: Rgb = (1.0, 1.0, 1.0)


def stroke(*points: Point, paint: Paint | None = None, colour: Rgb | None = BLACK, width: float = 1) -> Shape:
    path = "m" + "l" * (len(points) - 1)
    return Shape(path, list(points), True, False, colour, None, width, paint or Paint(), 5)


def fill(x0: float, top: float, x1: float, bottom: float, colour: Rgb | None = BLACK) -> Shape:
    corners = [(x0, top), (x1, top), (x1, bottom), (x0, bottom), (x0, top)]
    return Shape("mlllh", corners, False, True, None, colour, 0, Paint(), 5)


ACROSS = stroke((10, 50), (110, 50))
WHOLE = Rule("horizontal", 50, 10, 110)


def test_a_straight_stroke_is_a_rule() -> None:
    assert shapes_to_rules([ACROSS], []) == [WHOLE]
    assert shapes_to_rules([stroke((30, 10), (30, 90))], []) == [Rule("vertical", 30, 10, 90)]


def test_a_slanted_stroke_is_none() -> None:
    assert shapes_to_rules([stroke((10, 50), (110, 80))], []) == []


def test_a_thin_fill_is_a_rule_and_a_thick_one_is_not() -> None:
    assert shapes_to_rules([fill(10, 49.5, 110, 50.5)], []) == [WHOLE]
    assert shapes_to_rules([fill(10, 20, 110, 80)], []) == []


def test_a_stroked_rectangle_has_four_sides() -> None:
    corners = [(10.0, 20.0), (110.0, 20.0), (110.0, 80.0), (10.0, 80.0), (10.0, 20.0)]
    box = Shape("mlllh", corners, True, False, BLACK, None, 1, Paint(), 5)
    rules = shapes_to_rules([box], [])
    assert {(rule.axis, rule.at) for rule in rules} == {
        ("horizontal", 20),
        ("horizontal", 80),
        ("vertical", 10),
        ("vertical", 110),
    }


def test_a_dot_may_be_part_of_a_line_of_either_axis() -> None:
    assert {rule.axis for rule in shapes_to_rules([fill(10, 20, 11, 21)], [])} == {"horizontal", "vertical"}


@pytest.mark.parametrize("paint", [Paint(layer_off=True), Paint(alpha=0.02), Paint(clip=Clip(0, 0, 200, 40))])
def test_what_does_not_show_is_no_rule(paint: Paint) -> None:
    assert shapes_to_rules([stroke((10, 50), (110, 50), paint=paint)], []) == []


def test_of_a_clipped_rule_the_part_inside_shows() -> None:
    cut = stroke((10, 50), (110, 50), paint=Paint(clip=Clip(40, 0, 80, 100)))
    assert shapes_to_rules([cut], []) == [Rule("horizontal", 50, 40, 80)]


def test_white_shows_on_black_and_not_on_paper() -> None:
    white = stroke((10, 50), (110, 50), colour=WHITE)
    ground = Cover((0, 0, 200, 100), (), BLACK, 1)
    assert shapes_to_rules([white], []) == []
    assert shapes_to_rules([white], [ground]) == [WHOLE]


def test_a_colour_that_cannot_be_mixed_is_taken_to_show() -> None:
    assert shapes_to_rules([stroke((10, 50), (110, 50), colour=None)], []) == [WHOLE]


def test_what_is_drawn_over_a_rule_leaves_what_stands_beside_it() -> None:
    over = Cover((40, 30, 80, 70), (), WHITE, 9)
    assert shapes_to_rules([ACROSS], [over]) == [
        Rule("horizontal", 50, 10, 40),
        Rule("horizontal", 50, 80, 110),
    ]


def test_what_was_drawn_before_hides_nothing() -> None:
    assert shapes_to_rules([ACROSS], [Cover((40, 30, 80, 70), (), WHITE, 1)]) == [WHOLE]


def test_on_a_page_turned_upright_a_slanted_stroke_is_a_rule() -> None:
    slanted = stroke((0, 0), (1000, 1000 * math.tan(math.radians(0.5))))
    assert shapes_to_rules([slanted], []) == []
    (rule,) = shapes_to_rules([slanted], [], skew=0.5)
    assert (rule.axis, round(rule.at, 2), round(rule.start), round(rule.end)) == ("horizontal", 0, 0, 1000)


def test_a_rectangle_with_rounded_corners_is_its_four_sides_and_a_ring_is_none() -> None:
    sides = [(14, 50), (106, 50), (110, 54), (110, 86), (106, 90), (14, 90), (10, 86), (10, 54), (14, 50)]
    rounded = Shape("mlclclclch", [*sides, sides[0]], True, False, BLACK, None, 1, Paint(), 5)
    across = [Rule("horizontal", at, 10, 110) for at in (50, 90)]
    down = [Rule("vertical", at, 50, 90) for at in (10, 110)]
    found = shapes_to_rules([rounded], [])
    assert len(found) == 4 and all(rule in found for rule in [*across, *down])
    points = [(60, 50), (80, 70), (60, 90), (40, 70), (60, 50)]
    ring = Shape("mcccch", [*points, points[0]], True, False, BLACK, None, 1, Paint(), 5)
    assert all(rule.start == rule.end for rule in shapes_to_rules([ring], []))
