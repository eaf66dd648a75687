"""Texts of forms, taken apart by the labels of a layout."""

from __future__ import annotations

from extract.transcripts.markup import text_to_pieces
from models.grid import Place
from normalize.form.layouts import Layout, layouts
from normalize.form.parts.found import FormParts
from normalize.form.parts.reader import rows_to_parts
from normalize.form.physical_rows import Row, RowSlot, pieces_to_rows
from normalize.text.fold import fold

LAYOUTS = {layout.name: layout for layout in layouts()}
BY_LABELS = "by-labels-project"


def rows(text: str) -> tuple[Row, ...]:
    return pieces_to_rows(text_to_pieces(text))


def parts(text: str, layout: str = BY_LABELS) -> FormParts:
    return rows_to_parts(rows(text), LAYOUTS[layout])


def layout(name: str = BY_LABELS) -> Layout:
    return LAYOUTS[name]


def slot(raw: str, exact: bool = True, confidence: float | None = None) -> RowSlot:
    return RowSlot(raw, Place(), fold(raw), exact=exact, confidence=confidence)
