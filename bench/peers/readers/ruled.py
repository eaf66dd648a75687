"""The usual OpenCV recipe: ruling lines by morphology, cells as the areas between them, words by their centre."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from bench.peers.readers.pages import Image
from bench.peers.reading import Box, Table, boxes_to_table

Plane = NDArray[np.uint8]

LINE = 36
"""Pixels: a shorter straight stroke is part of a character."""
LEAST = 12
"""Pixels: a narrower area is none."""
TOLERANCE = 8.0
Area = tuple[int, int, int, int]
"""Left, top, right, bottom."""


def cell_areas(image: Image) -> list[Area]:
    """The areas enclosed by ruling lines, the page's own margin aside."""
    gray = cv2.cvtColor(image, cv2.COLOR_BGR2GRAY)
    ink = cv2.adaptiveThreshold(
        cv2.bitwise_not(gray), 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY, 25, -10
    )
    level, upright = _strokes(np.asarray(ink, np.uint8)), _strokes(np.asarray(ink, np.uint8).T).T
    rules = cv2.dilate(_closed_frame(level, upright), np.ones((3, 3), np.uint8))
    _, _, stats, _ = cv2.connectedComponentsWithStats(cv2.bitwise_not(rules), connectivity=4)
    height, width = gray.shape
    return [
        (x, y, x + w, y + h)
        for x, y, w, h, area in stats[1:].tolist()
        if w > LEAST
        and h > LEAST
        and x > 0
        and y > 0
        and x + w < width
        and y + h < height
        and area > 0.7 * w * h
    ]


def _strokes(ink: Plane) -> Plane:
    """The long level strokes of a picture, small gaps in them closed."""
    thick = cv2.morphologyEx(np.ascontiguousarray(ink), cv2.MORPH_CLOSE, np.ones((3, 1), np.uint8))
    long = cv2.morphologyEx(thick, cv2.MORPH_OPEN, np.ones((1, LINE), np.uint8))
    return np.asarray(cv2.morphologyEx(long, cv2.MORPH_CLOSE, np.ones((1, LINE // 2), np.uint8)), np.uint8)


def _closed_frame(level: Plane, upright: Plane) -> Plane:
    """All rules, and a level one where the upright ones end: a row cut by the page has no line at the cut."""
    rules = np.ascontiguousarray(level | upright)
    ys, xs = np.nonzero(upright)
    if ys.size:
        for y in (int(ys.min()), int(ys.max())):
            rules[y, xs.min() : xs.max() + 1] = 255
    return rules


def words_to_cells(areas: Sequence[Area], words: Sequence[Box]) -> tuple[Table, list[str]]:
    """The table of the areas with the words whose centre lies in each, and the lines of the words outside."""
    inside: dict[Area, list[Box]] = {area: [] for area in areas}
    outside: list[Box] = []
    for word in words:
        x, y = (word[0] + word[2]) / 2, (word[1] + word[3]) / 2
        home = next((a for a in areas if a[0] <= x < a[2] and a[1] <= y < a[3]), None)
        (inside[home] if home else outside).append(word)
    boxes = [
        (float(x0), float(y0), float(x1), float(y1), "\n".join(words_to_lines(found)))
        for (x0, y0, x1, y1), found in inside.items()
    ]
    return boxes_to_table(boxes, TOLERANCE), words_to_lines(outside)


def words_to_lines(words: Sequence[Box]) -> list[str]:
    """Words in reading order, those at one height on one line."""
    return ["".join(word[4] for word in line) for line in lines_of(words)]


def lines_of(words: Sequence[Box]) -> list[list[Box]]:
    """Words at one height, from the left; the lines from the top."""
    lines: list[list[Box]] = []
    for word in sorted(words, key=lambda word: word[1] + word[3]):
        middle = (word[1] + word[3]) / 2
        if lines and lines[-1][0][1] < middle < lines[-1][0][3]:
            lines[-1].append(word)
        else:
            lines.append([word])
    return [sorted(line) for line in lines]
