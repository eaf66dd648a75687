"""The command line: parses, calls, prints and exits. Everything heavy is imported inside the commands."""

# ruff: noqa: PLC0415

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from shenbao.exits import (
    BAD_DATA,
    INTERRUPTED,
    IO_ERROR,
    STANDARD,
    USAGE,
    BadDataError,
    NoInputError,
    NoOutputError,
    WriteError,
)
from shenbao.terminal import bar, coloured, no_bar, printable, say

if TYPE_CHECKING:
    from models.submission import Submission
    from shenbao.batch import Input, Outcome
    from shenbao.outputs import Write

MANY = 3
"""With more files than this a terminal shows how far we are."""


def _version(context: click.Context, _: click.Parameter, wanted: bool) -> None:
    if not wanted or context.resilient_parsing:
        return
    from importlib.metadata import PackageNotFoundError, version

    try:
        click.echo(f"shenbao {version('shenbao')}")
    except PackageNotFoundError:
        click.echo("shenbao (run from a checkout, not installed)")
    context.exit()


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option(
    "--version", is_flag=True, is_eager=True, expose_value=False, callback=_version, help="Print the version."
)
def cli() -> None:
    """Read performance declaration forms (部门整体绩效目标申报表) into JSON that can be trusted.

    \b
    Read two files, look at one result, and get spreadsheets of everything:
      shenbao extract a.md b.docx -o out
      shenbao show out/a.md.json
      shenbao extract forms/*.xlsx -o out --tables out/tables
    """


@cli.command(short_help="Read forms into JSON files and tables.")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option(
    "-o", "--output", required=True, metavar="DIR", help="Folder for the results, or - for standard output."
)
@click.option(
    *("--format", "form"),
    type=click.Choice(["json", "jsonl"]),
    default="json",
    show_default=True,
    help="One JSON file per FILE, or all results in DIR/submissions.jsonl, one a line.",
)
@click.option("-q", "--quiet", is_flag=True, help="Print nothing but errors.")
@click.option(
    "--tables",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Also write CSV tables there: submissions, budget, projects, goals, indicators, repairs, findings.",
)
def extract(files: tuple[str, ...], output: str, form: str, quiet: bool, tables: Path | None) -> int:
    """Read each FILE and write its result: a.md becomes DIR/a.md.json.

    FILE is what a department submitted; its bytes tell what kind of file it is, not its name. - is standard
    input. A file that cannot be opened is named, and the others are read.

    \b
    Examples:
      shenbao extract a.md b.docx -o out
      shenbao extract forms/* -o out --format jsonl --tables out/tables
      some-ocr scan.png | shenbao extract - -o - | jq .status

    \b
    Exit code:
      0   every file was accepted
      1   at least one needs a person's review
      2   at least one was rejected: no known form was read in it
      64  wrong usage                      66  a file cannot be opened
      70  a defect in shenbao              73  the output folder cannot be created
      74  reading or writing failed       130  interrupted; finished results are kept
    """
    from shenbao.batch import codes_to_summary, files_to_inputs

    inputs = files_to_inputs(files)
    to_stdout = output == STANDARD
    if to_stdout and form == "json" and len(inputs) > 1:
        raise click.UsageError("several results on standard output need --format jsonl")
    try:
        with ExitStack() as stack:
            writers = [_opened(stack, place) for place in _places(output, form, tables)]
            codes = _read_and_write(inputs, writers, quiet=quiet, to_stdout=to_stdout)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise WriteError(f"cannot write results: {printable(str(error))}") from error
    if not quiet:
        places = ", ".join(printable(str(place)) for place in (output, tables) if place and place != STANDARD)
        summary = codes_to_summary(code for code in codes if code != INTERRUPTED)
        say(summary + (f" → {places}" if places else ""), to_stderr=to_stdout)
    return max(codes)


@cli.command(short_help="Print a result for a person to read.")
@click.argument("result")
def show(result: str) -> int:
    """Print RESULT, a file that `shenbao extract` wrote, as a person would like to read it.

    Sections come as tables. A repair shows what was read struck through and what it became; findings stand
    beside their rows. - is standard input.

    \b
    Examples:
      shenbao show out/a.md.json
      shenbao extract a.md -o - -q | shenbao show -
    """
    from shenbao.report import print_submission

    print_submission(_load(result))
    return 0


