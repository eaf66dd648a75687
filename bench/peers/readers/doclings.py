"""docling's readers of Word and Excel files, which need none of its models."""

from __future__ import annotations

from pathlib import Path

from docling.backend.msexcel_backend import MsExcelDocumentBackend
from docling.backend.msword_backend import MsWordDocumentBackend
from docling.datamodel.base_models import InputFormat
from docling.datamodel.document import InputDocument

from bench.peers.reading import Cell, Reading, Table

BACKENDS = {
    ".docx": (InputFormat.DOCX, MsWordDocumentBackend),
    ".xlsx": (InputFormat.XLSX, MsExcelDocumentBackend),
}


def read(path: Path) -> Reading:
    """The tables with docling's spans. Its converter is passed by: that one imports torch for any file."""
    kind, backend = BACKENDS[path.suffix.lower()]
    source = InputDocument(path_or_stream=path, format=kind, backend=backend)
    document = source._backend.convert()
    tables = tuple(
        Table(
            tuple(
                Cell(
                    cell.start_row_offset_idx,
                    cell.end_row_offset_idx - cell.start_row_offset_idx,
                    cell.start_col_offset_idx,
                    cell.end_col_offset_idx,
                    cell.text,
                )
                for cell in table.data.table_cells
            )
        )
        for table in document.tables
    )
    return Reading(tables, tuple(text.text for text in document.texts))
