"""Sections of running text: functions, tasks and goals as numbered items; the summaries; the form's head."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from normalize.channel.placing import part_confidences
from normalize.layout import Hit, Layout
from normalize.notes import Notes
from normalize.sections import Marked
from normalize.stream import Slot
from normalize.text import fold
from normalize.typos import is_strange
from normalize.values import text_to_date, text_to_years

_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_CHINESE = "一二三四五六七八九十"
_MARKS = (
    re.compile(r"(?<![\d.])(\d{1,2})\s*[、.．]\s*(?!\d)"),
    re.compile(r"[（(]\s*(\d{1,2})\s*[)）]\s*"),
    re.compile(r"(?<![\d.、，])(\d{1,2})\s*[)）]\s*"),
    re.compile(rf"([{_CIRCLED}])\s*"),
    re.compile(rf"(?<![{_CHINESE}])([{_CHINESE}]{{1,2}})、\s*"),
    re.compile(rf"[（(]([{_CHINESE}]{{1,2}})[)）]\s*"),
)
"""The ways to number a list. A mark has no digit after it: `2.1万亩` is no item."""


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a list, its number stripped, and the slots that it was read from."""

    text: str
    slots: tuple[Slot, ...]
    joined: bool = False


def rows_to_slots(rows: Iterable[Marked]) -> tuple[Slot, ...]:
    """The filled slots of a section in reading order, without its labels (their rest stays)."""
    slots = []
    for row in rows:
        for slot, hit in zip(row.row.slots, row.hits, strict=True):
            if not slot.filled:
                continue
            if hit is None:
                slots.append(slot)
            elif hit.rest.strip():
                slots.append(Slot(hit.rest, slot.place, fold(hit.rest), confidence=slot.confidence))
    return tuple(slots)


def slots_to_items(slots: Sequence[Slot]) -> tuple[Item, ...]:
    """Split a section's text at its running numbers; without numbers every line is an item."""
    text, owners = _joined(slots)
    cuts = _running_marks(text)
    if not cuts:
        return tuple(
            Item(fold(line), (slot,)) for slot in slots for line in slot.raw.split("\n") if fold(line)
        )
    items = []
    if text[: cuts[0][0]].strip():
        items.append(_item(text, 0, cuts[0][0], owners, slots))
    for n, (_, begin) in enumerate(cuts):
        end = cuts[n + 1][0] if n + 1 < len(cuts) else len(text)
        items.append(_item(text, begin, end, owners, slots))
    return tuple(item for item in items if item.text)


def _joined(slots: Sequence[Slot]) -> tuple[str, list[int]]:
    """All text in one, and for every character the slot that it came from."""
    text, owners = "", []
    for n, slot in enumerate(slots):
        piece = slot.raw + "\n"
        text += piece
        owners += [n] * len(piece)
    return text, owners


def _item(text: str, begin: int, end: int, owners: list[int], slots: Sequence[Slot]) -> Item:
    used = sorted({owners[i] for i in range(begin, end) if not text[i].isspace()})
    return Item(fold(text[begin:end]), tuple(slots[n] for n in used), joined=len(used) > 1)


def _running_marks(text: str) -> list[tuple[int, int]]:
    """(begin, end) of the marks 1, 2, 3, … of the first kind of numbering that runs; one mark alone must begin the text."""
    best: list[tuple[int, int]] = []
    for mark in _MARKS:
        expected, found = 1, []
        for match in mark.finditer(text):
            if _ordinal(match.group(1)) == expected and _may_begin(text, match.start(), expected):
                found.append((match.start(), match.end()))
                expected += 1
        if len(found) > len(best) and (len(found) > 1 or not text[: found[0][0]].strip()):
            best = found
        if best:
            return best
    return best


def _may_begin(text: str, start: int, number: int) -> bool:
    """A mark stands after an end of line, a blank or a stop, not inside a sentence."""
    before = text[:start].rstrip(" \u3000")
    return not before or before[-1] in "\n；;。.，,：:！!）)" or text[start - 1].isspace() or number > 1


def _ordinal(mark: str) -> int:
    if mark.isdigit() and mark not in _CIRCLED:
        return int(mark)
    if mark in _CIRCLED:
        return _CIRCLED.index(mark) + 1
    tens, _, ones = mark.rpartition("十")
    if "十" not in mark:
        return _CHINESE.index(mark) + 1 if len(mark) == 1 else 0
    return 10 * (_CHINESE.index(tens) + 1 if tens else 1) + (_CHINESE.index(ones) + 1 if ones else 0)


