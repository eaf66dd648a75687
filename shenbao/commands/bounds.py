"""The options that bound what one file may cost, the same for every command that reads one."""

# ruff: noqa: PLC0415

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

import click

from shenbao.bounded.limits import RUN_LIMITS

if TYPE_CHECKING:
    from shenbao.bounded.limits import WorkLimits

CommandT = TypeVar("CommandT", bound=Callable[..., int])


def bounds(command: CommandT) -> CommandT:
    """Give a command the options `--timeout` and `--memory`."""
    timeout = click.option(
        "--timeout",
        type=click.FloatRange(min=0.1),
        default=RUN_LIMITS.timeout_s,
        show_default=True,
        metavar="SECONDS",
        help="A file that takes longer is ended and recorded as failed.",
    )
    memory = click.option(
        "--memory",
        type=click.IntRange(min=64),
        default=RUN_LIMITS.memory_mb,
        show_default=True,
        metavar="MB",
        help="A file that needs more is ended and recorded as failed.",
    )
    return timeout(memory(command))


def options_to_limits(timeout: float, memory: int) -> WorkLimits:
    """The limits that the options say."""
    from shenbao.bounded.limits import WorkLimits

    return WorkLimits(timeout, memory * 2**20)
