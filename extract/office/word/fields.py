"""OpenFields: of an instruction and its result only the result is printed, some print without one."""

from __future__ import annotations

import re
from dataclasses import dataclass

from extract.office.package import Element
from extract.office.word.markup import at, has, qualified, switch, value, whole
from extract.page.symbols import UNREADABLE, symbol_to_text

CHECKED, UNCHECKED = "☑", "□"
_KIND = qualified("w:fldCharType")
_SYMBOL = re.compile(
    r"""SYMBOL\s+(0x[0-9A-Fa-f]{1,4}|[0-9]{1,5})(?:.{0,80}?\\f\s+"?([^"\\]{1,40}))?""", re.I | re.S
)
_ENCLOSED = re.compile(r"EQ\s*\\o\s*\\ac\s*[(（]\s*[○◯〇□△◇]\s*[,，;]\s*([^)）]{1,4})[)）]", re.I)
"""How Word writes a character in a circle (带圈字符)."""


@dataclass(slots=True)
class _Field:
    instruction: str = ""
    resulting: bool = False
    shown: str | None = None


class OpenFields:
    """The fields that are open while the runs of a document are walked in order."""

    def __init__(self) -> None:
        self._open: list[_Field] = []

    def in_instruction(self) -> bool:
        """Whether what comes now belongs to an instruction, and is not printed."""
        return any(not field.resulting or field.shown is not None for field in self._open)

    def instruct(self, text: str) -> None:
        """Part of an instruction (`w:instrText`)."""
        if self._open and not self._open[-1].resulting:
            self._open[-1].instruction += text

    def turn(self, mark: Element) -> str:
        """A `w:fldChar`: a field begins, its result begins, or it ends; what the field itself prints there."""
        kind = mark.get(_KIND)
        if kind == "begin":
            self._open.append(_Field(shown=_form_field(mark)))
        elif kind == "separate" and self._open:
            self._open[-1].resulting = True
        elif kind == "end" and self._open:
            field = self._open.pop()
            shown = (
                field.shown
                if field.shown is not None
                else ""
                if field.resulting
                else _computed(field.instruction)
            )
            return "" if self.in_instruction() else shown
        return ""

    def end_paragraph(self) -> None:
        """An instruction ends with its paragraph: one that never does would hide the rest of the document."""
        self._open = [field for field in self._open if field.resulting]


def _form_field(mark: Element) -> str | None:
    """What a drop-down or check box of an old form shows; `None` for a field whose result says it."""
    if has(mark, "w:ffData/w:ddList"):
        entries = [node.get(qualified("w:val"), "") for node in mark.iter(qualified("w:listEntry"))]
        chosen = value(mark, "w:ffData/w:ddList/w:result") or value(mark, "w:ffData/w:ddList/w:default")
        place = whole(chosen)
        return entries[place] if 0 <= place < len(entries) else ""
    box = at(mark, "w:ffData/w:checkBox")
    if box is None:
        return None
    return CHECKED if switch(box, "w:checked", switch(box, "w:default", False)) else UNCHECKED


def _computed(instruction: str) -> str:
    """What a field without a stored result prints: a symbol, or a character in a circle; of formulas nobody knows."""
    symbol = _SYMBOL.search(instruction)
    if symbol:
        code = int(symbol[1], 16 if symbol[1].lower().startswith("0x") else 10)
        return symbol_to_text((symbol[2] or "Symbol").strip(), code) or UNREADABLE
    enclosed = _ENCLOSED.search(instruction)
    if enclosed:
        return _circled(enclosed[1].strip())
    return UNREADABLE if instruction.strip().upper().startswith("EQ") else ""


def _circled(text: str) -> str:
    number = whole(text, 0)
    return chr(0x2460 + number - 1) if 1 <= number <= 20 else text