def read_items(rows: Sequence[Marked], path: str, name: str) -> tuple[tuple[str, ...], Notes]:
    """A numbered list (`functions`, `annual_tasks`, goals) with evidence and doubts per item."""
    notes = Notes()
    items = slots_to_items(rows_to_slots(rows))
    for n, item in enumerate(items):
        notes.saw(f"{path}/{n}", item.slots, "cell", _item_confidence(items, n))
        if is_strange(item.text):
            notes.find("low-confidence", f"{path}/{n}", "文中有罕用字，可能误读，请核对", actual=item.text)
    if not items:
        notes.find("missing-value", path, f"{name}为空或未读到，请核对原件")
    return tuple(item.text for item in items), notes


def _item_confidence(items: Sequence[Item], n: int) -> float | None:
    """An item that shares its cell's picture with others is as sure as its own part of it."""
    slot, posteriors = items[n].slots[0], items[n].slots[0].posteriors
    if items[n].joined or posteriors is None:
        return None
    together = [m for m, other in enumerate(items) if other.slots == items[n].slots]
    parts = part_confidences(posteriors, slot.raw, [items[m].text for m in together])
    return parts[together.index(n)]


def read_summaries(rows: Sequence[Marked]) -> tuple[str | None, str | None, Notes]:
    """The long-term and the annual summary: two texts side by side under (or beside) their labels."""
    notes = Notes()
    labels = _label_columns(rows)
    columns: dict[int, list[Slot]] = {}
    for row in rows:
        for position, (slot, hit) in enumerate(zip(row.row.slots, row.hits, strict=True)):
            if slot.filled and hit is None:
                columns.setdefault(position, []).append(slot)
            elif hit and hit.rest.strip() and hit.label.name in ("long_goals", "annual_goals"):
                columns.setdefault(position, []).append(Slot(hit.rest, slot.place, fold(hit.rest)))
    filled = sorted(columns)
    texts: list[str | None] = [None, None]
    sides = _sides(filled, labels)
    for side, path in enumerate(("/long_term/summary", "/annual/summary")):
        slots = [slot for position in filled if sides.get(position) == side for slot in columns[position]]
        if slots:
            texts[side] = fold("".join(slot.text for slot in slots))
            notes.saw(path, slots, "cell")
            if is_strange(texts[side] or ""):
                notes.find("low-confidence", path, "文中有罕用字，可能误读，请核对", actual=texts[side])
            if len(filled) != 2 or len(slots) > 1:
                notes.find("ambiguous-cell", path, "总目标单元格的位置或断行不能确定，请核对")
        else:
            notes.find("missing-value", path, "总目标概述为空或未读到，请核对原件")
    return texts[0], texts[1], notes


def _label_columns(rows: Sequence[Marked]) -> dict[int, int]:
    """Where the labels 长期目标 (0) and 年度目标 (1) stand in the heading row."""
    found = {}
    for row in rows:
        for position, hit in enumerate(row.hits):
            if hit and hit.label.name in ("long_goals", "annual_goals"):
                found[position] = int(hit.label.name == "annual_goals")
    return found


def _sides(filled: Sequence[int], labels: dict[int, int]) -> dict[int, int]:
    """Two texts are the two sides in order; any other number goes to the nearest label to its left."""
    if len(filled) == 2:
        return {filled[0]: 0, filled[1]: 1}
    sides = {}
    for position in filled:
        left = [p for p in sorted(labels) if p <= position] or sorted(labels)[:1]
        sides[position] = labels[left[-1]] if left else 0
    return sides


FIELDS = {
    "filled_on": "填报日期",
    "money_unit": "金额单位",
    "department": "部门（单位）名称",
    "preparer": "填报人",
    "phone": "联系电话",
}


def split_fields(rows: Sequence[Marked], layout: Layout) -> tuple[Marked, ...]:
    """Lines that hold several labels with their answers (填报日期：… 单位：…) fall apart into slots."""
    return tuple(_split_line(row, layout) if len(row.row.filled) == 1 else row for row in rows)


_NEXT_FIELD = re.compile(r"[\s\u3000]+(?=[^\s:：]{2,12}\s*[:：])")


def _split_line(row: Marked, layout: Layout) -> Marked:
    slot = row.row.filled[0]
    parts = _NEXT_FIELD.split(slot.raw.strip())
    slots = tuple(replace(slot, raw=part, text=fold(part)) for part in parts)
    hits = tuple(layout.hit(part) for part in slots)
    if len(parts) < 2 or sum(hit is not None and hit.label.group == "field" for hit in hits) < 2:
        return row
    return Marked(replace(row.row, slots=slots), hits, row.section)


