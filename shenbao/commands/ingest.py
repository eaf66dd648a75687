"""`shenbao ingest`, `status`, `retry`: a season of submissions, read as they come."""

# ruff: noqa: PLC0415

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from shenbao.exits import ACCEPTED, BUG, INTERRUPTED, BadDataError, NoInputError, NoOutputError, WriteError
from shenbao.terminal import printable, say

if TYPE_CHECKING:
    from shenbao.ingest.ledger import Ledger
    from shenbao.ingest.place import Output
    from shenbao.ingest.run import Listener, Plan

LEDGER = click.option(
    *("--ledger", "url"),
    envvar="SHENBAO_LEDGER",
    metavar="URL",
    help="Keep the ledger in a database (postgresql+psycopg://…) instead of in DIR.",
)
OUTPUT = click.argument("output", type=click.Path(path_type=Path), metavar="DIR")


def _how(command: Callable[..., int]) -> Callable[..., int]:
    """The options that `ingest` and `retry` share."""
    options = (
        click.option("-j", "--jobs", type=click.IntRange(1, 512), help="Processes; as many as processors."),
        click.option("--timeout", type=click.FloatRange(min=0.1), default=900, show_default=True,
                     metavar="SECONDS", help="A file that takes longer is recorded as failed."),
        click.option("--memory", type=click.IntRange(min=64), default=4096, show_default=True,
                     metavar="MB", help="A file that needs more is recorded as failed."),
        click.option("--settle", type=click.FloatRange(min=0), default=2, show_default=True,
                     metavar="SECONDS", help="A file changed since is still being written, and taken later."),
        click.option("--expect", type=click.Path(path_type=Path), metavar="LIST",
                     help="Departments that should hand in (.csv or .xlsx); the report says who is missing."),
        click.option("--log", type=click.Path(path_type=Path), metavar="FILE",
                     help="Append what happens as JSON lines."),
        click.option("-q", "--quiet", is_flag=True, help="Print nothing but errors."),
        LEDGER,
    )  # fmt: skip
    for option in reversed(options):
        command = option(command)
    return command


@dataclass(frozen=True, slots=True)
class How:
    """The shared options as given."""

    jobs: int | None
    timeout: float
    memory: int
    settle: float
    expect: Path | None
    log: Path | None
    quiet: bool
    url: str | None


@click.command(short_help="Read an inbox that keeps changing, and remember.")
@click.argument("inbox", type=click.Path(path_type=Path), metavar="INBOX")
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path), metavar="DIR",
              help="Folder for results, report and ledger.")  # fmt: skip
@click.option("--watch", is_flag=True, help="Keep looking for new files until interrupted.")
@click.option("--every", type=click.FloatRange(min=0.1), default=10, show_default=True, metavar="SECONDS",
              help="With --watch: time between two looks.")  # fmt: skip
@click.option("--moved", is_flag=True, help="INBOX is the one of earlier runs in a new place.")
@_how
def ingest(inbox: Path, output: Path, watch: bool, every: float, moved: bool, **how: Any) -> int:
    """Read every submission in the folder INBOX, in its folders and .zip archives, and write the results to DIR.

    What was read before is not read again: not under another name, not after a stop at any moment. A file that is
    replaced, renamed or taken away takes its result along: DIR/results always mirrors INBOX. DIR/reconciliation.html
    and .xlsx say who handed in what.

    \b
    Examples:
      shenbao ingest /mnt/申报 -o season --expect departments.csv
      shenbao ingest /mnt/申报 -o season --watch
      */10 * * * *  shenbao ingest /mnt/申报 -o season -q --log season.log

    \b
    Exit code (of everything in INBOX, whenever it was read):
      0   every file was accepted
      1   at least one needs a person's review
      2   at least one was rejected: no known form was read in it
      64  wrong usage                      66  INBOX or a file in it cannot be opened
      70  a file took too much time or memory, or a defect in shenbao
      73  DIR cannot be used, or another ingest uses it
      74  writing failed                  130  interrupted; finished results are kept
    """
    if not inbox.is_dir():
        raise NoInputError(f"{printable(str(inbox))} is not a folder, or is not there")
    return _session(inbox, output, How(**how), moved=moved, every=every if watch else None)


@click.command(short_help="What became of an inbox so far.")
@OUTPUT
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@LEDGER
def status(output: Path, as_json: bool, url: str | None) -> int:
    """Print how many files of DIR are in which state, and why those that failed did. Harms no running ingest.

    \b
    Example:
      shenbao status season
    """
    from shenbao.ingest.status import ledger_to_json, ledger_to_lines

    with _explained(), _opened(_existing(output), url) as (place, ledger):
        if as_json:
            say(ledger_to_json(place, ledger))
        else:
            for line in ledger_to_lines(place, ledger):
                say(printable(line))
    return 0


@click.command(short_help="Read failed files again.")
@OUTPUT
@click.option("--failed", is_flag=True, help="Those that failed or could not be opened.")
@click.option("--rejected", is_flag=True, help="Those in which no known form was read.")
@_how
def retry(output: Path, failed: bool, rejected: bool, **how: Any) -> int:
    """Read again what failed in DIR, from the INBOX it was made of, for instance with more time or memory.

    \b
    Example:
      shenbao retry season --failed --timeout 3600 --memory 8192
    """
    if not failed and not rejected:
        raise click.UsageError("say which: --failed, --rejected or both")
    options = How(**how)
    with _explained(), _opened(_existing(output), options.url) as (_, ledger):
        inbox = ledger.notes().get("inbox")
    if inbox is None:
        raise NoInputError(f"nothing was ingested into {printable(str(output))} yet")
    again = ["failed"] * failed + ["rejected"] * rejected
    return _session(Path(inbox), output, options, again=again)


