"""Word's .docx → lines of text and grids, as a printed copy with all changes accepted would show them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from docx.oxml.ns import qn

from extract.files.kinds import Kind
from extract.files.refusals import UnreadableError, damaged, nothing_in_it
from extract.office.package import Element, Package
from extract.office.word.markup import (
    BOX,
    BR,
    MATH,
    SYM,
    TBL,
    TC,
    TR,
    P,
    R,
    T,
    accepted,
    children,
    has,
    switch,
    value,
)
from extract.office.word.numbers import Number, Numbering, element_to_number
from extract.office.word.tables import filled, has_text, slot_to_cell, table_to_slots
from extract.page.symbols import UNREADABLE, symbol_to_text
from models.document import Document, Piece, Problem, TextLine
from models.grid import Grid, Place

FORM_CELLS = 12
"""A nested table with this many filled cells can be the form itself; a list inside a cell has fewer."""
MARKS = {qn("w:tab"): "\t", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-", qn("w:ptab"): "\t"}


def read_word(path: Path) -> Document:
    """The paragraphs and tables of a Word file in document order; grids have `spans="ruled"`.

    A file that cannot be read gives no pieces and the problem `file-damaged`. Raises `OSError` when the file
    cannot be opened.
    """
    data = path.read_bytes()
    try:
        body, styles, numbering = _parts(data)
    except UnreadableError as error:
        return Document((), Kind.DOCX.media_type, problems=(damaged(str(error)),))
    reader = _Reader(_styles(styles), Numbering(numbering))
    pieces = tuple(piece for part in body.iterchildren(qn("w:body")) for piece in reader.pieces(part))
    pictures = next(body.iter(qn("a:blip")), None) is not None
    return Document(pieces, Kind.DOCX.media_type, problems=_lacking(pieces, pictures))


def _parts(data: bytes) -> tuple[Element, Element | None, Element | None]:
    """The body, the styles and the lists of a Word file; raises `UnreadableError`."""
    package = Package(data)
    main = package.main_part()
    styles, numbering = (
        package.root(parts[0]) if parts else None
        for parts in (package.related(main, "styles"), package.related(main, "numbering"))
    )
    return package.root(main), styles, numbering


def _lacking(pieces: tuple[Piece, ...], pictures: bool) -> tuple[Problem, ...]:
    """What a document without a table needs its reader to know."""
    if pictures and not any(isinstance(piece, Grid) for piece in pieces):
        message = "文件中没有表格，只有图片，可能是扫描件。请提交图片或 PDF 原件，或可编辑的 Word 表格。"
        return (Problem("form-is-picture", message),)
    return () if pieces else (nothing_in_it(),)


@dataclass(frozen=True, slots=True)
class _Style:
    """What a style says about a paragraph or run, its parents included."""

    hidden: bool = False
    heading: bool = False
    number: Number = (None, 0)


def _styles(root: Element | None) -> dict[str, _Style]:
    elements = {} if root is None else {s.get(qn("w:styleId"), ""): s for s in root.iter(qn("w:style"))}
    resolved: dict[str, _Style] = {}

    def resolve(name: str, depth: int = 0) -> _Style:
        # a style may name itself as its parent
        if name not in elements or depth > 20:
            return _Style()
        if name not in resolved:
            style = elements[name]
            parent = resolve(value(style, "w:basedOn") or "", depth + 1)
            title = (value(style, "w:name") or "").lower().startswith(("heading", "title", "标题"))
            resolved[name] = _Style(
                switch(style, "w:rPr/w:vanish", parent.hidden),
                title or parent.heading,
                element_to_number(style, parent.number),
            )
        return resolved[name]

    return {name: resolve(name) for name in elements}


@dataclass(frozen=True, slots=True)
class _Paragraph:
    text: str
    heading: bool


class _Reader:
    """Walks a document once, from top to bottom: list numbers depend on everything above."""

    def __init__(self, styles: dict[str, _Style], numbering: Numbering) -> None:
        self.styles = styles
        self.numbering = numbering
        self.tables = 0

    def pieces(self, body: Element) -> Iterator[Piece]:
        ordinal = 0
        for block in self._flow(body):
            if not isinstance(block, _Paragraph):
                yield from self._grids(block)
                continue
            ordinal += 1
            place = Place(part=f"段落 {ordinal}")
            for line in block.text.split("\n"):
                if line.strip():
                    yield TextLine(line, place, reader="word", heading=block.heading)

    def _flow(self, container: Element) -> Iterator[_Paragraph | Element]:
        """Paragraphs, text boxes and tables (as elements) of a body, cell or text box."""
        carried = ""
        for block in children(container, (P, TBL)):
            if block.tag == TBL:
                yield block
                continue
            style = self.styles.get(value(block, "w:pPr/w:pStyle") or "", _Style())
            shown = list(self._shown(block, style.hidden))
            carried += "".join(piece for piece in shown if isinstance(piece, str))
            # a paragraph whose end was deleted runs on into the next
            ends = not has(block, "w:pPr/w:rPr/w:del")
            if ends and (carried or not switch(block, "w:pPr/w:rPr/w:vanish", style.hidden)):
                prefix = self.numbering.prefix(element_to_number(block, style.number))
                yield _Paragraph(prefix + carried, style.heading)
                carried = ""
            for piece in shown:
                if not isinstance(piece, str):
                    yield from self._flow(piece)
        if carried:
            yield _Paragraph(carried, False)

    def _shown(self, node: Element, hidden: bool) -> Iterator[str | Element]:
        """Pieces of text inside a paragraph, and the text boxes anchored there, as elements."""
        for child in accepted(node):
            if child.tag == BOX:
                yield child
            elif child.tag == R:
                style = self.styles.get(value(child, "w:rPr/w:rStyle") or "", _Style(hidden))
                if not switch(child, "w:rPr/w:vanish", style.hidden or hidden):
                    yield from self._shown(child, hidden)
            elif child.tag in (T, MATH):
                yield child.text or ""
            elif child.tag == BR:
                yield "" if child.get(qn("w:type")) in ("page", "column") else "\n"
            elif child.tag == SYM:
                yield _symbol(child)
            elif child.tag in MARKS:
                yield MARKS[child.tag]
            else:
                yield from self._shown(child, hidden)

    def _grids(self, table: Element) -> Iterator[Grid]:
        """The table, and after it the nested tables that are the form itself."""
        slots, rows, columns = table_to_slots(table)
        around = sum(has_text(slot.element, table) for slot in slots)
        forms: list[Element] = []
        texts = [self._text(slot.element, around, forms) for slot in slots]
        if slots and (any(texts) or not forms):
            self.tables += 1
            name = f"表{self.tables}"
            cells = tuple(slot_to_cell(slot, text, name) for slot, text in zip(slots, texts, strict=True))
            yield Grid(cells, rows, columns, "ruled", reader="word")
        for form in forms:
            yield from self._grids(form)

    def _text(self, cell: Element, around: int, forms: list[Element]) -> str:
        """A cell's text; nested tables too big for it, beside `around` filled cells, go to `forms`."""
        lines: list[str] = []
        for block in self._flow(cell):
            if isinstance(block, _Paragraph):
                lines.append(block.text)
            elif filled(block) > max(FORM_CELLS - 1, around):
                forms.append(block)
            else:
                lines.extend(
                    "\t".join(self._text(inner, around, forms) for inner in children(row, (TC,)))
                    for row in children(block, (TR,))
                )
        return "\n".join(lines).strip()


def _symbol(node: Element) -> str:
    """A `w:sym` by its font's table; the mark of the unreadable for one that no table has."""
    try:
        code = int(node.get(qn("w:char"), ""), 16)
    except ValueError:
        return UNREADABLE
    shown = symbol_to_text(node.get(qn("w:font"), ""), code)
    return shown or (UNREADABLE if code == 0 or 0xD800 <= code <= 0xF8FF or code > 0xFFFF else chr(code))
