"""Parts of a page's picture."""

from __future__ import annotations

from pathlib import Path

from PIL import Image

from shenbao.desk.pages.page_jobs import PX_A_POINT
from shenbao.desk.view import Corners

_MARGIN_PT = 4.0
"""What is shown around a field: half a line, so that a stroke that was cut off is seen."""


def cut(page: Path, box: Corners, turn: int = 0) -> Image.Image:
    """The part of a page's picture (its path) that `box` in points says, with a margin; turned by so many quarters clockwise.

    A box that is not on the page gives a picture of nothing. Raises `OSError`.
    """
    with Image.open(page) as picture:
        x0, top, x1, bottom = box
        corners = (x0 - _MARGIN_PT, top - _MARGIN_PT, x1 + _MARGIN_PT, bottom + _MARGIN_PT)
        left, upper, right, lower = (round(at * PX_A_POINT) for at in corners)
        inside = (max(0, left), max(0, upper), min(picture.width, right), min(picture.height, lower))
        if inside[0] >= inside[2] or inside[1] >= inside[3]:
            return Image.new("RGB", (1, 1), "white")
        return picture.crop(inside).convert("RGB").rotate(-90 * turn, expand=True)
