"""What a recogniser saw, kept so that it can be asked later whether it could have been something else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

BLANK = 0
"""The code of "no character here" (the CTC blank)."""


@dataclass(frozen=True, slots=True, eq=False)
class Posteriors:
    """The recogniser's output for a line or a cell, frame by frame, sparse: which characters it could be.

    Frame f's entries are `starts[f]:starts[f + 1]`; a code of n > 0 means `chars[n - 1]`; `logs` are natural
    logarithms of probabilities. What is not listed is less probable than the recogniser's cut (about 1e-5).
    """

    chars: str
    starts: NDArray[np.int32]
    codes: NDArray[np.int32]
    logs: NDArray[np.float32]

    @property
    def frames(self) -> int:
        return len(self.starts) - 1


def join(lines: Sequence[Posteriors]) -> Posteriors:
    """The posteriors of a cell of several lines, with one certain blank between them: a place to break."""
    chars = "".join(dict.fromkeys("".join(line.chars for line in lines)))
    starts, codes, logs = [np.zeros(1, np.int32)], [], []
    for n, line in enumerate(lines):
        if n:
            starts.append(starts[-1][-1:] + 1)
            codes.append(np.zeros(1, np.int32))
            logs.append(np.zeros(1, np.float32))
        renumber = np.array([BLANK, *(chars.index(char) + 1 for char in line.chars)], np.int32)
        starts.append(starts[-1][-1] + line.starts[1:])
        codes.append(renumber[line.codes])
        logs.append(line.logs)
    none = (np.zeros(0, np.int32), np.zeros(0, np.float32))
    return Posteriors(
        chars,
        np.concatenate(starts).astype(np.int32),
        np.concatenate([none[0], *codes]),
        np.concatenate([none[1], *logs]),
    )
