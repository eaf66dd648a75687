"""`shenbao extract`: read files and write their results."""

# ruff: noqa: PLC0415

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import click

from shenbao.commands.data import data_option
from shenbao.exits import INTERRUPTED, STANDARD, NoOutputError, WriteError
from shenbao.terminal import bar, no_bar, say, say_status

if TYPE_CHECKING:
    from shenbao.batch import Input, Outcome
    from shenbao.outputs import Write

MANY = 3
"""With more files than this a terminal shows how far we are."""


@click.command(short_help="Read forms into JSON files and tables.")
@data_option
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
      69  the recogniser does not run      70  a defect in shenbao
      73  the output folder cannot be made 74  reading or writing failed
      130 interrupted; finished results are kept
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
        raise WriteError(f"cannot write results: {error}") from error
    if not quiet:
        places = ", ".join(str(place) for place in (output, tables) if place and place != STANDARD)
        summary = codes_to_summary(code for code in codes if code != INTERRUPTED)
        say(summary + (f" → {places}" if places else ""), to_stderr=to_stdout)
    return max(codes)


def _places(output: str, form: str, tables: Path | None) -> Iterator[AbstractContextManager[Write]]:
    from shenbao import outputs
    from shenbao.export.csv import csv_results

    lines = form == "jsonl"
    if output == STANDARD:
        yield outputs.standard_output(lines)
    else:
        yield outputs.json_lines(Path(output)) if lines else outputs.json_files(Path(output))
    if tables:
        yield csv_results(tables)


def _opened(stack: ExitStack, place: AbstractContextManager[Write]) -> Write:
    try:
        return stack.enter_context(place)
    except OSError as error:
        raise NoOutputError(f"cannot create the output folder: {error}") from error


def _read_and_write(
    inputs: Sequence[Input], writers: Sequence[Write], quiet: bool, to_stdout: bool
) -> list[int]:
    """Read, write and say a line about one file after the other; the exit codes of all that was done."""
    from shenbao.batch import outcome_to_line, write_outcome

    codes: list[int] = []
    try:
        for read in _outcomes(inputs, with_bar=not quiet and not to_stdout):
            outcome = write_outcome(read, writers)
            codes.append(outcome.code)
            if not quiet or outcome.submission is None:
                say_status(outcome_to_line(outcome), to_stderr=to_stdout or outcome.submission is None)
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
