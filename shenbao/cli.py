"""The command line: parses, calls, prints and exits. Everything heavy is imported inside the commands."""

# ruff: noqa: PLC0415

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, NoReturn

import click

if TYPE_CHECKING:
    from models.submission import Submission
    from shenbao.batch import Input, Outcome
    from shenbao.outputs import Write

USAGE, BAD_DATA, NO_INPUT, NO_OUTPUT, IO_ERROR, INTERRUPTED = 64, 65, 66, 73, 74, 130
MANY = 3
"""With more files than this a terminal shows how far we are."""
STANDARD = "-"


class NoInput(click.ClickException):
    exit_code: ClassVar[int] = NO_INPUT


class BadData(click.ClickException):
    exit_code: ClassVar[int] = BAD_DATA


class NoOutput(click.ClickException):
    exit_code: ClassVar[int] = NO_OUTPUT


class WriteFailed(click.ClickException):
    exit_code: ClassVar[int] = IO_ERROR


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
@click.option("--version", is_flag=True, is_eager=True, expose_value=False, callback=_version, help="Print the version.")
def cli() -> None:
    """Read performance declaration forms (部门整体绩效目标申报表) into JSON that can be trusted.

    \b
    Read two files, look at one result, and get spreadsheets of everything:
      shenbao extract a.md b.docx -o out
      shenbao show out/a.md.json
      shenbao extract forms/*.xlsx -o out --tables out/tables
    """


@cli.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("-o", "--output", required=True, metavar="DIR", help="Folder for the results, or - for standard output.")
@click.option(
    *("--format", "form"),
    type=click.Choice(["json", "jsonl"]),
    default="json",
    show_default=True,
    help="One JSON file per FILE, or all results in DIR/submissions.jsonl, one a line.",
)
@click.option("--quiet", "-q", is_flag=True, help="Print nothing but errors.")
@click.option(
    "--tables",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="Also write CSV tables there: submissions, budget, projects, goals, indicators, repairs, findings.",
)
def extract(files: tuple[str, ...], output: str, form: str, quiet: bool, tables: Path | None) -> int:
    """Read each FILE and write its result: a.md becomes DIR/a.md.json.

    FILE is what a department submitted; what kind of file it is, its bytes tell, not its name. - is standard
    input. A file that cannot be opened is named, and the others are read.

    \b
    Examples:
      shenbao extract a.md b.docx -o out
      shenbao extract forms/* -o out --format jsonl --tables out/tables
      some-ocr scan.png | shenbao extract - -o - | jq .status

    \b
    Exit code:
      0      every file was accepted
      1      at least one needs a person's review
      2      at least one was rejected (no known form in it)
      64     wrong usage              66  a file cannot be opened
      70     a defect in shenbao      73  the output folder cannot be created
      74     reading or writing failed  130  interrupted
    """
    from shenbao.batch import codes_to_summary, outcome_to_line

    inputs = _inputs(files)
    if output == STANDARD and form == "json" and len(inputs) > 1:
        raise click.UsageError("several results on standard output need --format jsonl")
    to_stderr = output == STANDARD
    codes: list[int] = []
    with ExitStack() as stack:
        writers = [_opened(stack, place) for place in _places(output, form, tables)]
        try:
            for outcome in _progressing(inputs, shown=not quiet and not to_stderr):
                _write(outcome, writers)
                codes.append(outcome.code)
                if not quiet or outcome.submission is None:
                    line = _coloured(printable(outcome_to_line(outcome)))
                    click.echo(line, err=to_stderr or outcome.submission is None)
        except KeyboardInterrupt:
            codes.append(INTERRUPTED)
            click.echo(f"interrupted: {len(codes) - 1} of {len(inputs)} files done, their results are kept", err=True)
    if not quiet:
        places = ", ".join(printable(str(place)) for place in (output, tables) if place and place != STANDARD)
        done = [code for code in codes if code != INTERRUPTED]
        click.echo(codes_to_summary(done) + (f" → {places}" if places else ""), err=to_stderr)
    return max(codes)


