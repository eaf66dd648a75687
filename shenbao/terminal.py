"""What a terminal needs: lines that cannot steer it, colours, and a bar while many files are read."""

# ruff: noqa: PLC0415

from __future__ import annotations

import logging
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click

from shenbao.text_gate import printable

_STATUS_COLOURS = {"accepted": "green", "review": "yellow", "rejected": "red", "not read": "red"}


def say(text: str, *, to_stderr: bool = False, mark: str = "", colour: str | None = None) -> None:
    """Print `mark`, in colour on a terminal, and whatever of `text` cannot steer one.

    Lines stand above the bar when one is shown: it has then taken the place of `sys.stdout`.
    """
    stream = sys.stderr if to_stderr else sys.stdout
    head = click.style(mark, fg=colour) if colour and stream.isatty() else mark
    print(head + printable(text), file=stream, flush=True)


def say_status(line: str, *, to_stderr: bool = False) -> None:
    """Print a line about a file, its status at the beginning in colour."""
    status = next((status for status in _STATUS_COLOURS if line.startswith(status)), "")
    say(line.removeprefix(status), to_stderr=to_stderr, mark=status, colour=_STATUS_COLOURS.get(status))


@contextmanager
def bar(total: int) -> Iterator[Callable[[], None]]:
    """A progress bar on standard error; gives the function that counts one file."""
    from rich.console import Console
    from rich.progress import MofNCompleteColumn, Progress

    columns = (*Progress.get_default_columns(), MofNCompleteColumn())
    # a bar that took over a redirected standard output would print the lines to the terminal instead
    redirect = sys.stdout.isatty()
    with Progress(
        *columns, console=Console(stderr=True), transient=True, redirect_stdout=redirect
    ) as progress:
        task = progress.add_task("reading", total=total)
        yield lambda: progress.advance(task)


@contextmanager
def no_bar() -> Iterator[Callable[[], None]]:
    """The function that counts one file where nobody looks on."""
    yield lambda: None


def quiet_libraries() -> None:
    """Keep off the terminal what is said elsewhere in better words: pdfminer's warnings about single bytes of a file,
    and the traceback that SQLAlchemy's pool prints of an interrupt that meets it.

    Called where a process of ours begins, never on import: a host program that imports us keeps its own logging.
    """
    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    logging.getLogger("sqlalchemy.pool").setLevel(logging.CRITICAL)
