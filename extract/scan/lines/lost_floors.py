"""Cells that run together because a copier lost the line between two rows: where their text stands tells them apart.

Text of one cell goes on in even steps from line to line. Where it stops short of a row's border and begins anew beyond
it, in the middle of each row, two cells were drawn. Lengths are in usual heights of a line.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from extract.scan.lines.cell_lines import Band

_REST_HEIGHTS = 0.3
"""What is left of a lost line is at most this high."""
_REST_ASTRAY_HEIGHTS = 0.15
"""What is left of a lost line lies at most this far from the border."""
_CENTRED_HEIGHTS = 0.35
"""The middle of a cell's text lies at most this far from the middle of its row."""
_NARROWEST_HEIGHTS = 2.5
"""The text of either cell is at least this wide: labels of a character or two a line stand one below the other in one cell."""
_LINE_GAP_HEIGHTS = 0.6
"""Lines of one cell are no further apart than this; counted on prints of six layouts, 0.3 to 0.5."""
_MORE_GAP_HEIGHTS = 0.2
"""Between two cells lines are further apart than within either of them by at least this."""


def lost_floors(bands: Sequence[Band], ys: Sequence[float], height: float) -> list[int]:
    """Which of the inner borders `ys[1:-1]` of the rows that a cell covers it was parted by, as indices of `ys`.

    `bands` are the cell's lines from top to bottom; all is in pixels, a usual line is `height` pixels high.
    """
    rests = [band for band in bands if band.bottom - band.top <= _REST_HEIGHTS * height]
    lines = [band for band in bands if band not in rests]
    found: list[int] = []
    for n in range(1, len(ys) - 1):
        above = [band for band in lines if ys[found[-1] if found else 0] <= _middle(band) < ys[n]]
        below = [band for band in lines if ys[n] <= _middle(band) < ys[n + 1]]
        crossed = any(band.top < ys[n] < band.bottom for band in lines)
        rest = any(abs(_middle(band) - ys[n]) <= _REST_ASTRAY_HEIGHTS * height for band in rests)
        start = ys[found[-1] if found else 0]
        if crossed or not (above or below):
            continue
        if rest or (
            _is_centred(above, start, ys[n], height)
            and _is_centred(below, ys[n], ys[n + 1], height)
            and _is_far(above, below, height)
        ):
            found.append(n)
    return found


def _middle(band: Band) -> float:
    return (band.top + band.bottom) / 2


def _is_centred(lines: Sequence[Band], top: float, bottom: float, height: float) -> bool:
    """Whether there is text wide enough to tell, in the middle between `top` and `bottom`."""
    if not lines or max(band.right - band.left for band in lines) < _NARROWEST_HEIGHTS * height:
        return False
    middle = (lines[0].top + lines[-1].bottom) / 2
    return abs(middle - (top + bottom) / 2) <= _CENTRED_HEIGHTS * height


def _is_far(above: Sequence[Band], below: Sequence[Band], height: float) -> bool:
    """Whether the lines below the border are further from those above it than lines of one cell are from each other."""
    gaps = [b.top - a.bottom for side in (above, below) for a, b in pairwise(side)]
    usual = max(gaps) + _MORE_GAP_HEIGHTS * height if gaps else _LINE_GAP_HEIGHTS * height
    return below[0].top - above[-1].bottom >= usual
