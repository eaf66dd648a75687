"""`shenbao diff`: what changed between two submissions, two results or two rounds."""

# ruff: noqa: PLC0415

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from shenbao.commands.bounds import bounds
from shenbao.commands.data import data_option
from shenbao.commands.ingest_places import Folder
from shenbao.commands.sides import place_to_round, write_files
from shenbao.exits import BAD_DATA
from shenbao.terminal import say
from shenbao.text_gate import one_line

if TYPE_CHECKING:
    from shenbao.compare.round_diff import RoundDiff

_SIDE = click.Path(path_type=Path)


@click.command(short_help="What changed between two submissions or two rounds.")
@data_option
@click.argument("before", type=_SIDE, metavar="A")
@click.argument("after", type=_SIDE, metavar="B")
@click.option(
    "-o", "--output", type=Folder(), metavar="DIR", help="Write DIR/diff.html and DIR/diff.xlsx too."
)
@click.option("--mask", is_flag=True, help="Hide preparers' names and telephone numbers.")
@click.option("-q", "--quiet", is_flag=True, help="Print only the numbers.")
@bounds
def diff_command(
    before: Path, after: Path, output: Path | None, mask: bool, quiet: bool, timeout: float, memory: int
) -> int:
    """Compare A with B, each a season of `ingest`, a folder of `extract`, a result, or a declaration (Word, Excel, PDF …).

    Departments and projects are found again by name, rows by name and not by place. A difference where a reading is
    flagged is set apart (？): it may be none. Each point that the memo on A makes is done (已改), not done (未改) or
    otherwise changed (另有改动) in B.

    \b
    Examples:
      shenbao diff 一上.docx 二上.docx
      shenbao diff 一上 二上 -o compared

    \b
    Exit code:
      0   no difference but where a reading is flagged
      1   something changed
      64  wrong usage             65  results that are broken were left out
      66  A or B has no results, or cannot be opened
      70  a file took too much time or memory
      74  writing failed
    """
    from shenbao.compare.diff_listings import diff_to_lines
    from shenbao.compare.round_diff import compare_rounds

    sides = [place_to_round(side, mask, timeout, memory) for side in (before, after)]
    diff = compare_rounds(*sides)
    if output is not None:
        write_files(output, _files(diff))
    lines = list(diff_to_lines(diff))
    for line in lines[-1:] if quiet else lines:
        say(one_line(line))
    if any(side.broken for side in sides):
        return BAD_DATA
    return 1 if diff.gone or diff.new or any(form.sure for form in diff.forms) else 0


def _files(diff: RoundDiff) -> dict[str, bytes]:
    from shenbao.answer.listing import listings_to_html, listings_to_xlsx
    from shenbao.compare.diff_listings import diff_to_listings

    listings = diff_to_listings(diff)
    title = f"申报表对比：{diff.before.name} → {diff.after.name}"
    page = listings_to_html(title, diff.remarks, listings)
    return {"diff.html": page.encode(), "diff.xlsx": listings_to_xlsx(listings)}
