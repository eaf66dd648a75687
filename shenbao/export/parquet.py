"""Parquet files, one a table: decimals as decimal128, codes as dictionaries, a row group per chunk or more."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pyarrow.parquet as pq

from shenbao.export.arrow import rows_to_arrow, table_to_schema
from shenbao.export.columns import OutputTable, TableRow
from shenbao.export.csv import write_dictionary
from shenbao.export.results import Chunk
from shenbao.export.tables import TABLES
from shenbao.export.titles import Titles, shown
from shenbao.outputs import make_folder, replaced

ROW_GROUP = 20_000
"""Rows that are gathered before they are written: few and large groups read fast."""


@contextmanager
def parquet_tables(folder: Path, titles: Titles) -> Iterator[Callable[[Chunk], None]]:
    """`folder/submissions.parquet` and so on, with `folder/dictionary.csv`."""
    make_folder(folder)
    write_dictionary(folder, titles)
    with ExitStack() as stack:
        files = {name: stack.enter_context(_file(folder, table, titles)) for name, table in TABLES.items()}

        def write(chunk: Chunk) -> None:
            for table, rows in chunk.rows.items():
                files[table](rows)

        yield write


@contextmanager
def _file(folder: Path, table: OutputTable, titles: Titles) -> Iterator[Callable[[list[TableRow]], None]]:
    schema = table_to_schema(table, table.titles if titles == "chinese" else None)
    waiting: list[TableRow] = []
    with (
        replaced(folder / f"{table.name}.parquet") as part,
        pq.ParquetWriter(part, schema, compression="zstd") as file,
    ):

        def flush() -> None:
            file.write_table(rows_to_arrow(shown(table, waiting, titles), schema))
            waiting.clear()

        def write(rows: list[TableRow]) -> None:
            waiting.extend(rows)
            if len(waiting) >= ROW_GROUP:
                flush()

        yield write
        if waiting:
            flush()
