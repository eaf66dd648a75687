"""Rows of one form of a project → its declaration, with the notes of all its parts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from models.declaration import ProjectDeclaration
from normalize.form.layouts import Layout
from normalize.form.physical_rows import Row
from normalize.notes.certainty import note_unsure
from normalize.notes.notes import Notebook, Notes
from normalize.read.parts.project import read_project
from normalize.read.parts.unverified import note_unverified


@dataclass(frozen=True, slots=True)
class DeclaredProject:
    """A form of a project that was read: its layout, its pages, the data, and all notes."""

    layout: Layout
    pages: tuple[int, ...] | None
    data: ProjectDeclaration
    notes: Notes


def read_project_declaration(rows: Sequence[Row], layout: Layout) -> DeclaredProject:
    """Read a form of a project that `layout` has claimed."""
    book = Notebook()
    data = book.take(read_project(rows, layout))
    book.add(note_unsure(book.notes()))
    book.add(note_unverified(layout, book.notes()))
    pages = tuple(sorted({row.page for row in rows if row.page is not None}))
    return DeclaredProject(layout, pages or None, data, book.notes())
