"""Whether the box beside a value holds it: by the characters of a PDF's own text, in a scan by where they were printed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from bench.compared import Json
from bench.fields import Field, department_form
from bench.folding import fold
from bench.tally import Counts
from extract.pdf.reader import pages
from models.geometry import Box

NEAR = 3.0
"""Points by which a box's centre may lie outside the printed text: a scan never lies quite like its print."""
LEAST_PAIRS = 8
"""With fewer boxes on a page there is no telling how it lies."""
Matrix = NDArray[np.float64]
Located = tuple[int, Box]
"""A page, from 1, and a box on it."""


@dataclass(frozen=True, slots=True)
class Boxes(Counts):
    """Counts: values with evidence, those with a box, boxes that hold the value, and hold nothing else."""

    values: int = 0
    boxed: int = 0
    holding: int = 0
    tight: int = 0


def evidence_of(result: Json) -> Json:
    found: Json = department_form(result).get("evidence") or {}
    return found


def location(one: Json | None) -> Located | None:
    """Where a piece of evidence is, if it is on a page."""
    return (one["page"], Box(*one["bbox"])) if one and one.get("bbox") and one.get("page") else None


def pdf_boxes(path: Path, result: Json) -> Boxes:
    """Every box of a print against the characters in it; an empty value has none."""
    chars = {page.number: page.chars for page in pages(path)}
    sums = Boxes()
    for one in evidence_of(result).values():
        text = Counter(fold(one["text"]))
        if not text:
            continue
        where = location(one)
        if where is None:
            sums += Boxes(values=1)
            continue
        number, box = where
        inside = Counter(fold("".join(c.text for c in chars.get(number, ()) if box.contains(*c.box.centre))))
        holding = not text - inside
        sums += Boxes(1, 1, int(holding), int(holding and not inside - text))
    return sums


def located(fields: Sequence[Field], result: Json) -> list[Located | None]:
    """Where each field of the truth was found, in the truth's order."""
    found = evidence_of(result)
    return [location(found.get(field.pointer)) for field in fields if field.want is not None]


def located_rows(fields: Sequence[Field], result: Json) -> dict[str, Located]:
    """Where the rows stand that the truth does not have, by their pointers: at the first part that was read."""
    found = evidence_of(result)
    places = {}
    for field in fields:
        if field.want is None:
            parts = (one for path, one in found.items() if path.startswith(field.pointer + "/"))
            place = next(filter(None, map(location, parts)), None)
            if place:
                places[field.pointer] = place
    return places


def page_turns(printed: Sequence[Located | None], scanned: Sequence[Located | None]) -> dict[int, Matrix]:
    """For each page the projection from the print to its scan that most of their common boxes agree on."""
    pairs: dict[int, list[tuple[Box, Box]]] = {}
    for before, after in zip(printed, scanned, strict=True):
        if before and after and before[0] == after[0]:
            pairs.setdefault(before[0], []).append((before[1], after[1]))
    turns = {}
    for number, boxes in pairs.items():
        if len(boxes) >= LEAST_PAIRS:
            there, here = (np.array([pair[side].centre for pair in boxes]) for side in (0, 1))
            matrix, _ = cv2.findHomography(there, here, cv2.RANSAC, NEAR)
            if matrix is not None:
                turns[number] = np.asarray(matrix, np.float64)
    return turns


def turned(matrix: Matrix, box: Box) -> Box:
    """The box around the picture of `box`."""
    corners = np.array([[[x, y]] for x in (box.x0, box.x1) for y in (box.top, box.bottom)], np.float64)
    moved = cv2.perspectiveTransform(corners, matrix).reshape(-1, 2)
    (x0, top), (x1, bottom) = moved.min(axis=0).tolist(), moved.max(axis=0).tolist()
    return Box(x0, top, x1, bottom)


def scan_boxes(printed: Sequence[Located | None], scanned: Sequence[Located | None]) -> Boxes:
    """How many fields of a scan have a box whose centre lies where they were printed (`holding`).

    `tight`: the box is no more than half as large again as the print.
    """
    turns = page_turns(printed, scanned)
    sums = Boxes()
    for before, after in zip(printed, scanned, strict=True):
        if before is None or after is None:
            sums += Boxes(values=int(before is not None))
            continue
        if before[0] != after[0] or before[0] not in turns:
            sums += Boxes(1, 1)
            continue
        true, box = turned(turns[before[0]], before[1]), after[1]
        x, y = box.centre
        wide = Box(true.x0 - NEAR, true.top - NEAR, true.x1 + NEAR, true.bottom + NEAR)
        holding = wide.contains(x, y)
        small = box.width * box.height <= 1.5 * wide.width * wide.height
        sums += Boxes(1, 1, int(holding), int(holding and small))
    return sums
