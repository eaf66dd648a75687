"""`shenbao ingest`, `status`, `retry`: a season of submissions, read as they come."""

# ruff: noqa: PLC0415

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from shenbao.commands.bounds import bounds, jail_option
from shenbao.commands.data import data_option
from shenbao.commands.ingest_places import Folder, existing_inbox
from shenbao.commands.ingest_session import IngestOptions, existing, explained, opened, session
from shenbao.exits import NoInputError
from shenbao.terminal import say
from shenbao.text_gate import one_line

if TYPE_CHECKING:
    from shenbao.ingest.ledger.books import WorkState

LEDGER = click.option(
    *("--ledger", "url"),
    envvar="SHENBAO_LEDGER",
    metavar="URL",
    help="Keep the ledger in a database (postgresql+psycopg://…) instead of in DIR.",
)
OUTPUT = click.argument("output", type=Folder(), metavar="DIR")


def _how(command: Callable[..., int]) -> Callable[..., int]:
    """The options that `ingest` and `retry` share."""
    options = (
        click.option("-j", "--jobs", type=click.IntRange(1, 512), help="Files read at a time; as many as there are processors."),
        click.option("--engine", type=click.Choice(("pool", "ray")), default="pool", show_default=True,
                     help="Who reads: processes of this machine, or a Ray cluster (shenbao[ray])."),
        click.option("--results", metavar="PLACE",
                     help="Folder or URL (s3://…) for results instead of DIR; DIR keeps ledger and report."),
        bounds,
        jail_option,
        click.option("--settle", type=click.FloatRange(min=0), default=2, show_default=True,
                     metavar="SECONDS", help="A file changed since is still being written, and taken later."),
        click.option("--expect", type=click.Path(path_type=Path), metavar="LIST",
                     help="Departments that should hand in (.csv or .xlsx); the report says who is missing."),
        click.option("--log", type=click.Path(path_type=Path), metavar="FILE",
                     help="Append what happens as JSON lines."),
        click.option("--outside", is_flag=True,
                     help="Take also files outside of INBOX that links in it lead to."),
        click.option("-q", "--quiet", is_flag=True, help="Print nothing but errors."),
        LEDGER,
    )  # fmt: skip
    for option in reversed(options):
        command = option(command)
    return command


@click.command(short_help="Read an inbox that keeps changing, and remember.")
@data_option
@click.argument("inbox", metavar="INBOX")
@click.option("-o", "--output", required=True, type=Folder(), metavar="DIR",
              help="Folder for results, report and ledger.")  # fmt: skip
@click.option("--watch", is_flag=True, help="Keep looking for new files until interrupted.")
@click.option("--every", type=click.FloatRange(min=0.1), default=10, show_default=True, metavar="SECONDS",
              help="With --watch: time between two looks.")  # fmt: skip
@click.option("--moved", is_flag=True, help="INBOX is the one of earlier runs in a new place.")
@_how
def ingest_command(inbox: str, output: Path, watch: bool, every: float, moved: bool, **how: Any) -> int:
    """Read every submission in the folder INBOX, in its folders and .zip archives, and write the results to DIR.

    What was read before is not read again: not under another name, not after a stop at any moment. A file that is
    replaced, renamed or taken away takes its result along: DIR/results always mirrors INBOX. DIR/reconciliation.html
    and .xlsx say who handed in what.

    \b
    Examples:
      shenbao ingest /mnt/申报 -o season --expect departments.csv
      shenbao ingest /mnt/申报 -o season --watch
      */10 * * * *  shenbao ingest /mnt/申报 -o season -q --log season.log
      RAY_ADDRESS=head:6379 shenbao ingest s3://in/2026 -o season --engine ray --results s3://out/2026

    \b
    With --engine ray every machine of the cluster needs the same shenbao and must reach INBOX and --results under
    the same names: a shared path or an object store's URL. docs/cluster.md shows how.

    \b
    Exit code (of everything in INBOX, whenever it was read, with what persons decided at the desk):
      0   every file was accepted
      1   at least one needs a person's review
      2   at least one was rejected: no known form was read in it
      64  wrong usage                      66  INBOX or a file in it cannot be opened
      69  an optional package is missing, or the cluster cannot be used
      70  a file took too much time or memory, or a defect in shenbao
      73  DIR cannot be used, or another ingest uses it
      74  writing failed                  130  interrupted; finished results are kept
    """
    return session(
        existing_inbox(inbox), output, IngestOptions(**how), moved=moved, every=every if watch else None
    )


@click.command(short_help="What became of an inbox so far.")
@OUTPUT
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@LEDGER
def status_command(output: Path, as_json: bool, url: str | None) -> int:
    """Print how many files of DIR are in which state, and why those that failed did. Harms no running ingest.

    \b
    Example:
      shenbao status season
    """
    from shenbao.ingest.ledger.status import ledger_to_json, ledger_to_lines

    with explained(), opened(existing(output), url) as (place, ledger):
        if as_json:
            sys.stdout.buffer.write(f"{ledger_to_json(place, ledger)}\n".encode())
        else:
            for line in ledger_to_lines(place, ledger):
                say(one_line(line))
    return 0


@click.command(short_help="Read failed files again.")
@data_option
@OUTPUT
@click.option("--failed", is_flag=True, help="Those that failed or could not be opened.")
@click.option("--rejected", is_flag=True, help="Those in which no known form was read.")
@_how
def retry_command(output: Path, failed: bool, rejected: bool, **how: Any) -> int:
    """Read again what failed in DIR, from the INBOX it was made of, for instance with more time or memory.

    \b
    Example:
      shenbao retry season --failed --timeout 3600 --memory 8192
    """
    from shenbao.ingest.inbox.store import text_to_place

    if not failed and not rejected:
        raise click.UsageError("say which: --failed, --rejected or both")
    options = IngestOptions(**how)
    with explained(), opened(existing(output), options.url) as (_, ledger):
        inbox = ledger.notes().get("inbox")
    if inbox is None:
        raise NoInputError(f"nothing was ingested into {output} yet")
    again: list[WorkState] = []
    again += ["failed"] if failed else []
    again += ["rejected"] if rejected else []
    return session(text_to_place(inbox), output, options, again=again)
