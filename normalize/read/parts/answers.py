"""Answers beside their labels → texts, names with their codes, dates, telephones, ticked choices."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from models.declaration import PrintedField
from normalize.channel.broken_words import is_strange
from normalize.form.parts.found import Answer, FormParts
from normalize.form.physical_rows import RowSlot
from normalize.notes.notes import Notebook, Read
from normalize.notes.own_text import note_own_text, note_strange, reread_slot
from normalize.read.choices import BOXES, TICKS, text_to_choices
from normalize.read.front import phone_at
from normalize.text.cell_values import text_to_date
from normalize.text.fold import fold

_LONGEST_UNIT = 4
"""A unit of money has at most this many characters: 百万亿元 has four."""
_YUAN = "元"
_CODE = re.compile(r"\s*(?:[\[【［](?P<bracketed>\w{2,})[\]】］]|(?P<leading>\d{3,})\s*[-—–－])\s*(?=\S)")
"""What some forms print before a name: [015001]教育局, 820001-马踏镇."""


@dataclass(frozen=True, slots=True)
class CodedName:
    """A name, and the code that stands before it."""

    name: str | None = None
    code: str | None = None


def first_answer(parts: FormParts, name: str) -> Answer | None:
    """The first answer to the field `name` that says something, else a blank one; `None` where it is not printed."""
    answers = parts.answers_to("field", name)
    return next((answer for answer in answers if answer.slots), next(iter(answers), None))


def named_by_unit(parts: FormParts) -> Answer | None:
    """The answer to 单位 that is no unit of money but names somebody; `None` where it is one or is not printed."""
    answers = (answer for answer in parts.answers_to("field", "money_unit") if answer.slots)
    return next((answer for answer in answers if names_somebody(answer)), None)


def names_somebody(answer: Answer) -> bool:
    """Whether what stands beside 单位 is longer than any unit of money and speaks of none."""
    text = "".join(slot.text for slot in answer.slots)
    return len(text) > _LONGEST_UNIT and _YUAN not in text


def read_text(slots: Sequence[RowSlot], path: str) -> Read[str | None]:
    """The text of one or several cells, in the department's own words."""
    book = Notebook()
    if not slots:
        return Read(None)
    seen = fold("".join(slot.text for slot in slots))
    text = fold("".join(reread_slot(slot).text for slot in slots))
    book.read_at(path, slots)
    if text:
        book.add(note_own_text(path, seen, text, slots))
    return Read(text or None, book.notes())


def read_name(slots: Sequence[RowSlot], path: str) -> Read[CodedName]:
    """A name with what code stands before it."""
    found = _CODE.match(slots[0].raw) if slots else None
    if found is None or not slots[0].raw[found.end() :].strip():
        read = read_text(slots, path)
        return Read(CodedName(read.value), read.notes)
    named = read_text((slots[0].part(slots[0].raw[found.end() :]), *slots[1:]), path)
    return Read(CodedName(named.value, found["bracketed"] or found["leading"]), named.notes)


def read_date(slots: Sequence[RowSlot], path: str, label: str) -> Read[str | None]:
    """A day as ISO date; a text that is none is nothing and told."""
    book = Notebook()
    if not slots:
        return Read(None)
    book.read_at(path, slots)
    text = fold("".join(slot.text for slot in slots))
    day = text_to_date(text)
    if day is None and text:
        message = f"{label}“{text}”不是完整的日期，请核对"
        book.add_finding("unparsed-value", path, message, actual=text)
    return Read(day, book.notes())


def read_phone(slots: Sequence[RowSlot], path: str) -> Read[str | None]:
    """A telephone number."""
    if not slots or slots[0].unread:
        return Read(None, read_text(slots, path).notes)
    return phone_at(slots[0], path)


def read_choice(slots: Sequence[RowSlot], path: str) -> Read[str | None]:
    """What is ticked among choices with boxes, several joined by 、; a text without boxes as it stands."""
    text = "\n".join(slot.raw for slot in slots)
    if not any(box in text for box in BOXES):
        return read_text(slots, path)
    book = Notebook()
    book.read_at(path, slots)
    ticked = [fold(choice) for choice, boxes in text_to_choices(text) if any(box in TICKS for box in boxes)]
    if ticked and all(not is_strange(choice) for choice in ticked):
        return Read("、".join(ticked), book.notes())
    if ticked:
        book.add(note_strange(path, "、".join(ticked)))
        return Read("、".join(ticked), book.notes())
    if any(tick in text for tick in TICKS):
        message = f"“{fold(text)}”中的勾选不能对应到选项，请核对"
        book.add_finding("unparsed-value", path, message, actual=fold(text))
    else:
        book.add_finding("missing-value", path, f"“{fold(text)}”中没有勾选，请核对原件")
    return Read(None, book.notes())


def read_other(
    answers: Iterable[tuple[str, Sequence[RowSlot]]], first: int = 0
) -> Read[tuple[PrintedField, ...]]:
    """Labels with their answers that no field is for, as they are printed; the blank ones are left out."""
    book = Notebook()
    fields: list[PrintedField] = []
    for label, slots in answers:
        path = f"/other/{first + len(fields)}/text"
        text = book.take(read_text(slots, path)) if slots else None
        if text is not None:
            fields.append(PrintedField(label=plain_label(label), text=text))
    return Read(tuple(fields), book.notes())


def plain_label(printed: str) -> str:
    """A label as printed, without its colon and what follows it."""
    return fold(re.split(r"[:：]", printed.strip(), maxsplit=1)[0]) or fold(printed)
