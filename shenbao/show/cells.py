"""The grids of any document, known form or not, as JSON, CSV or HTML: the extractor on its own."""

from __future__ import annotations

import csv
import html
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from io import StringIO
from pathlib import Path
from typing import Any

from models.document import Document
from models.grid import Cell, Grid, Place
from shenbao.export.values import cell as spreadsheet_text
from shenbao.outputs import BYTE_ORDER_MARK, replacing

HUNDREDTHS = 2
"""Digits kept of a coordinate in points; finer is no printer."""
HTML_HEAD = (
    '<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n<title>cells</title>\n'
    "<style>table{border-collapse:collapse;margin:1em 0}td{border:1px solid;padding:2px 6px}"
    ".unread{background:#fcc}.absent{border:0}</style>\n</head>\n<body>\n"
)
HTML_TAIL = "</body>\n</html>\n"


def write_text(text: str, path: Path, form: str) -> None:
    """Write a file in one of `ENCODERS`; CSV with the byte order mark that Excel needs. Raises `OSError`."""
    with replacing(path) as file:
        file.write((BYTE_ORDER_MARK if form == "csv" else "") + text)


def document_to_json(document: Document) -> str:
    """Canonical text: fixed key order, two-space indent, a final newline.

    Rows and columns count from 0; `bbox` is x0, top, x1, bottom in points from the page's top left corner.
    """
    root = {
        "media_type": document.media_type,
        "pages": document.pages,
        "problems": [
            {"code": p.code, "severity": p.severity, "page": p.page, "message": p.message}
            for p in document.problems
        ],
        "grids": [_grid_to_json(grid) for grid in _grids(document)],
    }
    return json.dumps(root, ensure_ascii=False, indent=2) + "\n"


def document_to_csv(document: Document) -> str:
    """One table after the other with a blank line between; a merged cell's text stands in its first cell."""
    stream = StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    for number, grid in enumerate(_grids(document)):
        if number:
            stream.write("\r\n")
        for row in _rows(grid):
            texts = {cell.column: spreadsheet_text(cell.text) for cell in row}
            writer.writerow([texts.get(column, "") for column in range(grid.columns)])
    return stream.getvalue()


def document_to_html(document: Document) -> str:
    """A page with one `<table>` a grid; a place that no cell covers is a `<td class="absent">`."""
    return HTML_HEAD + "".join(_grid_to_html(grid) for grid in _grids(document)) + HTML_TAIL


ENCODERS: Mapping[str, Callable[[Document], str]] = {
    "json": document_to_json,
    "csv": document_to_csv,
    "html": document_to_html,
}


def _grids(document: Document) -> list[Grid]:
    return [piece for piece in document.pieces if isinstance(piece, Grid)]


def _grid_to_json(grid: Grid) -> dict[str, Any]:
    return {
        "rows": grid.rows,
        "columns": grid.columns,
        "spans": grid.spans,
        "reader": grid.reader,
        "cells": [_cell_to_json(cell) for cell in grid.cells],
    }


def _cell_to_json(cell: Cell) -> dict[str, Any]:
    return {
        "row": cell.row,
        "column": cell.column,
        "row_span": cell.row_span,
        "column_span": cell.column_span,
        **_place_to_json(cell.place),
        "text": cell.text,
        "state": cell.state,
        "confidence": cell.confidence,
    }


def _place_to_json(place: Place) -> dict[str, Any]:
    box = place.box
    corners = box and [round(at, HUNDREDTHS) for at in (box.x0, box.top, box.x1, box.bottom)]
    return {"page": place.page, "bbox": corners, "part": place.part}


def _rows(grid: Grid) -> Iterator[Sequence[Cell]]:
    """The cells that begin in each row, from left to right; a row that is covered from above has none."""
    rows: list[list[Cell]] = [[] for _ in range(grid.rows)]
    for cell in grid.cells:
        rows[cell.row].append(cell)
    return (sorted(row, key=lambda cell: cell.column) for row in rows)


def _grid_to_html(grid: Grid) -> str:
    covered: set[tuple[int, int]] = set()
    lines = ["<table>"]
    for number, row in enumerate(_rows(grid)):
        beginning = {cell.column: cell for cell in row}
        for cell in row:
            covered |= {
                (number + down, cell.column + across)
                for down in range(cell.row_span)
                for across in range(cell.column_span)
            }
        tags = (
            _cell_to_html(beginning[column]) if column in beginning else '<td class="absent"></td>'
            for column in range(grid.columns)
            if column in beginning or (number, column) not in covered
        )
        lines.append(f"<tr>{''.join(tags)}</tr>")
    return "\n".join((*lines, "</table>\n"))


def _cell_to_html(cell: Cell) -> str:
    spans = (("rowspan", cell.row_span), ("colspan", cell.column_span))
    attributes = "".join(f' {name}="{span}"' for name, span in spans if span > 1)
    state = ' class="unread"' if cell.state == "unread" else ""
    return f"<td{state}{attributes}>{html.escape(cell.text).replace(chr(10), '<br>')}</td>"
