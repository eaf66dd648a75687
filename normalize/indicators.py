"""Logical rows of the two indicator tables → indicators: labels filled down, texts decided, values parsed."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from models.declaration import AnnualIndicator, History, Indicator, Value
from normalize.catalogue import BASES, CATEGORIES, Catalogue
from normalize.channel.misread import misreading
from normalize.doubt import agreement
from normalize.labels import HISTORY, PRINTED, VALUE_KEYS, Placed, note_decision, read_labels
from normalize.notes import Notes
from normalize.rows import Decoded, LogicalRow, Piece
from normalize.tables import Column, TableModel, Variant, indicator_states
from normalize.text import key
from normalize.twins import pair_rows
from normalize.typos import is_strange, read_closed, read_together
from normalize.values import NOTHING, looks_numeric, text_to_value

HORIZONS = ("long_term", "annual")
_CLOSED = (Column("basis", "closed", BASES), Column("category", "closed", CATEGORIES))
_LABELS = (
    Column("section", "section"),
    Column("level1", "level1"),
    Column("level2", "level2"),
    Column("level3", "name"),
)


@cache
def indicator_model(catalogue: Catalogue) -> TableModel:
    """The tables of both horizons as one model: the horizon is part of the state."""
    history = tuple(Column(name, "history") for name in HISTORY)
    return TableModel(
        (
            Variant("long_term", (*_LABELS, Column("target", "value"), *_CLOSED), ("长期绩效指标",)),
            Variant("annual", (*_LABELS, *history, Column("target", "value"), *_CLOSED), ("年度绩效指标",)),
        ),
        indicator_states(catalogue.entries, 2),
    )


def read_indicators(decoded: Decoded) -> tuple[tuple[Indicator, ...], tuple[AnnualIndicator, ...], Notes]:
    """Both tables' indicators in the order of the form, with their notes."""
    notes = Notes()
    by_horizon = [[r for r in decoded.rows if r.state.variant == v] for v in range(2)]
    placed = _place(by_horizon)
    texts: dict[str, str | None] = {}
    for horizon in placed:
        read_labels(horizon, texts, notes)
    for row in (row for horizon in placed for row in horizon):
        if row.twin_path is None or row.path < row.twin_path or row.twin_path not in _paths(placed):
            _read_pair(row, _twin_of(row, placed), texts, notes)
    for horizon in placed:
        for row in horizon:
            _read_closed_columns(row, texts, notes)
            _note_doubts(row, texts, notes)
    _note_lost_rows(decoded, placed, notes)
    long = tuple(_indicator(row, texts) for row in placed[0])
    annual = tuple(_annual(row, texts) for row in placed[1])
    return long, annual, notes


def _place(rows: Sequence[Sequence[LogicalRow]]) -> list[list[Placed]]:
    twins: list[dict[int, int]] = [{}, {}]
    for i, j in pair_rows(rows[0], rows[1]):
        twins[0][i], twins[1][j] = j, i
    placed: list[list[Placed]] = []
    for v, horizon in enumerate(HORIZONS):
        column = []
        for n, row in enumerate(rows[v]):
            twin = twins[v].get(n)
            column.append(
                Placed(
                    row,
                    f"/{horizon}/indicators/{n}",
                    rows[1 - v][twin] if twin is not None else None,
                    f"/{HORIZONS[1 - v]}/indicators/{twin}" if twin is not None else None,
                )
            )
        placed.append(column)
    return placed


def _paths(placed: Sequence[Sequence[Placed]]) -> frozenset[str]:
    return frozenset(row.path for horizon in placed for row in horizon)


def _twin_of(row: Placed, placed: Sequence[Sequence[Placed]]) -> Placed | None:
    return next((r for horizon in placed for r in horizon if r.path == row.twin_path), None)


# names and values: decided together with their twins


def _read_pair(row: Placed, twin: Placed | None, texts: dict[str, str | None], notes: Notes) -> None:
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
    usual = [entry.standard] if entry.standard else [NOTHING] if entry.kind == "quantitative" else []
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
    cells: Sequence[tuple[Placed, str, Piece]],
    standards: Sequence[str],
    because: str,
    texts: dict[str, str | None],
    notes: Notes,
    printed: float = 0.0,
) -> None:
    decisions = read_together([piece.observation for _, _, piece in cells], standards, printed=printed)
    for (row, name, piece), decision in zip(cells, decisions, strict=True):
        path = row.path + _suffix(name)
        texts[path] = decision.text
        alike = [p.slots for (_, _, p), d in zip(cells, decisions, strict=True) if d.text == decision.text]
        known = decision.repaired or decision.text in standards
        notes.saw(
            path,
            piece.slots,
            "cell",
            decision.confidence if known else min(decision.confidence, agreement(alike)),
        )
        note_decision(path, piece, decision, because, notes)
        if decision.kind == "reworded" and not decision.doubt and standards:
            message = f"“{decision.text}”与指标目录“{standards[0]}”不同，按原文保留"
            notes.find("reworded", path, message, "info", expected=standards[0], actual=decision.text)
        elif decision.kind != "typo" and is_strange(decision.text) and decision.text not in standards:
            notes.find(
                "low-confidence", path, f"“{decision.text}”中有罕用字，可能误读，请核对", actual=decision.text
            )


