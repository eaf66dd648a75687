"""`shenbao workbook`: doubts as an Excel workbook, and the answers in it as decisions."""

# ruff: noqa: PLC0415

from __future__ import annotations

import sys
from contextlib import ExitStack, closing
from pathlib import Path
from typing import TYPE_CHECKING

import click

from shenbao.commands.data import data_option
from shenbao.commands.ingest import LEDGER
from shenbao.commands.ingest_places import Folder
from shenbao.commands.ingest_session import explained
from shenbao.commands.review import loaded_desk, opened_log, owner_name
from shenbao.exits import BAD_DATA, BadDataError
from shenbao.terminal import bar, no_bar, say
from shenbao.text_gate import one_line

if TYPE_CHECKING:
    from shenbao.desk.desk import Desk
    from shenbao.ingest.ledger.ledger import Ledger


@click.command("workbook", short_help="Doubts as a workbook, its answers as decisions.")
@data_option
@click.argument("folder", type=Folder(), metavar="SEASON|OUT")
@click.option(*("-o", "--output"), type=click.Path(dir_okay=False, path_type=Path), metavar="FILE",
              help="Write the open fields there.")  # fmt: skip
@click.option("--apply", "answered", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="FILE",
              help="Make the decisions that a filled-in workbook holds.")  # fmt: skip
@click.option("--files", type=click.Path(exists=True, file_okay=False, path_type=Path), multiple=True, metavar="DIR",
              help="Where the files lie that OUT was made from; a season knows.")  # fmt: skip
@click.option(
    "--pictures/--no-pictures",
    default=True,
    show_default=True,
    help="With the clipped picture of each field.",
)
@click.option("--name", metavar="NAME", help="Who answered; your login if not given.")
@LEDGER
def workbook_command(
    folder: Path,
    output: Path | None,
    answered: Path | None,
    files: tuple[Path, ...],
    pictures: bool,
    name: str | None,
    url: str | None,
) -> int:
    """Write what is open in SEASON or OUT as a workbook to review without a server, or take the answers of one.

    A row is a field: its picture, the reading, candidates as a drop-down, room for the answer and a remark. What is
    typed is what the paper says. A row whose reading changed meanwhile, or that somebody answered otherwise, is named
    and not taken.

    \b
    Examples:
      shenbao workbook season -o doubts.xlsx
      shenbao workbook season --apply doubts.xlsx --name 李复核

    \b
    Exit code: 0, or 65 when rows were not taken or the file is no such workbook
    """
    if (output is None) == (answered is None):
        raise click.UsageError("say either -o FILE or --apply FILE")
    with explained(), closing(opened_log(folder, url)) as ledger:
        desk = loaded_desk(folder, ledger)
        if answered is not None:
            return _apply(desk, answered, name or owner_name())
        assert output is not None
        return _write(desk, ledger, output, files, pictures)


def _write(desk: Desk, ledger: Ledger, output: Path, files: tuple[Path, ...], pictures: bool) -> int:
    from shenbao.desk.pages.originals import Originals
    from shenbao.desk.pages.page_maker import PageMaker
    from shenbao.desk.queue.queue import Filter
    from shenbao.desk.workbook import write_doubts

    count = desk.left(Filter())
    with ExitStack() as stack:
        maker = None
        if pictures:
            originals = Originals(desk.folder, ledger, files)
            maker = stack.enter_context(closing(PageMaker(desk.folder.state / "pages", originals)))
        advance = stack.enter_context(bar(count) if sys.stderr.isatty() else no_bar())
        written = write_doubts(desk, maker, output, advance)
    say(f"{written} fields → {output}")
    return 0


def _apply(desk: Desk, path: Path, person: str) -> int:
    from shenbao.desk.workbook import WorkbookError, apply_doubts

    try:
        taken, refused = apply_doubts(desk, path, person)
    except WorkbookError as error:
        raise BadDataError(str(error)) from error
    for row in refused:
        say(one_line(f"not taken  row {row.row} {row.name}: {row.reason}"), to_stderr=True)
    say(f"{taken} decisions, {len(refused)} rows not taken → {desk.folder.final}")
    return BAD_DATA if refused else 0
