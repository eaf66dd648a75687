"""Exit codes, after sysexits.h, and the errors that carry them."""

from __future__ import annotations

from typing import ClassVar

import click

ACCEPTED, REVIEW, REJECTED = 0, 1, 2
USAGE, BAD_DATA, NO_INPUT, UNAVAILABLE, BUG, NO_OUTPUT, IO_ERROR = 64, 65, 66, 69, 70, 73, 74
INTERRUPTED = 130
STANDARD = "-"
"""Standard input or output in the place of a file."""


class BadDataError(click.ClickException):
    """A file that is not what the command takes."""

    exit_code: ClassVar[int] = BAD_DATA


class NoInputError(click.ClickException):
    """A file that cannot be opened."""

    exit_code: ClassVar[int] = NO_INPUT


class MissingExtraError(click.ClickException):
    """An optional package that is not installed; the message names the command that installs it."""

    exit_code: ClassVar[int] = UNAVAILABLE


class UnavailableError(click.ClickException):
    """Something that reading needs does not run on this machine."""

    exit_code: ClassVar[int] = UNAVAILABLE


class EndedError(click.ClickException):
    """A file that took too much time or memory, or with which the process that read it ended."""

    exit_code: ClassVar[int] = BUG


class NoOutputError(click.ClickException):
    """A folder that cannot be made or written to."""

    exit_code: ClassVar[int] = NO_OUTPUT


class WriteError(click.ClickException):
    """A disk or pipe that failed while results were written."""

    exit_code: ClassVar[int] = IO_ERROR
