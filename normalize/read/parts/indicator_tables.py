"""Tables of indicators under headings of any kind → the indicators of both horizons, with every column that is printed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from models.declaration import AnnualIndicator, History, Indicator, Value
from normalize.form.layouts import Layout
from normalize.form.parts.columns.told_columns import Levels, is_level, words_of_levels
from normalize.form.parts.found import UNKNOWN_COLUMN, FormParts, FormTable, PartRow
from normalize.form.physical_rows import RowSlot
from normalize.notes.notes import Notebook, Notes, Read
from normalize.read.parts.answers import plain_label, read_text
from normalize.read.parts.indicator_cells import (
    VALUE_COLUMNS_OF_PARTS,
    IndicatorCells,
    is_sign,
    read_core,
    read_level,
    read_listed_word,
    read_plain,
    read_value,
    read_weight,
)
from normalize.read.parts.indicator_doubts import is_anew, note_told_columns, note_unknown_columns
from normalize.text.cell_values import is_number, text_to_value

_LEVELS = ("level1", "level2")
_TEXTS = ("explanation", "scoring", "source", "remark")
_OF_MATRIX = frozenset({"owner", "project", "amount", "goal"})
"""Columns of a matrix of projects that say whose row it is."""
_FIELDS = frozenset(
    {
        *_LEVELS,
        "level3",
        *VALUE_COLUMNS_OF_PARTS,
        "basis",
        "category",
        *_TEXTS,
        "weight",
        "core",
        "unit",
    }
)
"""Columns that fields of an indicator are for."""
_SENTENCE = re.compile(r"\s*(?P<level2>[^：:]{2,12}指标)\s*[:：]\s*(?P<text>\S.*)", re.DOTALL)
"""质量指标：…, a level with its value in one sentence."""


@dataclass(frozen=True, slots=True)
class IndicatorTables:
    """The indicators of both horizons; those of a form that names no horizon stand in the annual one."""

    long_term: tuple[Indicator, ...] = ()
    annual: tuple[AnnualIndicator, ...] = ()


def read_indicator_tables(parts: FormParts, layout: Layout) -> Read[IndicatorTables]:
    """All indicators of a form in their order."""
    book = Notebook()
    long_term: list[Indicator] = []
    annual: list[AnnualIndicator] = []
    unplaced = frozenset(map(id, parts.rest))
    shown: set[str] = set()
    told: dict[str, tuple[str, ...]] = {}
    for table in (table for table in parts.tables if table.name == "indicators"):
        rows = [_with_sign(row) for row in table.rows if _says_something(row)]
        anew = table.again and _begins_anew(rows, shown)
        shown |= {row.cells["level1"].text for row in rows if "level1" in row.cells}
        above = told.get(table.horizon, ())
        told[table.horizon] = (*above, *(row.cells["level1"].text for row in rows if "level1" in row.cells))
        restarted = (
            layout.by_labels and not (table.columns.keys() & _OF_MATRIX) and is_anew(told[table.horizon])
        )
        book.add(note_told_columns(table))
        book.add(_note_passed_over(table, layout))
        first = len(long_term) if table.horizon == "long_term" else len(annual)
        book.add(_note_torn(rows, f"/{table.horizon or 'annual'}/indicators", first, words_of_levels(layout)))
        for row in rows:
            if table.horizon == "long_term":
                cells = IndicatorCells(row.cells, table.columns, f"/long_term/indicators/{len(long_term)}")
                long_term.append(book.take(_indicator(cells, layout)))
            else:
                cells = IndicatorCells(row.cells, table.columns, f"/annual/indicators/{len(annual)}")
                annual.append(book.take(_annual_indicator(cells, layout)))
            book.add(_note_shift(row, cells.path, unplaced))
            if anew or restarted:
                message = "指标表的表头重复，一级指标又从头开始，本行可能属于另一张表，请核对"
                book.add_finding("ambiguous-row", cells.path, message)
        if restarted and not long_term:
            message = "长期绩效指标未读到，而一级指标在表中又从头开始，可能是两个期间的指标，请核对"
            book.add_finding("missing-value", "/long_term/indicators", message)
    for sentence in _sentences(parts, layout):
        annual.append(book.take(_from_sentence(sentence, f"/annual/indicators/{len(annual)}")))
    if not long_term and not annual:
        book.add_finding("missing-value", "/annual/indicators", "绩效指标表为空或未读到，请核对原件", "error")
    return Read(IndicatorTables(tuple(long_term), tuple(annual)), book.notes())


def _begins_anew(rows: Sequence[PartRow], shown: set[str]) -> bool:
    """Whether rows under a heading that is printed again begin with a level 1 that is over: they may be another form's."""
    levels = [row.cells["level1"].text for row in rows if "level1" in row.cells]
    return len(shown) > 1 and bool(levels) and levels[0] in shown and len(set(levels)) > 1


