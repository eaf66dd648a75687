"""Text beneath a page's picture, found by where it stands: the picture's cells ask for what it says there."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from extract.page.text_lines import chars_to_lines, lines_to_text
from models.page import Char

_Places = NDArray[np.float32]
"""An (n, 2) array of abscissas and ordinates."""


@dataclass(frozen=True, slots=True, eq=False)
class HiddenText:
    """Characters upright, and the place of each one's centre (n × 2) in points of the page as handed in."""

    chars: tuple[Char, ...]
    centres: _Places

    def within(self, corners: _Places) -> str | None:
        """The text between four `corners` (clockwise, points of the page as handed in); `None` without any."""
        sides = np.roll(corners, -1, axis=0) - corners
        away = self.centres[:, None, :] - corners[None, :, :]
        # clockwise on paper, where y grows downwards: what is inside lies to the right of every side
        turns = sides[:, 0] * away[:, :, 1] - sides[:, 1] * away[:, :, 0]
        inside = np.flatnonzero((turns >= 0).all(axis=1))
        return lines_to_text(chars_to_lines(self.chars[n] for n in inside)).strip() or None
