"""Who hears what happens while an inbox is read: the terminal, and a log of JSON lines for cron."""

# ruff: noqa: PLC0415

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from shenbao.terminal import say, say_status
from shenbao.text_gate import one_line

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

    from shenbao.ingest.workers.listener import Listener
    from shenbao.ingest.workers.work import TaskOutcome

SHOWN = ("done", "review", "rejected", "failed")


class JsonLog:
    """One JSON object a line: `time` (UTC), `event`, and what it is about."""

    def __init__(self, file: TextIO) -> None:
        self._file = file

    def look(self, files: int) -> None:
        self.said("look", files=files)

    def settled(self) -> None:
        """Not worth a line."""

    def ended(self, outcome: TaskOutcome) -> None:
        details = {
            "name": outcome.task.name,
            "sha256": outcome.task.sha256,
            "state": outcome.state,
            "seconds": round(outcome.seconds, 3),
            "cached": outcome.cached,
            "reason": outcome.reason,
            "trace": outcome.trace,
        }
        self.said(outcome.verdict, **{key: value for key, value in details.items() if value != ""})

    def said(self, event: str, **details: object) -> None:
        now = datetime.now(UTC).isoformat(timespec="milliseconds")
        print(
            json.dumps({"time": now, "event": event, **details}, ensure_ascii=False),
            file=self._file,
            flush=True,
        )


class Lines:
    """A line a file, as `extract` has it; `quiet`: only of files that were not read."""

    def __init__(self, quiet: bool) -> None:
        self._quiet = quiet

    def look(self, files: int) -> None:
        """Not worth a line."""

    def settled(self) -> None:
        """Not worth a line."""

    def ended(self, outcome: TaskOutcome) -> None:
        unread = outcome.verdict == "failed"
        if outcome.line and (unread or not self._quiet):
            say_status(one_line(outcome.line), to_stderr=unread)

    def said(self, event: str, **details: object) -> None:
        if event == "duplicate" and not self._quiet:
            say(one_line(f"duplicate  {details['name']}  = {details['of']}"))
        if event == "unread":
            say_status(one_line(f"not read  {details['name']}: {details['reason']}"), to_stderr=True)


class Bar:
    """A bar with what is left, the rate, and how many came to which end."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._bar: TaskID | None = None
        self._counts: Counter[str] = Counter()

    def look(self, files: int) -> None:
        if self._bar is not None:
            self._progress.remove_task(self._bar)
        self._bar = self._progress.add_task("reading", total=files, counts="", rate="")

    def settled(self) -> None:
        if self._bar is not None:
            self._progress.advance(self._bar)

    def ended(self, outcome: TaskOutcome) -> None:
        self._counts[outcome.state] += 1
        if self._bar is None:
            return
        counts = " ".join(f"{state} {self._counts[state]}" for state in SHOWN if self._counts[state])
        speed = self._progress.tasks[-1].speed
        rate = f"{speed:.1f}/s" if speed else ""
        self._progress.update(self._bar, counts=counts, rate=rate)

    def said(self, event: str, **details: object) -> None:
        """The bar shows numbers only."""


class Everyone:
    """Passes on what it hears."""

    def __init__(self, listeners: Sequence[Listener]) -> None:
        self._listeners = listeners

    def look(self, files: int) -> None:
        for listener in self._listeners:
            listener.look(files)

    def settled(self) -> None:
        for listener in self._listeners:
            listener.settled()

    def ended(self, outcome: TaskOutcome) -> None:
        for listener in self._listeners:
            listener.ended(outcome)

    def said(self, event: str, **details: object) -> None:
        for listener in self._listeners:
            listener.said(event, **details)


@contextmanager
def listening(quiet: bool, log: Path | None) -> Iterator[Listener]:
    """The terminal and the log, for as long as the block runs. Raises `OSError` when the log cannot be opened."""
    with ExitStack() as stack:
        listeners: list[Listener] = [Lines(quiet)]
        if log:
            listeners.append(JsonLog(stack.enter_context(log.open("a", encoding="utf-8"))))
        if not quiet and sys.stderr.isatty():
            listeners.append(Bar(stack.enter_context(_progress())))
        yield Everyone(listeners)


def _progress() -> Progress:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = ("{task.description}", BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    details = (TextColumn("{task.fields[rate]}"), TextColumn("{task.fields[counts]}"))
    # a bar that took over a redirected standard output would print the lines to the terminal instead
    redirect = sys.stdout.isatty()
    return Progress(
        *columns, *details, console=Console(stderr=True), transient=True, redirect_stdout=redirect
    )
