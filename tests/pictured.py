"""Pictures for tests: posteriors of a line that say what each character could be."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from models.posteriors import Posteriors, dense_to_posteriors

SURE = 0.999
FAINT = 1e-7


def line(text: str, doubts: Mapping[int, Mapping[str, float]] | None = None) -> Posteriors:
    """A line with one frame a character and a sure blank after each.

    `doubts`: what else the characters at some places could be ("" for none), with probabilities.
    """
    doubts = doubts or {}
    others = "".join(char for options in doubts.values() for char in options)
    alphabet = "".join(dict.fromkeys(text + others + "另"))
    rows = []
    for place, char in enumerate(text):
        options = doubts.get(place, {"另": 1 - SURE})
        row = np.full(len(alphabet) + 1, FAINT, np.float32)
        for option, probability in {**options, char: 1 - sum(options.values())}.items():
            row[alphabet.index(option) + 1 if option else 0] = probability
        blank = np.full(len(alphabet) + 1, FAINT, np.float32)
        blank[0] = 1.0
        rows += [row, blank]
    return dense_to_posteriors(np.array(rows), alphabet)