@cli.command(short_help="Print the tables of any document.")
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
def cells(file: Path, form: str, output: Path | None) -> int:
    """Print the tables in FILE as they were extracted, known form or not, before anything is repaired.

    \b
    Examples:
      shenbao cells a.pdf | jq '.grids[0].cells[0]'
      shenbao cells a.docx --format html -o a.html
    """
    from shenbao import cells as tables
    from shenbao.readers import Settings

    encode = {
        "json": tables.document_to_json,
        "csv": tables.document_to_csv,
        "html": tables.document_to_html,
    }[form]
    try:
        document = tables.read_cells(file, Settings())
    except OSError as error:
        raise NoInputError(f"{printable(str(file))}: {error.strerror}") from error
    for problem in document.problems:
        say(f"{problem.severity}: {problem.message}", to_stderr=True)
    try:
        if output:
            tables.write_text(encode(document), output, form)
        else:
            sys.stdout.buffer.write(encode(document).encode())
    except BrokenPipeError:
        raise
    except OSError as error:
        raise WriteError(f"cannot write {printable(str(output))}: {error.strerror}") from error
    return BAD_DATA if any(problem.severity == "error" for problem in document.problems) else 0


@cli.command(short_help="Draw what was read on a PDF's pages.")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Folder for the pictures.",
)
def draw(file: Path, output: Path) -> int:
    """Draw each page of FILE (a PDF) as DIR/FILE.001.png: characters, rules, cells, and the fields they became.

    Fields are blue where nothing is to be said, green where repaired, orange and red where a finding points at them.

    \b
    Example:
      shenbao draw a.pdf -o pictures
    """
    from shenbao.draw import NotDrawableError, draw_pdf
    from shenbao.readers import Settings

    try:
        for picture in draw_pdf(file, output, Settings()):
            say(str(picture))
    except NotDrawableError as error:
        raise BadDataError(f"{printable(str(file))}: {error}") from error
    except OSError as error:
        raise NoInputError(f"{printable(str(error.filename or file))}: {error.strerror}") from error
    return 0


@cli.command(short_help="Print the JSON Schema of a result.")
def schema() -> int:
    """Print the JSON Schema of a result.

    \b
    Example:
      shenbao schema > shenbao.schema.json
    """
    import json

    import models.submission

    text = json.dumps(models.submission.schema(), ensure_ascii=False, indent=2)
    sys.stdout.buffer.write(f"{text}\n".encode())
    return 0


def _places(output: str, form: str, tables: Path | None) -> Iterator[AbstractContextManager[Write]]:
    from shenbao import outputs

    lines = form == "jsonl"
    if output == STANDARD:
        yield outputs.standard_output(lines)
    else:
        yield outputs.json_lines(Path(output)) if lines else outputs.json_files(Path(output))
    if tables:
        yield outputs.tables(tables)


def _opened(stack: ExitStack, place: AbstractContextManager[Write]) -> Write:
    try:
        return stack.enter_context(place)
    except OSError as error:
        raise NoOutputError(f"cannot create the output folder: {printable(str(error))}") from error


def _read_and_write(
    inputs: Sequence[Input], writers: Sequence[Write], quiet: bool, to_stdout: bool
) -> list[int]:
    """Read, write and say a line about one file after the other; the exit codes of all that was done."""
    from shenbao.batch import outcome_to_line

    codes: list[int] = []
    try:
        for outcome in _outcomes(inputs, with_bar=not quiet and not to_stdout):
            if outcome.submission:
                for write in writers:
                    write(outcome.name, outcome.submission)
            codes.append(outcome.code)
            if not quiet or outcome.submission is None:
                line = coloured(printable(outcome_to_line(outcome)))
                say(line, to_stderr=to_stdout or outcome.submission is None)
    except KeyboardInterrupt:
        say(f"interrupted after {len(codes)} of {len(inputs)} files; their results are kept", to_stderr=True)
        codes.append(INTERRUPTED)
    return codes


def _outcomes(inputs: Sequence[Input], with_bar: bool) -> Iterator[Outcome]:
    from shenbao.batch import read_all
    from shenbao.readers import Settings

    with_bar = with_bar and len(inputs) > MANY and sys.stderr.isatty()
    with bar(len(inputs)) if with_bar else no_bar() as advance:
        for outcome in read_all(inputs, Settings()):
            advance()
            yield outcome


def _load(result: str) -> Submission:
    from models.submission import ResultError, json_to_submission

    try:
        data = sys.stdin.buffer.read() if result == STANDARD else Path(result).read_bytes()
        return json_to_submission(data.decode("utf-8-sig"))
    except OSError as error:
        raise NoInputError(f"{printable(result)}: {error.strerror}") from error
    except (ResultError, UnicodeDecodeError, RecursionError) as error:
        message = f"{printable(result)} is not a result of `shenbao extract`"
        raise BadDataError(f"{message}:\n{printable(str(error))}") from error


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command line and exit; wrong usage exits with 64, because 2 means that a file was rejected."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    try:
        code = cli.main(arguments, "shenbao", standalone_mode=False)
        sys.stdout.flush()
    except click.ClickException as error:
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
