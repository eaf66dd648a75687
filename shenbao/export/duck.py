"""A DuckDB file: submissions are added, those that are there already are replaced, each wholly or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import duckdb

from shenbao.export.arrow import rows_to_arrow, table_to_schema
from shenbao.export.columns import OutputTable, TableRow
from shenbao.export.dictionary import DICTIONARY, dictionary_rows
from shenbao.export.results import Chunk
from shenbao.export.sql import SQL_TABLES, DatabaseError, check_columns, statements
from shenbao.export.tables import TABLES
from shenbao.outputs import make_folder

_DATABASE_FILE = "shenbao.duckdb"
_CHUNKS_PER_TRANSACTION = 10
"""Chunks in a transaction: DuckDB keeps what is not yet committed in memory."""


@contextmanager
def duckdb_tables(folder: Path) -> Iterator[Callable[[Chunk], None]]:
    """`folder/shenbao.duckdb` with a table each and the table `dictionary`.

    Raises `DatabaseError`; then the file has the submissions of the batches before, and doing it again completes them.
    """
    make_folder(folder)
    try:
        with duckdb.connect(folder / _DATABASE_FILE) as database:
            database.begin()
            _prepare(database)
            counter = count(1)

            def write(chunk: Chunk) -> None:
                _replace(database, chunk)
                if next(counter) % _CHUNKS_PER_TRANSACTION == 0:
                    database.commit()
                    database.begin()

            yield write
            database.commit()
    except duckdb.Error as error:
        raise DatabaseError(str(error)) from error


def _prepare(database: duckdb.DuckDBPyConnection) -> None:
    for table in SQL_TABLES.values():
        _create(database, table)
    database.execute("DELETE FROM dictionary")
    _insert(database, DICTIONARY, dictionary_rows())


def _replace(database: duckdb.DuckDBPyConnection, chunk: Chunk) -> None:
    for name, table in TABLES.items():
        database.execute(f'DELETE FROM "{name}" WHERE submission IN (SELECT unnest(?))', [chunk.keys])
        _insert(database, table, chunk.rows[name])


def _create(database: duckdb.DuckDBPyConnection, table: OutputTable) -> None:
    found = database.execute(
        "SELECT column_name FROM information_schema.columns WHERE table_name = ? ORDER BY ordinal_position",
        [table.name],
    ).fetchall()
    if found:
        return check_columns(table, tuple(str(row[0]) for row in found))
    for statement in statements(table, "main"):
        database.execute(statement)
    return None


def _insert(database: duckdb.DuckDBPyConnection, table: OutputTable, rows: Iterable[TableRow]) -> None:
    database.register("arriving", rows_to_arrow(rows, table_to_schema(table)))
    database.execute(f'INSERT INTO "{table.name}" SELECT * FROM arriving')
    database.unregister("arriving")
