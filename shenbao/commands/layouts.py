"""`shenbao layouts`: which forms are known, are a bureau's own files right, and why is a form taken for what it is."""

# ruff: noqa: PLC0415

from __future__ import annotations

import re
from pathlib import Path

import click

from shenbao.commands.bounds import bounds, options_to_limits, run_bounded
from shenbao.commands.data import data_option
from shenbao.exits import BadDataError, NoOutputError
from shenbao.terminal import say


@click.group("layouts", short_help="Which forms are known, and add your own.")
def layouts_command() -> None:
    """Layouts are the forms that shenbao knows, each declared in a YAML file; docs/layouts.md explains it.

    \b
    Examples:
      shenbao layouts list
      shenbao layouts check my-data/layouts/our-form.yaml
      shenbao layouts explain a.docx --data my-data
      shenbao layouts draft out/a.docx.json -o my-data/layouts/our-form.yaml
    """


@layouts_command.command("list", short_help="Every layout with the form that it reads.")
@data_option
def list_command() -> int:
    """Print every layout: its name, the kind of form, and the form's name."""
    from normalize.form.layouts import layouts

    for layout in layouts():
        say(f"{layout.name:24}{layout.form:20}{layout.about}")
    return 0


@layouts_command.command("check", short_help="Say what is wrong with layout files.")
@data_option
@click.argument("files", nargs=-1, type=click.Path(exists=True, path_type=Path))
def check_command(files: tuple[Path, ...]) -> int:
    """Check FILES, or the files of your data folder: every mistake with its file, line, key and what would be right.

    Exit code 65 when a file is wrong.
    """
    from normalize.form.layout_text import LayoutFileError
    from normalize.form.layouts import read_layouts
    from normalize.form.store import read_layout_file
    from normalize.text.own_data import data_folders

    faults = []
    for file in files:
        try:
            layout = read_layout_file(file)
            say(f"{file}: {layout.name} is in order")
        except LayoutFileError as error:
            faults.append(error.fault)
    if not files:
        found, faults_there = read_layouts(data_folders())
        faults += faults_there
        say(f"{len(found)} layouts are in order")
    for fault in faults:
        say(str(fault), to_stderr=True)
    if faults:
        raise BadDataError(f"{len(faults)} layout file(s) cannot be used")
    return 0


@layouts_command.command("explain", short_help="Why a file is taken for which form.")
@data_option
@click.argument("file", type=click.Path(path_type=Path))
@bounds
def explain_command(file: Path, timeout: float, memory: int) -> int:
    """Print, for every form in FILE, what each layout explains of its labels and which labels it leaves unexplained."""
    from shenbao.readers import Settings
    from shenbao.show.jobs import ShowTask, explain_layouts

    shown = run_bounded(explain_layouts, ShowTask(file, Settings()), options_to_limits(timeout, memory))
    for problem in shown.problems:
        say(f"{problem.severity}: {problem.message}", to_stderr=True)
    if shown.text:
        say(shown.text)
    return 0


@layouts_command.command("draft", short_help="Write the layout of a form that nobody described.")
@data_option
@click.argument("result", type=click.Path(path_type=Path))
@click.option(
    *("-o", "--output"),
    required=True,
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE.yaml",
    help="Where to write the layout; its name is the layout's, too.",
)
@click.option(
    "--source", type=click.Path(path_type=Path), metavar="FILE", help="The file that RESULT was made from."
)
@bounds
def draft_command(result: Path, output: Path, source: Path | None, timeout: float, memory: int) -> int:
    """Write the layout that reading by labels supposes of RESULT's first form that no layout knows.

    RESULT is what `shenbao extract` wrote, or the form itself. The file that a result was made from is looked for beside
    it, in the folder above and here; otherwise name it with --source. Read what the draft's comments ask, correct it,
    check it with `shenbao layouts check`, and put it into the folder `layouts` of your --data.
    """
    from normalize.form.store import LAYOUT_NAME
    from shenbao.outputs import make_folder, replacing
    from shenbao.readers import Settings
    from shenbao.show.jobs import ShowTask, draft_layouts
    from shenbao.show.origin import result_to_source

    if output.suffix != ".yaml" or not re.fullmatch(LAYOUT_NAME, output.stem):
        raise click.UsageError(
            f"{output.name}: a layout is called like our-form-2027.yaml (small letters, digits, -)"
        )
    if output.exists():
        raise click.UsageError(f"{output} exists already; choose another name")
    file = source or result_to_source(result)
    task = ShowTask(file, Settings(), form=output.stem)
    shown = run_bounded(draft_layouts, task, options_to_limits(timeout, memory))
    try:
        make_folder(output.absolute().parent)
        with replacing(output) as opened:
            opened.write(shown.text)
    except OSError as error:
        raise NoOutputError(f"{output}: {error.strerror or error}") from error
    say(f"{output}: drafted from {file}; correct it, then `shenbao layouts check {output}`")
    return 0
