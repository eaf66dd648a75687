"""python-docx: the tables as they are drawn, merged cells once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from docx import Document

from bench.peers.reading import Cell, Reading, Table


def read(path: Path) -> Reading:
    document = Document(str(path))
    tables = tuple(Table(tuple(_cells(table))) for table in document.tables)
    return Reading(tables, tuple(paragraph.text for paragraph in document.paragraphs))


def _cells(table: Any) -> Iterator[Cell]:
    """python-docx names the same XML cell at every place it covers."""
    places: dict[Any, list[tuple[int, int]]] = {}
    texts: dict[Any, str] = {}
    for row, drawn in enumerate(table.rows):
        for column, cell in enumerate(drawn.cells):
            places.setdefault(cell._tc, []).append((row, column))
            texts[cell._tc] = cell.text
    for key, covered in places.items():
        rows, columns = zip(*covered, strict=True)
        yield Cell(min(rows), max(rows) - min(rows) + 1, min(columns), max(columns) + 1, texts[key])
