"""‰ told from % by its rings: the recogniser knows the sign and never writes it, but writes %, %0 or %o."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

import cv2
import numpy as np

from extract.ocr.engine import Picture, Reading
from models.ctc import log_likelihoods
from models.geometry import Box
from models.posteriors import BLANK, Posteriors

_LAST_RINGS = "0oO。°"
"""What the recogniser writes for the last ring."""
_SIGN = re.compile(f"%[{_LAST_RINGS}]?")
_PER_MILLE = "‰"
_SEEN_PX = 96
"""A picture is looked at as if it were at least about this high: rings are two pixels wide at 150 dpi."""
_LEAST_AREA = 0.0012
"""A smaller hole in the ink is noise (areas and lengths here are in heights of the picture and its square)."""
_TALLEST = 0.4
"""A ring's hole is at most this high; that of a zero is higher."""
_TWIN_DIFFERENCE = 0.06
"""The two lower rings are drawn alike: their tops and heights differ by no more than this."""
_STEP = (0.13, 0.45)
"""From one ring to the next it is so far to the right, at least and at most."""
_DROP = 0.15
"""The first ring stands higher than the others by more than this."""
_MOST_TIMES = 2.0
"""The three rings are of one size: none is more than twice as high or wide as another, as a zero's hole is beside specks."""
_BEFORE, _BEHIND = 0.6, 1.1
"""So far before and behind the middle of what was read as % the sign is looked for."""


def with_per_mille(line: Picture, reading: Reading, filled: float) -> Reading:
    """The reading of the picture `line` with ‰ wherever what was read as %, %0 or %o has a third ring like its second.

    `filled` is the part of the reading's frames that show the picture.
    """
    text = "".join(glyph.char for glyph in reading.glyphs)
    signs = [
        found.span()
        for found in _SIGN.finditer(text)
        if _has_three_rings(line, reading.glyphs[found.start()].centre)
    ]
    return _rewritten(reading, signs, filled) if signs else reading


def _has_three_rings(line: Picture, centre: float) -> bool:
    """Whether one ring and, lower and to the right, two equal ones stand around `centre`, a part of the width."""
    high, wide = line.shape[:2]
    left, right = (round(centre * wide + side * high) for side in (-_BEFORE, _BEHIND))
    part = np.ascontiguousarray(line[:, max(0, left) : right, 1])
    rings = list(_rings(part)) if part.size else []
    return any(
        _is_step(upper, lower)
        and lower.top - upper.top > _DROP
        and _is_step(lower, last)
        and abs(lower.top - last.top) <= _TWIN_DIFFERENCE
        and abs(lower.height - last.height) <= _TWIN_DIFFERENCE
        and _are_of_one_size((upper, lower, last))
        for upper in rings
        for lower in rings
        for last in rings
    )


def _are_of_one_size(rings: Sequence[Box]) -> bool:
    sides = ([ring.width for ring in rings], [ring.height for ring in rings])
    return all(max(side) <= _MOST_TIMES * min(side) for side in sides)


def _is_step(ring: Box, following: Box) -> bool:
    least, most = _STEP
    return least <= following.x0 - ring.x0 <= most


def _rings(grey: Picture) -> Iterator[Box]:
    """The small holes in the ink of a picture, in its heights."""
    times = max(1, round(_SEEN_PX / grey.shape[0]))
    large = cv2.resize(grey, None, fx=times, fy=times, interpolation=cv2.INTER_CUBIC)
    _, ink = cv2.threshold(large, 0, 255, cv2.THRESH_BINARY_INV + cv2.THRESH_OTSU)
    outlines, nested = cv2.findContours(ink, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_NONE)
    for n, outline in enumerate(outlines):
        x, y, wide, high = (side / large.shape[0] for side in cv2.boundingRect(outline))
        if nested[0][n][3] >= 0 and wide * high >= _LEAST_AREA and high <= _TALLEST:
            yield Box(x, y, x + wide, y + high)


def _rewritten(reading: Reading, signs: Sequence[tuple[int, int]], filled: float) -> Reading:
    """The reading with ‰ for the glyphs of each of `signs` (first and end): its frames bear ‰ as they bore %."""
    glyphs, posteriors = list(reading.glyphs), reading.posteriors
    middles = [glyph.centre * filled * posteriors.frames for glyph in reading.glyphs]
    borders = [0.0, *((left + right) / 2 for left, right in pairwise(middles)), float(posteriors.frames)]
    for first, end in reversed(signs):
        posteriors = _borne(posteriors, borders[first], borders[end])
        glyphs[first:end] = [replace(glyphs[first], char=_PER_MILLE)]
    text = "".join(glyph.char for glyph in glyphs)
    confidence = min(1.0, math.exp(log_likelihoods(posteriors, [text])[0]))
    return Reading(text, tuple(glyphs), posteriors, confidence)


def _borne(posteriors: Posteriors, first: float, end: float) -> Posteriors:
    """The posteriors in whose frames from `first` to `end` % is ‰ and what may stand for its last ring is nothing."""
    chars = "".join(dict.fromkeys((*posteriors.chars, _PER_MILLE)))
    meant = [
        chars.index(_PER_MILLE) + 1 if char == "%" else BLANK if char in _LAST_RINGS else code
        for code, char in enumerate(chars, 1)
    ]
    frames = np.repeat(np.arange(posteriors.frames), np.diff(posteriors.starts))
    within = (frames >= first) & (frames < end)
    codes = np.where(within, np.array([BLANK, *meant])[posteriors.codes], posteriors.codes)
    places, entry = np.unique(frames * (len(chars) + 1) + codes, return_inverse=True)
    sums = np.bincount(entry, np.exp(posteriors.logs.astype(np.float64)))
    frames, codes = np.divmod(places, len(chars) + 1)
    starts = np.searchsorted(frames, np.arange(posteriors.frames + 1))
    return Posteriors(chars, starts.astype(np.int32), codes.astype(np.int32), np.log(sums).astype(np.float32))
