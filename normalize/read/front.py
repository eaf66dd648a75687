"""The form's head: date, unit, department, preparer and telephone, each after, beside or under its label."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from models.finding import Severity
from normalize.channel.broken_words import is_strange
from normalize.channel.figures import NO_NUMBER, read_figure
from normalize.channel.observation import PictureText
from normalize.form.labels import Hit
from normalize.form.layouts import Layout
from normalize.form.physical_rows import RowSlot
from normalize.form.printed_words import text_to_kind
from normalize.form.sections import SectionRow
from normalize.notes.notes import Notebook, Notes, Read
from normalize.notes.own_text import note_broken, note_strange
from normalize.read.titles import own_title
from normalize.text.cell_values import text_to_date
from normalize.text.fold import fold

FIELDS = {
    "filled_on": "填报日期",
    "money_unit": "金额单位",
    "department": "部门（单位）名称",
    "preparer": "填报人",
    "phone": "联系电话",
}
"""The fields of the head, and what findings call them."""
_SHAPES = {
    "filled_on": re.compile(r"\d{4}\D\d{1,2}\D\d{1,2}日?"),
    "money_unit": re.compile(r"(?:人民币)?[百千万亿]*元"),
}
"""What the answers look like that stand outside the table, where a narrow page wraps their line."""
_WHOLE = _SHAPES | {"phone": re.compile(r"1\d{10}|0\d{2,3}-?\d{7,8}")}
"""What answers look like from which nothing is lost and to which nothing has run, though where their cells end be a guess."""
_UNIT = re.compile(r"\W?(?:金额|计量|货币)?单位\W?((?:人民币)?[百千万亿]*元)\W?")
_UNIT_BEHIND = re.compile(r".{2,20}（(?:(?:金额)?单位：)?((?:人民币)?[百千万亿]*元)）")
"""The unit behind a heading: 当年金额（万元）."""
_UNIT_ANSWER = re.compile(r"(?:人民币)?([百千万亿]*元)(?:\W.*)?")
"""The unit alone, without the bracket of `（单位：万元）` and what else may follow: 万元、%."""
_SEAL = re.compile(r"\s*（(?:盖章|公章|签章|单位盖章|加盖公章)）$")
"""Where the seal goes, printed behind the department's name."""
_NEXT_FIELD = re.compile(r"[\s\u3000]+(?=[^\s:：]{2,12}\s*[:：])")
_USUAL_UNITS = ("万元", "亿元")
"""Units that no other one is misread as: none looks like them, and no reader makes their first character up."""
_LABEL_WORDS = ("填报人", "联系电话", "填报日期", "单位名称")
_PHONE = re.compile(r"[\d\-+()（）/、，; ]{5,40}")
_LEAST_NAME_LENGTH = 4
"""A text in the head that has no label is a department's name only if it is at least so long."""


def split_fields(rows: Sequence[SectionRow], layout: Layout) -> tuple[SectionRow, ...]:
    """Lines that hold several labels with their answers (填报日期：… 单位：…) fall apart into slots."""
    return tuple(_split_line(row, layout) if len(row.row.filled) == 1 else row for row in rows)


def _split_line(row: SectionRow, layout: Layout) -> SectionRow:
    slot = row.row.filled[0]
    parts = _NEXT_FIELD.split(slot.raw.strip())
    slots = tuple(replace(slot, raw=part, text=fold(part)) for part in parts)
    hits = tuple(layout.hit(part) for part in slots)
    if sum(hit is not None and hit.label.group == "field" for hit in hits) <= 1:
        return row
    return SectionRow(replace(row.row, slots=slots), hits, row.section)


def read_front(rows: Sequence[SectionRow], title: str | None) -> Read[dict[str, str | None]]:
    """The value of each of `FIELDS`, `None` for one that is blank or was not read.

    A label's answer stands after it in its cell, beside it, or under it. `title` is the form's, as printed or corrected.
    What stands above the form's own title on a cover is taken where the form itself does not say it, and told.
    """
    book = Notebook()
    book.add(_note_title(rows, title))
    cover, form = _cover_and_form(rows)
    answers = {name: _settled(name, slot) for name, slot in _labelled(form).items()}
    for name, slot in _labelled(cover).items():
        if name not in answers:
            answers[name] = slot
            message = f"{FIELDS.get(name, name)}只在封面上有：“{slot.text}”，请核对"
            book.add_finding("ambiguous-cell", f"/{name}", message, actual=slot.text)
    for name, slot in answers.items():
        book.read_at(f"/{name}", (slot,))
    if "department" not in answers:
        answers |= book.take(_unlabelled_department(rows))
    if "money_unit" not in answers:
        answers |= book.take(_unmarked_unit(rows))
    return Read({name: book.take(_field(name, answers.get(name), rows)) for name in FIELDS}, book.notes())


