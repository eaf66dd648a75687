"""Columns of a table, found below their headings."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import replace

from bench.peers.labels import label, letters, text_of
from bench.peers.rows import Place, Row


class Columns:
    """Where each heading stood last.

    `headings` are names by label, `order` the names of the columns that have values, from left to right,
    `above` the names of headings by those of the headings below them.
    """

    def __init__(
        self, headings: Mapping[str, str], order: Sequence[str], above: Mapping[str, str] | None = None
    ) -> None:
        self._headings = headings
        self._order = order
        self._above = above or {}
        self._places: dict[str, Place] = {}

    def learn(self, row: Row, further: Mapping[str, str] | None = None) -> bool:
        """Whether `row` holds headings, `further` ones among them; their places are kept."""
        names = {**self._headings, **(further or {})}
        heads = [
            (name, cell)
            for cell in row.cells
            if (name := names.get(label(cell.text)) or names.get(letters(cell.text)))
        ]
        shift = 0.0
        if heads and row.table.edges == "padded":
            # a row below merged headings lacks them: it begins where the heading above it does
            upper = self._places.get(self._above.get(heads[0][0], ""))
            shift = upper.left - heads[0][1].left if upper and upper.table is row.table else 0.0
        for name, cell in heads:
            place = row.place(cell)
            self._places[name] = replace(place, into=place.into + shift, left=place.left + shift)
        return bool(heads)

    def value(self, row: Row, name: str) -> str | None:
        """The text below a heading, `None` where there is none or it was not seen.

        In bare rows a heading does not stand above its column, and a heading may be misread among others
        that are not: such columns count from the right, in their order.
        """
        if name in self._places and row.table.edges != "bare":
            return text_of(row.at(self._places[name]) or "")
        rank = len(self._order) - self._order.index(name)
        return text_of(row.cells[-rank].text) if self._places and rank <= len(row.cells) else None

    def before(self, row: Row, name: str, labels: Container[str]) -> str | None:
        """The nearest text on the left of a column that is not one of `labels`."""
        if row.table.edges == "bare":
            left = list(row.cells[: self._order.index(name) - len(self._order)])
        else:
            left = [
                cell for cell in row.cells if name in self._places and cell.right <= self._places[name].left
            ]
        texts = [cell.text for cell in left if label(cell.text) not in labels]
        return next((text for one in reversed(texts) if (text := text_of(one))), None)
