"""`shenbao learn`: what decisions teach, adopted one by one into a bureau's own data."""

# ruff: noqa: PLC0415

from __future__ import annotations

import shutil
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import click

from shenbao.commands.data import data_option
from shenbao.commands.ingest import LEDGER
from shenbao.commands.ingest_places import Folder
from shenbao.commands.ingest_session import explained
from shenbao.commands.review import loaded_desk, opened_log
from shenbao.exits import BadDataError
from shenbao.terminal import say
from shenbao.text_gate import one_line

if TYPE_CHECKING:
    from shenbao.desk.learn import Lesson

_MOST_CONFUSIONS = 20


@click.command("learn", short_help="What decisions teach, adopted one by one.")
@data_option
@click.argument("folder", type=Folder(), metavar="SEASON|OUT")
@click.option(
    "--adopt", "number", type=click.IntRange(min=1), metavar="N", help="Adopt the N-th proposal into --into."
)
@click.option("--into", type=click.Path(file_okay=False, path_type=Path), metavar="DIR",
              help="Your own data folder (`--data DIR` of the other commands).")  # fmt: skip
@click.option("--goldens", type=click.Path(exists=True, file_okay=False, path_type=Path), metavar="DIR",
              help="Measure the effect on these goldens before anything is adopted.")  # fmt: skip
@LEDGER
def learn_command(
    folder: Path, number: int | None, into: Path | None, goldens: Path | None, url: str | None
) -> int:
    """List what the decisions in SEASON or OUT propose for your catalogue: wordings of values and names of indicators that
    persons confirmed, so that they are not asked about again; and which characters were taken for which.

    \b
    Examples:
      shenbao learn season
      shenbao learn season --adopt 1 --into our-data --goldens goldens
      shenbao ingest /mnt/申报 -o season --data our-data

    \b
    Exit code: 0, or 65 when the effect on the goldens is harm and nothing was adopted
    """
    from shenbao.desk.learn import confusions, lessons

    if (number is None) != (into is None):
        raise click.UsageError("--adopt and --into belong together")
    with explained(), closing(opened_log(folder, url)) as ledger:
        desk = loaded_desk(folder, ledger)
        found = lessons(desk)
        if number is None or into is None:
            for n, lesson in enumerate(found, 1):
                say(one_line(f"{n:3}  {_words(lesson)}"))
            for confusion in confusions(desk)[:_MOST_CONFUSIONS]:
                say(
                    one_line(
                        f"     {confusion.seen} for {confusion.true}: {confusion.count} ×, the other way {confusion.back} ×"
                    )
                )
            say(f"{len(found)} proposals")
            return 0
        if number > len(found):
            raise click.UsageError(f"there are {len(found)} proposals")
        return _adopted(found[number - 1], into, goldens)


def _words(lesson: Lesson) -> str:
    what = "a wording" if lesson.kind == "accepted" else "a name"
    return f"{lesson.code} {lesson.usual}: “{lesson.text}” as {what}, {lesson.count} × ({lesson.places[0]})"


def _adopted(lesson: Lesson, into: Path, goldens: Path | None) -> int:
    from shenbao.batch import BatchOptions
    from shenbao.bounded.limits import RUN_LIMITS, WorkLimits
    from shenbao.desk.learn import LessonError, adopt, measured
    from shenbao.readers import Settings

    try:
        if goldens is not None:
            limits = WorkLimits(RUN_LIMITS.timeout_s, RUN_LIMITS.memory_mb * 2**20)
            with TemporaryDirectory(prefix="shenbao-") as trial:
                if into.is_dir():
                    shutil.copytree(into, trial, dirs_exist_ok=True)
                adopt(lesson, Path(trial))
                now, then = measured(
                    goldens, [into if into.is_dir() else None, Path(trial)], BatchOptions(Settings(), limits)
                )
            say(f"goldens: {now} fields differ without it, {then} with it")
            if then > now:
                raise BadDataError("it reads your goldens worse: nothing was adopted")
        say(f"adopted  {one_line(_words(lesson))} → {adopt(lesson, into)}")
    except LessonError as error:
        raise BadDataError(str(error)) from error
    return 0
