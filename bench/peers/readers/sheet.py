"""openpyxl: the cells of every sheet, merged ranges once, percentages as they are shown."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl

from bench.peers.reading import Cell, Reading, Table


def read(path: Path) -> Reading:
    book = openpyxl.load_workbook(path, data_only=True)
    return Reading(tuple(Table(tuple(_cells(sheet))) for sheet in book.worksheets))


def _cells(sheet: Any) -> Iterator[Cell]:
    merged = {(area.min_row, area.min_col): area for area in sheet.merged_cells.ranges}
    covered = {place for area in merged.values() for row in area.rows for place in row} - set(merged)
    for cell in (cell for row in sheet.iter_rows() for cell in row):
        place = cell.row, cell.column
        if place in covered:
            continue
        area = merged.get(place)
        height = area.max_row - area.min_row + 1 if area else 1
        width = area.max_col - area.min_col + 1 if area else 1
        yield Cell(cell.row - 1, height, cell.column - 1, cell.column - 1 + width, _shown(cell))


def _shown(cell: Any) -> str:
    if cell.value is None:
        return ""
    if isinstance(cell.value, datetime):
        return f"{cell.value:%Y年%m月%d日}"
    if isinstance(cell.value, int | float) and cell.number_format.endswith("%"):
        decimals = len(cell.number_format.rstrip("%").partition(".")[2])
        return f"{100 * cell.value:.{decimals}f}%"
    return str(cell.value)
