"""Where in a picture the parts of a text stand, and how sure each part is by itself."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from models.ctc import text_emissions
from models.posteriors import Posteriors
from normalize.channel.picture_evidence import fold_width, fold_width_of, log_likelihood


def part_confidences(posteriors: Posteriors, text: str, parts: Sequence[str]) -> list[float]:
    """The probability that each of `parts`, which follow one another in `text`, was read right; spaces do not count.

    A part that does not stand in the text as it is (it was changed since) is as sure as the whole.
    """
    folded, whole = fold_width_of(posteriors), fold_width(text)
    frames = [*first_frames(folded, whole), folded.frames]
    confidences, start = [], 0
    for part in map(fold_width, parts):
        at = whole.find(part, start)
        if at < 0 or not part:
            confidences.append(math.exp(log_likelihood(folded, whole)))
            continue
        start = at + len(part)
        first = frames[at] if at else 0
        confidences.append(math.exp(log_likelihood(slice_frames(folded, first, frames[start]), part)))
    return confidences


def slice_frames(posteriors: Posteriors, first: int, end: int) -> Posteriors:
    """The posteriors of the frames from `first` up to `end`, at least one of them."""
    end = max(end, first + 1)
    starts = posteriors.starts[first : end + 1]
    entries = slice(int(starts[0]), int(starts[-1]))
    return Posteriors(
        posteriors.chars, starts - starts[0], posteriors.codes[entries], posteriors.logs[entries]
    )


def first_frames(posteriors: Posteriors, text: str) -> list[int]:
    """For each character the frame where it begins on the most probable path (Viterbi) of the text."""
    probabilities, states = text_emissions(posteriors, [text])
    logs = np.log(np.maximum(probabilities, 1e-30))[:, states[0]]
    count = logs.shape[1]
    skips = np.full(count, -np.inf)
    skips[3::2] = np.where(states[0][3::2] != states[0][1:-2:2], 0.0, -np.inf)
    score = np.full(count, -np.inf)
    score[:2] = logs[0, :2]
    moves = np.full((3, count), -np.inf)
    back = np.zeros((len(logs), count), np.int8)
    for frame in range(1, len(logs)):
        moves[0] = score
        moves[1, 1:] = score[:-1]
        moves[2, 2:] = score[:-2] + skips[2:]
        back[frame] = moves.argmax(axis=0)
        score = moves.max(axis=0) + logs[frame]
    return _trace(back, int(score[-2:].argmax()) + count - 2 if count > 1 else 0)


def _trace(back: NDArray[np.int8], state: int) -> list[int]:
    """The first frame of every odd state on the way back from `state`; a character never reached begins at 0."""
    first = [0] * (back.shape[1] // 2)
    for frame in range(len(back) - 1, -1, -1):
        if state % 2:
            first[state // 2] = frame
        state -= int(back[frame, state])
    return first
