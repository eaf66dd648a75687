"""Pages that were scanned turned, askew or bent come upright, and their boxes lead back."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
import pytest

from extract.scan.pixels.ink import Pixels, as_pixels, grey_to_ink, to_grey
from extract.scan.upright.straighten import ink_to_heights, straightened
from extract.scan.upright.turn import ink_to_skew, runs_down, to_upright
from extract.scan.upright.warp import unwarped
from models.geometry import Box
from tests.scans import XS, YS, blank_page, form, stands_upright

TURNS = {1: cv2.ROTATE_90_COUNTERCLOCKWISE, 2: cv2.ROTATE_180, 3: cv2.ROTATE_90_CLOCKWISE}
"""What makes a page need so many quarter turns clockwise."""


def score(lines: Sequence[Pixels]) -> float:
    return float(np.mean([stands_upright(line) for line in lines])) if lines else 0.0


@pytest.mark.parametrize("turn", [1, 2, 3])
def test_a_turned_page_is_turned_back_and_its_boxes_lead_to_where_they_were(turn: int) -> None:
    page = form()
    turned = as_pixels(cv2.rotate(page, TURNS[turn]))
    upright = to_upright(turned, score)
    assert upright is not None and upright.turn == turn
    assert float(np.mean(cv2.absdiff(upright.pixels, page))) < 1
    box = upright.warp.box_in_source(Box(XS[0], YS[0], XS[1], YS[1]))
    corner = turned[round(box.top) : round(box.bottom), round(box.x0) : round(box.x1)]
    there = page[YS[0] : YS[1], XS[0] : XS[1]]
    assert abs(float(corner.mean()) - float(there.mean())) < 3


def test_of_a_page_that_is_surely_upright_three_short_lines_are_read() -> None:
    asked: list[int] = []

    def certain(lines: Sequence[Pixels]) -> float:
        asked.append(len(lines))
        return 1.0

    assert to_upright(form(), certain) is not None
    assert len(asked) == 1 and asked[0] <= 3


def test_an_upright_page_is_left_as_it_is() -> None:
    page = form()
    upright = to_upright(page, score)
    assert upright is not None and upright.turn == 0 and upright.warp.is_straight
    assert upright.pixels is page


def test_a_page_with_nothing_on_it_is_blank() -> None:
    noise = np.random.default_rng(1).integers(-6, 6, (700, 900, 3))
    assert to_upright((blank_page() + noise).astype(np.uint8), score) is None


@pytest.mark.parametrize("degrees", [-4.0, -0.4, 1.5, 9.0])
def test_skew_is_measured(degrees: float) -> None:
    matrix = cv2.getRotationMatrix2D((450, 350), -degrees, 1)
    askew = cv2.warpAffine(form(), matrix, (900, 700), borderValue=(250, 250, 250))
    assert ink_to_skew(grey_to_ink(to_grey(askew))) == pytest.approx(degrees, abs=0.08)  # type: ignore[arg-type]


def test_a_dark_strip_at_the_edge_of_a_copy_is_no_skew() -> None:
    lying = as_pixels(cv2.rotate(form(), cv2.ROTATE_90_CLOCKWISE))
    lying[-2:] = 30
    assert ink_to_skew(grey_to_ink(to_grey(lying))) == pytest.approx(0, abs=0.08)


def test_the_way_text_runs_is_told_from_its_characters() -> None:
    ink = grey_to_ink(to_grey(form()))
    assert not runs_down(ink)
    assert runs_down(np.ascontiguousarray(ink.T))


def test_bent_lines_become_straight() -> None:
    rows, columns = np.mgrid[0:700, 0:900].astype(np.float32)
    bend = 9 * np.sin(columns / 900 * np.pi) * (0.5 + rows / 700)
    bent = cv2.remap(form(), columns, rows - bend, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    ink = grey_to_ink(to_grey(bent))  # type: ignore[arg-type]
    warp, move = straightened(unwarped(900, 700), ink)
    assert move > 5
    line, _, heights = ink_to_heights(warp.take_page(ink))
    slack = [np.ptp(heights[line == n]) for n in np.unique(line) if (line == n).sum() > 20]
    assert len(slack) == len(YS) and max(slack) < 1.5