def _labelled(rows: Sequence[SectionRow]) -> dict[str, RowSlot]:
    """The answer of every label in the head; the first one counts."""
    answers: dict[str, RowSlot] = {}
    remarks: dict[str, RowSlot] = {}
    for r, row in enumerate(rows):
        for position, hit in enumerate(row.hits):
            if hit and hit.label.group == "field" and hit.label.name not in answers:
                slot = _answer(rows, r, position, hit)
                if slot and row.row.line and _is_remark(row.row.slots[position].raw, hit.rest):
                    remarks.setdefault(hit.label.name, slot)
                elif slot:
                    answers[hit.label.name] = slot
    return remarks | answers


def _settled(name: str, slot: RowSlot) -> RowSlot:
    """The answer, in its place for sure where it has the form of such an answer: more or less than its cell would not."""
    shape = _WHOLE.get(name)
    return replace(slot, placed=True) if shape and shape.fullmatch(slot.text) else slot


def _is_remark(raw: str, rest: str) -> bool:
    """Whether a line runs on from a label's words without a sign between them: 单位名称应为全称."""
    before = raw.rstrip().removesuffix(rest.strip())
    return bool(rest.strip()) and before[-1:].isalpha()


def _cover_and_form(rows: Sequence[SectionRow]) -> tuple[Sequence[SectionRow], Sequence[SectionRow]]:
    """The rows of a cover, which prints a title of its own, and those from the form's title on."""
    own = own_title(rows)
    titles = (n for n, row in enumerate(rows) if any(hit and hit.label.group == "title" for hit in row.hits))
    if own is None or next(titles) == own:
        return (), rows
    return rows[:own], rows[own:]


def _note_title(rows: Sequence[SectionRow], title: str | None) -> Notes:
    """Where the title was read, and how it was misread."""
    book, own = Notebook(), own_title(rows)
    for row in rows[own : own + 1] if own is not None else ():
        for slot, hit in zip(row.row.slots, row.hits, strict=True):
            if hit and hit.label.group == "title":
                book.read_at("/title", (slot,), confidence=1.0 if slot.text == title else None)
                if hit.misread and title and not slot.exact:
                    book.add_repair("/title", "typo", slot.text, title, "表格名称")
    return book.notes()


def _unmarked_unit(rows: Sequence[SectionRow]) -> Read[dict[str, RowSlot]]:
    """The money unit on a line of its own whose colon a poor copy lost or misread, or in brackets of a title or of headings that agree."""
    book = Notebook()
    for slot in (slot for row in rows if row.row.line for slot in row.row.filled):
        found = _UNIT.fullmatch(slot.text)
        if found:
            book.read_at("/money_unit", (slot,))
            return Read({"money_unit": slot.part(found[1])}, book.notes())
    bracketed = [
        (slot, found[1])
        for row in rows
        if any(hit and hit.label.group in ("title", "heading") for hit in row.hits)
        for slot in row.row.filled
        if (found := _UNIT_BEHIND.fullmatch(slot.text))
    ]
    if len({unit for _, unit in bracketed}) != 1:
        return Read({})
    slot, unit = bracketed[0]
    book.read_at("/money_unit", (slot,))
    return Read({"money_unit": slot.part(unit)}, book.notes())


def _unlabelled_department(rows: Sequence[SectionRow]) -> Read[dict[str, RowSlot]]:
    """A lone text in a table row of the head, its label lost, can only be the department's name."""
    lone = [row for row in rows if row.section == "front" and not row.row.line and len(row.row.filled) == 1]
    lone = [row for row in lone if row.answers and len(row.row.filled[0].text) >= _LEAST_NAME_LENGTH]
    if len(lone) != 1:
        return Read({})
    book, slot = Notebook(), lone[0].row.filled[0]
    book.read_at("/department", (slot,))
    message = f"未读到“部门（单位）名称”，按位置取“{slot.text}”，请核对"
    book.add_finding("label-lost", "/department", message, actual=slot.text)
    return Read({"department": slot}, book.notes())


