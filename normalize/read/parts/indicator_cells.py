"""The cells of an indicator's row → its levels, its values with the signs and units of columns of their own, and the rest."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from rapidfuzz.distance import Levenshtein

from models.declaration import Value
from normalize.channel.decision import read_together
from normalize.channel.figures import confidence, read_figure, texts_to_kin
from normalize.form.layouts import Layout
from normalize.form.physical_rows import RowSlot
from normalize.notes.certainty import slots_to_confidence
from normalize.notes.decisions import note_decision
from normalize.notes.notes import Notebook, Read
from normalize.read.parts.answers import read_text
from normalize.table.logical_rows import FieldText
from normalize.text.cell_values import is_measured, looks_numeric, text_to_amount, text_to_value
from normalize.text.fold import fold, with_printed_signs

VALUE_COLUMNS_OF_PARTS = ("year_before_last", "last_year", "target")
"""The columns that hold values, past years first."""
_SIGNS = {
    "≥": "≥",
    ">=": "≥",
    "≤": "≤",
    "<=": "≤",
    ">": ">",
    "<": "<",
    "=": "=",
    "大于等于": "≥",
    "小于等于": "≤",
}
"""What a column of signs says, and the sign that it means."""
_SCORE = re.compile(r"[（(]\s*(\d+(?:\.\d+)?\s*分)\s*[)）]\s*$")
_WEIGHT = re.compile(r"\s*(?:%|分|％)\s*$")
_YES, _NO = frozenset({"是", "√", "✓", "☑"}), frozenset({"否", "×", "☒", "□"})


@dataclass(frozen=True, slots=True)
class IndicatorCells:
    """One row to be read: its cells by column, the headings of these, and its path in the result."""

    cells: Mapping[str, RowSlot]
    headings: Mapping[str, str]
    path: str

    def value_path(self, column: str) -> str:
        """Where the value of a column stands in the result."""
        past = column in VALUE_COLUMNS_OF_PARTS[:-1]
        return f"{self.path}/history/{column}" if past else f"{self.path}/{column}"


@dataclass(frozen=True, slots=True)
class ScoredText:
    """A level, and the score that some forms print behind it."""

    text: str | None = None
    score: str | None = None


def read_level(row: IndicatorCells, column: str, layout: Layout) -> Read[ScoredText]:
    """A level without its score; where a reader may have erred, one of the words that such forms use."""
    slot, path = row.cells.get(column), f"{row.path}/{column}"
    if slot is None:
        return Read(ScoredText())
    score = _SCORE.search(slot.raw)
    bare = slot.part(slot.raw[: score.start()]) if score else slot
    usual = (word for entry in layout.entries.entries for word in (getattr(entry, column),) if word)
    words = tuple(dict.fromkeys((*layout.words.get(column, ()), *usual)))
    read = _read_word(bare, path, words, "一、二级指标的常用名称")
    return Read(ScoredText(read.value, score[1] if score else None), read.notes)


def read_listed_word(row: IndicatorCells, column: str, words: Sequence[str]) -> Read[str | None]:
    """A word of a closed list, or another text as it stands."""
    slot = row.cells.get(column)
    return _read_word(slot, f"{row.path}/{column}", words, "封闭词表") if slot else Read(None)


def _read_word(slot: RowSlot, path: str, words: Sequence[str], because: str) -> Read[str | None]:
    """A text that is often one of `words`: a misreading of one is repaired, another text is kept, doubted if near."""
    if slot.exact or not words or slot.unread or slot.text in words:
        return read_text((slot,), path)
    book, piece = Notebook(), FieldText((slot,), slot.text)
    usual = min(words, key=lambda word: Levenshtein.distance(word, slot.text))
    decision = read_together([piece.observation], [usual])[0]
    if not decision.repaired and not decision.doubt:
        text = book.take(read_text((slot,), path))
        if _is_cut_off(slot.text, words):
            message = f"“{slot.text}”可能未读全，应为“{usual}”，请核对"
            book.add_finding("label-differs", path, message, expected=usual, actual=slot.text)
        return Read(text, book.notes())
    book.read_at(path, (slot,), confidence=decision.confidence)
    book.add(note_decision(path, piece, decision, because))
    return Read(decision.text or None, book.notes())


def _is_cut_off(text: str, words: Sequence[str]) -> bool:
    """Whether a text is the beginning of one of `words`; that a form leaves away 指标 cuts nothing off."""
    rests = {word.removeprefix(text) for word in words if word.startswith(text)}
    return bool(rests) and "指标" not in rests


def read_plain(row: IndicatorCells, column: str) -> Read[str | None]:
    """A text in the writer's own words."""
    slot = row.cells.get(column)
    return read_text((slot,), f"{row.path}/{column}") if slot else Read(None)


