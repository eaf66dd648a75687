"""Texts, dates, amounts and lists from a form's parts: what stands beside a label as a value with its notes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

from normalize.form.layouts import Layout
from normalize.form.parts.found import Answer, FormParts
from normalize.form.physical_rows import RowSlot
from normalize.notes.notes import Notebook, Read
from normalize.notes.own_text import note_own_text, reread_slot
from normalize.read.items import read_list_slots
from normalize.read.money import amount_price, figure_at, unparsed_figure
from normalize.table.logical_rows import FieldText
from normalize.text.cell_values import text_to_amount, text_to_date
from normalize.text.fold import fold

_TICKED = re.compile(
    r"(?:[（(]?\d+[)）]?[、.．]?\s*)?([^\s□☐☑√✓■\d、.．（()）]+)\s*[☑√✓■]|[☑√✓■]\s*([^\s□☐☑√✓■（(]+)"
)
"""A choice with its box ticked, before or behind it."""
_BOX = re.compile(r"[□☐☑√✓■]")
_CODED = re.compile(r"\[(\w+)\](?=.)|(\d{3,})-(?=.)")
_CARRIED_UNIT = re.compile(r"([百千万亿]*元)$")


def first_answer(answers: Iterable[Answer]) -> Answer | None:
    """The first answer that says something, else the first of all."""
    found = tuple(answers)
    return next((answer for answer in found if answer.slots), found[0] if found else None)


def read_text(parts: FormParts, layout: Layout, name: str) -> Read[str | None]:
    """The answer to the field `name`; a blank one is told where the form prints the field."""
    answer = first_answer(parts.answers_to("field", name))
    if answer is None or not answer.slots:
        return _missing(answer, layout, name)
    slots = tuple(reread_slot(slot) for slot in answer.slots)
    book, path, text = Notebook(), f"/{name}", fold("".join(slot.text for slot in slots))
    book.read_at(path, slots)
    book.add(note_own_text(path, fold("".join(slot.text for slot in answer.slots)), text, slots))
    return Read(text, book.notes())


def read_body(parts: FormParts, layout: Layout, name: str) -> Read[tuple[str | None, str | None]]:
    """A department or unit as (name, code), where it may be printed with its code: [015001]名称, 820001-名称."""
    read = read_text(parts, layout, name)
    coded = _CODED.match(read.value or "")
    return Read(
        (read.value[coded.end() :], coded[1] or coded[2]) if coded and read.value else (read.value, None),
        read.notes,
    )


def _missing(answer: Answer | None, layout: Layout, name: str) -> Read[str | None]:
    book = Notebook()
    if name not in layout.absent and (answer is not None or name in layout.file.fields):
        label = answer.printed if answer else layout.printed(name)
        book.add_finding("missing-value", f"/{name}", f"“{label}”为空或未读到，请核对原件")
    return Read(None, book.notes())


def read_choice(parts: FormParts, layout: Layout, name: str) -> Read[str | None]:
    """The answer to a field with boxes to tick: the choice that is ticked; the text itself where there are no boxes."""
    answers = [a for a in parts.answers_to("field", name) if a.slots]
    for answer in answers:
        text = "".join(slot.text for slot in answer.slots)
        ticked = [one or other for one, other in _TICKED.findall(text)] if _BOX.search(text) else [text]
        if ticked:
            book = Notebook()
            book.read_at(f"/{name}", answer.slots)
            return Read("、".join(ticked), book.notes())
    return _missing(first_answer(answers), layout, name)


def read_date(parts: FormParts, layout: Layout, name: str) -> Read[str | None]:
    """The answer to a field that holds a day."""
    book = Notebook()
    text = book.take(read_text(parts, layout, name))
    day = text_to_date(text) if text else None
    if text and day is None:
        message = f"“{text}”不是完整的日期，请核对"
        book.add_finding("unparsed-value", f"/{name}", message, actual=text)
    return Read(day, book.notes())


def read_amount(slots: Sequence[RowSlot], path: str, label: str) -> Read[Decimal | None]:
    """The amount that `slots` hold, for the value at `path`; a unit behind it is no part of it."""
    if not slots:
        return Read(None)
    book = Notebook()
    text = book.take(figure_at(FieldText(tuple(slots[:1]), slots[0].text), amount_price, path))
    amount = text_to_amount(text)
    if amount is None:
        book.add_findings((unparsed_figure(path, f"“{label}”的“{text}”不是金额", text, "error"),))
    return Read(amount, book.notes())


def read_list(answers: Iterable[Answer], path: str, name: str) -> Read[tuple[str, ...]]:
    """Running text as a list, one entry per numbered item; nothing where the form does not print it."""
    slots = [slot for answer in answers for slot in answer.slots]
    return read_list_slots(slots, path, name) if slots else Read(())


def read_prose(answers: Iterable[Answer], path: str) -> Read[str | None]:
    """Running text as one text."""
    slots = [slot for answer in answers for slot in answer.slots]
    if not slots:
        return Read(None)
    book, reread = Notebook(), [reread_slot(slot) for slot in slots]
    text = fold("".join(slot.text for slot in reread))
    book.read_at(path, slots)
    book.add(note_own_text(path, fold("".join(slot.text for slot in slots)), text, slots))
    return Read(text, book.notes())


def read_money_unit(parts: FormParts, layout: Layout) -> Read[str | None]:
    """The money unit: a field's answer, else what a label has in brackets, else what the amounts carry."""
    answer = first_answer(parts.answers_to("field", "money_unit"))
    text = answer.slots[0].text if answer and answer.slots else ""
    unit = _CARRIED_UNIT.search(text)
    if answer and unit:
        book = Notebook()
        book.read_at("/money_unit", answer.slots)
        return Read(unit[1], book.notes())
    carried = (
        _CARRIED_UNIT.search(s.text) for a in parts.answers if a.label.group == "item" for s in a.slots[:1]
    )
    return Read(parts.unit_in_label or next((found[1] for found in carried if found), None))
