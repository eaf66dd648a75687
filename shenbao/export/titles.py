"""Chinese or English: the titles of the columns and the labels of the codes in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal

from shenbao.export.columns import OutputTable, TableRow

Titles = Literal["english", "chinese"]


def shown(table: OutputTable, rows: Iterable[TableRow], titles: Titles) -> Iterable[TableRow]:
    """The rows with the codes of categories as they are (`english`) or as a clerk reads them (`chinese`)."""
    return rows if titles == "english" else _labelled(table, rows)


def _labelled(table: OutputTable, rows: Iterable[TableRow]) -> Iterator[TableRow]:
    labels = [column.labels for column in table.columns]
    for row in rows:
        yield tuple(
            codes.get(str(value), value) if codes else value for codes, value in zip(labels, row, strict=True)
        )
