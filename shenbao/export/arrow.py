"""Typed columns for Arrow, made from the declaration: what Parquet files and DuckDB take."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pyarrow as pa

from shenbao.export.columns import DECIMAL_PRECISION, DECIMAL_SCALE, OutputKind, OutputTable, TableRow
from shenbao.export.frames import rows_to_frame

_TYPES = {
    OutputKind.TEXT: pa.string(),
    OutputKind.CATEGORY: pa.dictionary(pa.int8(), pa.string()),
    OutputKind.INTEGER: pa.int64(),
    OutputKind.DECIMAL: pa.decimal128(DECIMAL_PRECISION, DECIMAL_SCALE),
    OutputKind.DATE: pa.date32(),
    OutputKind.BOOLEAN: pa.bool_(),
}
_PANDAS = b"pandas"
"""The key under which pandas finds the types of its columns, so that it reads back the ones that it knows itself."""


def table_to_schema(table: OutputTable, titles: Sequence[str] | None = None) -> pa.Schema:
    """The Arrow schema of a table; every field carries its Chinese title and meaning."""
    names = titles or table.names
    fields = [
        pa.field(
            name,
            _TYPES[column.kind],
            nullable=not column.key,
            metadata={"title": column.title, "meaning": column.meaning},
        )
        for name, column in zip(names, table.columns, strict=True)
    ]
    blank = rows_to_frame((), table).set_axis(list(names), axis="columns")
    known = pa.Schema.from_pandas(blank, preserve_index=False).metadata[_PANDAS]
    return pa.schema(fields, metadata={"title": table.title, "meaning": table.meaning, _PANDAS: known})


def rows_to_arrow(rows: Iterable[TableRow], schema: pa.Schema) -> pa.Table:
    """Typed rows as an Arrow table; exact, or `pyarrow.ArrowInvalid`."""
    columns = list(zip(*rows, strict=True)) or [()] * len(schema)
    arrays = [pa.array(values, field.type) for values, field in zip(columns, schema, strict=True)]
    return pa.Table.from_arrays(arrays, schema=schema)
