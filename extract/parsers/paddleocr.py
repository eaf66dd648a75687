"""PaddleOCR's PP-StructureV3 and PaddleOCR-VL results → lines and grids.

Boxes are pixels of the picture that was read; a PDF's pages were drawn with two pixels a point (PaddleX's reader of PDF).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from extract.parsers.formulas import without_formulas
from extract.parsers.grids import ParsedTables, TablePlace
from extract.parsers.json_shapes import list_of, mapped, number_of, text_of, whole_number
from extract.parsers.mineru import PageSizes
from extract.parsers.placing_boxes import four_to_box, polygon_to_box, shared
from extract.transcripts.plain import plain_text
from models.document import Piece, Problem, TextLine
from models.geometry import Box
from models.grid import Cell, Grid, Place

_PDF_PX_A_PT = 2.0
_MARGINAL = frozenset(
    ("number", "footer", "header_image", "footer_image", "image", "chart", "seal", "formula_number")
)
"""Blocks without words of the form: page numbers, and pictures whose text is told elsewhere."""
_HEADINGS = frozenset(("doc_title", "paragraph_title"))
_QUOTED = 20
"""No more characters than this of a text are quoted in a message."""
_LEAST_LOST = 2
"""A text of fewer characters that stands in no cell may be a speck."""


@dataclass(frozen=True, slots=True)
class SeenText:
    """A line that the recogniser read: its text, how sure it is, and where it stands."""

    text: str
    confidence: float | None
    box: Box | None


def pages_to_pieces(values: list[Any], tables: ParsedTables, sizes: PageSizes) -> Iterator[Piece]:
    """The lines and grids of PaddleOCR's values, in reading order; raises `TooLargeError`."""
    for index, page in enumerate(_pages(values)):
        number = whole_number(page.get("page_index"), index) + 1
        yield from _page(page, number, _scale(page, sizes.get(number)), tables)


def _pages(values: list[Any]) -> Iterator[Mapping[str, Any]]:
    """The pages in whatever a pipeline or a service wrapped around them."""
    for value in values:
        if isinstance(value, list):
            yield from _pages(value)
            continue
        one = mapped(value)
        for key in ("res", "result", "prunedResult"):
            if isinstance(one.get(key), dict):
                one = mapped(one[key])
        if "layoutParsingResults" in one:
            yield from _pages(list_of(one["layoutParsingResults"]))
        elif one:
            yield one


def _scale(page: Mapping[str, Any], size: tuple[float, float] | None) -> float:
    """Points a pixel: as the original says, else as its kind of file is drawn."""
    wide = number_of(page.get("width"))
    if size is not None and wide:
        return size[0] / wide
    return 1 / _PDF_PX_A_PT if text_of(page.get("input_path")).lower().endswith(".pdf") else 1.0


def _page(page: Mapping[str, Any], number: int, scale: float, tables: ParsedTables) -> Iterator[Piece]:
    results = [mapped(one) for one in list_of(page.get("table_res_list"))]
    blocks = [mapped(one) for one in list_of(page.get("parsing_res_list"))]
    seen = _seen_texts(mapped(page.get("overall_ocr_res")), scale)
    if not any(block.get("block_label") == "table" for block in blocks):
        blocks += [{"block_label": "table", "block_content": one.get("pred_html")} for one in results]
    for block in sorted(blocks, key=_order):
        label, content = text_of(block.get("block_label")), text_of(block.get("block_content"))
        box = four_to_box(block.get("block_bbox"), scale)
        if label == "table":
            result = _take_result(results, content, box, scale)
            yield from _table(
                content, result, TablePlace(f"第{number}页表格", number, box), (seen, scale), tables
            )
        elif label not in _MARGINAL:
            for words in without_formulas(plain_text(content)).split("\n"):
                if words.strip():
                    yield TextLine(words.strip(), Place(number, box), "paddleocr", label in _HEADINGS)


