"""What a recogniser saw, kept so that it can be asked later whether it could have been something else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

BLANK = 0
"""The code of "no character here" (the CTC blank)."""
CUT = 1e-5
"""Probabilities below are not kept."""


@dataclass(frozen=True, slots=True, eq=False)
class Posteriors:
    """The recogniser's output for a line or a cell, frame by frame, sparse: which characters it could be.

    Frame f's entries are `starts[f]:starts[f + 1]`; a code of n > 0 means `chars[n - 1]`; `logs` are natural
    logarithms of probabilities. What is not listed is less probable than `CUT`.
    """

    chars: str
    starts: NDArray[np.int32]
    codes: NDArray[np.int32]
    logs: NDArray[np.float32]

    @property
    def frames(self) -> int:
        return len(self.starts) - 1


NOTHING = Posteriors("", np.zeros(1, np.int32), np.zeros(0, np.int32), np.zeros(0, np.float32))
"""The posteriors of a blank picture: certainly no text."""


def dense_to_posteriors(matrix: NDArray[np.float32], alphabet: Sequence[str]) -> Posteriors:
    """Keep of a recogniser's probabilities (frames × codes) what counts; code n > 0 means `alphabet[n - 1]`."""
    # on the flat matrix: numpy looks for what is not zero in two dimensions ten times as long
    frames, codes = np.divmod(np.flatnonzero(matrix.reshape(-1) >= CUT), matrix.shape[1])
    logs = np.log(matrix[frames, codes]).astype(np.float32)
    starts = np.searchsorted(frames, np.arange(len(matrix) + 1)).astype(np.int32)
    used = np.zeros(matrix.shape[1], np.bool_)
    used[codes] = True
    used[BLANK] = False
    renumbered = np.cumsum(used, dtype=np.int32)[codes]
    chars = "".join(alphabet[code - 1] for code in np.flatnonzero(used).tolist())
    return Posteriors(chars, starts, renumbered, logs)


def join(lines: Sequence[Posteriors]) -> Posteriors:
    """The posteriors of a cell of several lines, with one certain blank between them: a place to break.

    Those of a single line are its own, so that cells whose lines were read as one picture can be told.
    """
    if len(lines) == 1:
        return lines[0]
    chars = "".join(dict.fromkeys("".join(line.chars for line in lines)))
    starts, codes, logs = [NOTHING.starts], [NOTHING.codes], [NOTHING.logs]
    entries = 0
    for n, line in enumerate(lines):
        if n:
            entries += 1
            starts.append(np.array([entries], np.int32))
            codes.append(np.zeros(1, np.int32))
            logs.append(np.zeros(1, np.float32))
        renumber = np.array([BLANK, *(chars.index(char) + 1 for char in line.chars)], np.int32)
        starts.append(entries + line.starts[1:])
        codes.append(renumber[line.codes])
        logs.append(line.logs)
        entries += len(line.codes)
    return Posteriors(
        chars, np.concatenate(starts).astype(np.int32), np.concatenate(codes), np.concatenate(logs)
    )
