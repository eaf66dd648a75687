"""Names and values of an indicator, decided together with its twin in the other horizon."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from models.declaration import Value
from normalize.channel.broken_words import is_strange
from normalize.channel.decision import Decision, read_together
from normalize.channel.figures import confidence, read_figure, texts_to_kin
from normalize.channel.misreading import misreading
from normalize.channel.observation import PictureText
from normalize.notes.certainty import agreement, slots_to_confidence
from normalize.notes.decisions import note_decision
from normalize.notes.notes import Notebook, Notes, Read
from normalize.notes.own_text import note_broken, note_strange
from normalize.read.indicators.placed import PRINTED_LABEL_NATS, VALUE_COLUMNS, IndicatorRow, Texts
from normalize.table.logical_rows import FieldText, LogicalRow
from normalize.text.cell_values import NOTHING_WORD, is_measured, looks_numeric, text_to_value
from normalize.text.fold import skeleton

_ALIKE_UNITS_NATS = 12.0
"""Two units that are less dear to misread for each other may be one and the same."""


_TELLING_DIGITS = 3
"""Two numbers that share at least this many significant digits are the same one; 12 and 120 may well be two years' figures."""
_WHOLE_PERCENT = 100
"""Few rates are above this."""
_NEAR_PERCENT = 15
"""Rates of one indicator in following years differ by no more than this many points, mostly."""


@dataclass(frozen=True, slots=True)
class _Cell:
    """One cell of the pair: its row, its column, and what was read there."""

    row: IndicatorRow
    column: str
    piece: FieldText

    @property
    def path(self) -> str:
        """Where the value stands in the result."""
        return self.row.value_path(self.column)


@dataclass(frozen=True, slots=True)
class _Expected:
    """What cells usually say, who says so, and how much less likely another wording is than in a typed cell."""

    standards: tuple[str, ...]
    because: str
    printed: float = 0.0


def read_pair(row: IndicatorRow, twin: IndicatorRow | None) -> Read[Texts]:
    """The names and values of an indicator and of its twin, by path."""
    book, texts = Notebook(), dict[str, str | None]()
    both = [row] + ([twin] if twin else [])
    texts.update(book.take(_read_names(both)))
    if twin and row.row.state.own:
        book.add(_compare_names(row, twin, texts))
    entry = row.row.state.entry
    cells = _cells(both, VALUE_COLUMNS)
    figures = entry.kind == "quantitative" or any(
        text_to_value(cell.piece.text).number is not None for cell in cells
    )
    numeric = [_is_figure(cell.piece.text, figures) for cell in cells]
    wordy = [cell for cell, is_number in zip(cells, numeric, strict=True) if not is_number]
    standard = (
        (entry.standard,) if entry.standard else (NOTHING_WORD,) if entry.kind == "quantitative" else ()
    )
    usual = (*standard, *entry.accepted)
    because = f"指标目录 {entry.code}" if entry.standard else "同一指标的其他单元格"
    texts.update(book.take(_read_group(wordy, _Expected(usual, because))))
    said = [(cell.piece.text, slots_to_confidence(cell.piece.slots)) for cell in cells]
    for n, cell in enumerate(cells):
        if numeric[n]:
            texts[cell.path] = book.take(_read_number(cell, [*said[:n], *said[n + 1 :]]))
    return Read(texts, book.notes())


def _cells(rows: Sequence[IndicatorRow], columns: Sequence[str]) -> list[_Cell]:
    return [_Cell(row, name, piece) for row in rows for name in columns if (piece := row.piece(name))]


def _read_names(rows: Sequence[IndicatorRow]) -> Read[Texts]:
    """The level-3 names of an indicator's rows, restored from the catalogue or the twin where one was not read."""
    book, entry = Notebook(), rows[0].row.state.entry
    expected = _Expected((), "另一期同一指标")
    if entry.level3:
        names = (entry.level3, *entry.aliases)
        expected = _Expected(names, f"指标目录 {entry.code}", PRINTED_LABEL_NATS / 2)
    read = book.take(_read_group(_cells(rows, ("level3",)), expected))
    texts = dict(read)
    for row in rows:
        if not row.piece("level3"):
            twins = read.get(f"{row.twin_path}/level3") if _same_pictured_row(row) else None
            texts[f"{row.path}/level3"] = book.take(_restored_name(row, twins))
    return Read(texts, book.notes())


