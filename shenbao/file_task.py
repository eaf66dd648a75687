"""One file on its way through a bounded process: what is asked, and what comes back."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from shenbao.readers import Settings

if TYPE_CHECKING:
    from models.document import Problem


TaskRows = tuple[tuple[str, tuple[object, ...]], ...]
"""Rows of the tables, each with its table's name."""


@dataclass(frozen=True, slots=True)
class FileTask:
    """A file to read: `shown` is how its caller named it, `name` what the result calls it.

    `as_line`: the result as one line of JSON; `with_rows`: with the rows of the tables, too. `way` leads to a member of the
    archive or mail that it is, `problem` is why that cannot be looked into.
    """

    path: Path
    shown: str
    name: str
    settings: Settings
    as_line: bool = False
    with_rows: bool = False
    way: tuple[int, ...] = ()
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class FileOutcome:
    """What became of a file: a line about it, and what it says to the exit code of the run.

    `document` is the result as JSON, `None` where there is none.
    """

    name: str
    code: int
    line: str
    document: str | None = None
    rows: TaskRows = ()