@cli.command()
@click.argument("result")
def show(result: str) -> int:
    """Print RESULT, a file that `shenbao extract` wrote, as a person would like to read it.

    Sections come as tables. A repair shows what was read struck through and what it became; findings stand
    beside their rows. - is standard input.

    \b
    Examples:
      shenbao show out/a.md.json
      shenbao show out/a.md.json | less -R
    """
    from shenbao.report import print_submission

    print_submission(_load(result))
    return 0


@cli.command()
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


def _inputs(files: Sequence[str]) -> list[Input]:
    """The files to read; directories and names that would share a result are refused before any work."""
    from shenbao.batch import Input

    inputs: dict[str, Input] = {}
    for file in files:
        path = None if file == STANDARD else Path(file)
        if path and path.is_dir():
            raise click.UsageError(f"{printable(file)} is a folder; name the files in it: {printable(file).rstrip('/')}/*")
        name = path.name if path else "stdin"
        if name in inputs:
            first = inputs[name].path or STANDARD
            message = f"{printable(str(first))} and {printable(file)} would have the same result {printable(name)}.json"
            raise click.UsageError(f"{message}; read them in two runs with two output folders")
        inputs[name] = Input(name, path)
    return list(inputs.values())


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
        raise NoOutput(f"cannot write results: {printable(str(error))}") from error


def _write(outcome: Outcome, writers: Iterable[Write]) -> None:
    if outcome.submission is None:
        return
    try:
        for write in writers:
            write(outcome.name, outcome.submission)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise WriteFailed(f"{printable(outcome.name)}: cannot write the result: {printable(str(error))}") from error


def _progressing(inputs: Sequence[Input], shown: bool) -> Iterator[Outcome]:
    """The outcomes, with a bar on a terminal when there are many."""
    from shenbao.batch import read_all
    from shenbao.readers import Settings

    shown = shown and len(inputs) > MANY and sys.stderr.isatty()
    with _bar(len(inputs)) if shown else nullcontext(lambda: None) as advance:
        for outcome in read_all(inputs, Settings()):
            advance()
            yield outcome


@contextmanager
def _bar(total: int) -> Iterator[Callable[[], None]]:
    from rich.console import Console
    from rich.progress import MofNCompleteColumn, Progress

    columns = (*Progress.get_default_columns(), MofNCompleteColumn())
    # a bar that took over a redirected standard output would print the lines to the terminal instead
    redirect = sys.stdout.isatty()
    with Progress(*columns, console=Console(stderr=True), transient=True, redirect_stdout=redirect) as progress:
        task = progress.add_task("reading", total=total)
        yield lambda: progress.advance(task)


def _load(result: str) -> Submission:
    from models.submission import ResultError, json_to_submission

    try:
        data = sys.stdin.buffer.read() if result == STANDARD else Path(result).read_bytes()
        return json_to_submission(data.decode("utf-8-sig"))
    except OSError as error:
        raise NoInput(f"{printable(result)}: {error.strerror}") from error
    except (ResultError, UnicodeDecodeError, RecursionError) as error:
        advice = "not a result of `shenbao extract`"
        raise BadData(f"{printable(result)} is {advice}:\n{printable(str(error))}") from error


def _coloured(line: str) -> str:
    colours = {"accepted": "green", "review": "yellow", "rejected": "red", "not read": "red"}
    status = next(status for status in colours if line.startswith(status))
    return click.style(status, fg=colours[status]) + line.removeprefix(status)


def printable(text: str) -> str:
    """Text without what would steer the terminal or break its encoding."""
    kept = "".join(c if c.isprintable() or c == "\n" else "\ufffd" for c in text)
    return kept.encode("utf-8", "replace").decode()


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command line and exit; wrong usage exits with 64, because 2 means that a file was rejected."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    try:
        code = cli.main(arguments, "shenbao", standalone_mode=False)
        sys.stdout.flush()
    except click.UsageError as error:
        error.show()
        code = USAGE
    except click.ClickException as error:
        error.show()
        code = error.exit_code
    except (click.Abort, KeyboardInterrupt):
        code = INTERRUPTED
    except BrokenPipeError:
        # the reader of our output is gone; what Python still holds for it must not fail at exit
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = IO_ERROR
    sys.exit(code)


if __name__ == "__main__":
    main()