def _suffix(name: str) -> str:
    return f"/history/{name}" if name in HISTORY else f"/{name}"


def _read_number(
    row: Placed,
    name: str,
    piece: Piece,
    cells: Sequence[tuple[Placed, str, Piece]],
    texts: dict[str, str | None],
    notes: Notes,
) -> None:
    """A number is never matched to a text; what does not parse, or has a unit like no twin's, is flagged."""
    path = row.path + _suffix(name)
    texts[path] = piece.text
    notes.saw(path, piece.slots, "cell")
    value = text_to_value(piece.text)
    if value.number is None or is_strange(piece.text):
        notes.find(
            "unparsed-value", path, f"“{piece.text}”不是完整的数值，可能误读，请核对", actual=piece.text
        )
        return
    units = {
        v.unit
        for _, _, p in cells
        if p is not piece and (v := text_to_value(p.text)).number is not None and v.unit
    }
    near = [u for u in sorted(units) if value.unit and u != value.unit and misreading(value.unit, u) < 12]
    if near or (value.unit and units and value.unit not in units and len(units) == 1 and not near):
        other = near[0] if near else min(units)
        notes.find(
            "low-confidence",
            path,
            f"计量单位“{value.unit}”与同一指标的“{other}”不同，请核对",
            expected=other,
            actual=value.unit,
        )


# closed lists, doubts, lost rows


def _read_closed_columns(row: Placed, texts: dict[str, str | None], notes: Notes) -> None:
    for column in _CLOSED:
        path, piece = f"{row.path}/{column.key}", row.piece(column.key)
        if piece is None:
            texts[path] = None
            continue
        decision = read_closed(piece.observation, column.words)
        texts[path] = decision.text
        known = decision.confidence if decision.text in column.words else None
        notes.saw(path, piece.slots, "cell", known)
        note_decision(path, piece, decision, "封闭词表", notes)


_NAMES = {
    "target": "指标值", "year_before_last": "前年指标值", "last_year": "上年指标值",
    "basis": "指标值确定依据", "category": "指标分类",
}  # fmt: skip


def _note_doubts(row: Placed, texts: dict[str, str | None], notes: Notes) -> None:
    """Doubtful cells, blanks where the catalogue has something, cells that no column took."""
    for name in sorted(row.row.doubtful - {"section"}):
        notes.find("ambiguous-cell", row.path + _suffix(name), "单元格可能错位，所属列不能确定，请核对")
    _note_blanks(row, notes)
    for slot in row.row.skipped:
        notes.find(
            "dropped-cell", row.path, f"本行的“{slot.text}”不属于任何一列，请核对整行", actual=slot.text
        )
    for rival in row.row.rivals:
        for level in ("level1", "level2"):
            if getattr(rival, level) != getattr(row.row.state, level) and not _twin_agrees(row):
                message = f"本行也可能属于“{getattr(rival, level) or '其他'}”，请核对"
                notes.find("ambiguous-row", f"{row.path}/{level}", message, expected=getattr(rival, level))


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
    if target and target.text == NOTHING and not row.piece("basis") and not row.piece("category"):
        wanted = ["target"]
    missing = [name for name in wanted if not row.piece(name)]
    if missing and row.path.startswith("/annual"):
        missing += [name for name in HISTORY if not row.piece(name)]
    for name in missing:
        notes.find("missing-value", row.path + _suffix(name), f"{_NAMES[name]}为空或未读到，请核对原件")


def _note_lost_rows(decoded: Decoded, placed: Sequence[Sequence[Placed]], notes: Notes) -> None:
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


def _value(text: str | None, row: Placed) -> Value | None:
    if text is None:
        return None
    return text_to_value(text, expects_number=row.row.state.entry.kind == "quantitative")


def _indicator(row: Placed, texts: dict[str, str | None]) -> Indicator:
    return Indicator(**_common(row, texts))  # type: ignore[arg-type]


def _annual(row: Placed, texts: dict[str, str | None]) -> AnnualIndicator:
    history = History(
        year_before_last=_value(texts.get(f"{row.path}/history/year_before_last"), row),
        last_year=_value(texts.get(f"{row.path}/history/last_year"), row),
    )
    return AnnualIndicator(**_common(row, texts), history=history)  # type: ignore[arg-type]


def _common(row: Placed, texts: dict[str, str | None]) -> dict[str, object]:
    entry = row.row.state.entry
    return {
        "level1": texts.get(f"{row.path}/level1"),
        "level2": texts.get(f"{row.path}/level2"),
        "level3": texts.get(f"{row.path}/level3"),
        "code": None if entry.own else entry.code,
        "target": _value(texts.get(f"{row.path}/target"), row),
        "basis": texts.get(f"{row.path}/basis"),
        "category": texts.get(f"{row.path}/category"),
    }
