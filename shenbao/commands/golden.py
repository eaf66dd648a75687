"""`shenbao golden`: a bureau's own confirmed cases, which an upgrade has to read as well as before."""

# ruff: noqa: PLC0415

from __future__ import annotations

import sys
from contextlib import closing
from pathlib import Path

import click

from shenbao.commands.bounds import bounds, options_to_limits
from shenbao.commands.data import data_option
from shenbao.commands.ingest import LEDGER
from shenbao.commands.ingest_places import Folder
from shenbao.commands.ingest_session import explained
from shenbao.commands.review import loaded_desk, opened_log
from shenbao.exits import BAD_DATA, NoInputError
from shenbao.terminal import bar, no_bar, say
from shenbao.text_gate import one_line, printable

_DIFFERS = 1
"""The exit code where a golden is read worse than it was confirmed."""


@click.group("golden", short_help="Your own confirmed cases: freeze them, check an upgrade against them.")
def golden_command() -> None:
    """Your own confirmed cases: freeze reviewed submissions, and check an upgrade of program, catalogue or layout by them."""


@golden_command.command("add", short_help="Freeze confirmed submissions with their files.")
@click.argument("folder", type=Folder(), metavar="DIR")
@click.argument("source", type=Folder(), metavar="SEASON|OUT")
@click.option("--submission", "names", multiple=True, metavar="NAME",
              help="Only these, by the name of their file; all that are confirmed if not given.")  # fmt: skip
@click.option("--files", type=click.Path(exists=True, file_okay=False, path_type=Path), multiple=True, metavar="DIR",
              help="Where the files lie that OUT was made from; a season knows.")  # fmt: skip
@LEDGER
def add_goldens_command(
    folder: Path, source: Path, names: tuple[str, ...], files: tuple[Path, ...], url: str | None
) -> int:
    """Freeze submissions of SEASON or OUT, in which nothing is open any more, into DIR: file and final result.

    \b
    Example:
      shenbao golden add goldens season --submission 司法局.docx

    \b
    Exit code: 0, or 65 when one that was named could not be frozen
    """
    from shenbao.desk.goldens import GoldenError, add_golden
    from shenbao.desk.pages.originals import Originals

    failed = 0
    with explained(), closing(opened_log(source, url)) as ledger:
        desk = loaded_desk(source, ledger)
        originals = Originals(desk.folder, ledger, files)
        chosen = [entry for entry in desk.entries() if (entry.name in names if names else not entry.doubted)]
        if not chosen:
            raise NoInputError("no submission of that name, or none that is confirmed")
        for entry in chosen:
            try:
                say(f"frozen  {add_golden(folder, desk, entry, originals)}")
            except GoldenError as error:
                failed += 1
                say(one_line(f"not frozen  {error}"), to_stderr=True)
    return BAD_DATA if failed and names else 0


@golden_command.command("check", short_help="Read the frozen files again and say what differs.")
@data_option
@click.argument("folder", type=Folder(), metavar="DIR")
@click.option(
    "--junit", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE", help="Also write JUnit XML."
)
@click.option(
    *("-j", "--jobs"), type=click.IntRange(1, 512), default=1, show_default=True, help="Files read at a time."
)
@bounds
def check_goldens_command(folder: Path, junit: Path | None, jobs: int, timeout: float, memory: int) -> int:
    """Read the file of every golden in DIR and say, field by field, what is not as it was confirmed.

    Fields that persons had to correct when the golden was made may still be wrong; every other difference counts.

    \b
    Examples:
      shenbao golden check goldens --junit report.xml
      shenbao golden check goldens --data our-catalogue

    \b
    Exit code: 0 nothing got worse, 1 something did, 66 no goldens in DIR
    """
    from shenbao.batch import BatchOptions
    from shenbao.desk.goldens import check_goldens, goldens, outcomes_to_junit
    from shenbao.outputs import replacing
    from shenbao.readers import Settings

    count = len(goldens(folder)) if folder.is_dir() else 0
    if not count:
        raise NoInputError(f"no goldens in {folder}: make some with `shenbao golden add`")
    options = BatchOptions(Settings(), options_to_limits(timeout, memory), jobs)
    with explained():
        with bar(count) if sys.stderr.isatty() else no_bar() as advance:
            outcomes = list(check_goldens(folder, options, advance))
        for one in outcomes:
            better = f", {one.improved} fields read right that were not" if one.improved else ""
            state = one.failure or f"{len(one.differences)} fields differ{better}"
            say(one_line(f"{'same   ' if one.is_as_confirmed else 'differs'}  {one.name}: {state}"))
            for difference in one.differences:
                say(printable(f"         {difference.words()}"))
        if junit:
            with replacing(junit) as file:
                file.write(outcomes_to_junit(outcomes))
    return 0 if all(one.is_as_confirmed for one in outcomes) else _DIFFERS