def _same_pictured_row(row: IndicatorRow) -> bool:
    """Whether a row of a picture stands under its twin's labels and says what it says, so that its name can be the twin's.

    A file's blank cell is blank; a picture's, in a row that nobody leaves without a name, is one that was not read.
    """
    mine, theirs = row.piece("target"), row.twin.fields.get("target") if row.twin else None
    if row.twin is None or mine is None or theirs is None or not isinstance(mine.observation, PictureText):
        return False
    return _levels(row.row) == _levels(row.twin) and skeleton(mine.text) == skeleton(theirs.text)


def _levels(row: LogicalRow) -> tuple[str | None, str | None]:
    return row.state.level1, row.state.level2


def _restored_name(row: IndicatorRow, twins: str | None) -> Read[str | None]:
    book, path, name = Notebook(), f"{row.path}/level3", row.row.state.entry.level3
    if name:
        book.add_repair(path, "label", None, name, "同行其余单元格与指标目录")
        book.add_finding("label-lost", path, f"未读到三级指标名称，按目录补为“{name}”，请核对")
    elif twins:
        book.add_repair(path, "label", None, twins, "另一期同一指标")
        book.add_finding("label-lost", path, f"未读到三级指标名称，按另一期补为“{twins}”，请核对")
    else:
        book.add_finding("missing-value", path, "三级指标名称为空或未读到", severity="error")
    return Read(name or twins, book.notes())


def _compare_names(row: IndicatorRow, twin: IndicatorRow, texts: Texts) -> Notes:
    """An own indicator is named alike in both horizons; two names mean that one of them was misread."""
    book = Notebook()
    one, other = texts[f"{row.path}/level3"], texts[f"{twin.path}/level3"]
    if skeleton(one or "") != skeleton(other or ""):
        for path, mine, theirs in ((row.path, one, other), (twin.path, other, one)):
            message = f"两期表中同一指标的名称不同（“{one}”与“{other}”），请核对"
            book.add_finding("names-differ", f"{path}/level3", message, expected=theirs, actual=mine)
    return book.notes()


def _is_figure(text: str, figures: bool) -> bool:
    """Whether to read a value as a number: it begins like one, or holds a digit where figures are expected."""
    return looks_numeric(text) or (figures and any(map(str.isdigit, text)))


def _read_group(cells: Sequence[_Cell], expected: _Expected) -> Read[Texts]:
    """The texts of cells that should say the same."""
    book = Notebook()
    observations = [cell.piece.observation for cell in cells]
    decisions = read_together(observations, expected.standards, printed=expected.printed)
    for cell, decision in zip(cells, decisions, strict=True):
        said = decision.text
        known = said in expected.standards or decision.kind == "slip"
        alike = (
            c.piece.slots for c, d in zip(cells, decisions, strict=True) if d.text == said and not d.repaired
        )
        sure = 1.0 if known else agreement(alike)
        book.read_at(cell.path, cell.piece.slots, confidence=min(decision.confidence, sure))
        book.add(_note_word(cell, decision, expected))
    texts = (decision.text for decision in decisions)
    return Read(dict(zip((cell.path for cell in cells), texts, strict=True)), book.notes())


