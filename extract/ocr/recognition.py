"""Between a picture of a line and the recognition network: pixels to its input, its output to a reading."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.ocr.engine import Glyph, Picture, Reading
from models.ctc import log_likelihoods
from models.posteriors import BLANK, dense_to_posteriors

_INPUT_HEIGHT_PX = 48
"""The network's input is this high."""
TRAINED_WIDTH_PX = 320
"""The network was trained on inputs at least this wide; a shorter line is padded to it."""
NARROW_WIDTH_PX = 96
"""A first look pads only to this: most lines of a form are shorter than `TRAINED_WIDTH_PX`, and padding costs as much as
print. Measured on scans with ten damages: of what was then read with certainty, one line in 10,000 was read otherwise."""
_FAINTEST_LEVELS = 16
"""A picture whose levels differ by less than this (of 255) shows nothing."""


def is_blank(line: Picture) -> bool:
    """Whether the picture is empty or of one colour."""
    return line.size == 0 or int(line.max()) - int(line.min()) < _FAINTEST_LEVELS


def line_to_input(line: Picture, least: int) -> tuple[NDArray[np.float32], float]:
    """The network's input (1 × 3 × 48 × width, from −1 to 1, padded with 0 to a width of `least`) and the part of its
    width that is picture.

    The arithmetic is that of rapidocr's `TextRecognizer.resize_norm_img`: a pixel more or less moves the evidence
    by some nats, so there is one way only.
    """
    height, width = line.shape[:2]
    ratio = width / height
    padded = int(_INPUT_HEIGHT_PX * max(ratio, least / _INPUT_HEIGHT_PX))
    scaled = min(padded, math.ceil(_INPUT_HEIGHT_PX * ratio))
    pixels = cv2.resize(line, (scaled, _INPUT_HEIGHT_PX)).astype(np.float32).transpose(2, 0, 1)
    tensor = np.zeros((1, 3, _INPUT_HEIGHT_PX, padded), np.float32)
    tensor[0, :, :, :scaled] = (pixels / 255 - 0.5) / 0.5
    return tensor, scaled / padded


def matrix_to_reading(matrix: NDArray[np.float32], alphabet: Sequence[str], filled: float) -> Reading:
    """The reading of the network's output (frames × codes, each frame's sum 1).

    Code n > 0 means `alphabet[n - 1]`; `filled` is the part of the frames that show the picture and not padding.
    """
    glyphs = tuple(_glyphs(matrix, alphabet, filled))
    text = "".join(glyph.char for glyph in glyphs)
    posteriors = dense_to_posteriors(matrix, alphabet)
    confidence = min(1.0, math.exp(log_likelihoods(posteriors, [text])[0]))
    return Reading(text, glyphs, posteriors, confidence)


def _glyphs(matrix: NDArray[np.float32], alphabet: Sequence[str], filled: float) -> Iterator[Glyph]:
    """Each frame's most probable code; a run of equal codes is one character."""
    best = matrix.argmax(axis=1)
    sure = matrix[np.arange(len(best)), best]
    starts = np.concatenate(([0], np.flatnonzero(best[1:] != best[:-1]) + 1))
    surest = np.maximum.reduceat(sure, starts).tolist()
    for (start, end), code, probability in zip(
        pairwise((*starts.tolist(), len(best))), best[starts].tolist(), surest, strict=True
    ):
        if code != BLANK:
            centre = (start + end) / 2 / len(best) / filled
            yield Glyph(alphabet[code - 1], probability, min(1.0, centre))
