"""Logical rows of the two indicator tables → indicators: labels filled down, texts decided, values parsed."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from models.declaration import AnnualIndicator, History, Indicator, Value
from normalize.channel.decision import read_closed
from normalize.form.catalogue import BASES, CATEGORIES, Catalogue
from normalize.notes.notes import Notes
from normalize.read.indicators.doubts import note_doubts, note_lost_rows
from normalize.read.indicators.levels import HISTORY, Placed, note_decision, read_labels
from normalize.read.indicators.pairs import read_pair
from normalize.read.indicators.twins import pair_rows
from normalize.table.logical_rows import Decoded, LogicalRow
from normalize.table.model import TableColumn, TableModel, Variant, indicator_states
from normalize.text.cell_values import text_to_value

HORIZONS = ("long_term", "annual")
_CLOSED = (TableColumn("basis", "closed", BASES), TableColumn("category", "closed", CATEGORIES))
_LABELS = (
    TableColumn("section", "section"),
    TableColumn("level1", "level1"),
    TableColumn("level2", "level2"),
    TableColumn("level3", "name"),
)


@cache
def indicator_model(catalogue: Catalogue) -> TableModel:
    """The tables of both horizons as one model: the horizon is part of the state."""
    history = tuple(TableColumn(name, "history") for name in HISTORY)
    return TableModel(
        (
            Variant("long_term", (*_LABELS, TableColumn("target", "value"), *_CLOSED), ("长期绩效指标",)),
            Variant(
                "annual", (*_LABELS, *history, TableColumn("target", "value"), *_CLOSED), ("年度绩效指标",)
            ),
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
            read_pair(row, _twin_of(row, placed), texts, notes)
    for horizon in placed:
        for row in horizon:
            _read_closed_columns(row, texts, notes)
            note_doubts(row, texts, notes)
    note_lost_rows(decoded, placed, notes)
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
