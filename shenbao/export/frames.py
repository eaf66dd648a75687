"""The tables as pandas frames, typed by the declaration: from results in memory, or read back from our files."""

# ruff: noqa: PLC0415

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import starmap
from pathlib import Path
from typing import Any

import pandas as pd

from shenbao.export.columns import OutputColumn, OutputKind, OutputTable, TableRow
from shenbao.export.dictionary import DICTIONARY
from shenbao.export.tables import TABLES
from shenbao.export.values import cell_to_text

_TYPES: Mapping[OutputKind, Any] = {
    OutputKind.TEXT: pd.StringDtype(),
    OutputKind.INTEGER: pd.Int64Dtype(),
    OutputKind.BOOLEAN: pd.BooleanDtype(),
    OutputKind.DECIMAL: object,
    OutputKind.DATE: object,
}
"""Of every kind but categories. Decimals and dates are Python's own: they are exact, and any pandas has them."""


def rows_to_frame(rows: Iterable[TableRow], table: OutputTable) -> pd.DataFrame:
    """Typed rows of the table as a frame; a blank is missing (`None` or `pandas.NA`), never zero."""
    columns: Sequence[Sequence[Any]] = list(zip(*rows, strict=True)) or [()] * len(table.columns)
    return pd.DataFrame(
        dict(zip(table.names, starmap(_series, zip(table.columns, columns, strict=True)), strict=True))
    )


def read_table(path: Path) -> pd.DataFrame:
    """One of our `.parquet` or `.csv` files (English titles), equal to the frame in memory that it was written from.

    Decimals are exact `decimal.Decimal`, dates `datetime.date`, codes categories; indicator codes keep their zeros.
    """
    table = {**TABLES, DICTIONARY.name: DICTIONARY}[path.stem]
    if path.suffix == ".parquet":
        return _parquet_to_frame(path, table)
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.reader(file)
        if tuple(next(reader)) != table.names:
            raise ValueError(f"{path}: not the columns of table {table.name}")
        return rows_to_frame((tuple(map(_parsed, table.columns, line)) for line in reader), table)


def _series(column: OutputColumn, values: Sequence[Any]) -> pd.Series[Any]:
    if column.kind is OutputKind.CATEGORY:
        return pd.Series(pd.Categorical(values, categories=list(column.labels)))
    series: pd.Series[Any] = pd.Series(list(values), dtype=_TYPES[column.kind])
    return series


def _parquet_to_frame(path: Path, table: OutputTable) -> pd.DataFrame:
    import pyarrow.parquet as pq

    frame: pd.DataFrame = pq.read_table(path).to_pandas()
    codes = {
        column.name: list(column.labels) for column in table.columns if column.kind is OutputKind.CATEGORY
    }
    return frame.assign(**{name: frame[name].cat.set_categories(known) for name, known in codes.items()})


def _parsed(column: OutputColumn, text: str) -> object:
    value = cell_to_text(text)
    if value is None or column.kind in (OutputKind.TEXT, OutputKind.CATEGORY):
        return value
    if column.kind is OutputKind.DECIMAL:
        return Decimal(value)
    if column.kind is OutputKind.DATE:
        return date.fromisoformat(value)
    return value == "true" if column.kind is OutputKind.BOOLEAN else int(value)
