"""The name around a seal: found, unrolled and read, however the seal is turned."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import cv2
import numpy as np
import pytest

from bench.forge.seals import FONTS, seal_mask
from extract.ocr.engine import Picture, Quadrilateral, Reading
from extract.ocr.rapid import RapidEngine
from extract.scan.pixels.ink import Pixels
from extract.scan.seals.ring_text import ink_to_circle, read_seals
from models.geometry import Box
from tests.engines import certain

SIZE, MIDDLE, RADIUS = 340, 170.0, 160
RED = np.array((60, 60, 220), np.float32)
WHOLE = Box(0, 0, SIZE, SIZE)


def stamped(ink: Pixels) -> Pixels:
    """Red `ink` (0…255) on white paper."""
    share = ink[:, :, None].astype(np.float32) / 255
    return np.asarray(255 - share * (255 - RED), np.uint8)


def ring(turn: float) -> Pixels:
    """A ring with strokes of 4, 8, 12 and 16 degrees, 35 degrees apart, clockwise from `turn` degrees."""
    ink = np.zeros((SIZE, SIZE), np.uint8)
    cv2.circle(ink, (170, 170), RADIUS - 4, 255, 8)
    for n in range(4):
        start = turn + 35 * n
        axes = (int(0.75 * RADIUS),) * 2
        cv2.ellipse(ink, (170, 170), axes, 0, start, start + 4 * (n + 1), 255, 30)
    return ink


class StrokeEngine:
    """Reads the widths of the strokes in a line as digits, a narrow one as 1."""

    name, version = "strokes", "1"

    def read(self, lines: Sequence[Picture]) -> list[Reading]:
        return [self._read(line) for line in lines]

    def _read(self, line: Picture) -> Reading:
        dark = (line[:, :, 0] < 128).any(axis=0).astype(np.int8)
        edges = np.flatnonzero(np.diff(dark, prepend=0, append=0)).reshape(-1, 2)
        widths = edges[:, 1] - edges[:, 0]
        order = np.argsort(np.argsort(widths)) + 1
        return certain("".join(map(str, order.tolist())))

    def detect(self, picture: Picture) -> list[Quadrilateral]:
        return []


@pytest.mark.parametrize("turn", [0, 100, 215, 300])
def test_the_ring_is_read_clockwise_from_its_gap_however_it_is_turned(turn: float) -> None:
    (stamp,) = read_seals(stamped(ring(turn)), [WHOLE], StrokeEngine())
    assert (stamp.text, stamp.confidence) == ("1234", 1.0)


def test_a_seal_cut_by_the_page_s_edge_is_still_a_circle() -> None:
    cut = ring(0)[:, :280]
    circle = ink_to_circle(cut)
    assert circle is not None
    assert (circle.x, circle.y, circle.radius) == pytest.approx((MIDDLE, MIDDLE, RADIUS), abs=3)


def test_a_square_stamp_and_a_star_in_a_ring_say_nothing() -> None:
    signature = np.zeros((100, 300), np.uint8)
    cv2.rectangle(signature, (10, 10), (290, 90), 255, 5)
    (stamp,) = read_seals(stamped(signature), [Box(0, 0, 300, 100)], StrokeEngine())
    assert (stamp.text, stamp.confidence) == ("", 0.0)
    star = Box(130, 130, 210, 210)
    assert [s.box for s in read_seals(stamped(ring(0)), [WHOLE, star], StrokeEngine())] == [WHOLE]


@pytest.mark.skipif(not any(Path(font).exists() for font in FONTS), reason="no Chinese font")
def test_the_recogniser_reads_a_unit_s_name() -> None:
    ink = cv2.resize((255 * seal_mask("江阳县交通运输局")).astype(np.uint8), (SIZE, SIZE))
    (stamp,) = read_seals(stamped(np.asarray(ink, np.uint8)), [WHOLE], RapidEngine())
    assert stamp.text == "江阳县交通运输局" and stamp.confidence > 0.9
