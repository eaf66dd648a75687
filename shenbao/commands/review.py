"""`shenbao review`: the desk at which persons settle what the program doubts."""

# ruff: noqa: PLC0415

from __future__ import annotations

import getpass
import secrets
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import click

from shenbao.commands.data import data_option
from shenbao.commands.ingest import LEDGER
from shenbao.commands.ingest_places import Folder
from shenbao.commands.ingest_session import explained
from shenbao.exits import NoInputError
from shenbao.terminal import say

if TYPE_CHECKING:
    from shenbao.desk.desk import Desk
    from shenbao.desk.page_maker import PageMaker
    from shenbao.ingest.ledger.ledger import Ledger


@click.command(short_help="Settle doubts in a browser, with the keyboard.")
@data_option
@click.argument("folder", type=Folder(), metavar="SEASON|OUT")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=0, help="Port to answer at; a free one if not given."
)
@click.option("--files", type=click.Path(exists=True, file_okay=False, path_type=Path), multiple=True, metavar="DIR",
              help="Where the files lie that OUT was made from; a season knows. May be given more than once.")  # fmt: skip
@LEDGER
def review_command(folder: Path, port: int, files: tuple[Path, ...], url: str | None) -> int:
    """Open the desk for the results in SEASON (of `shenbao ingest`) or OUT (of `shenbao extract`).

    \b
    Example:
      shenbao review season
    """
    from shenbao.desk.web.app import make_app
    from shenbao.desk.web.guard import Guard
    from shenbao.desk.web.serve import bound_socket, run_server

    with explained(), closing(_opened_log(folder, url)) as ledger:
        desk = _loaded(folder, ledger)
        token = secrets.token_urlsafe(24)
        with closing(bound_socket("127.0.0.1", port)) as bound:
            port = bound.getsockname()[1]
            hosts = frozenset({f"127.0.0.1:{port}", f"localhost:{port}"})
            guard = Guard(hosts, _owner(), token, cookie=f"shenbao-{port}")
            address = f"http://127.0.0.1:{port}/?token={token}"
            with closing(_maker(desk, ledger, files)) as maker:
                run_server(make_app(desk, guard, maker), bound, lambda: say(address))
    return 0


def _maker(desk: Desk, ledger: Ledger, files: Sequence[Path]) -> PageMaker:
    from shenbao.desk.originals import Originals
    from shenbao.desk.page_maker import PageMaker

    return PageMaker(desk.folder.state / "pages", Originals(desk.folder, ledger, files))


def _owner() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "复核人员"


def _opened_log(folder: Path, url: str | None) -> Ledger:
    from shenbao.desk.folder import open_log

    if not folder.is_dir():
        raise NoInputError(f"{folder} is not a folder")
    return open_log(folder, url)


def _loaded(folder: Path, ledger: Ledger) -> Desk:
    from shenbao.desk.desk import Desk
    from shenbao.desk.folder import NothingToReviewError, find_folder
    from shenbao.ingest.ledger.decisions import DecisionLog

    try:
        desk = Desk(find_folder(folder, ledger), DecisionLog(ledger))
    except NothingToReviewError as error:
        raise NoInputError(str(error)) from error
    desk.load()
    if not desk.entries():
        raise NoInputError(f"no results in {folder}: run `shenbao extract` or `shenbao ingest` first")
    return desk
