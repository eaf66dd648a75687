"""The goals side by side: the long-term and the annual summary, and until when the long term lasts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from normalize.form.physical_rows import RowSlot
from normalize.form.sections import SectionRow
from normalize.notes.notes import Notebook, Read
from normalize.notes.own_text import note_own_text, reread_slot
from normalize.text.cell_values import text_to_years
from normalize.text.fold import fold

_PATHS = ("/long_term/summary", "/annual/summary")
"""Where the two summaries stand in the result, as they stand on the form from left to right."""


@dataclass(frozen=True, slots=True)
class Summaries:
    """The two texts under 整体绩效总目标."""

    long_term: str | None
    annual: str | None


def read_summaries(rows: Sequence[SectionRow]) -> Read[Summaries]:
    """The long-term and the annual summary: two texts side by side under (or beside) their labels."""
    book = Notebook()
    labels = _label_columns(rows)
    columns: dict[int, list[RowSlot]] = {}
    for row in rows:
        for position, (slot, hit) in enumerate(zip(row.row.slots, row.hits, strict=True)):
            if slot.filled and hit is None:
                columns.setdefault(position, []).append(slot)
            elif hit and hit.rest.strip() and hit.label.name in ("long_goals", "annual_goals"):
                columns.setdefault(position, []).append(slot.part(hit.rest))
    filled = sorted(columns)
    sides = _sides(filled, labels)
    by_side = [
        [slot for position in filled if sides.get(position) == side for slot in columns[position]]
        for side in (0, 1)
    ]
    long_term, annual = (
        book.take(_summary(slots, path, doubted=len(filled) != len(_PATHS)))
        for slots, path in zip(by_side, _PATHS, strict=True)
    )
    return Read(Summaries(long_term, annual), book.notes())


def _summary(slots: Sequence[RowSlot], path: str, doubted: bool) -> Read[str | None]:
    """The text of one side; `doubted`: there are not just two texts, so that it may be another's."""
    book = Notebook()
    if not slots:
        book.add_finding("missing-value", path, "总目标概述为空或未读到，请核对原件")
        return Read(None, book.notes())
    book.read_at(path, slots)
    seen = fold("".join(slot.text for slot in slots))
    text = fold("".join(reread_slot(slot).text for slot in slots))
    if not text:
        return Read(None, book.notes())
    book.add(note_own_text(path, seen, text, slots))
    if doubted or len(slots) > 1:
        book.add_finding("ambiguous-cell", path, "总目标单元格的位置或断行不能确定，请核对")
    return Read(text, book.notes())


def _label_columns(rows: Sequence[SectionRow]) -> dict[int, int]:
    """Where the labels 长期目标 (0) and 年度目标 (1) stand in the heading row."""
    found = {}
    for row in rows:
        for position, hit in enumerate(row.hits):
            if hit and hit.label.name in ("long_goals", "annual_goals"):
                found[position] = int(hit.label.name == "annual_goals")
    return found


def _sides(filled: Sequence[int], labels: dict[int, int]) -> dict[int, int]:
    """Two texts are the two sides in order; any other number goes to the nearest label to its left."""
    if len(filled) == len(_PATHS):
        return {filled[0]: 0, filled[1]: 1}
    sides = {}
    for position in filled:
        left = [p for p in sorted(labels) if p <= position] or sorted(labels)[:1]
        sides[position] = labels[left[-1]] if left else 0
    return sides


def read_until_year(rows: Sequence[SectionRow]) -> Read[int | None]:
    """The year in 长期目标（截止2030年）, printed once or twice; two different years are a finding."""
    path, book = "/long_term/until_year", Notebook()
    years = [
        (year, slot)
        for row in rows
        for slot, hit in zip(row.row.slots, row.hits, strict=True)
        if hit and hit.label.name == "long_goals"
        for year in text_to_years(re.split(r"[)）]", slot.raw)[0])
    ]
    if not years:
        book.add_finding("missing-value", path, "长期目标截止年份为空或未读到，请核对原件")
        return Read(None, book.notes())
    book.read_at(path, (years[0][1],))
    if len({year for year, _ in years}) > 1:
        seen = "、".join(str(year) for year, _ in years)
        message = f"长期目标截止年份前后不一致：{seen}，请核对"
        book.add_finding("ambiguous-cell", path, message, actual=seen)
    return Read(years[0][0], book.notes())
