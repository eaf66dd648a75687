"""CSV files that Excel opens as they are: UTF-8 with a byte order mark, CRLF, nothing that would be calculated."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

from shenbao.export.columns import OutputTable, TableRow
from shenbao.export.dictionary import DICTIONARY, dictionary_rows
from shenbao.export.results import Chunk
from shenbao.export.tables import TABLES
from shenbao.export.titles import Titles, shown
from shenbao.export.values import cell
from shenbao.file_task import FileOutcome
from shenbao.outputs import BYTE_ORDER_MARK, Write, make_folder, replacing
from shenbao.text_gate import storable

WriteRows = Callable[[Iterable[TableRow]], None]


@contextmanager
def csv_results(folder: Path) -> Iterator[Write]:
    """The tables of results that are written one at a time, as `shenbao extract --tables` does."""
    make_folder(folder)
    with _files(folder, TABLES, "english") as files:

        def write(outcome: FileOutcome) -> None:
            for table, row in outcome.rows:
                files[table]([row])

        yield write


@contextmanager
def csv_tables(folder: Path, titles: Titles) -> Iterator[Callable[[Chunk], None]]:
    """`folder/submissions.csv` and so on, with `folder/dictionary.csv`."""
    make_folder(folder)
    write_dictionary(folder, titles)
    with _files(folder, TABLES, titles) as files:

        def write(chunk: Chunk) -> None:
            for table, rows in chunk.rows.items():
                files[table](rows)

        yield write


def write_dictionary(folder: Path, titles: Titles) -> None:
    """`folder/dictionary.csv`."""
    with _files(folder, {DICTIONARY.name: DICTIONARY}, titles) as files:
        files[DICTIONARY.name](dictionary_rows())


@contextmanager
def _files(folder: Path, tables: Mapping[str, OutputTable], titles: Titles) -> Iterator[dict[str, WriteRows]]:
    with ExitStack() as stack:
        yield {
            name: stack.enter_context(_file(folder / f"{name}.csv", table, titles))
            for name, table in tables.items()
        }


@contextmanager
def _file(path: Path, table: OutputTable, titles: Titles) -> Iterator[WriteRows]:
    with replacing(path) as file:
        file.write(BYTE_ORDER_MARK)
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow(table.titles if titles == "chinese" else table.names)
        yield lambda rows: writer.writerows(
            [cell(storable(value) if isinstance(value, str) else value) for value in row]
            for row in shown(table, rows, titles)
        )
