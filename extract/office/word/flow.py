"""The paragraphs and tables of a Word file in the order of reading, as lines of text and grids."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from extract.files.limits import UNFOLDING
from extract.files.refusals import TooLargeError
from extract.office.package import Element
from extract.office.word.markup import BOX, TBL, TC, TR, P, T, at, children, has, qualified, switch, value
from extract.office.word.numbers import Numbering, element_to_level
from extract.office.word.runs import Notices, RunReader
from extract.office.word.styles import WHITE_PAPER, StyleSheet, cell_ground, shading_of, table_ground
from extract.office.word.tables import Slot, filled, filling_table, has_text, slot_to_cell, table_to_slots
from extract.transcripts.nested_tables import unfold
from models.document import Piece, TextLine
from models.grid import Cell, Grid, Place

FORM_CELLS = 12
"""A nested table with this many filled cells can be the form itself; a list inside a cell has fewer."""
_FRAME_CELLS = 4
"""A table of no more cells around a form is a frame: what they say are lines beside the form."""
PICTURES = tuple(map(qualified, ("a:blip", "v:imagedata")))
"""The elements that stand for a picture, in either way that Word draws one."""


@dataclass(frozen=True, slots=True)
class _Paragraph:
    text: str
    number: str
    heading: bool


class Flow:
    """Walks a document once, from top to bottom: list numbers and fields depend on everything above.

    `paper` is the colour of the page, `None` where nobody knows it.
    """

    def __init__(self, sheet: StyleSheet, numbering: Numbering, paper: str | None = WHITE_PAPER) -> None:
        self.notices = Notices()
        self._sheet, self._numbering = sheet, numbering
        self._runs = RunReader(sheet, self.notices)
        self._grounds: list[str | None] = [paper]
        self._place = ""
        self._tables = self._ordinal = self._characters = 0

    def pieces(self, blocks: Iterable[Element], within: str = "") -> Iterator[Piece]:
        """The lines and grids of the paragraphs and tables in `blocks`.

        Places are `段落 3` and `表2 R1C5`, after what they are `within`. Raises `TooLargeError`.
        """
        self._place = f"{within}段落 {self._ordinal + 1}"
        for block in self._flow(blocks):
            if isinstance(block, _Paragraph):
                self._ordinal += 1
                place = Place(part=f"{within}段落 {self._ordinal}")
                for line in (block.number + block.text).split("\n"):
                    if line.strip():
                        yield TextLine(self._bounded(line), place, reader="word", heading=block.heading)
            else:
                yield from self._grids(block, within)
            self._place = f"{within}段落 {self._ordinal + 1}"

    def _bounded(self, text: str) -> str:
        """The text; raises `TooLargeError` when all texts together are too long."""
        self._characters += len(text)
        if self._characters > UNFOLDING.characters:
            raise TooLargeError(f"文字超过 {UNFOLDING.characters} 字")
        return text

    def _flow(self, container: Iterable[Element]) -> Iterator[_Paragraph | Element]:
        """Paragraphs, text boxes and tables (as elements) of a body, cell or text box."""
        carried = ""
        for block in children(container, (P, TBL)):
            if block.tag == TBL:
                yield block
                continue
            style = self._sheet.style(value(block, "w:pPr/w:pStyle"))
            ground = shading_of(at(block, "w:pPr/w:shd")) or style.ground or self._grounds[-1]
            shown = self._runs.paragraph(block, style.face, ground, self._place)
            carried += "".join(piece for piece in shown if isinstance(piece, str))
            # a paragraph whose end was deleted runs on into the next
            ends = not has(block, "w:pPr/w:rPr/w:del")
            if ends and (carried or not switch(block, "w:pPr/w:rPr/w:vanish", style.face.hidden)):
                number = self._numbering.prefix(element_to_level(block, style.level))
                yield _Paragraph(carried, number, style.heading)
                carried = ""
            for piece in shown:
                if not isinstance(piece, str):
                    yield from self._flow(piece)
        if carried:
            yield _Paragraph(carried, "", False)

    def _grids(self, table: Element, within: str) -> Iterator[Piece]:
        """The table, or the lines of a frame, and after it the nested tables that are the form itself."""
        forms: list[Element] = []
        grid = self._grid(table, f"{within}表{self._tables + 1}", forms)
        if forms and len(grid.cells) <= _FRAME_CELLS:
            self._tables += any(cell.text for cell in grid.cells)
            for cell in grid.cells:
                lines = filter(None, map(str.strip, cell.text.split("\n")))
                yield from (TextLine(line, cell.place, reader="word") for line in lines)
        elif grid.cells and (any(cell.text for cell in grid.cells) or not forms):
            self._tables += 1
            yield grid
        for form in forms:
            yield from self._grids(form, within)

    def _grid(self, table: Element, name: str, forms: list[Element], depth: int = 0) -> Grid:
        """The grid of a table; what fills a cell with a table of its own is part of it."""
        slots, rows, columns = table_to_slots(table)
        if rows * columns > UNFOLDING.cells:
            raise TooLargeError(f"表格有 {rows} 行 {columns} 列，上限 {UNFOLDING.cells} 个单元格")
        if depth > UNFOLDING.nested_tables:
            raise TooLargeError(f"表格嵌套超过 {UNFOLDING.nested_tables} 层")
        around = sum(has_text(slot.element, table) for slot in slots)
        self._grounds.append(table_ground(table, self._sheet, self._grounds[-1]))
        cells: list[Cell] = []
        nested: dict[tuple[int, int], Grid] = {}
        for slot in slots:
            inner = filling_table(slot.element)
            if inner is not None and filled(inner) <= max(FORM_CELLS - 1, around):
                nested[slot.row, slot.column] = self._grid(inner, name, forms, depth + 1)
                cells.append(slot_to_cell(slot, "", name))
                continue
            text = self._cell(slot, name, around, forms)
            cells.append(slot_to_cell(slot, text, name, picture=not text and _has_picture(slot.element)))
        self._grounds.pop()
        return unfold(Grid(tuple(cells), rows, columns, "ruled", reader="word"), nested)

    def _cell(self, slot: Slot, name: str, around: int, forms: list[Element]) -> str:
        self._place = f"{name} R{slot.row + 1}C{slot.column + 1}"
        text = self._bounded(self._text(slot.element, around, forms, 0))
        if not text and _has_picture(slot.element):
            self.notices.add("cell-picture", self._place)
        if next(slot.element.iter(BOX), None) is not None and _has_box_beside_text(slot.element):
            self.notices.add("box-beside-text", self._place)
        return text

    def _text(self, cell: Element, around: int, forms: list[Element], depth: int) -> str:
        """A cell's text; nested tables too big for it, beside `around` filled cells, go to `forms`."""
        if depth > UNFOLDING.nested_tables:
            raise TooLargeError(f"表格嵌套超过 {UNFOLDING.nested_tables} 层")
        self._grounds.append(cell_ground(cell, self._grounds[-1]))
        lines: list[_Paragraph] = []
        for block in self._flow(cell):
            if isinstance(block, _Paragraph):
                lines.append(block)
            elif filled(block) > max(FORM_CELLS - 1, around):
                forms.append(block)
            else:
                lines += [
                    _Paragraph(
                        "\t".join(
                            self._text(inner, around, forms, depth + 1) for inner in children(row, (TC,))
                        ),
                        "",
                        False,
                    )
                    for row in children(block, (TR,))
                ]
        self._grounds.pop()
        return "\n".join(_numbered(lines)).strip()


def _numbered(paragraphs: list[_Paragraph]) -> Iterator[str]:
    """The paragraphs of a cell with their list numbers; a single one is a numbered row, its number no part of it."""
    alone = sum(bool(paragraph.text.strip()) for paragraph in paragraphs) < 2
    for paragraph in paragraphs:
        number = paragraph.number
        # a bare number would run into a text that begins with a digit
        number = f"{number.strip()}、" if number.strip().isdigit() else number
        yield paragraph.text if alone else number + paragraph.text


def _has_box_beside_text(cell: Element) -> bool:
    """Whether a cell has text both in a text box, which may float anywhere, and outside of it."""
    texts = [text for text in cell.iter(T) if (text.text or "").strip()]
    return len({next(text.iterancestors(BOX), None) is not None for text in texts}) > 1


def _has_picture(cell: Element) -> bool:
    return next(cell.iter(*PICTURES), None) is not None
