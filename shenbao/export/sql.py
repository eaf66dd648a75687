"""The SQL schema, made from the declaration; the same text serves DuckDB and PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator

from shenbao.export.columns import DECIMAL_PRECISION, DECIMAL_SCALE, OutputColumn, OutputKind, OutputTable
from shenbao.export.dictionary import DICTIONARY
from shenbao.export.tables import TABLES

TYPES = {
    OutputKind.TEXT: "text",
    OutputKind.CATEGORY: "text",
    OutputKind.INTEGER: "bigint",
    OutputKind.DECIMAL: f"numeric({DECIMAL_PRECISION},{DECIMAL_SCALE})",
    OutputKind.DATE: "date",
    OutputKind.BOOLEAN: "boolean",
}
SQL_TABLES: dict[str, OutputTable] = {**TABLES, DICTIONARY.name: DICTIONARY}


class DatabaseError(RuntimeError):
    """A database that cannot be reached or written, or whose tables somebody else made."""


def statements(table: OutputTable, schema: str) -> Iterator[str]:
    """What creates the table in `schema` and comments every column with its Chinese title and meaning."""
    name = f'{schema}."{table.name}"'
    keys = ", ".join(f'"{key}"' for key in table.keys)
    columns = ",\n  ".join(f'"{column.name}" {TYPES[column.kind]}' for column in table.columns)
    yield f"CREATE TABLE {name} (\n  {columns},\n  PRIMARY KEY ({keys})\n)"
    yield f"COMMENT ON TABLE {name} IS {_quoted(f'{table.title}：{table.meaning}')}"
    for column in table.columns:
        yield f'COMMENT ON COLUMN {name}."{column.name}" IS {_quoted(_comment(column))}'


def check_columns(table: OutputTable, found: tuple[str, ...]) -> None:
    """Raises `DatabaseError` where a table that exists already has other columns than ours."""
    if found != table.names:
        raise DatabaseError(
            f"the table {table.name} is there already with other columns; drop it, or write into another database"
        )


def _comment(column: OutputColumn) -> str:
    return "：".join(filter(None, (column.title, column.meaning)))


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
