"""What `ingest`, `status` and `retry` share: the folder held, the ledger opened, the passes, the errors explained."""

# ruff: noqa: PLC0415

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from shenbao.commands.bounds import jailed
from shenbao.commands.ingest_places import (
    EngineName,
    MakeEngine,
    absolute,
    check_apart,
    chosen,
    with_results,
)
from shenbao.exits import (
    ACCEPTED,
    BUG,
    INTERRUPTED,
    BadDataError,
    NoInputError,
    NoOutputError,
    WriteError,
)
from shenbao.terminal import say

if TYPE_CHECKING:
    from shenbao.ingest.inbox.store import Location
    from shenbao.ingest.ledger.books import Work, WorkState
    from shenbao.ingest.ledger.ledger import Ledger
    from shenbao.ingest.place import Output
    from shenbao.ingest.report.write import DecidedBooks
    from shenbao.ingest.workers.listener import Listener
    from shenbao.ingest.workers.plan import Plan


@dataclass(frozen=True, slots=True)
class IngestOptions:
    """The shared options as given."""

    jobs: int | None
    timeout: float
    memory: int
    settle: float
    expect: Path | None
    log: Path | None
    quiet: bool
    url: str | None
    engine: EngineName
    results: str | None
    outside: bool
    jail: bool


def session(
    inbox: Location,
    output: Path,
    how: IngestOptions,
    *,
    moved: bool = False,
    every: float | None = None,
    again: Sequence[WorkState] = (),
) -> int:
    """Hold the folder, open the ledger, and read; `every` seconds again, `again` in these states."""
    from shenbao.ingest.listen import listening

    _check_list(how.expect)
    check_apart(inbox, output)
    with explained(), opened(output, how.url, make=True) as (folder, ledger):
        ledger.belong(folder.identity(), str(absolute(inbox)), moved)
        place = with_results(folder, ledger, how.results, inbox)
        if how.jail:
            _jail(inbox, place, how)
        if again:
            ledger.retry(again)
        with chosen(how.engine, how.jobs, how.quiet) as engine, listening(how.quiet, how.log) as listener:
            return _passes(_plan(inbox, place, how, engine), ledger, listener, how, every)


def _jail(inbox: Location, place: Output, how: IngestOptions) -> None:
    """Raises `click.UsageError` for readers that need a network."""
    folders = (place.results, place.grids, place.parts, inbox)
    if how.engine != "pool" or not all(isinstance(folder, Path) for folder in folders):
        raise click.UsageError("--jail goes with folders of this machine and its own processes")
    jailed(*(Path(str(folder)) for folder in folders[:-1]))


def _passes(plan: Plan, ledger: Ledger, listener: Listener, how: IngestOptions, every: float | None) -> int:
    from shenbao.desk.season import decided_books, note_open_fields
    from shenbao.ingest.inbox.look import InboxGoneError
    from shenbao.ingest.ledger.state import exit_code
    from shenbao.ingest.ledger.status import ledger_to_summary
    from shenbao.ingest.run import ingest_inbox

    last, balanced = "", True
    decided: Mapping[str, Work] = {}
    try:
        while True:
            try:
                growing = ingest_inbox(plan, ledger, listener)
                books = decided_books(plan.output, ledger)
                decided = books.works if books else {}
                summary = ledger_to_summary(ledger, growing, decided)
                balanced = _report(plan, ledger, growing, how, books)
                if summary != last:
                    note_open_fields(plan.output, ledger)
            except InboxGoneError as error:
                if every is None:
                    raise
                growing, summary = [], f"waiting for the inbox: {error}"
            if summary != last and not how.quiet:
                say(f"{summary} → {plan.output.root}")
            last = summary
            if every is None:
                return max(exit_code(ledger, growing, decided), ACCEPTED if balanced else BUG)
            time.sleep(every)
    except KeyboardInterrupt:
        listener.said("interrupted")
        say("interrupted; what was finished is kept, the rest is read next time", to_stderr=True)
        return INTERRUPTED


