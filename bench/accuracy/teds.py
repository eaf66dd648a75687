"""TEDS: how alike two tables are as trees of table, rows and cells (Zhong, ShafieiBavani, Jimeno Yepes 2020).

1 − distance / size of the larger tree. Inserting, deleting and changing a node costs 1; a cell whose spans are right
costs the normalised edit distance of its text. The distance is Zhang and Shasha's (1989), which is quick on trees that
are three levels deep; PyPI's packages compute the same with a general algorithm that takes minutes on a table of ours.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Levenshtein

from models.grid import Cell

Costs = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Node:
    """A node in post-order: its first leaf, and its cell unless it is a row or the table."""

    first: int
    cell: Cell | None
    level: int


def cells_to_nodes(cells: Sequence[Cell]) -> list[Node]:
    """The tree of a table in post-order; a row holds the cells that begin in it."""
    nodes: list[Node] = []
    for row in sorted({cell.row for cell in cells}):
        first = len(nodes)
        here = sorted((cell for cell in cells if cell.row == row), key=lambda cell: cell.column)
        nodes += [Node(first + n, cell, 2) for n, cell in enumerate(here)]
        nodes.append(Node(first, None, 1))
    return [*nodes, Node(0, None, 0)]


def teds(one: Sequence[Cell], other: Sequence[Cell]) -> float:
    """From 0 to 1."""
    left, right = cells_to_nodes(one), cells_to_nodes(other)
    change = np.array([[_change(a, b) for b in right] for a in left])
    distance = np.zeros((len(left), len(right)))
    for i in _roots(left):
        for j in _roots(right):
            _subtrees(left, right, i, j, change, distance)
    return 1.0 - float(distance[-1, -1]) / max(len(left), len(right))


def _roots(nodes: Sequence[Node]) -> list[int]:
    """The last node of every first leaf: those whose subtrees must be compared (Zhang and Shasha's keyroots)."""
    return sorted({node.first: place for place, node in enumerate(nodes)}.values())


def _change(one: Node, other: Node) -> float:
    if one.level != other.level:
        return 1.0
    if one.cell is None or other.cell is None:
        return 0.0
    if (one.cell.row_span, one.cell.column_span) != (other.cell.row_span, other.cell.column_span):
        return 1.0
    return Levenshtein.normalized_distance(_text(one.cell), _text(other.cell))


def _text(cell: Cell) -> str:
    return "".join(cell.text.split())


def _subtrees(
    left: Sequence[Node], right: Sequence[Node], i: int, j: int, change: Costs, distance: Costs
) -> None:
    """Fill `distance` for all pairs of subtrees that share their first leaves with those of `i` and `j`."""
    top, start = left[i].first, right[j].first
    high, wide = i - top + 2, j - start + 2
    forest = [[0.0] * wide for _ in range(high)]
    forest[0] = [float(n) for n in range(wide)]
    for a in range(1, high):
        above, row = forest[a - 1], forest[a]
        row[0] = float(a)
        one = top + a - 1
        for b in range(1, wide):
            other = start + b - 1
            best = min(above[b], row[b - 1]) + 1.0
            if left[one].first == top and right[other].first == start:
                best = min(best, above[b - 1] + change[one, other])
                distance[one, other] = best
            else:
                before = forest[left[one].first - top][right[other].first - start]
                best = min(best, before + distance[one, other])
            row[b] = best
