"""What is doubtful about the rows of the indicator tables: shifted cells, blanks, rows of no or one horizon."""

from __future__ import annotations

from collections.abc import Sequence

from normalize.notes.notes import Notes
from normalize.read.indicators.levels import HISTORY, VALUE_KEYS, Placed
from normalize.read.indicators.pairs import column_path
from normalize.table.logical_rows import Decoded
from normalize.text.cell_values import NOTHING_WORD, text_to_value

_NAMES = {
    "target": "指标值", "year_before_last": "前年指标值", "last_year": "上年指标值",
    "basis": "指标值确定依据", "category": "指标分类",
}  # fmt: skip


def note_doubts(row: Placed, texts: dict[str, str | None], notes: Notes) -> None:
    """Doubtful cells, blanks where the catalogue has something, cells that no column took."""
    for name in sorted(row.row.doubtful - {"section"}):
        notes.find("ambiguous-cell", row.path + column_path(name), "单元格可能错位，所属列不能确定，请核对")
    _note_blanks(row, notes)
    _note_two_values(row, notes)
    for slot in row.row.skipped:
        notes.find(
            "dropped-cell", row.path, f"本行的“{slot.text}”不属于任何一列，请核对整行", actual=slot.text
        )
    for rival in row.row.rivals:
        for level in ("level1", "level2"):
            if getattr(rival, level) != getattr(row.row.state, level) and not _twin_agrees(row):
                message = f"本行也可能属于“{getattr(rival, level) or '其他'}”，请核对"
                notes.find("ambiguous-row", f"{row.path}/{level}", message, expected=getattr(rival, level))


def _note_two_values(row: Placed, notes: Notes) -> None:
    """A row joined of several whose value was whole before anything was joined to it: they may be two indicators."""
    pieces = (row.piece(name) for name in VALUE_KEYS)
    if any(p and p.joined and text_to_value(p.slots[0].text).number is not None for p in pieces):
        notes.find("ambiguous-row", row.path, "本行由几行合并读成，可能是两个指标，请核对整行")


def _twin_agrees(row: Placed) -> bool:
    """Whether the twin stands under the same labels, itself printed the same way."""
    twin = row.twin
    if twin is None:
        return False
    same = (twin.state.level1, twin.state.level2) == (row.row.state.level1, row.row.state.level2)
    return same and ("level2" in twin.fields) >= ("level2" in row.row.fields)


def _note_blanks(row: Placed, notes: Notes) -> None:
    wanted = ["target", "basis", "category"]
    target = row.piece("target")
    if target and target.text == NOTHING_WORD and not row.piece("basis") and not row.piece("category"):
        wanted = ["target"]
    missing = [name for name in wanted if not row.piece(name)]
    if missing and row.path.startswith("/annual"):
        missing += [name for name in HISTORY if not row.piece(name)]
    for name in missing:
        notes.find("missing-value", row.path + column_path(name), f"{_NAMES[name]}为空或未读到，请核对原件")


def note_lost_rows(decoded: Decoded, placed: Sequence[Sequence[Placed]], notes: Notes) -> None:
    """Note rows that belong to no indicator, and indicators that only one horizon has."""
    for before, row in decoded.foreign:
        text = " ".join(slot.text for slot in row.filled)[:60]
        owner = decoded.rows[min(before, len(decoded.rows)) - 1] if decoded.rows and before else None
        path = next((p.path for horizon in placed for p in horizon if p.row is owner), "/annual/indicators")
        table = path.rsplit("/", 1)[0] if owner else path
        for where in dict.fromkeys((path, table)):
            notes.find("foreign-row", where, f"指标表中有一行不能归入任何指标：“{text}”，请核对", actual=text)
    if placed[0] and placed[1]:
        for horizon, other in ((placed[0], "annual"), (placed[1], "long_term")):
            for alone in (p for p in horizon if p.twin is None):
                name = alone.piece("level3")
                message = f"指标“{name.text if name else ''}”只在一期的表中出现，另一期可能漏读，请核对"
                notes.find("indicator-without-twin", f"/{other}/indicators", message)
                if alone.row.state.own:
                    notes.find("indicator-without-twin", f"{alone.path}/level3", message)
