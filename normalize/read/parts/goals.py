"""Goals of a form: texts beside their labels, numbered or not, and tables of named goals."""

from __future__ import annotations

import re
from collections.abc import Sequence

from normalize.form.parts.found import FormParts
from normalize.form.physical_rows import RowSlot
from normalize.notes.notes import Notebook, Read
from normalize.notes.own_text import note_own_text
from normalize.read.items import read_list_slots
from normalize.read.parts.answers import read_text
from normalize.text.fold import fold

_NAMED = re.compile(r"(?:(?<=[；;。\n])|^)\s*目标\s*(?:\d{1,2}|[一二三四五六七八九十])\s*[:：、.．]\s*")
"""目标1：… 目标2：…, the usual numbering of goals in one cell."""


def read_list(slots: Sequence[RowSlot], path: str, name: str) -> Read[tuple[str, ...]]:
    """The items of a text beside its label, `name` in messages; nothing for a blank one."""
    text = "\n".join(slot.raw for slot in slots)
    starts = [found.span() for found in _NAMED.finditer(text)]
    if len(slots) == 1 and starts and not text[: starts[0][0]].strip():
        return _read_named(slots[0], text, starts, path)
    return read_list_slots(slots, path, name)


def _read_named(
    slot: RowSlot, text: str, starts: Sequence[tuple[int, int]], path: str
) -> Read[tuple[str, ...]]:
    book = Notebook()
    ends = [begin for begin, _ in starts[1:]] + [len(text)]
    items = [fold(text[begin:end]) for (_, begin), end in zip(starts, ends, strict=True)]
    for n, item in enumerate(items):
        book.read_at(f"{path}/{n}", (slot,))
        book.add(note_own_text(f"{path}/{n}", item, item, (slot,)))
    return Read(tuple(items), book.notes())


def read_goals(parts: FormParts, sections: Sequence[str], path: str, name: str) -> Read[tuple[str, ...]]:
    """The goals beside the labels of `sections`."""
    slots = [
        slot
        for section in sections
        for answer in parts.answers_to("section", section)
        for slot in answer.slots
    ]
    return read_list(slots, path, name) if slots else Read(())


def read_goal_table(parts: FormParts, path: str) -> Read[tuple[str, ...]]:
    """Goals in a table of their own, each with its name before it."""
    book = Notebook()
    goals: list[str] = []
    for row in (row for table in parts.tables if table.name == "goals" for row in table.rows):
        slots = [row.cells[column] for column in ("name", "text") if column in row.cells]
        texts = [book.take(read_text((slot,), f"{path}/{len(goals)}")) for slot in slots]
        if any(texts):
            book.read_at(f"{path}/{len(goals)}", slots)
            goals.append("：".join(text for text in texts if text))
    return Read(tuple(goals), book.notes())
