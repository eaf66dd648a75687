"""`shenbao review`: the desk at which persons settle what the program doubts."""

# ruff: noqa: PLC0415

from __future__ import annotations

import getpass
import secrets
import sys
from collections.abc import Sequence
from contextlib import ExitStack, closing
from pathlib import Path
from socket import socket
from typing import TYPE_CHECKING

import click

from shenbao.commands.bounds import bounds, options_to_limits
from shenbao.commands.data import data_option
from shenbao.commands.ingest import LEDGER
from shenbao.commands.ingest_places import Folder
from shenbao.commands.ingest_session import explained
from shenbao.exits import BadDataError, NoInputError, UnavailableError
from shenbao.terminal import bar, no_bar, say

if TYPE_CHECKING:
    from shenbao.bounded.limits import WorkLimits
    from shenbao.desk.desk import Desk
    from shenbao.desk.web.guard import Guard
    from shenbao.ingest.ledger.ledger import Ledger

_HERE = "127.0.0.1"
_MANY = 30
"""With more results than this a terminal shows how far we are: a result that was never looked at takes 25 ms."""


class _ReviewGroup(click.Group):
    """`review SEASON` opens the desk, `review users …` is about its users."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0] if args else ""
        if name in self.commands:
            return super().resolve_command(ctx, args)
        return super().resolve_command(ctx, ["desk", *args])

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        first = args[0] if args else "--help"
        if first not in self.commands and first not in ctx.help_option_names:
            args = ["desk", *args]
        return super().parse_args(ctx, args)


@click.group("review", cls=_ReviewGroup, short_help="Settle doubts in a browser, with the keyboard.")
def review_command() -> None:
    """Open the desk for the results in SEASON (of `shenbao ingest`) or OUT (of `shenbao extract`).

    \b
    Examples:
      shenbao review season
      shenbao review out --files forms
      shenbao review season --second 100000 --second 5% --sample 20
      shenbao review users add users.json 李复核
      shenbao review season --listen 10.0.0.5:8080 --users users.json

    `shenbao review desk --help` tells every option.
    """


@review_command.command("desk", short_help="Open the desk (may be left out).")
@data_option
@click.argument("folder", type=Folder(), metavar="SEASON|OUT")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=0, help="Port to answer at; a free one if not given."
)
@click.option("--files", type=click.Path(exists=True, file_okay=False, path_type=Path), multiple=True, metavar="DIR",
              help="Where the files lie that OUT was made from; a season knows. May be given more than once.")  # fmt: skip
@click.option("--listen", metavar="HOST:PORT",
              help="Answer other machines, too; needs --users. Put a proxy with TLS before it.")  # fmt: skip
@click.option("--users", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="FILE",
              help="Who may log in: a file of `shenbao review users add`.")  # fmt: skip
@click.option(
    "--name",
    metavar="NAME",
    help="Who decides, where one opens the desk with its token; your login if not given.",
)
@click.option("--second", multiple=True, metavar="YUAN|SHARE",
              help="Fields that another person looks at, too, not knowing what the first one said: figures of so many yuan "
                   "and more (100000), a random share (5%); may be given more than once. Kept for the season; none ends it.")  # fmt: skip
@click.option("--sample", type=click.IntRange(0, 10_000), metavar="N",
              help="Put N accepted fields a week among the others, drawn at random: the page of the report says how many "
                   "were wrong. Kept for the season; 0 ends it.")  # fmt: skip
@bounds
@LEDGER
def desk_command(
    folder: Path,
    port: int,
    files: tuple[Path, ...],
    listen: str | None,
    users: Path | None,
    name: str | None,
    second: tuple[str, ...],
    sample: int | None,
    timeout: float,
    memory: int,
    url: str | None,
) -> int:
    """Open the desk for the results in SEASON (of `shenbao ingest`) or OUT (of `shenbao extract`).

    Prints one line, the address to open; decisions are kept in the folder's ledger, `final/` has the results with them.
    """
    from shenbao.desk.web.serve import bound_socket

    host, port = _address(listen, port)
    if listen and users is None:
        raise click.UsageError("--listen needs --users: whoever reaches the port could decide")
    with explained(), closing(opened_log(folder, url)) as ledger:
        _keep_rules(ledger, second, sample)
        desk = loaded_desk(folder, ledger)
        try:
            bound = bound_socket(host, port)
        except OSError as error:
            raise UnavailableError(f"cannot answer at {host}:{port}: {error.strerror or error}") from error
        with closing(bound):
            guard, address = _guard(host, bound.getsockname()[1], users, name)
            _run(desk, ledger, guard, files, options_to_limits(timeout, memory), bound, address)
        desk.refresh()
    return 0


@review_command.group("users", short_help="Who may log in to a desk that others reach.")
def users_command() -> None:
    """Who may log in to a desk that is opened with --listen and --users."""


@users_command.command("add", short_help="Add a user, or give one another password.")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.argument("name")
@click.password_option(help="Asked for where it is not given.")
def add_user_command(file: Path, name: str, password: str) -> int:
    """Add the user NAME to FILE with a password that is asked for; FILE holds a salted hash of it, and only you may read it.

    \b
    Example:
      shenbao review users add users.json 李复核
    """
    from shenbao.desk.web.users import LEAST_PASSWORD, UserFileError, add_user

    if len(password) < LEAST_PASSWORD:
        raise click.UsageError(f"a password has at least {LEAST_PASSWORD} characters")
    with explained():
        try:
            add_user(file, name, password)
        except UserFileError as error:
            raise BadDataError(str(error)) from error
    say(f"{name} may log in with {file}")
    return 0


def _keep_rules(ledger: Ledger, second: Sequence[str], sample: int | None) -> None:
    from shenbao.desk.queue.rules import keep_rules
    from shenbao.desk.queue.second import RuleError

    try:
        keep_rules(ledger, second, sample)
    except RuleError as error:
        raise click.UsageError(f"--second: {error}") from error


def _address(listen: str | None, port: int) -> tuple[str, int]:
    if listen is None:
        return _HERE, port
    host, _, number = listen.rpartition(":")
    if not host or not number.isdecimal() or int(number) > 65535:
        raise click.UsageError("--listen takes HOST:PORT, such as 10.0.0.5:8080")
    return host.strip("[]"), int(number)


def _guard(host: str, port: int, users: Path | None, name: str | None) -> tuple[Guard, str]:
    """The door, and the address to open."""
    from shenbao.desk.web.guard import Guard
    from shenbao.desk.web.users import UserFileError, read_users

    names = {host, _HERE, "localhost"} if host == _HERE or users is None else {host}
    hosts = frozenset(f"[{one}]:{port}" if ":" in one else f"{one}:{port}".lower() for one in names)
    cookie = f"shenbao-{port}"
    if users is None:
        token = secrets.token_urlsafe(24)
        return Guard(
            hosts, name or owner_name(), token, cookie=cookie
        ), f"http://{host}:{port}/?token={token}"
    try:
        known = read_users(users)
    except UserFileError as error:
        raise BadDataError(str(error)) from error
    return Guard(hosts, "", users=known, cookie=cookie), f"http://{host}:{port}/"


def _run(
    desk: Desk,
    ledger: Ledger,
    guard: Guard,
    files: Sequence[Path],
    limits: WorkLimits,
    bound: socket,
    address: str,
) -> None:
    """Answer until the process is asked to end."""
    from shenbao.desk.finals.final_writer import FinalWriter
    from shenbao.desk.pages.originals import Originals
    from shenbao.desk.pages.page_maker import PageMaker
    from shenbao.desk.web.app import make_app
    from shenbao.desk.web.serve import run_server
    from shenbao.desk.web.uploads import Uploads

    with ExitStack() as stack:
        desk.writer = stack.enter_context(closing(FinalWriter(desk.folder)))
        originals = Originals(desk.folder, ledger, files)
        maker = stack.enter_context(closing(PageMaker(desk.folder.state / "pages", originals)))
        uploads = Uploads(desk.folder.root / "uploads", limits, desk.load)
        stack.enter_context(closing(uploads))
        try:
            run_server(make_app(desk, guard, maker, uploads), bound, lambda: say(address))
        except KeyboardInterrupt:  # to be interrupted is how a desk ends
            say("the desk was asked to end; every decision is kept", to_stderr=True)


def owner_name() -> str:
    """Who works at this machine, as it knows them."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "复核人员"


def opened_log(folder: Path, url: str | None) -> Ledger:
    """The ledger of the decisions about a folder; raises `NoInputError` for no folder."""
    from shenbao.desk.folder import open_log

    if not folder.is_dir():
        raise NoInputError(f"{folder} is not a folder")
    return open_log(folder, url)


def loaded_desk(folder: Path, ledger: Ledger) -> Desk:
    """The desk of a folder, every result looked at; raises `NoInputError` where there is none."""
    from shenbao.desk.desk import Desk
    from shenbao.desk.folder import NothingToReviewError, find_folder
    from shenbao.desk.queue.rules import ledger_to_rules
    from shenbao.ingest.ledger.decisions import DecisionLog

    try:
        desk = Desk(find_folder(folder, ledger), DecisionLog(ledger), ledger_to_rules(ledger))
    except NothingToReviewError as error:
        raise NoInputError(str(error)) from error
    count = sum(1 for _ in desk.folder.places())
    with bar(count) if sys.stderr.isatty() and count > _MANY else no_bar() as advance:
        desk.load(advance)
    if not desk.entries():
        raise NoInputError(f"no results in {folder}: run `shenbao extract` or `shenbao ingest` first")
    return desk
