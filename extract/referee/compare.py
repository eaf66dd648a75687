"""Where two readings of one table differ: cell by cell, in their text, in how they are cut, and in row and column."""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from extract.referee.camelot_tables import RefereeCell
from models.geometry import Box
from models.grid import Cell

Difference = Literal["text", "cut", "row", "column", "lost"]
"""Other text; one cell here and several there; another row or column; text there that is nowhere here."""


@dataclass(frozen=True, slots=True)
class Dispute:
    """A place on a page that two readers see differently, and what the referee reads there."""

    difference: Difference
    box: Box
    ours: str
    theirs: str


def find_disputes(tables: Sequence[Sequence[Cell]], theirs: Sequence[RefereeCell]) -> list[Dispute]:
    """What the referee sees otherwise than our cells of the `tables` of the same page.

    Each of our cells with text belongs to the cell of theirs around the middle of its text; what the referee has not seen
    at all is not disputed. Both readers may number
    rows and columns differently, but they must keep them together: a cell that the other rows or columns do not agree
    with stands in another one.
    """
    held: dict[int, list[tuple[int, Cell]]] = defaultdict(list)
    disputes = []
    for n, cell in ((n, cell) for n, cells in enumerate(tables) for cell in cells):
        box = cell.place.box
        if not cell.text.strip() or box is None:
            continue
        holder = cell_around(theirs, box)
        if holder is not None:
            held[holder].append((n, cell))
    agreed: list[tuple[int, Cell, RefereeCell]] = []
    for n, other in enumerate(theirs):
        ours = held.get(n, [])
        if not bare_text(other.text):
            continue
        if len(ours) == 1 and bare_text(ours[0][1].text) == bare_text(other.text):
            agreed.append((*ours[0], other))
        elif not ours:
            disputes.append(Dispute("lost", other.box, "", other.text))
        disputes += [
            Dispute("text" if len(ours) == 1 else "cut", cell.place.box or other.box, cell.text, other.text)
            for _, cell in ours
            if len(ours) > 1 or bare_text(cell.text) != bare_text(other.text)
        ]
    disputes += _astray(agreed, "column", lambda cell: cell.column)
    disputes += _astray(agreed, "row", lambda cell: cell.row)
    return disputes


def cell_around(theirs: Sequence[RefereeCell], box: Box) -> int | None:
    """The number of the referee's cell that stands around the middle of a box, `None` where there is none."""
    x, y = box.centre
    return next((n for n, cell in enumerate(theirs) if cell.box.contains(x, y)), None)


def _astray(
    agreed: Sequence[tuple[int, Cell, RefereeCell]],
    difference: Literal["row", "column"],
    number: Callable[[Cell | RefereeCell], int],
) -> list[Dispute]:
    """The cells whose row or column is not the one that most cells of the same one there have here."""
    seen: dict[tuple[int, int, int], Counter[int]] = defaultdict(Counter)
    for table, cell, other in agreed:
        seen[table, other.table, number(other)][number(cell)] += 1
    usual = {place: counts.most_common(1)[0][0] for place, counts in seen.items()}
    return [
        Dispute(difference, cell.place.box or other.box, cell.text, other.text)
        for table, cell, other in agreed
        if number(cell) != usual[table, other.table, number(other)]
    ]


def bare_text(text: str) -> str:
    """The characters of a text that have ink, alike for both readers."""
    return "".join(unicodedata.normalize("NFKC", text).split())