def _says_something(row: PartRow) -> bool:
    """Whether a row is an indicator, not one of levels whose other cells the form leaves blank."""
    return any(slot.filled for column, slot in row.cells.items() if column not in {*_LEVELS, *_OF_MATRIX})


def _note_passed_over(table: FormTable, layout: Layout) -> Notes:
    """The doubt about rows that hold nothing but levels, and words there that are none: their cells may have moved."""
    levels, book = words_of_levels(layout), Notebook()
    path = f"/{table.horizon or 'annual'}/indicators"
    for row in (row for row in table.rows if not _says_something(row)):
        own = [row.cells[level] for level in _LEVELS if row.cells.get(level) in row.row.filled]
        if own and not all(is_level(slot.text, levels) for slot in own):
            text = "、".join(f"“{slot.text}”" for slot in own)
            book.add_finding(
                "ambiguous-row", path, f"有一行只在级别列中有内容（{text}），单元格可能错位，请核对原件"
            )
    return book.notes()


def _note_torn(rows: Sequence[PartRow], path: str, first: int, levels: Levels) -> Notes:
    """The doubt about rows of a table without lines of which one ends what the other begins, a text or a level's word.

    `first` is the number of the first row among the indicators of its horizon.
    """
    book = Notebook()
    for n, (above, below) in enumerate(pairwise(rows), first):
        if not below.row.inferred:
            continue
        if "level3" not in below.cells:
            message = "本行没有指标名称，可能是上一行的续行，请核对两行"
            for place in (f"{path}/{n}", f"{path}/{n + 1}"):
                book.add_finding("ambiguous-row", place, message)
        for level in _LEVELS:
            one, other = (row.cells[level].text if level in row.cells else "" for row in (above, below))
            if one != other and is_level(one + other, levels) and not is_level(other, levels):
                message = f"“{one}”与“{other}”可能是同一单元格中的“{one + other}”，请核对"
                for place in (f"{path}/{n}/{level}", f"{path}/{n + 1}/{level}"):
                    book.add_finding("ambiguous-cell", place, message, expected=one + other)
    return book.notes()


def _with_sign(row: PartRow) -> PartRow:
    """A row whose column of directions (指标方向) holds a sign, with that as its sign."""
    direction = row.cells.get("direction")
    if direction is None or "comparator" in row.cells or not is_sign(direction.text):
        return row
    cells = {("comparator" if c == "direction" else c): slot for c, slot in row.cells.items()}
    return replace(row, cells=cells)


def _note_shift(row: PartRow, path: str, unplaced: frozenset[int]) -> Notes:
    """The doubt about a row that has cells that no column took, or whose cells may have moved."""
    book = Notebook()
    for slot in (slot for slot in row.row.filled if id(slot) in unplaced):
        message = f"本行的“{slot.text}”不属于任何一列，请核对整行"
        book.add_finding("dropped-cell", path, message, actual=slot.text)
    name, value = row.cells.get("level3"), row.cells.get("target")
    moved = name is not None and is_number(name.text)
    if not row.sure or moved or (value is None and not row.row.ruled):
        book.add_finding("ambiguous-row", path, "本行的单元格可能错位，所属列不能确定，请核对整行")
    return book.notes()