def read_front(rows: Sequence[Marked], title: str | None) -> tuple[dict[str, str | None], Notes]:
    """The form's head: each label's text stands after it in its cell, beside it, or under it."""
    notes = Notes()
    values: dict[str, str | None] = dict.fromkeys(FIELDS)
    for r, row in enumerate(rows):
        for position, hit in enumerate(row.hits):
            if hit and hit.label.group == "field" and values[hit.label.name] is None:
                slot = _answer(rows, r, position, hit)
                if slot:
                    values[hit.label.name] = slot.text
                    notes.saw(f"/{hit.label.name}", (slot,), "cell")
        for slot, hit in zip(row.row.slots, row.hits, strict=True):
            if hit and hit.label.group == "title":
                notes.saw("/title", (slot,), "cell", 1.0 if slot.text == title else None)
                if hit.misread and title and not slot.exact:
                    notes.repair("/title", "typo", slot.text, title, "表格名称")
    if values["department"] is None:
        _unlabelled_department(rows, values, notes)
    return _checked(values, notes), notes


def _unlabelled_department(rows: Sequence[Marked], values: dict[str, str | None], notes: Notes) -> None:
    """A lone text in a table row of the head, its label lost, can only be the department's name."""
    lone = [row for row in rows if row.section == "front" and not row.row.line and len(row.row.filled) == 1]
    lone = [row for row in lone if row.answers and len(row.row.filled[0].text) >= 4]
    if len(lone) == 1:
        slot = lone[0].row.filled[0]
        values["department"] = slot.text
        notes.saw("/department", (slot,), "cell")
        notes.find(
            "label-lost",
            "/department",
            f"未读到“部门（单位）名称”，按位置取“{slot.text}”，请核对",
            actual=slot.text,
        )


def _answer(rows: Sequence[Marked], r: int, position: int, hit: Hit) -> Slot | None:
    row = rows[r]
    here = row.row.slots[position]
    if hit.rest.strip():
        return Slot(hit.rest.strip(), here.place, fold(hit.rest), confidence=here.confidence)
    for slot, other in list(zip(row.row.slots, row.hits, strict=True))[position + 1 :]:
        if other:
            break
        if slot.filled:
            return slot
    if r + 1 < len(rows) and position < len(rows[r + 1].row.slots) and not rows[r + 1].row.line:
        below = rows[r + 1].row.slots[position]
        if below.filled and rows[r + 1].hits[position] is None and len(row.answers) == 0:
            return below
    return None


def _checked(values: dict[str, str | None], notes: Notes) -> dict[str, str | None]:
    for name, label in FIELDS.items():
        text = values[name]
        if text is None:
            severity = "info" if name in ("money_unit",) else "warning"
            notes.find(
                "missing-value",
                f"/{name}",
                f"{label}为空或未读到，请核对原件",
                "info" if severity == "info" else "warning",
            )
        elif is_strange(text):
            notes.find("low-confidence", f"/{name}", f"“{text}”中有罕用字，可能误读，请核对", actual=text)
    written = values["filled_on"]
    if written is not None:
        values["filled_on"] = text_to_date(written)
        if values["filled_on"] is None:
            notes.find(
                "unparsed-value", "/filled_on", f"填报日期“{written}”不是完整的日期，请核对", actual=written
            )
    phone = values["phone"]
    if phone is not None and not re.fullmatch(r"[\d\-+()（）/、，; ]{5,40}", phone):
        notes.find("unparsed-value", "/phone", f"联系电话“{phone}”含有非数字字符，请核对", actual=phone)
    return values


def read_until_year(rows: Sequence[Marked], notes: Notes) -> int | None:
    """The year in 长期目标（截止2030年）, printed once or twice; two different years are a finding."""
    years = [
        (year, slot)
        for row in rows
        for slot, hit in zip(row.row.slots, row.hits, strict=True)
        if hit and hit.label.name == "long_goals"
        for year in text_to_years(re.split(r"[)）]", slot.raw)[0])
    ]
    if not years:
        notes.find("missing-value", "/long_term/until_year", "长期目标截止年份为空或未读到，请核对原件")
        return None
    notes.saw("/long_term/until_year", (years[0][1],), "cell")
    if len({year for year, _ in years}) > 1:
        seen = "、".join(str(year) for year, _ in years)
        notes.find(
            "ambiguous-cell",
            "/long_term/until_year",
            f"长期目标截止年份前后不一致：{seen}，请核对",
            actual=seen,
        )
    return years[0][0]
