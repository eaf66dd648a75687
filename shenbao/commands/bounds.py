"""The options that bound what one file may cost, the same for every command that reads one."""

# ruff: noqa: PLC0415

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from shenbao.bounded.limits import RUN_LIMITS
from shenbao.exits import (
    BAD_DATA,
    NO_INPUT,
    UNAVAILABLE,
    BadDataError,
    EndedError,
    NoInputError,
    UnavailableError,
)

if TYPE_CHECKING:
    from shenbao.bounded.limits import WorkLimits
    from shenbao.show.jobs import AnswerT, ShowFailure, ShowTask

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


_JAIL = "Processes that read may write nothing but their results and reach no network (Linux 5.19 or newer)."


def jail_option(command: CommandT) -> CommandT:
    """Give a command the option `--jail`, as `jail`."""
    return click.option("--jail", is_flag=True, help=_JAIL)(command)


def jail_at_once(command: CommandT) -> CommandT:
    """Give a command whose processes write no results the option `--jail`, which is heeded by itself."""

    def heed(context: click.Context, _: click.Parameter, asked: bool) -> None:
        if asked and not context.resilient_parsing:
            jailed()

    return click.option("--jail", is_flag=True, expose_value=False, callback=heed, help=_JAIL)(command)


def jailed(*writable: Path) -> None:
    """Have the processes that read jail themselves; raises `UnavailableError` where the system has no jail."""
    from shenbao.bounded.jail import NoJailError, use_jail

    try:
        use_jail(*writable)
    except NoJailError as error:
        raise UnavailableError(str(error)) from error


def options_to_limits(timeout: float, memory: int) -> WorkLimits:
    """The limits that the options say."""
    from shenbao.bounded.limits import WorkLimits

    return WorkLimits(timeout, memory * 2**20)


def run_bounded(
    job: Callable[[ShowTask], AnswerT | ShowFailure], task: ShowTask, limits: WorkLimits
) -> AnswerT:
    """What the job gives in a process of its own; whatever went wrong there, as an exit code and a message."""
    from shenbao.bounded.deaths import death_to_problem
    from shenbao.bounded.pool import run_once
    from shenbao.bounded.process import Death
    from shenbao.show.jobs import SHOW_PRELOAD, ShowFailure

    answer = run_once(job, task, limits, SHOW_PRELOAD)
    if isinstance(answer, Death):
        problem = death_to_problem(answer)
        raise EndedError(f"{task.path}: {problem.code}: {problem.message}")
    if isinstance(answer, ShowFailure):
        kinds = {BAD_DATA: BadDataError, NO_INPUT: NoInputError, UNAVAILABLE: UnavailableError}
        raise kinds.get(answer.code, EndedError)(answer.message)
    return answer
