"""`shenbao catalogue`: is a catalogue's file right, how do two differ, and which indicators do a season's forms share."""

# ruff: noqa: PLC0415

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from shenbao.commands.data import data_option
from shenbao.exits import BadDataError, NoInputError, NoOutputError
from shenbao.terminal import say

if TYPE_CHECKING:
    from models.submission import Submission
    from normalize.form.catalogue import Catalogue


@click.group("catalogue", short_help="Lists of indicators: check, compare, learn from a season.")
def catalogue_command() -> None:
    """A catalogue is a CSV file of the indicators that a form expects; docs/layouts.md explains its columns.

    \b
    Examples:
      shenbao catalogue check my-data/catalogues/our-indicators.csv
      shenbao catalogue diff indicators-department-overall my-data/catalogues/our-indicators.csv
      shenbao catalogue learn season -o my-data/catalogues/learned.csv
    """


@catalogue_command.command("check", short_help="Say what is wrong with a catalogue's file.")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
def check_catalogue_command(files: tuple[Path, ...]) -> int:
    """Check FILES: every mistake with its line and what would be right. Exit code 65 when a file is wrong."""
    from normalize.form.catalogue_file import check_catalogue

    faults = 0
    for file in files:
        found = list(check_catalogue(_text(file)))
        for line, message in found:
            say(f"{file}:{line}: {message}", to_stderr=True)
        if not found:
            say(f"{file} is in order")
        faults += len(found)
    if faults:
        raise BadDataError(f"{faults} mistake(s) in {len(files)} catalogue(s)")
    return 0


@catalogue_command.command("diff", short_help="Show how two catalogues differ.")
@data_option
@click.argument("old")
@click.argument("new")
def diff_catalogues_command(old: str, new: str) -> int:
    """Compare OLD with NEW, each a name or a file: - only in OLD, + only in NEW, ~ changed under its code."""
    from shenbao.catalogues.compare import catalogues_to_lines

    lines = list(catalogues_to_lines(_catalogue(old), _catalogue(new)))
    for line in lines:
        say(line)
    if not lines:
        say("the same")
    return 0


@catalogue_command.command("learn", short_help="Propose a catalogue of what a season's forms share.")
@click.argument("season", type=click.Path(path_type=Path))
@click.option(
    *("-o", "--output"), required=True, type=click.Path(path_type=Path, dir_okay=False), metavar="FILE.csv"
)
@click.option(
    "--least",
    type=click.IntRange(min=2),
    default=3,
    show_default=True,
    metavar="N",
    help="In how many accepted forms an indicator must stand.",
)
def learn_catalogue_command(season: Path, output: Path, least: int) -> int:
    """Propose the departments' own indicators that stand in N accepted forms of SEASON, with counts and sources.

    SEASON is a folder of results. A line counts only when a person has read it and written yes into its column `signed`.
    """
    from shenbao.catalogues.learn import learn_catalogue
    from shenbao.outputs import make_folder, replacing

    if output.exists():
        raise click.UsageError(f"{output} exists already; choose another name")
    if not season.is_dir():
        raise NoInputError(f"{season} is not a folder of results")
    text, count = learn_catalogue(_results(season), least)
    try:
        make_folder(output.absolute().parent)
        with replacing(output) as opened:
            opened.write(text)
    except OSError as error:
        raise NoOutputError(f"{output}: {error.strerror or error}") from error
    say(
        f"{output}: {count} indicators in {least} accepted forms or more; read them, and sign those that are right with yes"
    )
    return 0


def _results(season: Path) -> Iterator[Submission]:
    from shenbao.export.results import LeftOut, read_chunks
    from shenbao.ingest.inbox.store import is_output
    from shenbao.ingest.place import Output

    def report(item: LeftOut) -> None:
        if item.kind == "broken":
            say(f"left out  {item.place}: {item.reason}", to_stderr=True)

    folder = Path(str(Output(season).results)) if is_output(season) else season
    for chunk in read_chunks(folder, masked=False, report=report):
        yield from chunk.submissions


def _catalogue(named: str) -> Catalogue:
    from normalize.form.catalogue import load_catalogue, text_to_catalogue

    if named.endswith(".csv"):
        return text_to_catalogue(_valid(Path(named)))
    try:
        return load_catalogue(named)
    except FileNotFoundError as error:
        raise NoInputError(f"there is no catalogue “{named}”; name a file with .csv") from error


def _valid(file: Path) -> str:
    from normalize.form.catalogue_file import check_catalogue

    text = _text(file)
    for line, message in check_catalogue(text):
        raise BadDataError(f"{file}:{line}: {message}")
    return text


def _text(file: Path) -> str:
    try:
        return file.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadDataError(f"{file}: not UTF-8 (byte {error.start}); save it as UTF-8") from error
    except OSError as error:
        raise NoInputError(f"{file}: {error.strerror}") from error
