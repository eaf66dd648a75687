"""GriTS: how alike two tables are as grids (Smock, Pesala, Abraham 2023, "GriTS: Grid table similarity metric").

Both grids are cut down to rows and columns that go together, in order (the factored approximation of section 4.2: rows
are aligned by the best alignment of their columns, columns likewise); the score is the F-score of the likeness of the
places that remain. *Content*: longest common subsequence of the texts. *Topology*: overlap of the spans as seen from
the place.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import LCSseq

from models.grid import Cell, Place

Likeness = NDArray[np.float64]
"""Rows × rows × columns × columns: how alike two places of the two grids are, 0…1."""


def grits(one: Sequence[Cell], other: Sequence[Cell]) -> tuple[float, float]:
    """Content and topology, from 0 to 1."""
    one, other = _complete(one), _complete(other)
    left, right = _places(one), _places(other)
    texts = _pairwise([_text(c) for c in one], [_text(c) for c in other])
    content = texts[left[:, None, :, None], right[None, :, None, :]]
    spans = _topology(_seen(one, left), _seen(other, right))
    return _score(content), _score(spans)


def _text(cell: Cell) -> str:
    return "".join(cell.text.split())


def _content(one: str, other: str) -> float:
    return 2 * LCSseq.similarity(one, other) / (len(one) + len(other)) if one or other else 1.0


def _pairwise(one: Sequence[str], other: Sequence[str]) -> NDArray[np.float64]:
    """Likeness of all pairs of texts, each compared once."""
    known: dict[tuple[str, str], float] = {}
    made = np.zeros((len(one), len(other)))
    for i, a in enumerate(one):
        for j, b in enumerate(other):
            if (a, b) not in known:
                known[a, b] = _content(a, b)
            made[i, j] = known[a, b]
    return made


def _complete(cells: Sequence[Cell]) -> list[Cell]:
    """The cells, and a blank one at every place of the grid that has none."""
    free = np.argwhere(_places(cells) < 0).tolist()
    return [*cells, *(Cell(row, column, "", Place()) for row, column in free)]


def _places(cells: Sequence[Cell]) -> NDArray[np.intp]:
    """The number of the cell at every place of the grid, −1 where there is none."""
    rows = max((c.row + c.row_span for c in cells), default=0)
    columns = max((c.column + c.column_span for c in cells), default=0)
    grid = np.full((rows, columns), -1, np.intp)
    for n, c in enumerate(cells):
        grid[c.row : c.row + c.row_span, c.column : c.column + c.column_span] = n
    return grid


def _seen(cells: Sequence[Cell], places: NDArray[np.intp]) -> NDArray[np.float64]:
    """For every place its cell's box as seen from there: left, top, right, bottom."""
    rows, columns = np.indices(places.shape)
    boxes = np.array([(c.column, c.row, c.column + c.column_span, c.row + c.row_span) for c in cells], float)
    return boxes[places] - np.stack([columns, rows, columns, rows], axis=-1)


def _topology(one: NDArray[np.float64], other: NDArray[np.float64]) -> Likeness:
    """Intersection over union of the boxes at all pairs of places."""
    a, b = one[:, None, :, None], other[None, :, None, :]
    wide = np.minimum(a[..., 2], b[..., 2]) - np.maximum(a[..., 0], b[..., 0])
    high = np.minimum(a[..., 3], b[..., 3]) - np.maximum(a[..., 1], b[..., 1])
    shared = np.clip(wide, 0, None) * np.clip(high, 0, None)
    area = [(x[..., 2] - x[..., 0]) * (x[..., 3] - x[..., 1]) for x in (a, b)]
    return np.asarray(shared / (area[0] + area[1] - shared), np.float64)


def _score(like: Likeness) -> float:
    """The F-score of the likeness at the places of the aligned rows and columns."""
    rows = _aligned(_alignment_worth(like))
    columns = _aligned(_alignment_worth(like.transpose(2, 3, 0, 1)))
    kept = sum(float(like[a, b, c, d]) for a, b in rows for c, d in columns)
    size = like.shape[0] * like.shape[2] + like.shape[1] * like.shape[3]
    return 2 * kept / size if size else 1.0


def _alignment_worth(like: Likeness) -> NDArray[np.float64]:
    """For all pairs of rows the worth of the best alignment of their places, all pairs at once."""
    best = np.zeros((like.shape[2] + 1, like.shape[3] + 1, *like.shape[:2]))
    for c in range(like.shape[2]):
        for d in range(like.shape[3]):
            together = best[c, d] + like[:, :, c, d]
            best[c + 1, d + 1] = np.maximum(together, np.maximum(best[c, d + 1], best[c + 1, d]))
    return np.asarray(best[-1, -1], np.float64)


def _aligned(worth: NDArray[np.float64]) -> list[tuple[int, int]]:
    """The pairs, in order, with the greatest sum."""
    n, m = worth.shape
    best = np.zeros((n + 1, m + 1))
    for i in range(n):
        for j in range(m):
            best[i + 1, j + 1] = max(best[i, j] + worth[i, j], best[i, j + 1], best[i + 1, j])
    pairs, i, j = [], n, m
    while i and j:
        if best[i, j] == best[i - 1, j]:
            i -= 1
        elif best[i, j] == best[i, j - 1]:
            j -= 1
        else:
            i, j = i - 1, j - 1
            pairs.append((i, j))
    return pairs[::-1]