def _note_word(cell: _Cell, decision: Decision, expected: _Expected) -> Notes:
    """What was decided about a word, and what is odd about it."""
    book, text = Notebook(), decision.text
    text_path = cell.row.text_path(cell.column)
    book.add(note_decision(cell.path, cell.piece, decision, expected.because, text_path=text_path))
    if decision.kind == "reworded" and not decision.doubt and expected.standards:
        standard = expected.standards[0]
        message = f"“{text}”与指标目录“{standard}”不同，按原文保留"
        book.add_finding("reworded", cell.path, message, "info", expected=standard, actual=text)
    elif decision.kind != "typo" and is_strange(text) and text not in expected.standards:
        book.add(note_strange(cell.path, text))
    elif not decision.repaired and not expected.standards:
        book.add(note_broken(cell.path, text, cell.piece.slots))
    return book.notes()


def _read_number(cell: _Cell, others: Sequence[tuple[str, float]]) -> Read[str]:
    """A number is never matched to a text; what does not parse is flagged.

    `others`: the other values of the pair as read, and how sure each is.
    """
    book, piece = Notebook(), cell.piece
    kin = texts_to_kin(others)
    decision = read_figure(piece.observation, kin.price, kin.variants)
    text = decision.text
    book.read_at(cell.path, piece.slots, confidence=confidence(piece.observation, decision))
    because, text_path = "图像中唯一合乎格式的读法", cell.row.text_path(cell.column)
    book.add(note_decision(cell.path, piece, decision, because, text_path=text_path))
    value = text_to_value(text)
    if not is_measured(value) or is_strange(text):
        message = f"“{text}”不是完整的数值，可能误读，请核对"
        book.add_finding("unparsed-value", cell.path, message, actual=text)
    elif value.unit:
        book.add(_note_unit(cell.path, value.unit, {unit for unit in kin.units if unit}))
    values = [text_to_value(other) for other, _ in others]
    book.add(_note_point(cell.path, value, values))
    if isinstance(piece.observation, PictureText):
        book.add(_note_first_digit(cell.path, value, values))
    return Read(text, book.notes())


def _note_point(path: str, value: Value, others: Sequence[Value]) -> Notes:
    """The doubt about a number whose digits another value of the pair has, with the point elsewhere: 9524% and 95.24%."""
    book = Notebook()
    for other in others:
        if value.number is None or other.number is None or abs(value.number) == abs(other.number):
            continue
        digits = abs(value.number).normalize().as_tuple().digits
        if len(digits) >= _TELLING_DIGITS and digits == abs(other.number).normalize().as_tuple().digits:
            message = f"“{value.text}”与同一指标的“{other.text}”只差小数点的位置，请核对"
            book.add_finding("low-confidence", path, message, expected=other.text, actual=value.text)
            break
    return book.notes()


def _note_first_digit(path: str, value: Value, others: Sequence[Value]) -> Notes:
    """The doubt about a rate above 100 % that without its first digit is one like all others of the pair: 192% beside 91% and 93%.

    A seal's ring or a pen beside a number is read as a 1.
    """
    book = Notebook()
    rates = [one.number for one in others if one.number is not None and one.unit == value.unit == "%"]
    digits = str(value.number)
    if value.number is None or value.number <= _WHOLE_PERCENT or not rates:
        return book.notes()
    shorter = Decimal(digits[1:])
    if max(rates) <= _WHOLE_PERCENT and all(abs(shorter - rate) <= _NEAR_PERCENT for rate in rates):
        message = f"“{value.text}”超过100%，同一指标其他各值均不超过，首位可能多读，请核对"
        book.add_finding("low-confidence", path, message, actual=value.text)
    return book.notes()


def _note_unit(path: str, unit: str, others: set[str]) -> Notes:
    """The doubt about a unit that no other value of the pair has, and that may be another one misread."""
    book = Notebook()
    near = [other for other in sorted(others) if unit != other and _alike(unit, other)]
    if near or (unit not in others and len(others) == 1):
        other = near[0] if near else min(others)
        message = f"计量单位“{unit}”与同一指标的“{other}”不同，请核对"
        book.add_finding("low-confidence", path, message, expected=other, actual=unit)
    return book.notes()


def _alike(unit: str, other: str) -> bool:
    return {unit, other} == {"%", "‰"} or misreading(unit, other) < _ALIKE_UNITS_NATS
