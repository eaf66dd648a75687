"""`shenbao extract`: read files and write their results."""

# ruff: noqa: PLC0415

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import click

from shenbao.commands.bounds import bounds, jail_at_once, options_to_limits
from shenbao.commands.data import data_option
from shenbao.exits import INTERRUPTED, NO_INPUT, STANDARD, NoOutputError, WriteError
from shenbao.terminal import bar, no_bar, say, say_status

if TYPE_CHECKING:
    from shenbao.batch import BatchOptions, FileInput
    from shenbao.outputs import Write
    from shenbao.readers import RefereeScope

MANY = 3
"""With more files than this a terminal shows how far we are."""

_HELP = """Read each FILE and write its result: a.md becomes DIR/a.md.json.

FILE is what a department submitted; its bytes tell what kind of file it is, not its name. An archive (.zip,
.7z, .tar and packed ones) or a mail (.eml, .msg) gives a result for each member: a.zip!b.docx.json. - is standard
input. A file that cannot be opened is named, and the others are read. Each is read in a process of its own,
which is ended when the file takes too much time or memory.

\b
Examples:
  shenbao extract a.md b.docx -o out
  shenbao extract forms/* -o out --format jsonl --tables out/tables
  some-ocr scan.png | shenbao extract - -o - | jq .status
  shenbao extract a_content_list.json --with a.pdf -o out

\b
Exit code:
  0   every file was accepted
  1   at least one needs a person's review
  2   at least one was rejected: no known form was read in it
  64  wrong usage                      66  a file cannot be opened
  69  the recogniser does not run
  70  a file took too much time or memory, or a defect in shenbao
  73  the output folder cannot be made 74  reading or writing failed
  130 interrupted; finished results are kept

`shenbao schema --limits` prints every limit.
"""


@click.command(short_help="Read forms into JSON files and tables.", help=_HELP)
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
@click.option(
    *("-j", "--jobs"),
    type=click.IntRange(1, 512),
    default=1,
    show_default=True,
    help="Files read at a time; results come in the order of the files all the same.",
)
@click.option(
    "--referee",
    type=click.Choice(["none", "doubtful", "all"]),
    default="doubtful",
    show_default=True,
    help="Pages of PDF files whose ruled tables a second reader (camelot and pdfplumber) checks; its tables are taken where they "
    "leave clearly less to doubt.",
)
@click.option(
    "--with",
    "original",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="ORIGINAL",
    help="The PDF or picture that another parser's JSON (the one FILE) was made of: its pages witness what was read.",
)
@bounds
@jail_at_once
def extract_command(
    files: tuple[str, ...],
    output: str,
    form: str,
    quiet: bool,
    tables: Path | None,
    jobs: int,
    referee: RefereeScope,
    original: Path | None,
    timeout: float,
    memory: int,
) -> int:
    """Read files and write their results, as `_HELP` says."""
    from shenbao.batch import BatchOptions, files_to_inputs, with_members
    from shenbao.readers import Settings

    inputs = files_to_inputs(files)
    to_stdout = output == STANDARD
    if to_stdout and form == "json" and len(inputs) > 1:
        raise click.UsageError("several results on standard output need --format jsonl")
    if original and len(inputs) > 1:
        raise click.UsageError("--with ORIGINAL belongs to one FILE")
    limits = options_to_limits(timeout, memory)
    settings = Settings(referee=referee, original=original)
    options = BatchOptions(settings, limits, jobs, as_line=form == "jsonl", with_rows=tables is not None)
    try:
        with ExitStack() as stack:
            writers = [_opened(stack, place) for place in _places(output, form, tables)]
            codes = _read_and_write(
                with_members(inputs, options), options, writers, quiet=quiet, to_stdout=to_stdout
            )
    except BrokenPipeError:
        raise
    except OSError as error:
        raise WriteError(f"cannot write results: {error}") from error
    if not quiet:
        _say_summary(codes, output, tables)
    return max(codes)


def _say_summary(codes: Sequence[int], output: str, tables: Path | None) -> None:
    from shenbao.batch import codes_to_summary

    places = ", ".join(str(place) for place in (output, tables) if place and place != STANDARD)
    summary = codes_to_summary(code for code in codes if code != INTERRUPTED)
    say(summary + (f" → {places}" if places else ""), to_stderr=output == STANDARD)


def _places(output: str, form: str, tables: Path | None) -> Iterator[AbstractContextManager[Write]]:
    from shenbao import outputs

    if output == STANDARD:
        yield outputs.standard_output()
    else:
        yield outputs.json_lines(Path(output)) if form == "jsonl" else outputs.json_files(Path(output))
    if tables:
        from shenbao.export.csv import csv_results

        yield csv_results(tables)


def _opened(stack: ExitStack, place: AbstractContextManager[Write]) -> Write:
    try:
        return stack.enter_context(place)
    except OSError as error:
        raise NoOutputError(f"cannot create the output folder: {error}") from error


def _read_and_write(
    inputs: Sequence[FileInput],
    options: BatchOptions,
    writers: Sequence[Write],
    quiet: bool,
    to_stdout: bool,
) -> list[int]:
    """Read, write and say a line about one file after the other; the exit codes of all that was done."""
    from shenbao.batch import read_all, write_outcome

    codes: list[int] = []
    with_bar = not quiet and not to_stdout and len(inputs) > MANY and sys.stderr.isatty()
    try:
        with bar(len(inputs)) if with_bar else no_bar() as advance:
            for read in read_all(inputs, options):
                outcome = write_outcome(read, writers)
                codes.append(outcome.code)
                unread = outcome.code >= NO_INPUT
                if not quiet or unread:
                    say_status(outcome.line, to_stderr=to_stdout or unread)
                advance()
    except KeyboardInterrupt:
        say(f"interrupted after {len(codes)} of {len(inputs)} files; their results are kept", to_stderr=True)
        codes.append(INTERRUPTED)
    return codes
