"""What is doubtful about the rows of the indicator tables: shifted cells, blanks, rows of no or one horizon."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from dataclasses import replace
from itertools import pairwise

from normalize.notes.notes import Notebook, Notes
from normalize.read.indicators.inferred_rows import is_of_labels
from normalize.read.indicators.placed import HISTORY_COLUMNS, VALUE_COLUMNS, IndicatorRow
from normalize.read.indicators.settled import is_whole, is_whole_cell
from normalize.table.logical_rows import Decoded
from normalize.text.cell_values import NOTHING_WORD, text_to_value

_NAMES = {
    "target": "指标值", "year_before_last": "前年指标值", "last_year": "上年指标值",
    "basis": "指标值确定依据", "category": "指标分类",
}  # fmt: skip


def note_doubts(row: IndicatorRow, labels: re.Pattern[str], absent: Container[str] = ()) -> Notes:
    """Doubtful cells, blanks where the catalogue has something, cells that no column took.

    `labels` match those of levels 1 and 2. `absent` are columns that the form does not print.
    """
    book = Notebook()
    known = {"section", "level1", "level2"} if _is_the_catalogue_s(row) else {"section"}
    for name in sorted(row.row.doubtful - known):
        message = "单元格可能错位，所属列不能确定，请核对"
        book.add_finding("ambiguous-cell", row.value_path(name), message)
    for name, piece in row.row.fields.items():
        if piece.unread and name in _NAMES:
            book.read_at(row.value_path(name), piece.slots)
    book.add(_note_blanks(row, absent))
    book.add(_note_two_values(row))
    for slot in row.row.skipped:
        where = _table(row) if is_of_labels(slot.text, labels) and _is_whole_beside(row) else row.path
        message = f"本行的“{slot.text}”不属于任何一列，请核对整行"
        book.add_finding("dropped-cell", where, message, actual=slot.text)
    for rival in row.row.rivals:
        for level in ("level1", "level2"):
            other = getattr(rival, level)
            if other != getattr(row.row.state, level) and not _twin_agrees(row):
                message = f"本行也可能属于“{other or '其他'}”，请核对"
                book.add_finding("ambiguous-row", f"{row.path}/{level}", message, expected=other)
    return book.notes()


def _is_the_catalogue_s(row: IndicatorRow) -> bool:
    """Whether a row of inferred cells is wholly an entry of the catalogue, which says its labels as well."""
    return row.row.inferred and not row.row.state.own and is_whole(row)


def _is_whole_beside(row: IndicatorRow) -> bool:
    """Whether a row of inferred cells is whole without what no column took."""
    return row.row.inferred and is_whole(replace(row, row=replace(row.row, skipped=())))


def _note_blanks(row: IndicatorRow, absent: Container[str]) -> Notes:
    book = Notebook()
    wanted = ["target", "basis", "category"]
    target = row.piece("target")
    if target and target.text == NOTHING_WORD and not row.piece("basis") and not row.piece("category"):
        wanted = ["target"]
    missing = [name for name in wanted if not row.piece(name) and name not in absent]
    torn = row.row.inferred and bool(target) and not is_whole_cell(row, "target")
    if (missing or torn) and row.path.startswith("/annual"):
        missing += [name for name in HISTORY_COLUMNS if not row.piece(name)]
    for name in missing:
        book.add_finding("missing-value", row.value_path(name), f"{_NAMES[name]}为空或未读到，请核对原件")
    return book.notes()


def _note_two_values(row: IndicatorRow) -> Notes:
    """A row joined of several whose value was whole before anything was joined to it: they may be two indicators."""
    book = Notebook()
    pieces = (row.piece(name) for name in VALUE_COLUMNS)
    if any(p and p.joined and text_to_value(p.slots[0].text).number is not None for p in pieces):
        book.add_finding("ambiguous-row", row.path, "本行由几行合并读成，可能是两个指标，请核对整行")
    return book.notes()


def _twin_agrees(row: IndicatorRow) -> bool:
    """Whether the twin stands under the same labels, itself printed the same way."""
    twin = row.twin
    if twin is None:
        return False
    same = (twin.state.level1, twin.state.level2) == (row.row.state.level1, row.row.state.level2)
    return same and ("level2" in twin.fields) >= ("level2" in row.row.fields)


def note_lost_rows(decoded: Decoded, placed: Sequence[Sequence[IndicatorRow]]) -> Notes:
    """Rows that belong to no indicator, and indicators that only one horizon has."""
    book = Notebook()
    by_rows = {row.row.rows: row for horizon in placed for row in horizon}
    for before, row in decoded.foreign:
        text = " ".join(slot.text for slot in row.filled)[:60]
        owner = (
            by_rows[decoded.rows[min(before, len(decoded.rows)) - 1].rows]
            if decoded.rows and before
            else None
        )
        below = by_rows[decoded.rows[before].rows] if before < len(decoded.rows) else None
        touched = [owner] if owner else []
        if row.inferred:
            touched = [one for one in (owner, below) if one and not is_whole(one)]
        table = _table(owner) if owner else "/annual/indicators"
        for where in dict.fromkeys((*(one.path for one in touched), table)):
            message = f"指标表中有一行不能归入任何指标：“{text}”，请核对"
            book.add_finding("foreign-row", where, message, actual=text)
    if placed[0] and placed[1]:
        for horizon, other in ((placed[0], "annual"), (placed[1], "long_term")):
            for alone in (p for p in horizon if p.twin is None):
                name = alone.piece("level3")
                message = f"指标“{name.text if name else ''}”只在一期的表中出现，另一期可能漏读，请核对"
                book.add_finding("indicator-without-twin", f"/{other}/indicators", message)
                if alone.row.state.own:
                    book.add_finding("indicator-without-twin", f"{alone.path}/level3", message)
    return book.notes()


def note_disorder(rows: Sequence[IndicatorRow]) -> Notes:
    """Rows of one horizon that stand before others of the catalogue above them, wherever that is so at the head of a page."""
    book = Notebook()
    known = [row for row in rows if row.row.state.entry.code]
    falls = [(a, b) for a, b in pairwise(known) if b.row.state.entry.code < a.row.state.entry.code]
    if falls and all(_page(above) != _page(below) for above, below in falls):
        for above, below in falls:
            table = _table(below)
            names = [piece.text if (piece := row.piece("level3")) else "" for row in (above, below)]
            message = f"“{names[0]}”之后换页出现了目录中排在它前面的“{names[1]}”，各页次序可能颠倒，请核对"
            book.add_finding("pages-unordered", table, message)
    return book.notes()


def _table(row: IndicatorRow) -> str:
    """The path of the table in which a row stands."""
    return row.path.rsplit("/", 1)[0]


def note_repeated(rows: Sequence[IndicatorRow]) -> Notes:
    """Rows of one horizon that are the same entry of the catalogue: a form has each once, what comes again is another list."""
    book = Notebook()
    first: dict[str, IndicatorRow] = {}
    for row in rows:
        code = "" if row.row.state.own else row.row.state.entry.code
        above = first.setdefault(code, row) if code else row
        if above is not row:
            name = piece.text if (piece := row.piece("level3")) else ""
            message = f"指标“{name}”在同一期中出现了两次，其一可能是别的表（如指标库、旧表），请核对"
            for one in (above, row):
                book.add_finding("ambiguous-row", one.path, message)
    return book.notes()


def _page(row: IndicatorRow) -> int | None:
    return next((slot.place.page for piece in row.row.fields.values() for slot in piece.slots), None)
