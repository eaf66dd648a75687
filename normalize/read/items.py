"""Numbered lists of running text: functions, tasks and goals, one entry per item."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from models.numerals import chinese_to_number
from normalize.channel.text_places import part_confidences
from normalize.form.physical_rows import Slot
from normalize.form.sections import SectionRow
from normalize.notes.notes import Notebook, Read
from normalize.notes.own_text import note_own_text, reread_slot
from normalize.text.fold import fold, is_chinese, skeleton
from normalize.text.radicals import RADICAL_TABLE

_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_CHINESE = "一二三四五六七八九十"
_AT_LINES = re.compile(r"^[ \t]*(\d{1,2})(?:[、.．·]\s*(?!\d)|[ ]?(?=[\u4e00-\u9fff]))", re.MULTILINE)
"""Numbers at the beginning of lines, some of whose marks a poor copy lost."""
_MARKS = (
    re.compile(r"(?<![\d.])(\d{1,2})\s*[、.．·]\s*(?!\d)"),
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


def rows_to_slots(rows: Iterable[SectionRow]) -> tuple[Slot, ...]:
    """The filled slots of a section in reading order, without its labels (their rest stays)."""
    slots = []
    for row in rows:
        for slot, hit in zip(row.row.slots, row.hits, strict=True):
            if not slot.filled or (row.row.line and _is_stroke(slot)):
                continue
            if hit is None:
                slots.append(slot)
            elif len(skeleton(hit.rest)) > 1:
                slots.append(slot.part(hit.rest))
    return tuple(slots)


def _is_stroke(slot: Slot) -> bool:
    """Whether a picture's line outside the tables is a pen's or a seal's work: hardly Chinese, and without a figure."""
    text = skeleton(slot.text)
    return (
        slot.confidence is not None
        and not re.search(r"\d", text)
        and 2 * sum(map(is_chinese, text)) < len(text)
    )


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
    """All text in one, and for every character the slot that it came from. Browsers print 一 as a radical."""
    text, owners = "", []
    for n, slot in enumerate(slots):
        piece = slot.raw.translate(RADICAL_TABLE) + "\n"
        text += piece
        owners += [n] * len(piece)
    return text, owners


def _item(text: str, begin: int, end: int, owners: list[int], slots: Sequence[Slot]) -> Item:
    used = sorted({owners[i] for i in range(begin, end) if not text[i].isspace()})
    return Item(fold(text[begin:end]), tuple(slots[n] for n in used), joined=len(used) > 1)


def _running_marks(text: str) -> list[tuple[int, int]]:
    """(begin, end) of the marks 1, 2, 3, … of the outermost kind of numbering that runs: the one that begins first.

    One mark alone must begin the text.
    """
    runs = [run for run in (_run(mark, text) for mark in _MARKS) if run]
    running = [run for run in runs if len(run) > 1]
    alone = [run for run in runs if not text[: run[0][0]].strip()]
    best = min(running or alone, key=lambda run: run[0][0], default=[])
    lines = _run(_AT_LINES, text)
    return lines if len(lines) > max(1, len(best)) and not text[: lines[0][0]].strip() else best


def _run(mark: re.Pattern[str], text: str) -> list[tuple[int, int]]:
    """(begin, end) of 1, 2, 3, … numbered by `mark`."""
    expected, found = 1, []
    for match in mark.finditer(text):
        if _ordinal(match.group(1)) == expected and _may_begin(text, match.start(), expected):
            found.append((match.start(), match.end()))
            expected += 1
    return found


def _may_begin(text: str, start: int, number: int) -> bool:
    """A mark stands after an end of line, a blank or a stop, not inside a sentence."""
    before = text[:start].rstrip(" \u3000")
    return not before or before[-1] in "\n；;。.，,：:！!）)" or text[start - 1].isspace() or number > 1


def _ordinal(mark: str) -> int:
    if mark.isdigit() and mark not in _CIRCLED:
        return int(mark)
    if mark in _CIRCLED:
        return _CIRCLED.index(mark) + 1
    return chinese_to_number(mark)


def _confidence(items: Sequence[Item], n: int) -> float | None:
    """An item that shares its cell's picture with others is as sure as its own part of it."""
    slot, posteriors = items[n].slots[0], items[n].slots[0].posteriors
    if items[n].joined or posteriors is None:
        return None
    together = [m for m, other in enumerate(items) if other.slots == items[n].slots]
    parts = part_confidences(posteriors, slot.raw, [items[m].text for m in together])
    return parts[together.index(n)]


def read_items(rows: Sequence[SectionRow], path: str, name: str) -> Read[tuple[str, ...]]:
    """A numbered list (`functions`, `annual_tasks`, goals) with evidence and doubts per item."""
    book = Notebook()
    slots = rows_to_slots(rows)
    seen = slots_to_items(slots)
    items = slots_to_items([reread_slot(slot) for slot in slots])
    for n, item in enumerate(items):
        book.read_at(f"{path}/{n}", item.slots, confidence=_confidence(items, n))
        book.add(note_own_text(f"{path}/{n}", seen[n].text, item.text, item.slots))
    if not items:
        book.add_finding("missing-value", path, f"{name}为空或未读到，请核对原件")
    return Read(tuple(item.text for item in items), book.notes())
