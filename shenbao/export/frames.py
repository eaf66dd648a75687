"""Typed columns for Arrow and pandas, made from the declaration."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from itertools import islice
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from shenbao.export.columns import (
    DECIMAL_PRECISION,
    DECIMAL_SCALE,
    OutputColumn,
    OutputKind,
    OutputTable,
    TableRow,
)
from shenbao.export.tables import DICTIONARY, TABLES
from shenbao.export.values import cell_to_text

_TYPES = {
    OutputKind.TEXT: pa.string(),
    OutputKind.CATEGORY: pa.dictionary(pa.int8(), pa.string()),
    OutputKind.INTEGER: pa.int64(),
    OutputKind.DECIMAL: pa.decimal128(DECIMAL_PRECISION, DECIMAL_SCALE),
    OutputKind.DATE: pa.date32(),
    OutputKind.BOOLEAN: pa.bool_(),
}


def table_to_schema(table: OutputTable, titles: Sequence[str] | None = None) -> pa.Schema:
    """The Arrow schema of a table; every field carries its Chinese title and meaning."""
    fields = [
        pa.field(
            name,
            _TYPES[column.kind],
            nullable=not column.key,
            metadata={"title": column.title, "meaning": column.meaning},
        )
        for name, column in zip(titles or table.names, table.columns, strict=True)
    ]
    return pa.schema(fields, metadata={"title": table.title, "meaning": table.meaning})


def rows_to_arrow(rows: Iterable[TableRow], schema: pa.Schema) -> pa.Table:
    """Typed rows as an Arrow table; exact, or `pyarrow.ArrowInvalid`."""
    columns = list(zip(*rows, strict=True)) or [()] * len(schema)
    arrays = [pa.array(values, field.type) for values, field in zip(columns, schema, strict=True)]
    return pa.Table.from_arrays(arrays, schema=schema)


def read_table(path: Path) -> pd.DataFrame:
    """One of our `.parquet` or `.csv` files (English titles) as a frame with the declared types.

    Decimals are exact (`decimal128`), dates are dates, codes are categories, indicator codes keep their zeros.
    """
    table = {**TABLES, DICTIONARY.name: DICTIONARY}[path.stem]
    schema = table_to_schema(table)
    if path.suffix == ".parquet":
        return _arrow_to_frame(pq.read_table(path, schema=schema), table)
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.reader(file)
        if tuple(next(reader)) != table.names:
            raise ValueError(f"{path}: not the columns of table {table.name}")
        return _arrow_to_frame(_csv_to_arrow(reader, table, schema), table)


def _csv_to_arrow(reader: Iterable[list[str]], table: OutputTable, schema: pa.Schema) -> pa.Table:
    cells, parts = iter(reader), []
    while lines := list(islice(cells, 10_000)):
        rows = (tuple(map(_parsed, table.columns, line)) for line in lines)
        parts.append(rows_to_arrow(rows, schema))
    return pa.concat_tables(parts) if parts else schema.empty_table()


def _parsed(column: OutputColumn, text: str) -> object:
    value = cell_to_text(text)
    if value is None or column.kind in (OutputKind.TEXT, OutputKind.CATEGORY):
        return value
    if column.kind is OutputKind.DECIMAL:
        return Decimal(value)
    if column.kind is OutputKind.DATE:
        return date.fromisoformat(value)
    return value == "true" if column.kind is OutputKind.BOOLEAN else int(value)


def _arrow_to_frame(arrow: pa.Table, table: OutputTable) -> pd.DataFrame:
    def kept(kind: pa.DataType) -> pd.ArrowDtype | None:
        return None if pa.types.is_dictionary(kind) else pd.ArrowDtype(kind)

    frame: pd.DataFrame = arrow.unify_dictionaries().to_pandas(types_mapper=kept)
    codes = {column.name: list(column.labels) for column in table.columns if column.labels}
    return frame.assign(**{name: frame[name].cat.set_categories(known) for name, known in codes.items()})
