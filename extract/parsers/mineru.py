"""MinerU's `middle.json`, `content_list.json` and `content_list_v2.json` → lines and grids.

Its boxes are points in `middle.json`, and thousandths of the page in the lists (its documentation, "Output files").
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from extract.parsers.formulas import without_formulas
from extract.parsers.grids import ParsedTables, TablePlace
from extract.parsers.json_shapes import list_of, mapped, number_of, text_of, whole_number
from extract.parsers.placing_boxes import four_to_box
from extract.transcripts.plain import plain_text
from models.document import Piece, TextLine
from models.geometry import Box
from models.grid import Place

PageSizes = Mapping[int, tuple[float, float]]
"""Width and height of pages in points, by their numbers, where the original is at hand."""
_THOUSANDTHS = 1000
_MARGINAL = frozenset(
    ("page_number", "header", "footer", "page_header", "page_footer", "aside_text", "discarded")
)
"""Blocks that stand in the margins of every page."""
_HEADINGS = frozenset(("title", "doc_title", "paragraph_title"))


def values_to_pieces(values: list[Any], tables: ParsedTables, sizes: PageSizes) -> Iterator[Piece]:
    """The lines and grids of MinerU's values, in reading order; raises `TooLargeError`."""
    for value in values:
        if isinstance(value, dict) and "pdf_info" in value:
            for index, page in enumerate(map(mapped, list_of(value["pdf_info"]))):
                number = whole_number(page.get("page_idx"), index) + 1
                for block in map(mapped, list_of(page.get("para_blocks") or page.get("preproc_blocks"))):
                    yield from _middle_block(block, number, tables)
        else:
            for number, block in _list_blocks(value):
                yield from _list_block(block, number, tables, sizes.get(number))


def _middle_block(
    block: Mapping[str, Any], page: int, tables: ParsedTables, outer: Box | None = None
) -> Iterator[Piece]:
    """A block of `middle.json`: lines of spans, or a table with its caption, body and notes."""
    kind, box = text_of(block.get("type")), four_to_box(block.get("bbox")) or outer
    for inner in map(mapped, list_of(block.get("blocks"))):
        yield from _middle_block(inner, page, tables, box)
    for line in map(mapped, list_of(block.get("lines"))):
        spans = [mapped(span) for span in list_of(line.get("spans"))]
        tabled = [span for span in spans if text_of(span.get("html"))]
        for span in tabled:
            place = TablePlace(_name(page, tables), page, four_to_box(span.get("bbox")) or box)
            yield from tables.html(text_of(span.get("html")), place)
        words = "".join(_inline(span) for span in spans if span not in tabled)
        scores = [score for span in spans if (score := number_of(span.get("score"))) is not None]
        yield from _line(
            words,
            Place(page, four_to_box(line.get("bbox")) or box),
            heading=kind in _HEADINGS,
            confidence=min(scores, default=None),
        )


def _list_blocks(value: object) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """The blocks of a content list with their pages: a flat list, or (version 2) a list for each page."""
    for number, one in enumerate(list_of(value), start=1):
        if isinstance(one, list):
            yield from ((number, mapped(block)) for block in one)
        else:
            block = mapped(one)
            yield whole_number(block.get("page_idx"), 0) + 1, block


def _list_block(
    block: Mapping[str, Any], page: int, tables: ParsedTables, size: tuple[float, float] | None
) -> Iterator[Piece]:
    kind = text_of(block.get("type"))
    if kind in _MARGINAL:
        return
    box = _share_box(block.get("bbox"), size)
    content = mapped(block.get("content"))
    markup = (
        text_of(block.get("table_body")) or text_of(content.get("html")) or text_of(content.get("table_body"))
    )
    if kind == "table":
        for words in _captions(block, content, "table_caption"):
            yield from _line(words, Place(page, box))
        yield from tables.html(markup, TablePlace(_name(page, tables), page, box))
        for words in _captions(block, content, "table_footnote"):
            yield from _line(words, Place(page, box))
        return
    heading = kind in _HEADINGS or whole_number(block.get("text_level"), 0) > 0
    for words in [text_of(block.get("text")), *map(text_of, list_of(block.get("list_items")))]:
        yield from _line(words, Place(page, box), heading=heading)
    for key in sorted(content):
        if key.endswith("_content"):
            yield from _line(_joined(content[key]), Place(page, box), heading=heading)
    for item in map(mapped, list_of(content.get("list_items"))):
        yield from _line(text_of(item.get("prefix")) + _joined(item.get("item_content")), Place(page, box))


def _share_box(value: object, size: tuple[float, float] | None) -> Box | None:
    """A box in thousandths of its page, which only the original tells the size of."""
    if size is None:
        return None
    return four_to_box(value, size[0] / _THOUSANDTHS, size[1] / _THOUSANDTHS)


def _captions(block: Mapping[str, Any], content: Mapping[str, Any], key: str) -> Iterator[str]:
    for one in list_of(block.get(key)) or list_of(content.get(key)):
        yield one if isinstance(one, str) else _inline(mapped(one))


def _joined(value: object) -> str:
    """The text of spans one after the other."""
    parts = value if isinstance(value, list) else [value]
    return "".join(one if isinstance(one, str) else _inline(mapped(one)) for one in parts)


def _inline(span: Mapping[str, Any]) -> str:
    """A span's text; that of a formula between the marks of one."""
    text = text_of(span.get("content")) or text_of(span.get("text"))
    return f"${text}$" if text and "equation" in text_of(span.get("type")) and "$" not in text else text


def _line(
    words: str, place: Place, *, heading: bool = False, confidence: float | None = None
) -> Iterator[TextLine]:
    for part in without_formulas(plain_text(words)).split("\n"):
        if part.strip():
            yield TextLine(part.strip(), place, "mineru", heading, confidence)


def _name(page: int, tables: ParsedTables) -> str:
    return f"第{page}页表格"