def _report(
    plan: Plan, ledger: Ledger, growing: Sequence[str], how: IngestOptions, books: DecidedBooks | None
) -> bool:
    """Write the reconciliation where it is due; whether its money agrees with the results'."""
    from shenbao.ingest.report.write import write_report

    found = write_report(plan.output, ledger, growing, how.expect, books)
    if found is None or found.balances:
        return True
    say("the sums of the results on disk and of the report differ: see reconciliation.html", to_stderr=True)
    return False


def _plan(inbox: Location, place: Output, how: IngestOptions, engine: MakeEngine | None) -> Plan:
    from shenbao.bounded.limits import WorkLimits
    from shenbao.ingest.workers.plan import Plan
    from shenbao.ingest.workers.recipe import settings_to_recipe
    from shenbao.readers import Settings

    settings = Settings()
    limits = WorkLimits(how.timeout, how.memory * 2**20)
    jobs = how.jobs or os.cpu_count() or 1
    recipe = settings_to_recipe(settings)
    apart = frozenset(path.resolve() for path in (how.log, how.expect) if path)
    return Plan(
        *(inbox, place, settings, recipe, jobs, limits, how.settle),
        engine=engine,
        apart=apart,
        outside=how.outside,
    )


def _check_list(path: Path | None) -> None:
    """A list that cannot be read is said before anything is done."""
    from shenbao.ingest.report.expected import ListError, list_to_departments

    if path is None:
        return
    try:
        list_to_departments(path)
    except ListError as error:
        raise BadDataError(f"{path} is not a list of departments: {error}") from error
    except OSError as error:
        raise NoInputError(f"{path}: {error.strerror or error}") from error


def existing(output: Path) -> Path:
    if not (output / ".shenbao").is_dir():
        raise NoInputError(f"{output} is not a folder that `shenbao ingest` made")
    return output


@contextmanager
def opened(output: Path, url: str | None, make: bool = False) -> Iterator[tuple[Output, Ledger]]:
    """The folder and its ledger to look at; `make`: made where they are not there, and held before anything is written."""
    from shenbao.ingest.ledger.rebuild import open_or_rebuild
    from shenbao.ingest.place import Output

    place = Output(output.resolve())
    if make:
        try:
            place.prepare()
        except OSError as error:
            raise NoOutputError(f"cannot use the output folder: {error}") from error
    with place.held() if make else nullcontext():
        ledger = (open_or_rebuild if make else _open_to_look)(
            place, url, lambda text: say(text, to_stderr=True)
        )
        try:
            yield place, ledger
        finally:
            ledger.close()


def _open_to_look(place: Output, url: str | None, notice: Callable[[str], None]) -> Ledger:
    from shenbao.ingest.ledger.ledger import BrokenLedgerError, Ledger, LedgerError

    try:
        return Ledger(url or place.ledger, notice=notice)
    except BrokenLedgerError as error:
        raise LedgerError(
            f"{error}; the next `shenbao ingest` makes a new one of what was read before"
        ) from error


@contextmanager
def explained() -> Iterator[None]:
    """What is wrong with the run, as an exit code and advice."""
    from shenbao.ingest.inbox.look import InboxGoneError, UnwritableError
    from shenbao.ingest.ledger.ledger import LedgerError
    from shenbao.ingest.place import InUseError

    try:
        yield
    except BrokenPipeError:  # whoever read our output is gone, and no disk is to blame
        raise
    except InUseError as error:
        raise NoOutputError(f"{error} is ingesting into this folder; wait, or stop it") from error
    except InboxGoneError as error:
        message = "is the share mounted? Nothing was changed"
        raise NoInputError(f"the inbox is not there: {error}; {message}") from error
    except UnwritableError as error:
        message = "what was finished is kept; make room and run it again"
        raise WriteError(f"cannot write results: {error}; {message}") from error
    except LedgerError as error:
        raise WriteError(str(error)) from error
    except OSError as error:
        raise WriteError(f"cannot write: {error}") from error
