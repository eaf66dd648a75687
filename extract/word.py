"""Word's .docx → lines of text and grids, as a printed copy with all changes accepted would show them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.package import Package
from lxml import etree

from extract.source import Kind, damaged, nothing_in_it
from models.grid import Cell, Document, Grid, Piece, Place, Problem, TextLine

Element = etree._Element
Number = tuple[str | None, int]
"""A paragraph's list (`w:numId`) and its level in it, from 0."""

FORM_CELLS = 12
"""A nested table with this many filled cells can be the form itself; a list inside a cell has fewer."""
P, R, T, BR, SYM, VAL = map(qn, ("w:p", "w:r", "w:t", "w:br", "w:sym", "w:val"))
TBL, TR, TC, SDT, BOX = map(qn, ("w:tbl", "w:tr", "w:tc", "w:sdt", "w:txbxContent"))
MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
ALTERNATE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
PROPERTIES = ("w:pPr", "w:rPr", "w:tblPr", "w:trPr", "w:tcPr", "w:sdtPr")
LEFT_OUT = frozenset(map(qn, ("w:del", "w:moveFrom", "w:rt", *PROPERTIES)))
"""What is not on the accepted page: deletions, properties and the pinyin above a character."""
MARKS = {qn("w:tab"): "\t", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-", qn("w:ptab"): "\t"}
SYMBOLS = {
    "symbol": dict(zip(b"\xa3\xa5\xb0\xb1\xb3\xb4\xb7\xb8\xb9\xbb", "≤∞°±≥×·÷≠≈", strict=True)),
    "wingdings": dict(zip(b"\xfe\xfd\xfc\xfb\xa8\x6f\x6c\x6e", "☑☒√×□□●■", strict=True)),
    "wingdings 2": dict(zip(b"\x52\x54\x50\x4f\xa3\x2a", "☑☒√×□□", strict=True)),
}
REMOVED = ("w:trPr/w:del", "w:trPr/w:hidden", "w:tcPr/w:cellDel")
CHINESE = "零一二三四五六七八九"


def read_word(path: Path) -> Document:
    """The paragraphs and tables of a Word file in document order; grids have `spans="ruled"`.

    A file that cannot be read gives no pieces and the problem `file-damaged`. Raises `OSError` when the file
    cannot be opened.
    """
    data = path.read_bytes()
    try:
        main = Package.open(BytesIO(data)).main_document_part
        body = parse_xml(main.blob)
        styles = _styles(_related(main, RELATIONSHIP_TYPE.STYLES))
        reader = _Reader(styles, _Numbering(_related(main, RELATIONSHIP_TYPE.NUMBERING)))
        pieces = tuple(piece for part in body.iterchildren(qn("w:body")) for piece in reader.pieces(part))
    except Exception:  # whatever zipfile, lxml or python-docx met in a broken file: to us it is one finding
        return Document((), Kind.DOCX.media_type, problems=(damaged("Word 内容无法读取"),))
    pictures = next(body.iter(qn("a:blip")), None) is not None
    return Document(pieces, Kind.DOCX.media_type, problems=_lacking(pieces, pictures))


def _lacking(pieces: tuple[Piece, ...], pictures: bool) -> tuple[Problem, ...]:
    """What a document without a table needs its reader to know."""
    if pictures and not any(isinstance(piece, Grid) for piece in pieces):
        message = "文件中没有表格，只有图片，可能是扫描件。请提交图片或 PDF 原件，或可编辑的 Word 表格。"
        return (Problem("form-is-picture", message),)
    return () if pieces else (nothing_in_it(),)


def _related(main: Part, kind: str) -> Element | None:
    parts = [rel.target_part for rel in main.rels.values() if rel.reltype == kind and not rel.is_external]
    return parse_xml(parts[0].blob) if parts else None


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
            parent = resolve(_value(style, "w:basedOn") or "", depth + 1)
            title = (_value(style, "w:name") or "").lower().startswith(("heading", "title", "标题"))
            resolved[name] = _Style(
                _switch(style, "w:rPr/w:vanish", parent.hidden),
                title or parent.heading,
                _number(style, parent.number),
            )
        return resolved[name]

    return {name: resolve(name) for name in elements}


@dataclass(frozen=True, slots=True)
class _Paragraph:
    text: str
    heading: bool


@dataclass(slots=True)
class _Slot:
    """A table cell and the rows and columns it covers; grows downwards while rows are read."""

    element: Element
    row: int
    column: int
    column_span: int
    row_span: int = 1


class _Reader:
    """Walks a document once, from top to bottom: list numbers depend on everything above."""

    def __init__(self, styles: dict[str, _Style], numbering: _Numbering) -> None:
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
        for block in _children(container, (P, TBL)):
            if block.tag == TBL:
                yield block
                continue
            style = self.styles.get(_value(block, "w:pPr/w:pStyle") or "", _Style())
            shown = list(self._shown(block, style.hidden))
            carried += "".join(piece for piece in shown if isinstance(piece, str))
            # a paragraph whose end was deleted runs on into the next
            ends = not _has(block, "w:pPr/w:rPr/w:del")
            if ends and (carried or not _switch(block, "w:pPr/w:rPr/w:vanish", style.hidden)):
                prefix = self.numbering.prefix(_number(block, style.number))
                yield _Paragraph(prefix + carried, style.heading)
                carried = ""
            for piece in shown:
                if not isinstance(piece, str):
                    yield from self._flow(piece)
        if carried:
            yield _Paragraph(carried, False)

    def _shown(self, node: Element, hidden: bool) -> Iterator[str | Element]:
        """Pieces of text inside a paragraph, and the text boxes anchored there, as elements."""
        for child in _accepted(node):
            if child.tag == BOX:
                yield child
            elif child.tag == R:
                style = self.styles.get(_value(child, "w:rPr/w:rStyle") or "", _Style(hidden))
                if not _switch(child, "w:rPr/w:vanish", style.hidden or hidden):
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
        slots, rows, columns = _slots(table)
        around = sum(_has_text(slot.element, table) for slot in slots)
        forms: list[Element] = []
        texts = [self._text(slot.element, around, forms) for slot in slots]
        if slots and (any(texts) or not forms):
            self.tables += 1
            name = f"表{self.tables}"
            cells = tuple(_cell(slot, text, name) for slot, text in zip(slots, texts, strict=True))
            yield Grid(cells, rows, columns, "ruled", reader="word")
        for form in forms:
            yield from self._grids(form)

    def _text(self, cell: Element, around: int, forms: list[Element]) -> str:
        """A cell's text; nested tables too big for it, beside `around` filled cells, go to `forms`."""
        lines: list[str] = []
        for block in self._flow(cell):
            if isinstance(block, _Paragraph):
                lines.append(block.text)
            elif _filled(block) > max(FORM_CELLS - 1, around):
                forms.append(block)
            else:
                lines.extend(
                    "\t".join(self._text(inner, around, forms) for inner in _children(row, (TC,)))
                    for row in _children(block, (TR,))
                )
        return "\n".join(lines).strip()


def _cell(slot: _Slot, text: str, table: str) -> Cell:
    place = Place(part=f"{table} R{slot.row + 1}C{slot.column + 1}")
    return Cell(
        slot.row, slot.column, text, place, slot.row_span, slot.column_span, "read" if text else "blank"
    )


def _slots(table: Element) -> tuple[list[_Slot], int, int]:
    """A table's cells in row-major order, its rows and its columns."""
    slots: list[_Slot] = []
    above: dict[int, _Slot] = {}
    row = columns = 0
    for row, line in enumerate(_children(table, (TR,)), 1):
        column = _count(line, "w:trPr/w:gridBefore")
        merging: dict[int, _Slot] = {}
        for element in _children(line, (TC,)):
            span = max(1, _count(element, "w:tcPr/w:gridSpan"))
            merge = element.find(_path("w:tcPr/w:vMerge"))
            slot = above.get(column) if merge is not None and merge.get(VAL) != "restart" else None
            if slot is not None and slot.column_span == span:
                slot.row_span += 1
            else:
                slot = _Slot(element, row - 1, column, span)
                slots.append(slot)
            if merge is not None:
                merging[column] = slot
            column += span
        above = merging
        columns = max(columns, column + _count(line, "w:trPr/w:gridAfter"))
    return slots, row, columns


def _accepted(node: Element) -> Iterator[Element]:
    """The children that remain: no deletions, one alternative of several, no prompts of empty form fields."""
    for child in node:
        if child.tag == ALTERNATE:
            for choice in list(child)[:1]:
                yield from _accepted(choice)
        elif child.tag not in LEFT_OUT and not (child.tag == SDT and _has(child, "w:sdtPr/w:showingPlcHdr")):
            yield child


def _children(node: Element, tags: tuple[str, ...]) -> Iterator[Element]:
    """The nearest `tags` in `node`, through content controls and the like; without deleted rows and cells."""
    for child in _accepted(node):
        if child.tag not in tags:
            yield from () if child.tag in (P, TBL) else _children(child, tags)
        elif not any(_has(child, path) for path in REMOVED):
            yield child


def _filled(table: Element) -> int:
    """How many cells of a table and of the tables in it hold text of their own."""
    return sum(_has_text(cell, next(cell.iterancestors(TBL))) for cell in table.iter(TC))


def _has_text(cell: Element, table: Element) -> bool:
    return any((t.text or "").strip() and next(t.iterancestors(TBL)) is table for t in cell.iter(T))


@cache
def _path(path: str) -> str:
    return "/".join(map(qn, path.split("/")))


def _has(node: Element, path: str) -> bool:
    return node.find(_path(path)) is not None


def _value(node: Element, path: str) -> str | None:
    found = node.find(_path(path))
    return None if found is None else found.get(VAL)


def _count(node: Element, path: str) -> int:
    return int(_value(node, path) or 0)


def _switch(node: Element, path: str, otherwise: bool) -> bool:
    found = node.find(_path(path))
    return otherwise if found is None else found.get(VAL) not in ("0", "false", "off")


def _number(node: Element, inherited: Number) -> Number:
    """The list and level set on a paragraph or style, what is not set there from its style."""
    level = _value(node, "w:pPr/w:numPr/w:ilvl")
    return _value(node, "w:pPr/w:numPr/w:numId") or inherited[0], inherited[1] if level is None else int(
        level
    )


def _symbol(node: Element) -> str:
    """A `w:sym` by its font's table; one we do not know is left out, not shown as another character."""
    code = int(node.get(qn("w:char"), "0"), 16)
    if 0xF000 <= code <= 0xF0FF:
        return SYMBOLS.get(node.get(qn("w:font"), "").lower(), {}).get(code - 0xF000, "")
    return chr(code)


def _chinese(number: int) -> str:
    """1 to 99 in Chinese numerals."""
    tens, ones = divmod(number, 10)
    return (
        (CHINESE[tens] if tens > 1 else "")
        + ("十" if tens else "")
        + (CHINESE[ones] if ones or not tens else "")
    )


FORMATS: dict[str, tuple[int, Callable[[int], str]]] = {
    "decimal": (9999, str),
    "decimalZero": (9999, "{:02}".format),
    "upperLetter": (26, lambda n: chr(0x40 + n)),
    "lowerLetter": (26, lambda n: chr(0x60 + n)),
    **dict.fromkeys(
        ("decimalEnclosedCircle", "decimalEnclosedCircleChinese"), (20, lambda n: chr(0x245F + n))
    ),
    **dict.fromkeys(("chineseCounting", "chineseCountingThousand", "japaneseCounting"), (99, _chinese)),
}
"""How a list level writes its number (ECMA-376 part 1, 17.18.59), and the largest number it is written so."""


@dataclass(frozen=True, slots=True)
class _Level:
    format: str
    text: str
    start: int
    gap: str


class _Numbering:
    """The numbers Word prints before list paragraphs and does not store in their text."""

    def __init__(self, root: Element | None) -> None:
        nodes = [] if root is None else list(root)
        abstract = {n.get(qn("w:abstractNumId")): _levels(n) for n in nodes if n.tag == qn("w:abstractNum")}
        self.lists: dict[str | None, tuple[str | None, dict[int, _Level], dict[int, int]]] = {}
        for node in (n for n in nodes if n.tag == qn("w:num")):
            shared = _value(node, "w:abstractNumId")
            restarts = {
                int(n.get(qn("w:ilvl"), "0")): _count(n, "w:startOverride")
                for n in node.iterchildren(qn("w:lvlOverride"))
                if _has(n, "w:startOverride")
            }
            self.lists[node.get(qn("w:numId"))] = (
                shared,
                {**abstract.get(shared, {}), **_levels(node)},
                restarts,
            )
        self.counts: dict[str | None, dict[int, int]] = {}
        self.started: set[str | None] = set()

    def prefix(self, number: Number) -> str:
        """The next number of a list level, `""` for bullets and formats we do not write."""
        name, depth = number
        shared, levels, restarts = self.lists.get(name, (None, {}, {}))
        if depth not in levels:
            return ""
        counts = self.counts.setdefault(shared, {})
        if name not in self.started:
            self.started.add(name)
            counts.update({level: start - 1 for level, start in restarts.items()})
        counts[depth] = counts.get(depth, levels[depth].start - 1) + 1
        for deeper in [level for level in counts if level > depth]:
            del counts[deeper]
        return _label(levels, depth, counts)


def _levels(node: Element) -> dict[int, _Level]:
    """The levels an abstract list or an override defines."""
    return {
        int(n.get(qn("w:ilvl"), "0")): _Level(
            _value(n, "w:numFmt") or "decimal",
            _value(n, "w:lvlText") or "",
            int(_value(n, "w:start") or 0),
            "" if _value(n, "w:suff") == "nothing" else " ",
        )
        for n in node.iter(qn("w:lvl"))
    }


def _label(levels: dict[int, _Level], depth: int, counts: dict[int, int]) -> str:
    label = levels[depth].text
    places = {int(digit) - 1 for digit in re.findall(r"%([1-9])", label)}
    for level in places:
        largest, write = FORMATS.get(levels[level].format if level in levels else "", (0, str))
        count = counts.get(level, levels[level].start if level in levels else 0)
        if not 0 <= count <= largest:
            return ""
        label = label.replace(f"%{level + 1}", write(count))
    # "1." and "30公里" must not become 1.30, nor 一 and "级" 一级; after 、 or ） no gap is needed
    gap = levels[depth].gap if label[-1:].isascii() or label[-1:].isalnum() else ""
    return label + gap if places else ""
