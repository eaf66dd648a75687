"""How probable a text is, given what a recogniser saw: the forward pass of connectionist temporal classification."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from models.posteriors import BLANK, Posteriors

FLOOR = 1e-7
"""The probability of what is not listed in a frame. Measured on bad photocopies: a printed character is always
listed somewhere, others stand at 2e-8 in the median."""


_RESCALE = 8
"""Frames between two rescalings: at worst a probability falls by `FLOOR` a frame, far from underflow."""


def log_likelihoods(posteriors: Posteriors, texts: Sequence[str]) -> NDArray[np.float64]:
    """ln P(text | picture) of each of `texts`, summed over all ways to lay it along the frames.

    The forward pass of connectionist temporal classification (Graves et al. 2006, equations 5–8) over all texts
    at once; −∞ for a text that cannot be there, being longer than the frames, and maybe for one below e⁻⁵⁰⁰.
    """
    emissions, states = text_emissions(posteriors, texts)
    width = states.shape[1]
    skips = np.zeros(states.shape)
    skips[:, 1::2] = 1.0
    skips[:, 3::2] = states[:, 3::2] != states[:, 1:-2:2]
    paths = np.zeros((len(texts), width + 2))
    paths[:, 1] = 1.0
    stay, from_last, from_before = paths[:, 2:], paths[:, 1:-1], paths[:, :-2]
    step, skipped = np.empty_like(skips), np.empty_like(skips)
    scales = np.zeros(len(texts))
    for first in range(0, posteriors.frames, _RESCALE):
        emitted = emissions[first : first + _RESCALE][:, states]
        for emission in emitted:
            np.add(stay, from_last, out=step)
            np.multiply(skips, from_before, out=skipped)
            step += skipped
            np.multiply(step, emission, out=stay)
            paths[:, 1] = 0.0
        if len(emitted) == _RESCALE:
            scales += _rescale(paths)
    ends = 2 * np.array([len(text) for text in texts], np.intp) + 1
    rows = np.arange(len(texts))
    with np.errstate(divide="ignore"):
        total: NDArray[np.float64] = np.log(paths[rows, ends + 1] + paths[rows, ends]) + scales
    return total


def _rescale(paths: NDArray[np.float64]) -> NDArray[np.float64]:
    """Divide each row by its largest entry, in place; returns the logarithms of the divisors."""
    largest = paths.max(axis=1)
    largest[largest == 0.0] = 1.0
    paths /= largest[:, None]
    paths[paths < 1e-250] = 0.0  # denormal numbers are slow
    scales: NDArray[np.float64] = np.log(largest)
    return scales


def text_emissions(
    posteriors: Posteriors, texts: Sequence[str]
) -> tuple[NDArray[np.float64], NDArray[np.intp]]:
    """Probabilities (frames × columns) and, for every text, its states' columns: blank, character, blank, …

    Column 0 is the blank, the last one stands after a text's end and has no probability.
    """
    columns = {char: n for n, char in enumerate(dict.fromkeys("".join(texts)), 1)}
    after = len(columns) + 1
    probabilities = np.full((posteriors.frames, after + 1), FLOOR)
    column_of = np.array([BLANK, *(columns.get(char, after) for char in posteriors.chars)], np.intp)
    frames = np.repeat(np.arange(posteriors.frames), np.diff(posteriors.starts))
    probabilities[frames, column_of[posteriors.codes]] = np.exp(posteriors.logs)
    probabilities[:, after] = 0.0
    states = np.full((len(texts), 2 * max(map(len, texts), default=0) + 1), after, np.intp)
    for row, text in zip(states, texts, strict=True):
        row[: 2 * len(text) + 1] = BLANK
        row[1 : 2 * len(text) : 2] = [columns[char] for char in text]
    return probabilities, states
