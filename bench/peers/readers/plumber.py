"""pdfplumber: its tables with the frame closed where a page breaks it, and the lines outside them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pdfplumber

from bench.peers.reading import Box, Reading, Table, boxes_to_table

TOLERANCE = 3.0
"""Points; pdfplumber's own for edges that are one."""


def read(path: Path) -> Reading:
    tables: list[Table] = []
    lines: list[str] = []
    with pdfplumber.open(path) as document:
        for page in document.pages:
            found = page.find_tables(_closed_frame(page))
            tables += [boxes_to_table(_boxes(table), TOLERANCE) for table in found]
            rest = page
            for table in found:
                rest = rest.outside_bbox(table.bbox)
            lines += (rest.extract_text() or "").splitlines()
            page.close()
    return Reading(tuple(tables), tuple(lines))


def _closed_frame(page: Any) -> dict[str, Any]:
    """A row cut by the page has no line at the cut: one is drawn where the upright lines end."""
    upright = [edge for edge in page.edges if edge["orientation"] == "v"]
    if not upright:
        return {}
    ends = [min(edge["top"] for edge in upright), max(edge["bottom"] for edge in upright)]
    return {"explicit_horizontal_lines": ends}


def _boxes(table: Any) -> list[Box]:
    texts = {
        box: text or ""
        for row, words in zip(table.rows, table.extract(), strict=True)
        for box, text in zip(row.cells, words, strict=True)
        if box
    }
    return [(*box, text) for box, text in texts.items()]
