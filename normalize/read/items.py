"""Numbered lists of running text: functions, tasks and goals, one entry per item."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from normalize.channel.text_places import part_confidences
from normalize.form.physical_rows import RowSlot
from normalize.form.sections import SectionRow
from normalize.notes.notes import Notebook, Read
from normalize.notes.own_text import note_own_text, reread_slot
from normalize.read.line_marks import without_line_marks
from normalize.read.numbering import text_to_list_numbers
from normalize.text.fold import fold, is_chinese, skeleton
from normalize.text.radicals import RADICAL_TABLE

_LONG_TEXT = 12
"""A text with more characters than this is more than an item's number or a name."""


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a list, its number stripped, and the slots that it was read from."""

    text: str
    slots: tuple[RowSlot, ...]
    joined: bool = False


def rows_to_slots(rows: Iterable[SectionRow]) -> tuple[RowSlot, ...]:
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


def _is_stroke(slot: RowSlot) -> bool:
    """Whether a picture's line outside the tables is a pen's or a seal's work: hardly Chinese, and without a figure."""
    text = skeleton(slot.text)
    return (
        slot.confidence is not None
        and not re.search(r"\d", text)
        and 2 * sum(map(is_chinese, text)) < len(text)
    )


@dataclass(frozen=True, slots=True)
class ItemList:
    """The items of a list; `broken`: their printed numbers do not run from 1."""

    items: tuple[Item, ...]
    numbers: tuple[int, ...] = ()
    broken: bool = False


def slots_to_items(slots: Sequence[RowSlot]) -> ItemList:
    """Split a section's text at its running numbers; without numbers every line is an item."""
    text, owners = _joined(slots)
    numbering = text_to_list_numbers(text, exact=all(slot.exact for slot in slots))
    cuts = numbering.cuts
    if not cuts:
        lines = [(line, slot) for slot in slots for line in slot.raw.split("\n") if fold(line)]
        texts = without_line_marks([line for line, _ in lines])
        return ItemList(
            tuple(Item(fold(text), (slot,)) for text, (_, slot) in zip(texts, lines, strict=True))
        )
    bounds = [(0, cuts[0].begin)]
    bounds += [(cut.end, after.begin) for cut, after in pairwise(cuts)]
    bounds.append((cuts[-1].end, len(text)))
    items = (_item(text, begin, end, owners, slots) for begin, end in bounds)
    numbers = tuple(cut.number for cut in cuts)
    return ItemList(tuple(item for item in items if item.text), numbers, numbering.broken)


def _joined(slots: Sequence[RowSlot]) -> tuple[str, list[int]]:
    """All text in one, and for every character the slot that it came from. Browsers print 一 as a radical."""
    text, owners = "", []
    for n, slot in enumerate(slots):
        piece = slot.raw.translate(RADICAL_TABLE) + "\n"
        text += piece
        owners += [n] * len(piece)
    return text, owners


def _item(text: str, begin: int, end: int, owners: list[int], slots: Sequence[RowSlot]) -> Item:
    used = sorted({owners[i] for i in range(begin, end) if not text[i].isspace()})
    return Item(fold(text[begin:end]), tuple(slots[n] for n in used), joined=len(used) > 1)


def _confidence(items: Sequence[Item], n: int) -> float | None:
    """An item that shares its cell's picture with others is as sure as its own part of it."""
    slot, posteriors = items[n].slots[0], items[n].slots[0].posteriors
    if items[n].joined or posteriors is None:
        return None
    together = [m for m, other in enumerate(items) if other.slots == items[n].slots]
    parts = part_confidences(posteriors, slot.raw, [items[m].text for m in together])
    return parts[together.index(n)]


def read_items(rows: Sequence[SectionRow], path: str, name: str) -> Read[tuple[str, ...]]:
    """A numbered list (`functions`, `annual_tasks`, goals) with evidence and doubts per item.

    A list has one column: two long texts side by side may be another section's, whose label was not known.
    """
    book = Notebook()
    items = book.take(note_items(rows_to_slots(rows), path, name))
    if any(_texts_side_by_side(row) for row in rows):
        message = f"{name}中有并排的两段文字，可能不都属于这一部分，请核对原件"
        book.add_finding("ambiguous-cell", path, message)
    return Read(items, book.notes())


def _texts_side_by_side(row: SectionRow) -> bool:
    long = [n for n in row.answers if len(row.row.slots[n].text) > _LONG_TEXT]
    return len(long) > 1 and not row.row.line


def note_items(slots: Sequence[RowSlot], path: str, name: str) -> Read[tuple[str, ...]]:
    """The items of a list in these cells, in reading order, with their notes."""
    book = Notebook()
    seen = slots_to_items(slots)
    found = slots_to_items([reread_slot(slot) for slot in slots])
    if len(found.items) != len(seen.items):
        found = seen  # rereading is for words, never for marks
    for n, item in enumerate(found.items):
        book.read_at(f"{path}/{n}", item.slots, confidence=_confidence(found.items, n))
        book.add(note_own_text(f"{path}/{n}", seen.items[n].text, item.text, item.slots))
    if not found.items:
        book.add_finding("missing-value", path, f"{name}为空或未读到，请核对原件")
    if any(slot.unread for slot in slots):
        book.add_finding("missing-value", path, f"{name}中有内容未能读出，请核对原件")
    if found.broken:
        numbers = "、".join(map(str, found.numbers))
        message = f"{name}的编号不连续：{numbers}，可能漏读或分条有误，请核对原件"
        book.add_finding("list-broken", path, message, actual=numbers)
    return Read(tuple(item.text for item in found.items), book.notes())