def read_value(row: IndicatorCells, column: str) -> Read[Value | None]:
    """A value; the target's sign and unit may stand in columns of their own."""
    slot, path, book = row.cells.get(column), row.value_path(column), Notebook()
    if column == "target" and slot is None:
        slot = _words_of_unit(row)
    if slot is None:
        return Read(None)
    if slot is row.cells.get("unit"):
        words = book.take(read_text((slot,), path))
        return Read(text_to_value(words) if words else None, book.notes())
    beside = [row.cells[c] for c in ("comparator", "unit") if column == "target" and c in row.cells]
    book.read_at(path, (slot, *beside))
    if not slot.text:
        return Read(None, book.notes())
    text = book.take(_figure(slot, path, row)) if looks_numeric(slot.text) else slot.text
    if text == slot.text and not looks_numeric(text):
        book.add(read_text((slot,), path).notes)
    value = _with_columns(text, row) if beside else text_to_value(text)
    if beside and not is_measured(value):
        message = f"“{value.text}”没有数值，“{beside[0].text}”未读作比较符号，请核对"
        book.add_finding("unparsed-value", path, message, actual=value.text)
    if looks_numeric(text) and not is_measured(value) and any(map(str.isdigit, text)):
        message = f"“{value.text}”不是完整的数值，可能误读，请核对"
        book.add_finding("unparsed-value", path, message, "info" if slot.exact else "warning", actual=text)
    return Read(value_as_printed(value, (slot,)), book.notes())


def value_as_printed(value: Value, slots: Sequence[RowSlot]) -> Value:
    """A value with the signs that the file prints in its text (≦, ﹦); a reader's picture of a sign is no evidence of its shape."""
    if not slots or not all(slot.exact for slot in slots):
        return value
    text = with_printed_signs(value.text, "".join(slot.raw for slot in slots))
    return value if text == value.text else value.model_copy(update={"text": text})


def _words_of_unit(row: IndicatorCells) -> RowSlot | None:
    """Where a target without a number has its words: in the column of units, whose heading says so (单位（文字描述）)."""
    sign = row.cells.get("comparator")
    return row.cells.get("unit") if sign is not None and not is_sign(sign.text) else None


def _figure(slot: RowSlot, path: str, row: IndicatorCells) -> Read[str]:
    """A number as its picture says, weighed against the other values of its row."""
    book, piece = Notebook(), FieldText((slot,), slot.text)
    others = [row.cells[c] for c in VALUE_COLUMNS_OF_PARTS if c in row.cells and row.cells[c] is not slot]
    kin = texts_to_kin((other.text, slots_to_confidence((other,))) for other in others)
    decision = read_figure(piece.observation, kin.price, kin.variants)
    book.read_at(path, (slot,), confidence=confidence(piece.observation, decision))
    because = "图像中唯一合乎格式的读法"
    book.add(note_decision(path, piece, decision, because, text_path=f"{path}/text"))
    return Read(decision.text, book.notes())


def _with_columns(text: str, row: IndicatorCells) -> Value:
    """A bare number with the sign before it and the unit behind it that stand in their own columns, as they are printed."""
    sign = row.cells["comparator"].text if "comparator" in row.cells else ""
    unit = row.cells["unit"].text if "unit" in row.cells else ""
    if text_to_amount(text) is None:
        whole = text + unit if text[-1:].isdigit() else text
        signed = text_to_value(f"{_SIGNS.get(sign, '')}{whole}")
        return signed if is_measured(signed) else text_to_value(whole)
    bare = text_to_value(f"{_SIGNS.get(sign, '')}{text}")
    return bare.model_copy(update={"text": f"{bare.text}{unit}", "unit": unit or bare.unit})


def is_sign(text: str) -> bool:
    """Whether a column of signs says one; 定性 and 正向指标 are none."""
    return text in _SIGNS


def read_weight(row: IndicatorCells) -> Read[Decimal | None]:
    """The weight or score of an indicator, without its sign."""
    slot, path, book = row.cells.get("weight"), f"{row.path}/weight", Notebook()
    if slot is None:
        return Read(None)
    book.read_at(path, (slot,))
    weight = text_to_amount(_WEIGHT.sub("", slot.text))
    if weight is None:
        message = f"权重“{slot.text}”不是数值，请核对"
        book.add_finding("unparsed-value", path, message, actual=slot.text)
    return Read(weight, book.notes())


def read_core(row: IndicatorCells) -> Read[bool | None]:
    """Whether the form calls the indicator a core one."""
    slot, path, book = row.cells.get("core"), f"{row.path}/core", Notebook()
    if slot is None:
        return Read(None)
    book.read_at(path, (slot,))
    text = fold(slot.text)
    if text not in _YES | _NO:
        book.add_finding("unparsed-value", path, f"“{text}”不是“是”或“否”，请核对", actual=text)
        return Read(None, book.notes())
    return Read(text in _YES, book.notes())
