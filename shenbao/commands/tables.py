"""`shenbao tables`: many results as clean tables."""

# ruff: noqa: PLC0415

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import click

from shenbao.commands.ingest_places import Folder
from shenbao.exits import BAD_DATA, MissingExtraError, NoInputError, WriteError
from shenbao.terminal import say

if TYPE_CHECKING:
    from shenbao.export.results import Chunk, LeftOut
    from shenbao.export.titles import Titles

    Place = AbstractContextManager[Callable[[Chunk], None]]

_FORMATS = ("csv", "parquet", "xlsx", "duckdb", "load")
_POSTGRES = ("postgresql", "postgres", "postgresql+psycopg")


_HELP = """Write the results below OUT as tables with stable keys and exact decimals.

OUT is a folder of `shenbao extract`, or of `shenbao ingest`, of which the results that still count are taken;
what persons decided in `shenbao review` is in them.

\b
submissions, budget, projects, goals, indicators, repairs, findings, and a data dictionary, as
  csv      DIR/submissions.csv ... for Excel and everything else
  parquet  DIR/submissions.parquet ... for pandas and Spark
  xlsx     DIR/tables.xlsx
  duckdb   DIR/shenbao.duckdb
  load     DIR/load.xlsx, rows for the budget system, each with the result of its import checks

Files are written anew. Into a database submissions are added, and those that are there already are replaced:
doing it twice changes nothing. The same content under two names is one submission.

\b
Examples:
  shenbao tables out --to tables --format csv --format xlsx --titles chinese
  shenbao tables season --to tables --format load --mask
  shenbao tables out --to postgresql://budget@db.example/performance

\b
Exit code:
  0   everything was written
  64  wrong usage                      65  results that are broken were left out
  66  no results in OUT                69  an optional package is missing
  74  writing failed; files are as they were before, a database has whole submissions or none
"""


@click.command(short_help="Write results as tables: CSV, Parquet, Excel, DuckDB, PostgreSQL.", help=_HELP)
@click.argument("out", type=Folder())
@click.option(
    "--to", "target", required=True, metavar="DIR|URL", help="A folder, or postgresql://USER@HOST/DATABASE."
)
@click.option(
    *("--format", "formats"),
    type=click.Choice(_FORMATS),
    multiple=True,
    help="What to write into DIR; may be given more than once.  [default: csv]",
)
@click.option(
    "--titles",
    type=click.Choice(["english", "chinese"]),
    default="english",
    show_default=True,
    help="Column titles and codes in files; a database has Chinese titles as comments.",
)
@click.option("--mask", is_flag=True, help="Hide preparers' names and telephone numbers.")
@click.option("-q", "--quiet", is_flag=True, help="Print nothing but what was left out.")
def tables_command(
    out: Path, target: str, formats: tuple[str, ...], titles: Titles, mask: bool, quiet: bool
) -> int:
    """Write results as tables, as `_HELP` says."""
    left_out: Counter[str] = Counter()

    def report(item: LeftOut) -> None:
        left_out[item.kind] += 1
        if item.kind != "other":
            say(f"left out  {item.place}: {item.reason}", to_stderr=True)

    count, rows = _write(out, _places(target, formats, titles), mask, report)
    if not quiet:
        others = f", {left_out['other']} other JSON documents passed over" if left_out["other"] else ""
        doubles = f", {left_out['double']} doubles" if left_out["double"] else ""
        say(f"{count} submissions, {rows} rows{doubles}{others} → {_shown(target)}")
    return BAD_DATA if left_out["broken"] else 0


def _write(
    out: Path, places: Sequence[Place], mask: bool, report: Callable[[LeftOut], None]
) -> tuple[int, int]:
    """Read and write chunk by chunk; the numbers of submissions and of rows."""
    from shenbao.export.results import read_chunks
    from shenbao.export.sql import DatabaseError

    if not out.is_dir():
        raise NoInputError(f"{out} is not a folder")
    count = rows = 0
    try:
        folder = _folder(out)
        with ExitStack() as stack:
            writers = [stack.enter_context(place) for place in places]
            for chunk in read_chunks(folder, mask, report):
                for write in writers:
                    write(chunk)
                count += len(chunk.submissions)
                rows += sum(map(len, chunk.rows.values()))
            if not count:
                advice = "run `shenbao extract` first, or name the place given as `ingest --results`"
                raise NoInputError(f"no results in {folder}: {advice}")
    except (OSError, DatabaseError) as error:
        reason = " ".join(str(error).split())
        raise WriteError(f"cannot write the tables: {reason}") from error
    return count, rows


def _folder(out: Path) -> Path:
    """Where the results that count lie: the finals where persons decided, else the results that were not withdrawn."""
    from shenbao.desk.finals.finals import current_finals
    from shenbao.ingest.inbox.store import is_output
    from shenbao.ingest.ledger.ledger import LedgerError
    from shenbao.ingest.place import Output

    try:
        finals = current_finals(out)
    except LedgerError as error:
        raise WriteError(str(error)) from error
    if finals is not None:
        return finals
    return Path(str(Output(out).results)) if is_output(out) else out


def _places(target: str, formats: tuple[str, ...], titles: Titles) -> list[Place]:
    if not target:
        raise click.UsageError("the name after --to is empty")
    scheme = urlsplit(target).scheme if "://" in target else ""
    if scheme and scheme not in _POSTGRES:
        raise click.UsageError(f"--to takes a folder or a postgresql:// URL, not {scheme}://")
    if scheme and (formats or titles != "english"):
        raise click.UsageError("--format and --titles are for folders, not for a database")
    try:
        return list(_opened(target, ("postgres",) if scheme else formats or ("csv",), titles))
    except ModuleNotFoundError as error:
        raise MissingExtraError(
            f"the package {error.name} is missing: pip install 'shenbao[tables]'"
        ) from error


def _opened(target: str, formats: Sequence[str], titles: Titles) -> Iterator[Place]:
    folder = Path(target)
    if "postgres" in formats:
        from shenbao.export.postgres import postgres_tables

        yield postgres_tables(target)
    if "csv" in formats:
        from shenbao.export.csv import csv_tables

        yield csv_tables(folder, titles)
    if "parquet" in formats:
        from shenbao.export.parquet import parquet_tables

        yield parquet_tables(folder, titles)
    if "xlsx" in formats:
        from shenbao.export.workbook import xlsx_tables

        yield xlsx_tables(folder, titles)
    if "duckdb" in formats:
        from shenbao.export.duck import duckdb_tables

        yield duckdb_tables(folder)
    if "load" in formats:
        from shenbao.export.load.write import load_workbook

        yield load_workbook(folder, titles)


def _shown(target: str) -> str:
    """The target without a password."""
    if "://" not in target:
        return target
    parts = urlsplit(target)
    return f"{parts.scheme}://{parts.hostname or ''}{parts.path}"
