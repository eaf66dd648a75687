"""Names and values of an indicator, decided together with its twin in the other horizon."""

from __future__ import annotations

from collections.abc import Sequence

from normalize.channel.decision import is_strange, read_together
from normalize.channel.figures import confidence, read_figure, texts_to_kin
from normalize.channel.misreading import misreading
from normalize.notes.certainty import agreement, slots_to_confidence
from normalize.notes.notes import Notes
from normalize.notes.own_text import note_broken
from normalize.read.indicators.levels import HISTORY, PRINTED, VALUE_KEYS, Placed, note_decision
from normalize.table.logical_rows import CellText
from normalize.text.cell_values import NOTHING_WORD, looks_numeric, text_to_value
from normalize.text.fold import key


def read_pair(row: Placed, twin: Placed | None, texts: dict[str, str | None], notes: Notes) -> None:
    """Decide the names and values of an indicator and of its twin into `texts`, by path."""
    both = [row] + ([twin] if twin else [])
    entry = row.row.state.entry
    names = [(r, "level3", piece) for r in both if (piece := r.piece("level3"))]
    standards = [entry.level3, *entry.aliases] if entry.level3 else []
    because = f"指标目录 {entry.code}" if entry.level3 else "另一期同一指标"
    _read_group(names, standards, because, texts, notes, PRINTED / 2 if standards else 0.0)
    for r in both:
        if not r.piece("level3"):
            _restore_name(r, texts, notes)
    if twin and row.row.state.own:
        _compare_names(row, twin, texts, notes)
    cells = [(r, name, piece) for r in both for name in VALUE_KEYS if (piece := r.piece(name))]
    figures = entry.kind == "quantitative" or any(
        text_to_value(cell[2].text).number is not None for cell in cells
    )
    wordy = [cell for cell in cells if not _is_figure(cell[2].text, figures)]
    usual = [entry.standard] if entry.standard else [NOTHING_WORD] if entry.kind == "quantitative" else []
    _read_group(
        wordy, usual, f"指标目录 {entry.code}" if entry.standard else "同一指标的其他单元格", texts, notes
    )
    for cell in cells:
        if cell not in wordy:
            _read_number(*cell, cells, texts, notes)


def _is_figure(text: str, figures: bool) -> bool:
    """Whether to read a value as a number: it begins like one, or holds a digit where figures are expected."""
    return looks_numeric(text) or (figures and any(map(str.isdigit, text)))


def _compare_names(row: Placed, twin: Placed, texts: dict[str, str | None], notes: Notes) -> None:
    """An own indicator is named alike in both horizons; two names mean that one of them was misread."""
    one, other = texts[f"{row.path}/level3"], texts[f"{twin.path}/level3"]
    if key(one or "") != key(other or ""):
        for path, mine, theirs in ((row.path, one, other), (twin.path, other, one)):
            message = f"两期表中同一指标的名称不同（“{one}”与“{other}”），请核对"
            notes.find("names-differ", f"{path}/level3", message, expected=theirs, actual=mine)


def _restore_name(row: Placed, texts: dict[str, str | None], notes: Notes) -> None:
    path, name = f"{row.path}/level3", row.row.state.entry.level3
    texts[path] = name
    if name:
        notes.repair(path, "label", None, name, "同行其余单元格与指标目录")
        notes.find("label-lost", path, f"未读到三级指标名称，按目录补为“{name}”，请核对")
    else:
        notes.find("missing-value", path, "三级指标名称为空或未读到", severity="error")


def _read_group(
    cells: Sequence[tuple[Placed, str, CellText]],
    standards: Sequence[str],
    because: str,
    texts: dict[str, str | None],
    notes: Notes,
    printed: float = 0.0,
) -> None:
    decisions = read_together([piece.observation for _, _, piece in cells], standards, printed=printed)
    for (row, name, piece), decision in zip(cells, decisions, strict=True):
        path = row.path + column_path(name)
        texts[path] = decision.text
        alike = [p.slots for (_, _, p), d in zip(cells, decisions, strict=True) if d.text == decision.text]
        known = decision.repaired or decision.text in standards
        sure = 1.0 if known else agreement(alike)
        notes.saw(path, piece.slots, "cell", min(decision.confidence, sure))
        note_decision(path, piece, decision, because, notes)
        if decision.kind == "reworded" and not decision.doubt and standards:
            message = f"“{decision.text}”与指标目录“{standards[0]}”不同，按原文保留"
            notes.find("reworded", path, message, "info", expected=standards[0], actual=decision.text)
        elif decision.kind != "typo" and is_strange(decision.text) and decision.text not in standards:
            notes.find(
                "low-confidence", path, f"“{decision.text}”中有罕用字，可能误读，请核对", actual=decision.text
            )
        elif not decision.repaired and not standards:
            note_broken(path, decision.text, notes)


def _alike(unit: str, other: str) -> bool:
    return {unit, other} == {"%", "‰"} or misreading(unit, other) < 12


def column_path(name: str) -> str:
    """Where a column's value stands below its row's path."""
    return f"/history/{name}" if name in HISTORY else f"/{name}"


def _read_number(
    row: Placed,
    name: str,
    piece: CellText,
    cells: Sequence[tuple[Placed, str, CellText]],
    texts: dict[str, str | None],
    notes: Notes,
) -> None:
    """A number is never matched to a text; what does not parse, or has a unit like no twin's, is flagged."""
    path = row.path + column_path(name)
    kin = texts_to_kin((p.text, slots_to_confidence(p.slots)) for _, _, p in cells if p is not piece)
    units = {unit for unit in kin.units if unit}
    decision = read_figure(piece.observation, kin.price, kin.variants)
    text = texts[path] = decision.text
    notes.saw(path, piece.slots, "cell", confidence(piece.observation, decision))
    note_decision(path, piece, decision, "图像中唯一合乎格式的读法", notes)
    value = text_to_value(text)
    if value.number is None or is_strange(text):
        notes.find("unparsed-value", path, f"“{text}”不是完整的数值，可能误读，请核对", actual=text)
        return
    near = [u for u in sorted(units) if value.unit and u != value.unit and _alike(value.unit, u)]
    if near or (value.unit and units and value.unit not in units and len(units) == 1 and not near):
        other = near[0] if near else min(units)
        notes.find(
            "low-confidence",
            path,
            f"计量单位“{value.unit}”与同一指标的“{other}”不同，请核对",
            expected=other,
            actual=value.unit,
        )