def _session(
    inbox: Path, output: Path, how: How, *, moved: bool = False, every: float | None = None, again: Any = ()
) -> int:
    """Hold the folder, open the ledger, and read; `every` seconds again, `again` in these states."""
    from shenbao.ingest.listen import listening

    _check_list(how.expect)
    with _explained(), _stoppable(), _opened(output, how.url, make=True) as (place, ledger), place.held():
        ledger.belong(place.identity(), str(inbox.resolve()), moved)
        if again:
            ledger.retry(again)
        with listening(how.quiet, how.log) as listener:
            return _passes(_plan(inbox, place, how), ledger, listener, how, every)


def _passes(plan: Plan, ledger: Ledger, listener: Listener, how: How, every: float | None) -> int:
    from shenbao.ingest.run import InboxGoneError, exit_code, ingest
    from shenbao.ingest.status import ledger_to_summary

    last, balanced = "", True
    try:
        while True:
            try:
                growing = ingest(plan, ledger, listener)
                summary = ledger_to_summary(ledger, growing)
                balanced = _report(plan, ledger, growing, how)
            except InboxGoneError as error:
                if every is None:
                    raise
                growing, summary = [], f"waiting for the inbox: {error}"
            if summary != last and not how.quiet:
                say(printable(f"{summary} → {plan.output.root}"))
            last = summary
            if every is None:
                return max(exit_code(ledger, growing), ACCEPTED if balanced else BUG)
            time.sleep(every)
    except KeyboardInterrupt:
        listener.said("interrupted")
        say("interrupted; what was finished is kept, the rest is read next time", to_stderr=True)
        return INTERRUPTED


def _report(plan: Plan, ledger: Ledger, growing: Sequence[str], how: How) -> bool:
    """Write the reconciliation where it is due; whether its money agrees with the results'."""
    from shenbao.ingest.report import write_report

    found = write_report(plan.output, ledger, growing, how.expect)
    if found is None or found.balances:
        return True
    say("the sums of the results on disk and of the report differ: see reconciliation.html", to_stderr=True)
    return False


def _plan(inbox: Path, place: Output, how: How) -> Plan:
    from shenbao.ingest.pool import Limits
    from shenbao.ingest.recipe import settings_to_recipe
    from shenbao.ingest.run import Plan
    from shenbao.readers import Settings

    settings = Settings()
    limits = Limits(how.timeout, how.memory * 2**20)
    jobs = how.jobs or os.cpu_count() or 1
    return Plan(inbox, place, settings, settings_to_recipe(settings), jobs, limits, how.settle)


def _check_list(path: Path | None) -> None:
    """A list that cannot be read is said before anything is done."""
    from shenbao.ingest.expected import ListError, list_to_departments

    if path is None:
        return
    try:
        list_to_departments(path)
    except ListError as error:
        raise BadDataError(f"{printable(str(path))} is not a list of departments: {error}") from error
    except OSError as error:
        raise NoInputError(f"{printable(str(path))}: {error.strerror or error}") from error


def _existing(output: Path) -> Path:
    if not (output / ".shenbao").is_dir():
        raise NoInputError(f"{printable(str(output))} is not a folder that `shenbao ingest` made")
    return output


@contextmanager
def _opened(output: Path, url: str | None, make: bool = False) -> Iterator[tuple[Output, Ledger]]:
    from shenbao.ingest.ledger import Ledger
    from shenbao.ingest.place import Output

    place = Output(output.resolve())
    if make:
        try:
            place.prepare()
        except OSError as error:
            raise NoOutputError(f"cannot use the output folder: {printable(str(error))}") from error
    ledger = Ledger(url or place.ledger)
    try:
        yield place, ledger
    finally:
        ledger.close()


@contextmanager
def _explained() -> Iterator[None]:
    """What is wrong with the run, as an exit code and advice."""
    from shenbao.ingest.ledger import LedgerError
    from shenbao.ingest.place import InUseError
    from shenbao.ingest.run import InboxGoneError, UnwritableError

    try:
        yield
    except InUseError as error:
        raise NoOutputError(
            f"{printable(str(error))} is ingesting into this folder; wait, or stop it"
        ) from error
    except InboxGoneError as error:
        message = "is the share mounted? Nothing was changed"
        raise NoInputError(f"the inbox is not there: {printable(str(error))}; {message}") from error
    except UnwritableError as error:
        message = "what was finished is kept; make room and run it again"
        raise WriteError(f"cannot write results: {printable(str(error))}; {message}") from error
    except LedgerError as error:
        raise WriteError(printable(str(error))) from error
    except OSError as error:
        raise WriteError(f"cannot write: {printable(str(error))}") from error


@contextmanager
def _stoppable() -> Iterator[None]:
    """A request to end (SIGTERM) ends like an interrupt."""
    before = signal.signal(signal.SIGTERM, _interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _interrupt(*_: object) -> None:
    raise KeyboardInterrupt
