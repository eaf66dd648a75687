"""`shenbao learn`: what decisions teach, adopted one by one into a bureau's own data."""

# ruff: noqa: PLC0415

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import ExitStack, closing
from pathlib import Path
from typing import TYPE_CHECKING

import click

from shenbao.commands.data import data_option
from shenbao.commands.ingest import LEDGER
from shenbao.commands.ingest_places import Folder
from shenbao.commands.ingest_session import explained
from shenbao.commands.review import loaded_desk, opened_log
from shenbao.exits import BadDataError
from shenbao.terminal import bar, no_bar, say
from shenbao.text_gate import one_line

if TYPE_CHECKING:
    from shenbao.desk.desk import Desk
    from shenbao.desk.learning.effects import LessonEffect, Trials
    from shenbao.desk.learning.lessons import Lesson
    from shenbao.desk.pages.page_maker import PageMaker

_MOST_CONFUSIONS = 20


@click.command("learn", short_help="What decisions teach, adopted one by one.")
@data_option
@click.argument("folder", type=Folder(), metavar="SEASON|OUT")
@click.option(*("-o", "--output"), type=click.Path(dir_okay=False, path_type=Path), metavar="FILE.html",
              help="Write the proposals there as a page to look at, each with its pictures.")  # fmt: skip
@click.option(
    "--adopt", "number", type=click.IntRange(min=1), metavar="N", help="Adopt the N-th proposal into --into."
)
@click.option("--into", type=click.Path(file_okay=False, path_type=Path), metavar="DIR",
              help="Your own data folder (`--data DIR` of the other commands).")  # fmt: skip
@click.option("--goldens", type=click.Path(exists=True, file_okay=False, path_type=Path), metavar="DIR",
              help="Measure the effect of each proposal on these goldens.")  # fmt: skip
@click.option("--despite-goldens", "despite", is_flag=True,
              help="Adopt it although it reads a field of your goldens wrong that was right.")  # fmt: skip
@click.option("--files", type=click.Path(exists=True, file_okay=False, path_type=Path), multiple=True, metavar="DIR",
              help="Where the files lie that OUT was made from; a season knows.")  # fmt: skip
@LEDGER
def learn_command(
    folder: Path,
    output: Path | None,
    number: int | None,
    into: Path | None,
    goldens: Path | None,
    despite: bool,
    files: tuple[Path, ...],
    url: str | None,
) -> int:
    """List what the decisions in SEASON or OUT propose for your own data: wordings of values and names of indicators for
    the catalogue, labels for a layout, characters that readers take for others. What was adopted is not asked about again.

    \b
    Examples:
      shenbao learn season -o lessons.html --goldens goldens
      shenbao learn season --adopt 1 --into our-data --goldens goldens
      shenbao ingest /mnt/申报 -o season --data our-data

    \b
    Exit code: 0, or 65 when a proposal would spoil a golden and was not adopted
    """
    from shenbao.desk.learning.gathering import lessons

    if (number is None) != (into is None):
        raise click.UsageError("--adopt and --into belong together")
    with explained(), ExitStack() as stack:
        ledger = stack.enter_context(closing(opened_log(folder, url)))
        desk = loaded_desk(folder, ledger)
        maker = stack.enter_context(closing(_maker(desk, ledger, files)))
        found = lessons(desk, maker)
        trials = _trials(goldens, into)
        if number is None or into is None:
            _show(desk, found, trials, maker, output)
        elif number > len(found):
            raise click.UsageError(f"there are {len(found)} proposals")
        else:
            _adopt(found[number - 1], into, trials, despite)
    return 0


def _maker(desk: Desk, ledger: object, files: tuple[Path, ...]) -> PageMaker:
    from shenbao.desk.pages.originals import Originals
    from shenbao.desk.pages.page_maker import PageMaker

    return PageMaker(desk.folder.state / "pages", Originals(desk.folder, ledger, files))  # type: ignore[arg-type]


def _trials(goldens: Path | None, into: Path | None) -> Trials | None:
    from shenbao.batch import BatchOptions
    from shenbao.bounded.limits import RUN_LIMITS, WorkLimits
    from shenbao.desk.learning.effects import Trials
    from shenbao.readers import Settings

    if goldens is None:
        return None
    limits = WorkLimits(RUN_LIMITS.timeout_s, RUN_LIMITS.memory_mb * 2**20)
    return Trials(goldens, into, BatchOptions(Settings(), limits))


def _effects(found: Sequence[Lesson], trials: Trials | None) -> list[LessonEffect | None]:
    if trials is None:
        return [None] * len(found)
    with bar(len(found)) if sys.stderr.isatty() else no_bar() as advance:
        return [trials.effect(lesson, advance) for lesson in found]


def _show(
    desk: Desk, found: Sequence[Lesson], trials: Trials | None, maker: PageMaker, output: Path | None
) -> None:
    from itertools import islice

    from shenbao.desk.learning.confusions import other_confusions

    effects = _effects(found, trials)
    for n, (lesson, effect) in enumerate(zip(found, effects, strict=True), 1):
        say(one_line(f"{n:3}  {_told(lesson)}"))
        if effect is not None:
            say(one_line(f"     {effect.words()}"))
    for lesson, why in islice(other_confusions(desk), _MOST_CONFUSIONS):
        say(one_line(f"     {lesson.words()}, {len(lesson.places)} ×: not proposed, {why}"))
    say(f"{len(found)} proposals")
    if output is not None:
        _write(output, found, effects, maker)


def _told(lesson: Lesson) -> str:
    first = lesson.places[0]
    return f"{lesson.words()}, {len(lesson.places)} × ({first.name} {first.field})"


def _write(
    output: Path, found: Sequence[Lesson], effects: Sequence[LessonEffect | None], maker: PageMaker
) -> None:
    from shenbao.desk.learning.lesson_page import lessons_to_html
    from shenbao.outputs import replacing

    text = lessons_to_html(found, effects, maker)
    with replacing(output) as file:
        file.write(text)
    say(f"with pictures → {output}")


def _adopt(lesson: Lesson, into: Path, trials: Trials | None, despite: bool) -> None:
    from shenbao.desk.learning.adopting import adopt
    from shenbao.desk.learning.lessons import LessonError

    try:
        effect = trials.effect(lesson) if trials is not None else None
        if effect is not None:
            say(one_line(effect.words()))
            if effect.spoilt and not despite:
                raise BadDataError(
                    "it reads your goldens worse: nothing was adopted (--despite-goldens adopts it all the same)"
                )
        say(f"adopted  {one_line(_told(lesson))} → {adopt(lesson, into)}")
    except LessonError as error:
        raise BadDataError(str(error)) from error
