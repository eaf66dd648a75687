"""The command line: its name, its exit codes, its commands."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import NoReturn

import click

from shenbao.commands.check import own_check_command
from shenbao.commands.compare import diff_command
from shenbao.commands.data import data_option
from shenbao.commands.extract import extract_command
from shenbao.commands.golden import golden_command
from shenbao.commands.ingest import ingest_command, retry_command, status_command
from shenbao.commands.layouts import layouts_command
from shenbao.commands.learn import learn_command
from shenbao.commands.look import cells_command, doctor_command, draw_command, schema_command, show_command
from shenbao.commands.report import report_command
from shenbao.commands.review import review_command
from shenbao.commands.tables import tables_command
from shenbao.commands.workbook import workbook_command
from shenbao.exits import INTERRUPTED, IO_ERROR, USAGE
from shenbao.stopping import hear_once
from shenbao.terminal import quiet_libraries
from shenbao.text_gate import printable


def _version(context: click.Context, _: click.Parameter, wanted: bool) -> None:
    if not wanted or context.resilient_parsing:
        return
    from shenbao.version import program_version  # noqa: PLC0415

    click.echo(f"shenbao {program_version()}")
    context.exit()


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option(
    "--version", is_flag=True, is_eager=True, expose_value=False, callback=_version, help="Print the version."
)
@data_option
def cli() -> None:
    """Read performance declaration forms (部门整体绩效目标申报表) into JSON that can be trusted.

    \b
    Read two files, look at one result, and get spreadsheets of everything:
      shenbao extract a.md b.docx -o out
      shenbao show out/a.md.json
      shenbao extract forms/*.xlsx -o out --tables out/tables
    """


for command in (
    extract_command,
    ingest_command,
    status_command,
    retry_command,
    review_command,
    learn_command,
    golden_command,
    workbook_command,
    tables_command,
    report_command,
    own_check_command,
    diff_command,
    layouts_command,
    show_command,
    cells_command,
    draw_command,
    schema_command,
    doctor_command,
):
    cli.add_command(command)


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command line and exit; wrong usage exits with 64, because 2 means that a file was rejected."""
    quiet_libraries()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    hear_once()  # for good: a second request must not break the end of the process
    try:
        code = cli.main(arguments, "shenbao", standalone_mode=False)
        sys.stdout.flush()
    except click.ClickException as error:
        vars(error)["message"] = printable(error.message)  # it may quote a name that steers a terminal
        error.show()
        code = USAGE if isinstance(error, click.UsageError) else error.exit_code
    except (click.Abort, KeyboardInterrupt):
        code = INTERRUPTED
    except BrokenPipeError:
        # the reader of our output is gone; what Python still holds for it must not fail at exit
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = IO_ERROR
    sys.exit(code)


if __name__ == "__main__":
    main()
