"""`shenbao layouts`: which forms are known, are a bureau's own files right, and why is a form taken for what it is."""

# ruff: noqa: PLC0415

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from shenbao.commands.data import data_option
from shenbao.exits import BadDataError, NoInputError, UnavailableError
from shenbao.terminal import say

if TYPE_CHECKING:
    from normalize.form.claiming.claims import Claim
    from normalize.form.physical_rows import Row


_SHOWN = 6
"""This many layouts are shown for each form, those that explain most of it."""


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
    from normalize.form.layouts import read_layouts
    from normalize.form.store import LayoutFileError, data_folders, read_layout_file

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
def explain_command(file: Path) -> int:
    """Print, for every form in FILE, what each layout explains of its labels and which labels it leaves unexplained."""
    for number, rows in enumerate(_forms(file), 1):
        _explain(number, rows)
    return 0


def _forms(file: Path) -> Sequence[Sequence[Row]]:
    from extract.ocr.engine import EngineError
    from normalize.form.claiming.splitting import split_forms
    from normalize.form.page_breaks import join_pages
    from normalize.form.physical_rows import pieces_to_rows
    from shenbao.pipeline import open_document
    from shenbao.readers import Settings

    try:
        document = open_document(file, Settings())
    except EngineError as error:
        raise UnavailableError(str(error)) from error
    except OSError as error:
        raise NoInputError(f"{file}: {error.strerror}") from error
    for problem in document.problems:
        say(f"{problem.severity}: {problem.message}", to_stderr=True)
    return split_forms(pieces_to_rows(join_pages(document.pieces)))


def _explain(number: int, rows: Sequence[Row]) -> None:
    from normalize.form.claiming.claims import beginning, claim_layout, claims

    layout, findings = claim_layout(rows)
    said = layout.name if layout else "; ".join(f.message for f in findings) or "no layout"
    say(f"form {number}, {len(rows)} rows from {beginning(rows[0])}: {said}")
    ranked = claims(rows)
    for claim in ranked[:_SHOWN]:
        say(f"  {_claim_to_line(claim)}")
    own = next((c for c in ranked if layout and c.layout is layout), None)
    if own and own.unexplained:
        say(f"  {own.layout.name} leaves unexplained: {'、'.join(sorted(own.unexplained))}")


def _claim_to_line(claim: Claim) -> str:
    return f"{claim.layout.name:24}{claim.share:5.0%}  " + ", ".join(_reasons(claim))


def _reasons(claim: Claim) -> Iterator[str]:
    yield f"{len(claim.explained)} labels explained, {len(claim.unexplained)} not"
    yield f"{claim.sections} sections"
    yield {0: "no title", 1: "title misread"}.get(claim.titled, "title")
    if not claim.fits:
        yield "lacks a word that it needs, or has one that it never has"
    elif not claim.stands:
        yield "not enough"
