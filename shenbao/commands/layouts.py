"""`shenbao layouts`: which forms are known, are a bureau's own files right, and why is a form taken for what it is."""

# ruff: noqa: PLC0415

from __future__ import annotations

from pathlib import Path

import click

from shenbao.commands.bounds import bounds, options_to_limits, run_bounded
from shenbao.commands.data import data_option
from shenbao.exits import BadDataError
from shenbao.terminal import say


@click.group("layouts", short_help="Which forms are known, and add your own.")
def layouts_command() -> None:
    """Layouts are the forms that shenbao knows, each declared in a YAML file; docs/layouts.md explains it.

    \b
    Examples:
      shenbao layouts list
      shenbao layouts check my-data/layouts/our-form.yaml
      shenbao layouts explain a.docx --data my-data
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
    from normalize.form.store import data_folders, read_layout_file

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
