"""Where `ingest` reads from and writes to beyond a folder, and who reads: options turned into what a run takes."""

# ruff: noqa: PLC0415

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

from shenbao.exits import MissingExtraError, NoInputError, NoOutputError, UnavailableError
from shenbao.terminal import say

if TYPE_CHECKING:
    from shenbao.ingest.inbox.store import Location
    from shenbao.ingest.ledger.ledger import Ledger
    from shenbao.ingest.place import Output
    from shenbao.ingest.workers.engine import TaskRunner
    from shenbao.ingest.workers.listener import Listener
    from shenbao.ingest.workers.plan import Plan

EngineName = Literal["pool", "ray"]
MakeEngine = Callable[["Plan", "Listener"], "TaskRunner"]


@contextmanager
def chosen(name: EngineName, jobs: int | None, quiet: bool) -> Iterator[MakeEngine | None]:
    """What makes the engine of a pass; `None` for processes on this machine."""
    if name == "pool":
        yield None
        return
    try:
        from shenbao.ingest.workers.cluster import ClusterError, joined, on_cluster
    except ImportError as error:
        raise MissingExtraError(f"--engine ray needs Ray ({error}); pip install 'shenbao[ray]'") from error
    try:
        with joined() as said:
            if not quiet:
                say(said, to_stderr=True)
            yield on_cluster(jobs)
    except ClusterError as error:
        raise UnavailableError(str(error)) from error


class Folder(click.Path):
    """A folder on the command line. An empty name, as a script's unset variable leaves, is not the current folder."""

    def __init__(self) -> None:
        super().__init__(path_type=Path)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if not value:
            self.fail("the name is empty", param, ctx)
        return super().convert(value, param, ctx)


def existing_inbox(text: str) -> Location:
    """The folder or URL; raises `NoInputError` when it is not there."""
    from shenbao.ingest.inbox.store import text_to_place

    if not text:
        raise click.UsageError("the name of INBOX is empty")
    inbox = text_to_place(text)
    _usable(inbox)
    try:
        there = inbox.is_dir()
    except OSError as error:
        raise NoInputError(f"{text}: {error.strerror or str(error)}") from error
    if not there:
        raise NoInputError(f"{text} is not a folder, or is not there")
    return inbox


def check_apart(inbox: Location, output: Path) -> None:
    """Results are no submissions. Raises `NoOutputError`, `NoInputError`."""
    from shenbao.ingest.inbox.store import is_output

    if not isinstance(inbox, Path):
        return
    if inbox.resolve() == output.resolve():
        raise NoOutputError("DIR is INBOX itself: give the results a folder of their own")
    try:
        results = is_output(inbox) or (inbox.name in ("results", "withdrawn") and is_output(inbox.parent))
    except OSError as error:
        raise NoInputError(f"{inbox}: {error.strerror}") from error
    if results:
        raise NoInputError(f"{inbox} holds results of `shenbao ingest`, no submissions")


def _usable(place: Location) -> None:
    from shenbao.ingest.inbox.store import NoStoreError, check_store

    try:
        check_store(place)
    except NoStoreError as error:
        raise MissingExtraError(str(error)) from error


def absolute(place: Location) -> Location:
    return place.resolve() if isinstance(place, Path) else place


def with_results(place: Output, ledger: Ledger, given: str | None, inbox: Location) -> Output:
    """The folder with its results where `--results` says, or where it said when the folder was first used."""
    from shenbao.ingest.inbox.store import text_to_place

    noted = ledger.notes().get("results")
    if noted is None and ledger.files():
        noted = ""  # by a version that knew no other place
    store = str(absolute(text_to_place(given))) if given else noted or ""
    if noted is not None and store != noted:
        raise NoOutputError(f"the results of this folder are in {noted or str(place.root)}; use another DIR")
    if store:
        base = text_to_place(store)
        _usable(base)
        if f"{base}/".startswith(f"{absolute(inbox)}/"):
            raise NoOutputError("--results must not lie in INBOX: they would be read as submissions")
        place = replace(place, store=base)
        place.prepare()
        place.clear()
        if not place.claim():
            raise NoOutputError(f"{store} holds the results of another DIR")
    ledger.note(results=store)
    return place