def _answer(rows: Sequence[SectionRow], r: int, position: int, hit: Hit) -> RowSlot | None:
    row = rows[r]
    here = row.row.slots[position]
    wrapped = _wrapped(rows, r, hit)
    if wrapped:
        return wrapped
    if text_to_kind(hit.rest):
        return None  # two labels printed into each other
    if hit.rest.strip():
        return here.part(hit.rest.strip())
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


def _wrapped(rows: Sequence[SectionRow], r: int, hit: Hit) -> RowSlot | None:
    """The answer of a label at the end of a line that runs on in the next: only both lines together have the form
    of such an answer."""
    shape, end = _SHAPES.get(hit.label.name), rows[r].row
    below = rows[r + 1].row if r + 1 < len(rows) else None
    if shape is None or not end.line or below is None or not below.line or len(below.filled) != 1:
        return None
    slot = below.filled[0]
    text = fold(hit.rest + slot.raw)
    if shape.fullmatch(fold(hit.rest)) or not shape.fullmatch(text):
        return None
    return replace(slot, raw=hit.rest.strip() + slot.raw, text=text)


def _field(name: str, slot: RowSlot | None, rows: Sequence[SectionRow]) -> Read[str | None]:
    """The value of a field as its answer says, checked for what such an answer looks like."""
    if slot is None:
        return Read(None, _note_missing(name, rows))
    book, path = Notebook(), f"/{name}"
    if slot.unread:
        return Read(None)
    swallowed = next((word for word in _LABEL_WORDS if word in slot.text), None)
    if swallowed:
        message = f"“{slot.text}”中混入了表头文字“{swallowed}”，请核对"
        book.add_finding("ambiguous-cell", path, message, actual=slot.text)
    elif is_strange(slot.text):
        book.add(note_strange(path, slot.text))
    elif name == "money_unit":
        return _unit(slot)
    elif name == "department":
        book.add(note_broken(path, slot.text, (slot,)))
    value: str | None = _SEAL.sub("", slot.text) if name == "department" else slot.text
    if name == "filled_on":
        value = book.take(_date(slot))
    elif name == "phone":
        value = book.take(phone_at(slot, path))
    return Read(value, book.notes())


def _note_missing(name: str, rows: Sequence[SectionRow]) -> Notes:
    """A field without an answer. A unit that a print lacks was left out by the clerk; on a picture it may be unread."""
    book = Notebook()
    pictured = any(slot.confidence is not None for row in rows for slot in row.row.filled)
    severity: Severity = "info" if name == "money_unit" and not pictured else "warning"
    book.add_finding("missing-value", f"/{name}", f"{FIELDS[name]}为空或未读到，请核对原件", severity)
    return book.notes()


def _unit(slot: RowSlot) -> Read[str | None]:
    book, found = Notebook(), _UNIT_ANSWER.fullmatch(slot.text)
    if found is None:
        message = f"金额单位读作“{slot.text}”，请核对"
        book.add_finding("ambiguous-cell", "/money_unit", message, actual=slot.text)
    unit = found[1] if found else slot.text
    if unit in _USUAL_UNITS:
        book.read_at("/money_unit", (slot,), confidence=1.0)
    return Read(unit, book.notes())


def _date(slot: RowSlot) -> Read[str | None]:
    book, day = Notebook(), text_to_date(slot.text)
    if day is None:
        message = f"填报日期“{slot.text}”不是完整的日期，请核对"
        book.add_finding("unparsed-value", "/filled_on", message, actual=slot.text)
    return Read(day, book.notes())


def phone_at(slot: RowSlot, path: str) -> Read[str | None]:
    """The telephone number as its picture says, where it has one: nothing else tells one digit from another."""
    book, phone = Notebook(), slot.text
    book.read_at(path, (slot,))
    if slot.posteriors is not None:
        decision = read_figure(
            PictureText(slot.text, slot.posteriors), lambda t: 0.0 if _PHONE.fullmatch(t) else NO_NUMBER
        )
        phone = decision.text
        book.cap_confidence(path, decision.confidence)
        if decision.repaired:
            because = "图像中唯一合乎格式的读法"
            book.add_repair(path, "digit", slot.text, phone, because, decision.confidence)
    if not _PHONE.fullmatch(phone):
        message = f"联系电话“{phone}”含有非数字字符，请核对"
        book.add_finding("unparsed-value", path, message, actual=phone)
    return Read(phone, book.notes())
