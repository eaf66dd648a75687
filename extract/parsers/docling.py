"""docling's DoclingDocument → lines and grids: cells with spans and boxes, in the order of its body."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from extract.parsers.formulas import without_formulas
from extract.parsers.grids import ParsedCell, ParsedTables, TablePlace
from extract.parsers.json_shapes import list_of, mapped, number_of, text_of, whole_number
from extract.parsers.placing_boxes import sides_to_box
from extract.transcripts.plain import plain_text
from models.document import Piece, TextLine
from models.grid import Place

_HEADINGS = frozenset(("title", "section_header"))
_MARGINAL = frozenset(("page_header", "page_footer"))
_TICKS = {"checkbox_selected": "☑", "checkbox_unselected": "□"}
_DEEPEST = 50
"""Groups within groups; docling goes a few deep."""
_MOST_ITEMS = 200_000
"""Items that a body may name; a form has 200, and an item that names itself would have no end."""


def document_to_pieces(values: list[Any], tables: ParsedTables) -> Iterator[Piece]:
    """The lines and grids of a DoclingDocument, in reading order; raises `TooLargeError`."""
    for value in values:
        document = mapped(value)
        document = mapped(document.get("document")) or document
        yield from _Walk(document, tables).pieces()


class _Walk:
    """Follows the references of one document's body; each item is met once."""

    def __init__(self, document: Mapping[str, Any], tables: ParsedTables) -> None:
        self.document, self.tables = document, tables
        self.met: set[str] = set()

    def pieces(self) -> Iterator[Piece]:
        body = mapped(self.document.get("body"))
        if list_of(body.get("children")):
            yield from self._children(body, 0)
            return
        for kind in ("texts", "tables"):  # without a body in the order of the lists
            for number in range(len(list_of(self.document.get(kind)))):
                yield from self._item(f"#/{kind}/{number}", 0)

    def _children(self, item: Mapping[str, Any], depth: int) -> Iterator[Piece]:
        if depth > _DEEPEST:
            return
        for child in list_of(item.get("children")):
            yield from self._item(_reference(child), depth + 1)

    def _item(self, reference: str, depth: int) -> Iterator[Piece]:
        if reference in self.met or len(self.met) >= _MOST_ITEMS:
            return
        self.met.add(reference)
        _, kind, number = (*reference.split("/"), "", "")[:3]
        items = list_of(self.document.get(kind))
        if not number.isdigit() or int(number) >= len(items):
            return
        item = mapped(items[int(number)])
        if item.get("content_layer", "body") in ("furniture", "background", "invisible"):
            return
        if kind == "texts":
            yield from self._text(item)
        elif kind == "tables":
            for caption in list_of(item.get("captions")):
                yield from self._item(_reference(caption), depth + 1)
            yield from self._table(item, int(number) + 1)
        yield from self._children(item, depth)

    def _text(self, item: Mapping[str, Any]) -> Iterator[TextLine]:
        label = text_of(item.get("label"))
        if label in _MARGINAL:
            return
        words = text_of(item.get("text")) or text_of(item.get("orig"))
        mark = _TICKS.get(label, "")
        if label == "list_item" and item.get("enumerated") is True:
            mark = text_of(item.get("marker"))
        for n, part in enumerate(without_formulas(plain_text(words)).split("\n")):
            if part.strip():
                text = (mark if not n else "") + part.strip()
                yield TextLine(text, self._place(item), "docling", label in _HEADINGS)

    def _table(self, item: Mapping[str, Any], number: int) -> Iterator[Piece]:
        data = mapped(item.get("data"))
        place = self._place(item)
        named = TablePlace(f"表格{number}", place.page, place.box)
        cells = [self._cell(mapped(cell), place) for cell in list_of(data.get("table_cells"))]
        kept = [cell for cell in cells if cell is not None]
        if kept:
            rows, columns = whole_number(data.get("num_rows"), 0), whole_number(data.get("num_cols"), 0)
            yield self.tables.cells(kept, named, rows, columns)

    def _cell(self, cell: Mapping[str, Any], table: Place) -> ParsedCell | None:
        row, end = (whole_number(cell.get(f"{side}_row_offset_idx"), -1) for side in ("start", "end"))
        column, wall = (whole_number(cell.get(f"{side}_col_offset_idx"), -1) for side in ("start", "end"))
        if row < 0 or column < 0:
            return None
        spans = max(1, end - row), max(1, wall - column)
        box = sides_to_box(mapped(cell.get("bbox")), self._height(table.page))
        return ParsedCell(row, column, *spans, text_of(cell.get("text")), table.page, box)

    def _place(self, item: Mapping[str, Any]) -> Place:
        """Where an item stands first; it may go on on other pages."""
        first = mapped(next(iter(list_of(item.get("prov"))), None))
        page = whole_number(first.get("page_no"), 0) or None
        box = sides_to_box(mapped(first.get("bbox")), self._height(page))
        return Place(page, box) if page else Place(part=text_of(item.get("self_ref")) or "docling")

    def _height(self, page: int | None) -> float | None:
        pages = mapped(self.document.get("pages"))
        return number_of(mapped(mapped(pages.get(str(page))).get("size")).get("height"))


def _reference(value: object) -> str:
    found = mapped(value)
    return text_of(found.get("$ref")) or text_of(found.get("cref"))