def _indicator(row: IndicatorCells, layout: Layout) -> Read[Indicator]:
    book = Notebook()
    level1, level2 = (book.take(read_level(row, column, layout)) for column in _LEVELS)
    name = book.take(read_plain(row, "level3"))
    target = book.take(read_value(row, "target"))
    texts = {column: book.take(read_plain(row, column)) for column in _TEXTS}
    scores = {"level1": level1.score, "level2": level2.score}
    found = Indicator(
        level1=level1.text,
        level2=level2.text,
        level3=name,
        target=target,
        basis=book.take(read_listed_word(row, "basis", layout.words.get("basis", ()))),
        category=book.take(read_listed_word(row, "category", layout.words.get("category", ()))),
        weight=book.take(read_weight(row)),
        explanation=texts["explanation"],
        scoring=texts["scoring"],
        source=texts["source"],
        remark=texts["remark"],
        core=book.take(read_core(row)),
        extra=book.take(_extra(row, scores)),
    )
    book.add(_note_blanks(row, found))
    if layout.by_labels:
        book.add(note_unknown_columns(row, found))
    return Read(found, book.notes())


def _note_blanks(row: IndicatorCells, found: Indicator) -> Notes:
    """What an indicator must have and this one has not."""
    book = Notebook()
    wanted = {"level1": "一级指标", "level3": "三级指标", "target": "指标值"}
    for column, label in wanted.items():
        if column in row.headings and getattr(found, column) is None:
            message = f"{label}为空或未读到，请核对原件"
            book.add_finding("missing-value", f"{row.path}/{column}", message)
    return book.notes()


def _annual_indicator(row: IndicatorCells, layout: Layout) -> Read[AnnualIndicator]:
    book = Notebook()
    found = book.take(_indicator(row, layout))
    past: dict[str, Value | None] = {}
    for column in VALUE_COLUMNS_OF_PARTS[:-1]:
        past[column] = book.take(read_value(row, column))
    history = History(year_before_last=past["year_before_last"], last_year=past["last_year"])
    return Read(AnnualIndicator(**dict(found), history=history), book.notes())


def _extra(row: IndicatorCells, scores: dict[str, str | None]) -> Read[dict[str, str]]:
    """Columns that no field is for, under their printed headings."""
    book = Notebook()
    matrix = "project" in row.headings
    extra: dict[str, str] = {}
    for column, slot in row.cells.items():
        sign = column == "comparator" and is_sign(slot.text)
        if column in _FIELDS or sign or (matrix and column in _OF_MATRIX) or not slot.text:
            continue
        heading = plain_label(row.headings.get(column, column.removeprefix(UNKNOWN_COLUMN)))
        text = book.take(read_text((slot,), f"{row.path}/extra/{heading}"))
        if text:
            extra[heading] = text
    extra |= {f"{plain_label(row.headings[level])}分值": score for level, score in scores.items() if score}
    return Read(extra, book.notes())


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A level 2 with its value in one text, and the level 1 that stands above."""

    level1: RowSlot | None
    level2: str
    whole: RowSlot
    text: str


def _sentences(parts: FormParts, layout: Layout) -> Iterator[_Sentence]:
    """Rows of forms without columns of values: a level 1, then texts that begin with their level 2."""
    if any(table.name == "indicators" for table in parts.tables):
        return
    words = {label.text for label in layout.levels}
    level1: RowSlot | None = None
    sections = parts.answers_to("section", "indicators")
    for slot in (*(slot for answer in sections for slot in answer.slots), *parts.rest):
        found = _SENTENCE.match(slot.raw)
        if found:
            yield _Sentence(level1, found["level2"], slot, found["text"])
        elif slot.text in words:
            level1 = slot


def _from_sentence(sentence: _Sentence, path: str) -> Read[AnnualIndicator]:
    book = Notebook()
    level1 = book.take(read_text((sentence.level1,), f"{path}/level1")) if sentence.level1 else None
    level2 = book.take(read_text((sentence.whole.part(sentence.level2),), f"{path}/level2"))
    text = book.take(read_text((sentence.whole.part(sentence.text),), f"{path}/target"))
    target = text_to_value(text) if text else None
    return Read(AnnualIndicator(level1=level1, level2=level2, target=target), book.notes())


def sentence_slots(parts: FormParts, layout: Layout) -> Sequence[RowSlot]:
    """The cells left over that sentences of indicators were read from."""
    read = [slot for s in _sentences(parts, layout) for slot in (s.level1, s.whole) if slot is not None]
    return tuple({id(slot): slot for slot in read}.values())
