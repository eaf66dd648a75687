"""PostgreSQL: submissions are added, those that are there already are replaced, all in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

import psycopg
from psycopg.sql import SQL, Identifier

from shenbao.export.columns import OutputTable, TableRow
from shenbao.export.dictionary import DICTIONARY, dictionary_rows
from shenbao.export.results import Chunk
from shenbao.export.sql import SQL_TABLES, DatabaseError, check_columns, statements
from shenbao.export.tables import TABLES

SCHEMA = "shenbao"
LOCK = 0x7368656E62616F
"""Of the advisory lock that lets one run after the other write ("shenbao" in ASCII)."""


@contextmanager
def postgres_tables(url: str) -> Iterator[Callable[[Chunk], None]]:
    """The tables in the schema `shenbao` of the database at `url`, with the table `dictionary`.

    A second run waits until the first is through. Raises `DatabaseError`; then nothing has changed.
    """
    try:
        with psycopg.connect(url.replace("+psycopg://", "://", 1)) as database, database.cursor() as cursor:
            _prepare(cursor)
            yield lambda chunk: _replace(cursor, chunk)
    except psycopg.Error as error:
        raise DatabaseError(str(error)) from error


def _prepare(cursor: psycopg.Cursor) -> None:
    cursor.execute(SQL("SELECT pg_advisory_xact_lock(%s)"), [LOCK])
    cursor.execute(SQL("CREATE SCHEMA IF NOT EXISTS {}").format(Identifier(SCHEMA)))
    for table in SQL_TABLES.values():
        _create(cursor, table)
    cursor.execute(SQL("DELETE FROM {}").format(_name(DICTIONARY)))
    _insert(cursor, DICTIONARY, dictionary_rows())


def _replace(cursor: psycopg.Cursor, chunk: Chunk) -> None:
    for name, table in TABLES.items():
        delete = SQL("DELETE FROM {} WHERE submission = ANY(%s)").format(_name(table))
        cursor.execute(delete, [chunk.keys])
        _insert(cursor, table, chunk.rows[name])


def _create(cursor: psycopg.Cursor, table: OutputTable) -> None:
    found = cursor.execute(
        "SELECT column_name FROM information_schema.columns WHERE table_schema = %s AND table_name = %s "
        "ORDER BY ordinal_position",
        [SCHEMA, table.name],
    ).fetchall()
    if found:
        return check_columns(table, tuple(row[0] for row in found))
    for statement in statements(table, SCHEMA):
        cursor.execute(statement.encode())
    return None


def _insert(cursor: psycopg.Cursor, table: OutputTable, rows: Iterable[TableRow]) -> None:
    columns = SQL(", ").join(map(Identifier, table.names))
    with cursor.copy(SQL("COPY {} ({}) FROM STDIN").format(_name(table), columns)) as copy:
        for row in rows:
            copy.write_row(row)


def _name(table: OutputTable) -> Identifier:
    return Identifier(SCHEMA, table.name)
