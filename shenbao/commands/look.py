"""Commands that show: a result, a document's tables, a page as it was read, the schema."""

# ruff: noqa: PLC0415

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from shenbao.commands.bounds import bounds, options_to_limits, run_bounded
from shenbao.exits import (
    BAD_DATA,
    STANDARD,
    BadDataError,
    NoInputError,
    WriteError,
)
from shenbao.terminal import say

if TYPE_CHECKING:
    from models.submission import Submission


@click.command(short_help="Print a result for a person to read.")
@click.argument("result")
def show_command(result: str) -> int:
    """Print RESULT, a file that `shenbao extract` wrote, as a person would like to read it.

    Sections come as tables. A repair shows what was read struck through and what it became; findings stand
    beside their rows. - is standard input.

    \b
    Examples:
      shenbao show out/a.md.json
      shenbao extract a.md -o - -q | shenbao show -
    """
    from shenbao.show.result import print_submission

    print_submission(_load(result))
    return 0


@click.command(short_help="Print the tables of any document.")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    *("--format", "form"),
    type=click.Choice(["json", "csv", "html"]),
    default="json",
    show_default=True,
    help="json has spans, places and boxes; csv and html are for the eye.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write there instead of to standard output.",
)
@bounds
def cells_command(file: Path, form: str, output: Path | None, timeout: float, memory: int) -> int:
    """Print the tables in FILE as they were extracted, known form or not, before anything is repaired.

    \b
    Examples:
      shenbao cells a.pdf | jq '.grids[0].cells[0]'
      shenbao cells a.docx --format html -o a.html
    """
    from shenbao.readers import Settings
    from shenbao.show.cells import write_text
    from shenbao.show.jobs import ShowTask, show_cells

    shown = run_bounded(show_cells, ShowTask(file, Settings(), form), options_to_limits(timeout, memory))
    for problem in shown.problems:
        say(f"{problem.severity}: {problem.message}", to_stderr=True)
    try:
        if output:
            write_text(shown.text, output, form)
        else:
            sys.stdout.buffer.write(shown.text.encode())
    except BrokenPipeError:
        raise
    except OSError as error:
        raise WriteError(f"cannot write {output}: {error.strerror}") from error
    return BAD_DATA if any(problem.severity == "error" for problem in shown.problems) else 0


@click.command(short_help="Draw what was read on a PDF's pages.")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Folder for the pictures.",
)
@bounds
def draw_command(file: Path, output: Path, timeout: float, memory: int) -> int:
    """Draw each page of FILE (a PDF) as DIR/FILE.001.png: characters, rules, cells, and the fields they became.

    Fields are blue where nothing is to be said, green where repaired, orange and red where a finding points at them.

    \b
    Example:
      shenbao draw a.pdf -o pictures
    """
    from shenbao.readers import Settings
    from shenbao.show.jobs import ShowTask, draw_pages

    task = ShowTask(file, Settings(), folder=output)
    for picture in run_bounded(draw_pages, task, options_to_limits(timeout, memory)):
        say(str(picture))
    return 0


@click.command(short_help="Print the JSON Schema of a result.")
@click.option(
    "--findings", is_flag=True, help="Print the finding codes and what they mean instead, as Markdown."
)
@click.option("--limits", is_flag=True, help="Print every limit and its reason instead, as Markdown.")
@click.option(
    "--api", is_flag=True, help="Print the description of the API of `shenbao review` instead (OpenAPI)."
)
def schema_command(findings: bool, limits: bool, api: bool) -> int:
    """Print the JSON Schema of a result, or the list of the finding codes that it can hold, or of the limits.

    \b
    Examples:
      shenbao schema > shenbao.schema.json
      shenbao schema --findings > findings.md
    """
    from models.codes import codes_to_markdown
    from models.submission import schema_to_json

    if api:
        from shenbao.desk.web.api import openapi_to_json

        text = openapi_to_json()
    elif limits:
        from shenbao.limits_page import limits_to_markdown

        text = limits_to_markdown()
    else:
        text = codes_to_markdown() if findings else schema_to_json()
    sys.stdout.buffer.write(text.encode())
    return 0


@click.command(short_help="Check what this machine has.")
def doctor_command() -> int:
    """Check this machine: packages, the recogniser and the hash of its weights, extras, fonts; say what is missing.

    Nothing is downloaded. Exit code 1 when something is missing that reading needs.

    \b
    Example:
      shenbao doctor
    """
    from shenbao.doctor import examine

    sick = False
    for check in examine():
        mark = {"ok": "ok     ", "missing": "missing", "broken": "broken "}[check.state]
        colour = "green" if check.state == "ok" else "red" if check.needed else "yellow"
        advice = f"  → {check.advice}" if check.advice else ""
        say(f"  {check.name}: {check.detail}{advice}", mark=mark, colour=colour)
        sick = sick or (check.needed and check.state != "ok")
    return int(sick)


def _load(result: str) -> Submission:
    from models.submission import ResultError, json_to_submission

    try:
        data = sys.stdin.buffer.read() if result == STANDARD else Path(result).read_bytes()
        return json_to_submission(data.decode("utf-8-sig"))
    except OSError as error:
        raise NoInputError(f"{result}: {error.strerror}") from error
    except (ResultError, UnicodeDecodeError, RecursionError) as error:
        message = f"{result} is not a result of `shenbao extract`"
        raise BadDataError(f"{message}:\n{error}") from error
