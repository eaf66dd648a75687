"""What a terminal needs: text that cannot steer it, colours, and a bar while many files are read."""

# ruff: noqa: PLC0415

from __future__ import annotations

import logging
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click

COLOURS = {"accepted": "green", "review": "yellow", "rejected": "red", "not read": "red"}
UNPRINTABLE = "\ufffd"


def printable(text: str) -> str:
    """Text in which whatever would steer the terminal or break its encoding is one placeholder each.

    >>> printable("\\x1b[31m") == "\\ufffd[31m"
    True
    """
    return "".join(c if c.isprintable() or c == "\n" else UNPRINTABLE for c in text)


def one_line(text: str) -> str:
    """Printable text in one line: a file's name with a line break in it must not look like two files.

    >>> one_line("a.md\\naccepted  b.md") == "a.md\ufffdaccepted  b.md"
    True
    """
    return printable(text.replace("\n", UNPRINTABLE))


def coloured(line: str) -> str:
    """A line about a file, its status at the beginning in colour."""
    status = next((status for status in COLOURS if line.startswith(status)), "")
    return click.style(status, fg=COLOURS[status]) + line.removeprefix(status) if status else line


def say(line: str, *, to_stderr: bool = False) -> None:
    """Print a line, above the bar when one is shown: it has then taken the place of `sys.stdout`."""
    stream = sys.stderr if to_stderr else sys.stdout
    print(line if stream.isatty() else click.unstyle(line), file=stream, flush=True)


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
    yield lambda: None


def quiet_libraries() -> None:
    """Keep pdfminer's warnings about single bytes of a file off the terminal: the reader says what is wrong with it.

    Called where a process of ours begins, never on import: a host program that imports us keeps its own logging.
    """
    logging.getLogger("pdfminer").setLevel(logging.ERROR)
