"""Logical rows of the two indicator tables → indicators: labels filled down, texts decided, values parsed."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass
from functools import cache

from models.declaration import AnnualIndicator, History, Indicator, Value
from normalize.channel.decision import read_closed
from normalize.form.catalogue import BASES, CATEGORIES, Catalogue
from normalize.form.sections import SectionRow
from normalize.notes.decisions import note_decision
from normalize.notes.notes import Notebook, Read
from normalize.read.choices import with_choices
from normalize.read.indicators.doubts import note_disorder, note_doubts, note_lost_rows, note_repeated
from normalize.read.indicators.headed_rows import HeadedRow, marked_to_headed
from normalize.read.indicators.inferred_rows import catalogue_to_labels, note_blanks_beside, note_glued_names
from normalize.read.indicators.levels import read_labels
from normalize.read.indicators.pairs import read_pair
from normalize.read.indicators.placed import HISTORY_COLUMNS, IndicatorRow, Texts
from normalize.read.indicators.settled import settle_places
from normalize.read.indicators.twins import pair_rows
from normalize.read.parts.indicator_cells import value_as_printed
from normalize.read.row_numbers import without_row_numbers
from normalize.table.decoder import decode
from normalize.table.logical_rows import Decoded, LogicalRow
from normalize.table.model import TableColumn, TableModel, Variant, indicator_states
from normalize.text.cell_values import text_to_value

_MAX_ROWS = 4000
"""No form has a fiftieth of so many rows; the bound keeps time and memory small."""
_HORIZONS = {"long_term": "长期绩效指标", "annual": "年度绩效指标"}
_CLOSED = (TableColumn("basis", "closed", BASES), TableColumn("category", "closed", CATEGORIES))
_LABELS = (
    TableColumn("section", "section"),
    TableColumn("level1", "level1"),
    TableColumn("level2", "level2"),
    TableColumn("level3", "name"),
)


@cache
def indicator_model(catalogue: Catalogue, *, history_printed: bool = True) -> TableModel:
    """The tables of both horizons as one model: the horizon is part of the state.

    `history_printed`: the annual table has columns for the two years before.
    """
    history = tuple(TableColumn(name, "history") for name in HISTORY_COLUMNS) if history_printed else ()
    return TableModel(
        (
            Variant("long_term", (*_LABELS, TableColumn("target", "value"), *_CLOSED), ("长期绩效指标",)),
            Variant(
                "annual", (*_LABELS, *history, TableColumn("target", "value"), *_CLOSED), ("年度绩效指标",)
            ),
        ),
        indicator_states(catalogue.entries, 2),
    )


@dataclass(frozen=True, slots=True)
class Indicators:
    """The indicators of both horizons in the order of the form."""

    long_term: tuple[Indicator, ...]
    annual: tuple[AnnualIndicator, ...]


def read_indicators(
    rows: Sequence[SectionRow], catalogue: Catalogue, absent: Container[str] = ()
) -> Read[Indicators]:
    """The indicators of both tables, which stand among the `rows` of a form wherever they will.

    `absent` are columns that the form does not print.
    """
    book = Notebook()
    headed = marked_to_headed(rows)
    first = headed[:_MAX_ROWS]
    decoded, history_printed = _decoded(first, catalogue)
    found = book.take(decoded_to_indicators(decoded, catalogue, absent))
    if not history_printed:
        message = "年度绩效指标表没有近两年指标值的栏，历史值均为空，请核对原件"
        book.add_finding("missing-value", "/annual/indicators", message)
    if len(headed) > len(first):
        message = f"指标表超过 {_MAX_ROWS} 行，只读取了前 {_MAX_ROWS} 行，请核对是否为一份申报表"
        for horizon in _HORIZONS:
            book.add_finding("table-too-long", f"/{horizon}/indicators", message, "error")
    for horizon, name in _HORIZONS.items():
        if not getattr(found, horizon):
            message = f"{name}表为空或未读到，请核对原件"
            book.add_finding("missing-value", f"/{horizon}/indicators", message, "error")
            message = f"{name}表未读到，其中的文字可能混入了目标，请核对"
            book.add_finding("ambiguous-cell", f"/{horizon}/goals", message)
    headings = {one.hint.variant for one in first if one.hint}
    if len(headings) == len(_HORIZONS) and bool(found.long_term) != bool(found.annual):
        read = "long_term" if found.long_term else "annual"
        message = "长期和年度绩效指标的标题都在，但所有指标读成了一张表，请核对每一行属于哪张表"
        book.add_finding("horizons-mixed", f"/{read}/indicators", message, "error")
    return Read(found, book.notes())


def _decoded(headed: Sequence[HeadedRow], catalogue: Catalogue) -> tuple[Decoded, bool]:
    """The rows as tables, and whether the annual one was taken for one with columns of history.

    That is tried without them only where a table that has a heading got no row.
    """
    rows, hints = with_choices(without_row_numbers([one.row for one in headed])), [one.hint for one in headed]
    decoded = decode(indicator_model(catalogue), rows, hints)
    headings = {hint.variant for hint in hints if hint}
    if headings <= {row.state.variant for row in decoded.rows}:
        return decoded, True
    without = decode(indicator_model(catalogue, history_printed=False), rows, hints)
    return (without, False) if without.cost < decoded.cost else (decoded, True)


def decoded_to_indicators(
    decoded: Decoded, catalogue: Catalogue, absent: Container[str] = ()
) -> Read[Indicators]:
    """Logical rows as indicators: labels filled down, texts decided together with their twins, values parsed."""
    book, texts = Notebook(), dict[str, str | None]()
    found = _place([[row for row in decoded.rows if row.state.variant == v] for v in range(len(_HORIZONS))])
    placed = [settle_places(horizon) for horizon in found]
    every = [row for horizon in placed for row in horizon]
    by_path, labels = {row.path: row for row in every}, catalogue_to_labels(catalogue)
    for horizon in placed:
        texts.update(book.take(read_labels(horizon, labels)))
    for row in every:
        if row.twin_path is None or row.path < row.twin_path:
            texts.update(book.take(read_pair(row, by_path.get(row.twin_path or ""))))
    for row in every:
        texts.update(book.take(_read_closed_columns(row)))
        book.add(note_doubts(row, labels, absent))
    book.add(note_lost_rows(decoded, placed))
    for horizon in placed:
        book.add(note_disorder(horizon))
        book.add(note_blanks_beside(horizon))
        book.add(note_repeated(horizon))
    book.add(note_glued_names(every, labels))
    long_term = tuple(_indicator(row, texts) for row in placed[0])
    annual = tuple(_annual_indicator(row, texts) for row in placed[1])
    return Read(Indicators(long_term, annual), book.notes())


def _place(rows: Sequence[Sequence[LogicalRow]]) -> list[list[IndicatorRow]]:
    """The rows of both horizons with their paths and twins."""
    twins: list[dict[int, int]] = [{}, {}]
    for i, j in pair_rows(rows[0], rows[1]):
        twins[0][i], twins[1][j] = j, i
    paths = [
        [f"/{horizon}/indicators/{n}" for n in range(len(rows[v]))] for v, horizon in enumerate(_HORIZONS)
    ]
    placed: list[list[IndicatorRow]] = []
    for v in range(len(_HORIZONS)):
        column = []
        for n, row in enumerate(rows[v]):
            twin = twins[v].get(n)
            if twin is None:
                column.append(IndicatorRow(row, paths[v][n], None, None))
            else:
                column.append(IndicatorRow(row, paths[v][n], rows[1 - v][twin], paths[1 - v][twin]))
        placed.append(column)
    return placed


def _read_closed_columns(row: IndicatorRow) -> Read[Texts]:
    """The columns whose words are a closed list."""
    book, texts = Notebook(), dict[str, str | None]()
    for column in _CLOSED:
        path, piece = f"{row.path}/{column.key}", row.piece(column.key)
        if piece is None:
            texts[path] = None
            continue
        decision = read_closed(piece.observation, column.words)
        texts[path] = decision.text
        known = decision.confidence if decision.text in column.words else None
        book.read_at(path, piece.slots, confidence=known)
        book.add(note_decision(path, piece, decision, "封闭词表"))
    return Read(texts, book.notes())


def _indicator(row: IndicatorRow, texts: Texts) -> Indicator:
    entry = row.row.state.entry
    return Indicator(
        level1=texts.get(f"{row.path}/level1"),
        level2=texts.get(f"{row.path}/level2"),
        level3=texts.get(f"{row.path}/level3"),
        code=None if entry.own else entry.code,
        target=_value(row, "target", texts),
        basis=texts.get(f"{row.path}/basis"),
        category=texts.get(f"{row.path}/category"),
    )


def _annual_indicator(row: IndicatorRow, texts: Texts) -> AnnualIndicator:
    history = History(
        year_before_last=_value(row, "year_before_last", texts), last_year=_value(row, "last_year", texts)
    )
    return AnnualIndicator(**dict(_indicator(row, texts)), history=history)


def _value(row: IndicatorRow, column: str, texts: Texts) -> Value | None:
    text = texts.get(row.value_path(column))
    if text is None:
        return None
    value = text_to_value(text, expects_number=row.row.state.entry.kind == "quantitative")
    piece = row.piece(column)
    return value_as_printed(value, piece.slots) if piece else value
