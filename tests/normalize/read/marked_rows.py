"""Texts of a form as rows with their sections, and what the notes on them say."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from extract.transcripts.markup import text_to_pieces
from normalize.form.layouts import layouts
from normalize.form.physical_rows import pieces_to_rows
from normalize.form.sections import SectionRow, mark_sections
from normalize.notes.notes import Notes

LAYOUT = next(layout for layout in layouts() if layout.name == "hubei-2025")
TITLE = "部门整体绩效目标申报表\n"


def mark(text: str, section: str | None = None) -> tuple[SectionRow, ...]:
    """The rows of a form's text, or only those of one section."""
    rows = mark_sections(pieces_to_rows(text_to_pieces(text)), LAYOUT, LAYOUT.entries)
    return tuple(row for row in rows if section in (None, row.section))


def pictured(rows: Iterable[SectionRow]) -> tuple[SectionRow, ...]:
    """The rows as if a recogniser had read them from a picture, fairly sure of each cell."""
    return tuple(
        replace(row, row=replace(row.row, slots=tuple(replace(s, confidence=0.9) for s in row.row.slots)))
        for row in rows
    )


def unread(rows: Iterable[SectionRow], text: str) -> tuple[SectionRow, ...]:
    """The rows as if the cell that says `text` could not be read."""
    return tuple(
        replace(
            row,
            row=replace(
                row.row,
                slots=tuple(
                    replace(s, raw="", text="", unread=True) if s.text == text else s for s in row.row.slots
                ),
            ),
        )
        for row in rows
    )


def codes(notes: Notes) -> set[tuple[str, str | None]]:
    """Code and path of every finding."""
    return {(finding.code, finding.path) for finding in notes.findings}
