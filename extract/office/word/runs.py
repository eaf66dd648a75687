"""The text of a paragraph as printed: what is seen of its runs, symbols, fields, formulas; and what was left out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from extract.office.package import Element
from extract.office.word.fields import OpenFields
from extract.office.word.markup import BOX, BR, SYM, R, T, accepted, at, qualified, value
from extract.office.word.styles import Face, StyleSheet, run_face
from extract.page.raised import raised_to_text
from extract.page.symbols import UNREADABLE, symbol_to_text

_MARKS = {
    qualified("w:tab"): "\t",
    qualified("w:ptab"): "\t",
    qualified("w:cr"): "\n",
    qualified("w:noBreakHyphen"): "-",
}
_FIELD_MARK, _INSTRUCTION = map(qualified, ("w:fldChar", "w:instrText"))
_MATH_TEXT, _POWER, _FRACTION = map(qualified, ("m:t", "m:sSup", "m:f"))
_OBJECT = qualified("o:OLEObject")


@dataclass(slots=True)
class Notices:
    """Places where something on the page was not read, by the code of the finding; each once and in order."""

    places: dict[str, dict[str, str]] = field(default_factory=dict)
    """By code and place what more is to be said of it."""

    def add(self, code: str, place: str, detail: str = "") -> None:
        """Something with `code` stands at `place`."""
        self.places.setdefault(code, {})[place] = detail


class RunReader:
    """Reads the paragraphs of a document one after the other; fields may begin in one and end in another."""

    def __init__(self, sheet: StyleSheet, notices: Notices) -> None:
        self._sheet, self._notices = sheet, notices
        self._fields = OpenFields()
        self._shown: list[str | Element] = []
        self._raised = ""
        self._ground: str | None = None
        self._place = ""
        self._special: dict[str, Callable[[Element, Face], None]] = {
            R: self._run,
            T: lambda node, face: self._text(node.text or "", face),
            SYM: lambda node, face: self._printed(_symbol(node), face),
            BR: lambda node, face: self._emit("" if node.get(_BREAK_KIND) in ("page", "column") else "\n"),
            BOX: lambda node, face: self._shown.append(node),
            _FIELD_MARK: lambda node, face: self._emit_field(node),
            _INSTRUCTION: lambda node, face: self._fields.instruct(node.text or ""),
            _MATH_TEXT: lambda node, face: self._emit(node.text or ""),
            _POWER: self._power,
            _FRACTION: self._fraction,
            _OBJECT: self._object,
        }

    def paragraph(self, block: Element, face: Face, ground: str | None, place: str) -> list[str | Element]:
        """Pieces of text in a paragraph, and the text boxes anchored there, as elements.

        `face` is that of its style, `ground` the colour behind it, `place` what a notice calls it.
        """
        self._shown, self._raised, self._ground, self._place = [], "", ground, place
        self._walk(block, face)
        self._flush()
        self._fields.end_paragraph()
        return self._shown

    def _walk(self, node: Element, face: Face) -> None:
        for child in accepted(node):
            special = self._special.get(str(child.tag))
            if special is not None:
                special(child, face)
            elif child.tag in _MARKS:
                self._emit(_MARKS[str(child.tag)])
            else:
                self._walk(child, face)

    def _run(self, run: Element, face: Face) -> None:
        style = value(run, "w:rPr/w:rStyle")
        own = run_face(run, face if style is None else self._sheet.style(style).face.over(face))
        if not own.hidden:
            self._walk(run, own)
            return
        for mark in run.iterchildren(_FIELD_MARK, _INSTRUCTION):
            self._special[str(mark.tag)](mark, own)

    def _text(self, text: str, face: Face) -> None:
        if face.symbol_font:
            text = "".join(_in_symbol_font(char, face.symbol_font) for char in text)
        self._printed(text, face)

    def _printed(self, text: str, face: Face) -> None:
        """Text unless it is struck out or not seen; raised text waits for what comes next to it."""
        if self._fields.in_instruction():
            return
        if text.strip() and face.struck:
            self._notices.add("text-struck", self._place)
        elif text.strip() and face.is_unseen(self._ground):
            self._notices.add("text-hidden", self._place)
        elif face.raised:
            self._raised += text
        else:
            self._emit(text)

    def _emit(self, text: str) -> None:
        if text and not self._fields.in_instruction():
            self._flush()
            self._shown.append(text)

    def _emit_field(self, mark: Element) -> None:
        self._emit(self._fields.turn(mark))

    def _flush(self) -> None:
        raised, self._raised = self._raised, ""
        if raised:
            before = "".join(piece for piece in self._shown[-3:] if isinstance(piece, str))
            self._shown.append(raised_to_text(before, raised))

    def _power(self, node: Element, face: Face) -> None:
        self._part(node, "m:e", face)
        exponent = at(node, "m:sup")
        if exponent is not None:
            self._raised += "".join(text.text or "" for text in exponent.iter(_MATH_TEXT))
            self._flush()

    def _fraction(self, node: Element, face: Face) -> None:
        self._part(node, "m:num", face)
        self._emit("/")
        self._part(node, "m:den", face)

    def _part(self, node: Element, name: str, face: Face) -> None:
        part = at(node, name)
        if part is not None:
            self._walk(part, face)

    def _object(self, node: Element, face: Face) -> None:
        self._notices.add("object-embedded", self._place, f"（{node.get('ProgID') or '对象'}）")


_BREAK_KIND = qualified("w:type")


def _symbol(node: Element) -> str:
    """A `w:sym` by its font's table; the mark of the unreadable for one that no table has."""
    try:
        code = int(node.get(qualified("w:char"), ""), 16)
    except ValueError:
        return UNREADABLE
    shown = symbol_to_text(node.get(qualified("w:font"), ""), code)
    is_character = 0 < code <= 0xFFFF and not 0xD800 <= code <= 0xF8FF
    return shown or (chr(code) if is_character else UNREADABLE)


def _in_symbol_font(char: str, font: str) -> str:
    """What a character shows in a symbol font; other characters than the font's own are taken from another font."""
    code = ord(char)
    if char.isspace() or not (code <= 0xFF or 0xF000 <= code <= 0xF0FF):
        return char
    return symbol_to_text(font, code) or UNREADABLE
