"""The form's head: date, unit, department, preparer and telephone, each after, beside or under its label."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from normalize.channel.decision import is_strange
from normalize.channel.figures import NO_NUMBER, read_figure
from normalize.channel.observation import PictureText
from normalize.form.labels import Hit
from normalize.form.layouts import Layout
from normalize.form.physical_rows import Slot
from normalize.form.printed_words import text_to_kind
from normalize.form.sections import SectionRow
from normalize.notes.notes import Notes
from normalize.notes.own_text import note_broken
from normalize.text.cell_values import text_to_date
from normalize.text.fold import fold

FIELDS = {
    "filled_on": "填报日期",
    "money_unit": "金额单位",
    "department": "部门（单位）名称",
    "preparer": "填报人",
    "phone": "联系电话",
}


_SHAPES = {
    "filled_on": re.compile(r"\d{4}\D{1,3}\d{1,2}\D{1,3}\d{1,2}日?"),
    "money_unit": re.compile(r"(?:人民币)?[百千万亿]*元"),
}
"""What the answers look like that stand outside the table, where a narrow page wraps their line."""


_UNIT = re.compile(r"(?:金额)?单位\W?((?:人民币)?[百千万亿]*元)\W?")


def split_fields(rows: Sequence[SectionRow], layout: Layout) -> tuple[SectionRow, ...]:
    """Lines that hold several labels with their answers (填报日期：… 单位：…) fall apart into slots."""
    return tuple(_split_line(row, layout) if len(row.row.filled) == 1 else row for row in rows)


_NEXT_FIELD = re.compile(r"[\s\u3000]+(?=[^\s:：]{2,12}\s*[:：])")


def _split_line(row: SectionRow, layout: Layout) -> SectionRow:
    slot = row.row.filled[0]
    parts = _NEXT_FIELD.split(slot.raw.strip())
    slots = tuple(replace(slot, raw=part, text=fold(part)) for part in parts)
    hits = tuple(layout.hit(part) for part in slots)
    if len(parts) < 2 or sum(hit is not None and hit.label.group == "field" for hit in hits) < 2:
        return row
    return SectionRow(replace(row.row, slots=slots), hits, row.section)


def read_front(rows: Sequence[SectionRow], title: str | None) -> tuple[dict[str, str | None], Notes]:
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
    if values["money_unit"] is None:
        _unmarked_unit(rows, values, notes)
    return _checked(values, notes), notes


def _unmarked_unit(rows: Sequence[SectionRow], values: dict[str, str | None], notes: Notes) -> None:
    """The money unit on a line of its own whose colon a poor copy lost or misread."""
    for slot in (slot for row in rows if row.row.line for slot in row.row.filled):
        found = _UNIT.fullmatch(slot.text)
        if found:
            values["money_unit"] = found[1]
            notes.saw("/money_unit", (slot,), "cell")
            return
    if any(slot.confidence is not None for row in rows for slot in row.row.filled):
        # on a print the clerk left it out; on a picture it may be there, unread
        notes.find("missing-value", "/money_unit", "金额单位为空或未读到，请核对原件")


def _unlabelled_department(rows: Sequence[SectionRow], values: dict[str, str | None], notes: Notes) -> None:
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


def _answer(rows: Sequence[SectionRow], r: int, position: int, hit: Hit) -> Slot | None:
    row = rows[r]
    here = row.row.slots[position]
    wrapped = _wrapped(rows, r, hit)
    if wrapped:
        return wrapped
    if text_to_kind(hit.rest):
        return None  # two labels printed into each other
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


def _wrapped(rows: Sequence[SectionRow], r: int, hit: Hit) -> Slot | None:
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


_LABEL_WORDS = ("填报人", "联系电话", "填报日期", "单位名称")
_PHONE = re.compile(r"[\d\-+()（）/、，; ]{5,40}")


def _phone(text: str | None, notes: Notes) -> str | None:
    """The telephone number as its picture says, where it has one: nothing else tells one digit from another."""
    slot = next(iter(notes.slots.get("/phone", ())), None)
    if text is None or slot is None or slot.posteriors is None:
        return text
    decision = read_figure(
        PictureText(text, slot.posteriors), lambda t: 0.0 if _PHONE.fullmatch(t) else NO_NUMBER
    )
    notes.sure_only("/phone", decision.confidence)
    if decision.repaired:
        notes.repair("/phone", "digit", text, decision.text, "图像中唯一合乎格式的读法", decision.confidence)
    return decision.text


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
        elif swallowed := next((word for word in _LABEL_WORDS if word in text), None):
            message = f"“{text}”中混入了表头文字“{swallowed}”，请核对"
            notes.find("ambiguous-cell", f"/{name}", message, actual=text)
        elif is_strange(text):
            notes.find("low-confidence", f"/{name}", f"“{text}”中有罕用字，可能误读，请核对", actual=text)
        elif name == "department":
            note_broken("/department", text, notes)
    written = values["filled_on"]
    if written is not None:
        values["filled_on"] = text_to_date(written)
        if values["filled_on"] is None:
            notes.find(
                "unparsed-value", "/filled_on", f"填报日期“{written}”不是完整的日期，请核对", actual=written
            )
    phone = values["phone"] = _phone(values["phone"], notes)
    if phone is not None and not _PHONE.fullmatch(phone):
        notes.find("unparsed-value", "/phone", f"联系电话“{phone}”含有非数字字符，请核对", actual=phone)
    return values