def _order(block: Mapping[str, Any]) -> tuple[int, int]:
    """Blocks in reading order; those without a number stay where they stand, after the others."""
    number = block.get("block_order")
    return (0, number) if isinstance(number, int) else (1, 0)


def _take_result(
    results: list[Mapping[str, Any]], markup: str, box: Box | None, scale: float
) -> Mapping[str, Any]:
    """What is known of a table's cells: the result with the same HTML, or the one that lies in its box; taken once."""
    same = [
        one for one in results if text_of(one.get("pred_html")) and text_of(one.get("pred_html")) == markup
    ]
    if not same and box is not None:
        same = [one for one in results if _cell_area(one, box, scale) > 0]
        same.sort(key=lambda one: -_cell_area(one, box, scale))
    if not same:
        return {}
    results.remove(same[0])
    return same[0]


def _cell_area(result: Mapping[str, Any], box: Box, scale: float) -> float:
    boxes = (four_to_box(one, scale) for one in list_of(result.get("cell_box_list")))
    return sum(shared(one, box) for one in boxes if one is not None)


def _table(
    markup: str,
    result: Mapping[str, Any],
    place: TablePlace,
    page: tuple[list[SeenText], float],
    tables: ParsedTables,
) -> Iterator[Grid]:
    seen, scale = page
    found = [
        four_to_box(one, scale) or polygon_to_box(one, scale) for one in list_of(result.get("cell_box_list"))
    ]
    boxes = [box for box in found if box is not None]
    own = _seen_texts(mapped(result.get("table_ocr_pred")), scale)
    texts = own or [one for one in seen if place.box and one.box and place.box.contains(*one.box.centre)]
    grids = [_with_confidences(grid, texts) for grid in tables.html(markup, place, boxes)]
    yield from grids
    said = "\0".join("".join(cell.text.split()) for grid in grids for cell in grid.cells)
    lost = [one for one in texts if len(_bare(one.text)) >= _LEAST_LOST and _bare(one.text) not in said]
    if lost and grids:
        quoted = "、".join(one.text[:_QUOTED] for one in lost[:5])
        message = f"{place.name}中有{len(lost)}处识别出的文字不在任何单元格内（“{quoted}”等），可能漏行或漏列，请核对原件。"
        places = tuple(Place(place.page, one.box) for one in lost if one.box is not None)
        tables.problems.append(Problem("cells-lost", message, "warning", place.page, places))


def _seen_texts(result: Mapping[str, Any], scale: float) -> list[SeenText]:
    texts = [plain_text(text_of(text)) for text in list_of(result.get("rec_texts"))]
    scores = [*map(number_of, list_of(result.get("rec_scores"))), *[None] * len(texts)]
    boxes = list_of(result.get("rec_boxes")) or list_of(result.get("rec_polys"))
    placed = [four_to_box(one, scale) or polygon_to_box(one, scale) for one in boxes]
    return [
        SeenText(text, score, box)
        for text, score, box in zip(texts, scores, [*placed, *[None] * len(texts)], strict=False)
    ]


def _with_confidences(grid: Grid, texts: Sequence[SeenText]) -> Grid:
    """The grid with how sure the recogniser is of each cell: the least sure of the lines in its box, or that says the
    same.
    """
    cells = tuple(_with_confidence(cell, texts) for cell in grid.cells)
    return replace(grid, cells=cells)


def _with_confidence(cell: Cell, texts: Sequence[SeenText]) -> Cell:
    if not cell.text:
        return cell
    box = cell.place.box if cell.place.part is None else None
    if box is not None:
        found = [one for one in texts if one.box is not None and box.contains(*one.box.centre)]
    else:
        found = [one for one in texts if _bare(one.text) == _bare(cell.text)]
    scores = [one.confidence for one in found if one.confidence is not None]
    return replace(cell, confidence=min(1.0, max(0.0, min(scores)))) if scores else cell


def _bare(text: str) -> str:
    return "".join(text.split())
