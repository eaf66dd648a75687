"""Azure Document Intelligence's `analyzeResult` (layout model) → lines and grids with spans, boxes and confidences."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from extract.parsers.grids import ParsedCell, ParsedTables, TablePlace
from extract.parsers.json_shapes import list_of, mapped, number_of, text_of, whole_number
from extract.parsers.placing_boxes import polygon_to_box
from models.document import Piece, TextLine
from models.geometry import Box
from models.grid import Place

_POINTS = {"inch": 72.0, "pixel": 1.0}
"""Points in a unit; a picture that does not know its resolution has a pixel a point."""
_HEADINGS = frozenset(("title", "sectionHeading"))
_MARGINAL = frozenset(("pageNumber",))
_TICKS = ((":unselected:", "□"), (":selected:", "☑"))

_Words = Sequence[tuple[int, int, float]]
"""Begin, end and confidence of each word, by its place in the content."""


def results_to_pieces(values: list[Any], tables: ParsedTables) -> Iterator[Piece]:
    """The lines and grids of an analysis, in reading order; raises `TooLargeError`."""
    for value in values:
        result = mapped(mapped(value).get("analyzeResult")) or mapped(value)
        yield from _result_to_pieces(result, tables)


def _result_to_pieces(result: Mapping[str, Any], tables: ParsedTables) -> Iterator[Piece]:
    scales = {
        whole_number(page.get("pageNumber"), 0): _POINTS.get(text_of(page.get("unit")), 72.0)
        for page in map(mapped, list_of(result.get("pages")))
    }
    words = _words(result)
    placed: list[tuple[int, Piece]] = []
    covered: list[tuple[int, int]] = []
    for number, table in enumerate(map(mapped, list_of(result.get("tables"))), start=1):
        spans = _spans(table)
        inner = [span for cell in list_of(table.get("cells")) for span in _spans(mapped(cell))]
        covered += inner or spans
        cells = [_cell(mapped(cell), scales, words) for cell in list_of(table.get("cells"))]
        page, box = _region(table, scales)
        rows, columns = whole_number(table.get("rowCount"), 0), whole_number(table.get("columnCount"), 0)
        if cells:
            grid = tables.cells(cells, TablePlace(f"表格{number}", page, box), rows, columns)
            placed.append((min((begin for begin, _ in spans), default=0), grid))
    covered.sort()
    for begin, line in _lines(result, scales, words, covered):
        placed.append((begin, line))
    yield from (piece for _, piece in sorted(placed, key=lambda one: one[0]))


def _lines(
    result: Mapping[str, Any], scales: Mapping[int, float], words: _Words, covered: Sequence[tuple[int, int]]
) -> Iterator[tuple[int, TextLine]]:
    """The paragraphs, or the lines of pages where there are none, that stand in no table."""
    paragraphs = [mapped(one) for one in list_of(result.get("paragraphs"))]
    if not paragraphs:
        for page in map(mapped, list_of(result.get("pages"))):
            for line in map(mapped, list_of(page.get("lines"))):
                region = {
                    "pageNumber": page.get("pageNumber"),
                    "polygon": line.get("polygon") or line.get("boundingBox"),
                }
                paragraphs.append({**line, "boundingRegions": [region]})
    for one in paragraphs:
        spans = _spans(one)
        begin = min((start for start, _ in spans), default=0)
        if one.get("role") in _MARGINAL or any(_is_in(start, covered) for start, _ in spans):
            continue
        place = Place(*_region(one, scales))
        heading = one.get("role") in _HEADINGS
        for text in _ticked(text_of(one.get("content"))).split("\n"):
            if text.strip():
                yield (
                    begin,
                    TextLine(text.strip(), place, "azure", heading, _confidence(spans, words)),
                )


def _is_in(start: int, covered: Sequence[tuple[int, int]]) -> bool:
    at = bisect_left(covered, (start + 1, 0)) - 1
    return at >= 0 and covered[at][0] <= start < covered[at][1]


def _cell(cell: Mapping[str, Any], scales: Mapping[int, float], words: _Words) -> ParsedCell:
    page, box = _region(cell, scales)
    return ParsedCell(
        max(0, whole_number(cell.get("rowIndex"), 0)),
        max(0, whole_number(cell.get("columnIndex"), 0)),
        max(1, whole_number(cell.get("rowSpan"), 1)),
        max(1, whole_number(cell.get("columnSpan"), 1)),
        _ticked(text_of(cell.get("content"))),
        page,
        box,
        _confidence(_spans(cell), words),
    )


def _ticked(text: str) -> str:
    for mark, sign in _TICKS:
        text = text.replace(mark, sign)
    return text


def _region(item: Mapping[str, Any], scales: Mapping[int, float]) -> tuple[int | None, Box | None]:
    first = mapped(next(iter(list_of(item.get("boundingRegions"))), None))
    page = whole_number(first.get("pageNumber"), 0) or None
    box = polygon_to_box(first.get("polygon") or first.get("boundingBox"), scales.get(page or 0, 72.0))
    return page, box


def _spans(item: Mapping[str, Any]) -> list[tuple[int, int]]:
    """Begin and end of an item's texts in the content."""
    found = list_of(item.get("spans")) or [item["span"]] if item.get("spans") or item.get("span") else []
    spans = []
    for span in map(mapped, found):
        begin = whole_number(span.get("offset"), 0)
        spans.append((begin, begin + whole_number(span.get("length"), 0)))
    return spans


def _words(result: Mapping[str, Any]) -> list[tuple[int, int, float]]:
    found = []
    for page in map(mapped, list_of(result.get("pages"))):
        for word in map(mapped, list_of(page.get("words"))):
            confidence = number_of(word.get("confidence"))
            if confidence is not None:
                found += [(begin, end, confidence) for begin, end in _spans(word)]
    return sorted(found)


def _confidence(spans: Sequence[tuple[int, int]], words: _Words) -> float | None:
    """The confidence of the least sure word in these parts of the content."""
    scores: list[float] = []
    for begin, end in spans:
        at = bisect_left(words, (begin, 0, 0.0))
        while at < len(words) and words[at][0] < end:
            scores.append(words[at][2])
            at += 1
    return min(1.0, max(0.0, min(scores))) if scores else None
