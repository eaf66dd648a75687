"""`shenbao report`: the answers to the departments of a season, and the season at a glance."""

# ruff: noqa: PLC0415

from __future__ import annotations

import os
from pathlib import Path

import click

from shenbao.commands.bounds import bounds, options_to_limits
from shenbao.commands.data import data_option
from shenbao.commands.ingest_places import Folder
from shenbao.commands.sides import place_to_round, write_files
from shenbao.exits import BAD_DATA, BadDataError
from shenbao.terminal import bar, no_bar, say
from shenbao.text_gate import one_line

_PARTS = ("memo", "sheet", "overview")


_HELP = """Write the bureau's answers to every department of SEASON (a folder of `ingest` or `extract`, a result, a form).

\b
DIR/退回意见书/*.docx, *.html   a return memo a department: each point with its place, its picture, what is asked
DIR/审核表/*.docx               the review sheet, filled in but for grade and signature
DIR/overview.html, .xlsx        the season at a glance; the workbook has the review sheets, too

Only what is the department's business is in a memo; a point whose value is not read for sure waits, and is counted.
The wording is that of templates/memo.yaml in --data DIR, where there is one.

\b
Examples:
  shenbao report season -o answers
  shenbao report season -o answers --part overview
  shenbao report season -o answers --data bureau

\b
Exit code:
  0   written
  64  wrong usage                 65  a template that is broken; results that are were left out
  66  no results in SEASON        74  writing failed
"""


@click.command(short_help="Answer the departments: return memos, review sheets, overview.", help=_HELP)
@data_option
@click.argument("season", type=click.Path(path_type=Path), metavar="SEASON")
@click.option("-o", "--output", required=True, type=Folder(), metavar="DIR", help="Folder for the report.")
@click.option(
    *("--part", "parts"),
    type=click.Choice(_PARTS),
    multiple=True,
    help="What to write; may be given more than once.  [default: all]",
)
@click.option(
    "-j",
    "--jobs",
    type=click.IntRange(1, 512),
    help="Files cut up at a time; as many as there are processors.",
)
@click.option("--no-pictures", is_flag=True, help="Leave the clipped pictures of cells out.")
@click.option(
    "--mask", is_flag=True, help="Hide preparers' names and telephone numbers, and leave pictures out."
)
@click.option("-q", "--quiet", is_flag=True, help="Print nothing but errors.")
@bounds
def report_command(
    season: Path, output: Path, parts: tuple[str, ...], jobs: int | None, no_pictures: bool, mask: bool,
    quiet: bool, timeout: float, memory: int,
) -> int:  # fmt: skip
    """Write the answers, as `_HELP` says."""
    from shenbao.answer.season_report import clip_round, report_files, round_to_departments
    from shenbao.answer.wording import WordingError, load_words

    try:
        words = load_words()
    except WordingError as error:
        raise BadDataError(str(error)) from error
    found = place_to_round(season, mask, timeout, memory)
    wanted = parts or _PARTS
    departments = round_to_departments(found)
    originals = season.parent if season.is_file() else found.inbox
    clips = {}
    if originals and "memo" in wanted and not (mask or no_pictures):
        clips = clip_round(
            departments, originals, jobs or os.cpu_count() or 1, options_to_limits(timeout, memory)
        )
    with no_bar() if quiet else bar(len(departments) * (len(wanted) + 1)) as count:
        for name, data in report_files(found, departments, words, wanted, clips):
            write_files(output, {name: data})
            count()
    if not quiet:
        for remark in found.remarks:
            say(f"! {one_line(remark)}")
        points = sum(len(one.points) for _, forms in departments for one in forms)
        waiting = sum(one.waiting for _, forms in departments for one in forms)
        say(
            f"{len(departments)} departments, {points} points, {waiting} waiting for their reading → {output}"
        )
    return BAD_DATA if found.broken else 0
