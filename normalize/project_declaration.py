"""Rows of one form of a project → its declaration, with the notes of all its parts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from models.declaration import ProjectDeclaration
from models.submission import CheckResult
from normalize.check.checks import check_declaration
from normalize.check.rules.rule_rows import Examined
from normalize.form.layouts import Layout
from normalize.form.parts.printed_parts import layout_to_parts
from normalize.form.physical_rows import Row
from normalize.notes.certainty import note_unsure
from normalize.notes.notes import Notebook, Notes
from normalize.read.parts.project import read_project
from normalize.read.parts.unverified import note_unverified


@dataclass(frozen=True, slots=True)
class DeclaredProject:
    """A form of a project that was read: its layout, its pages, the data, all notes, and the rules' ledger."""

    layout: Layout
    pages: tuple[int, ...] | None
    data: ProjectDeclaration
    notes: Notes
    checks: tuple[CheckResult, ...]


def read_project_declaration(rows: Sequence[Row], layout: Layout) -> DeclaredProject:
    """Read a form of a project that `layout` has claimed."""
    book = Notebook()
    data = book.take(read_project(rows, layout))
    book.add(note_unsure(book.notes()))
    book.add(note_unverified(layout, data, book.notes()))
    noted = book.notes()
    findings, checks = check_declaration(
        Examined(data, layout.entries, noted.evidence, noted.repairs, noted.findings, layout_to_parts(layout))
    )
    book.add_findings(findings)
    pages = tuple(sorted({row.page for row in rows if row.page is not None}))
    return DeclaredProject(layout, pages or None, data, book.notes(), checks)
