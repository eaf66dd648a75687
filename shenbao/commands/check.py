"""`shenbao check`: a form before it is handed in, or a season against the years before."""

# ruff: noqa: PLC0415

from __future__ import annotations

from pathlib import Path

import click

from shenbao.commands.bounds import bounds
from shenbao.commands.data import data_option
from shenbao.commands.sides import place_to_round, read_file_side, write_files
from shenbao.exits import BAD_DATA, BadDataError, NoInputError
from shenbao.terminal import say
from shenbao.text_gate import one_line

_PLACE = click.Path(path_type=Path)


@click.command("check", short_help="Check a form before handing it in, or a season against last year's.")
@data_option
@click.argument("place", type=_PLACE, metavar="FILE|SEASON")
@click.option(
    *("--against", "against"),
    type=_PLACE,
    multiple=True,
    metavar="LAST",
    help="Last year's season or form; given twice, also the one of the year before.",
)
@click.option(
    "-o",
    "--output",
    type=_PLACE,
    metavar="PLACE",
    help="Of FILE a page (.html); with --against a folder for years.html and years.xlsx.",
)
@click.option("--mask", is_flag=True, help="Hide preparers' names and telephone numbers.")
@bounds
def own_check_command(
    place: Path, against: tuple[Path, ...], output: Path | None, mask: bool, timeout: float, memory: int
) -> int:
    """Say in plain Chinese what the bureau would ask about FILE (Word, Excel, …): for a department, before it hands in.

    With --against, hold a season or a form against last year's: past values and money that contradict last year's
    form, targets lowered although the past did not fall, indicators dropped or renamed, texts that are the same three
    years running.

    \b
    Examples:
      shenbao check 申报表.docx
      shenbao check 申报表.docx -o 自查.html
      shenbao check season-2026 --against season-2025 --against season-2024 -o years

    \b
    Exit code:
      0   nothing to ask
      1   something was found
      2   no known form was read
      64  wrong usage             65  a result or template that is broken
      66  cannot be opened, or no results in it
      70  a file took too much time or memory
      74  writing failed
    """
    if against:
        return _check_years(place, against, output, mask, timeout, memory)
    if place.is_dir():
        raise click.UsageError(
            f"{place} is a folder: say what to hold it against (--against), or give one file"
        )
    return _check_form(place, output, mask, timeout, memory)


def _check_years(
    place: Path, against: tuple[Path, ...], output: Path | None, mask: bool, timeout: float, memory: int
) -> int:
    from shenbao.answer.listing import listings_to_html, listings_to_xlsx
    from shenbao.compare.years import check_years
    from shenbao.compare.years_listings import years_to_lines, years_to_listings

    now, *earlier = (place_to_round(side, mask, timeout, memory) for side in (place, *against))
    if not now.forms:
        raise NoInputError(f"no form was read in {place}")
    report = check_years(now, earlier)
    if output is not None:
        listings = years_to_listings(report)
        title = f"跨年核对：{report.name} 对照 {'、'.join(report.against)}"
        page = listings_to_html(title, report.remarks, listings)
        write_files(output, {"years.html": page.encode(), "years.xlsx": listings_to_xlsx(listings)})
    for line in years_to_lines(report):
        say(one_line(line))
    if any(side.broken for side in (now, *earlier)):
        return BAD_DATA
    return 1 if report.findings else 0


def _check_form(place: Path, output: Path | None, mask: bool, timeout: float, memory: int) -> int:
    from shenbao.answer.own_check import own_check_to_html, own_check_to_lines, submission_to_own_check
    from shenbao.answer.wording import WordingError, load_words
    from shenbao.export.mask import mask_submission

    try:
        words = load_words()
    except WordingError as error:
        raise BadDataError(str(error)) from error
    submission = read_file_side(place, timeout, memory)
    checked = submission_to_own_check(mask_submission(submission) if mask else submission, place.name, words)
    if output is not None:
        write_files(output.parent, {output.name: own_check_to_html(checked).encode()})
    for line in own_check_to_lines(checked):
        say(one_line(line))
    return checked.code
