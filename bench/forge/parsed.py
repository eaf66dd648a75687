"""A sheet → what other document parsers make of its print: MinerU, PaddleOCR, docling and Azure JSON, with their faults."""

from __future__ import annotations

import html
import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from bench.forge.parsed_tables import PageTable, sheet_to_page_tables
from bench.forge.sheet import Sheet, SheetCell

Json = dict[str, Any]
_PAGE_PT = (595.3, 841.9)
_LINE_PT = 16.0
"""The height of a row and of a line of text."""
_MARGIN_PT = 40.0


def sheet_to_parsed(sheet: Sheet, parser: str, fault: str, seed: int) -> str:
    """The parser's JSON of a sheet."""
    tables = sheet_to_page_tables(sheet, fault, seed)
    value = _WRITERS[parser](sheet, tables)
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def _lines(sheet: Sheet) -> list[tuple[str, bool]]:
    """The lines above the tables, and whether they are headings."""
    lines = [(sheet.attachment, False), (sheet.title, True), (sheet.day, False), (sheet.money_unit, False)]
    return [(text, heading) for text, heading in lines if text]


def _line_box(n: int) -> list[float]:
    top = _MARGIN_PT + n * _LINE_PT
    return [_MARGIN_PT, top, _PAGE_PT[0] - _MARGIN_PT, top + _LINE_PT]


def _table_box(table: PageTable) -> list[float]:
    return [_MARGIN_PT, table.top, _PAGE_PT[0] - _MARGIN_PT, table.top + table.rows * _LINE_PT]


def _cell_box(cell: SheetCell, table: PageTable) -> list[float]:
    wide = (_PAGE_PT[0] - 2 * _MARGIN_PT) / table.columns
    left, top = _MARGIN_PT + cell.column * wide, table.top + cell.row * _LINE_PT
    box = [left, top, left + cell.column_span * wide, top + cell.row_span * _LINE_PT]
    return [round(at, 2) for at in box]


def _table_html(table: PageTable) -> str:
    rows: list[list[str]] = [[] for _ in range(table.rows)]
    for cell in table.cells:
        spans = f' rowspan="{cell.row_span}"' * (cell.row_span > 1)
        spans += f' colspan="{cell.column_span}"' * (cell.column_span > 1)
        text = html.escape(cell.text, quote=False).replace("\n", "<br>")
        rows[cell.row].append(f"<td{spans}>{text}</td>")
    whole = "".join(f"<tr>{''.join(row)}</tr>" for row in rows if row)
    return f"<table>{whole}</table>"


def _mineru_list(sheet: Sheet, tables: Sequence[PageTable]) -> list[Json]:
    """`content_list.json`: boxes in thousandths of the page."""
    blocks: list[Json] = [
        {"type": "text", "text": text, "bbox": _thousandths(_line_box(n)), "page_idx": 0}
        | ({"text_level": 1} if heading else {})
        for n, (text, heading) in enumerate(_lines(sheet))
    ]
    blocks += [
        {
            "type": "table",
            "img_path": f"images/{table.page}.jpg",
            "table_caption": [],
            "table_footnote": [],
            "table_body": _table_html(table),
            "bbox": _thousandths(_table_box(table)),
            "page_idx": table.page - 1,
        }
        for table in tables
    ]
    return blocks


def _thousandths(box: Sequence[float]) -> list[int]:
    sides = (*_PAGE_PT, *_PAGE_PT)
    return [round(1000 * at / side) for at, side in zip(box, sides, strict=True)]


def _mineru_middle(sheet: Sheet, tables: Sequence[PageTable]) -> Json:
    pages: dict[int, list[Json]] = {table.page: [] for table in tables}
    for n, (text, heading) in enumerate(_lines(sheet)):
        box = _line_box(n)
        span = {"bbox": box, "content": text, "type": "text", "score": 0.99}
        lines = [{"bbox": box, "spans": [span]}]
        pages.setdefault(1, []).append({"type": "title" if heading else "text", "bbox": box, "lines": lines})
    for table in tables:
        box = _table_box(table)
        span = {"bbox": box, "type": "table", "score": 0.98, "html": _table_html(table)}
        body = {"type": "table_body", "bbox": box, "lines": [{"bbox": box, "spans": [span]}]}
        pages[table.page].append({"type": "table", "bbox": box, "blocks": [body]})
    info = [
        {"para_blocks": blocks, "discarded_blocks": [], "page_idx": page - 1, "page_size": list(_PAGE_PT)}
        for page, blocks in sorted(pages.items())
    ]
    return {"pdf_info": info, "_backend": "pipeline", "_version_name": "2.5.4"}


def _paddleocr(sheet: Sheet, tables: Sequence[PageTable]) -> list[Json]:
    """Results of PP-StructureV3, a page each: boxes in pixels, two a point."""
    pages = []
    for number in sorted({1, *(table.page for table in tables)}):
        lines = _lines(sheet) if number == 1 else []
        here = [table for table in tables if table.page == number]
        blocks = [
            _block("doc_title" if heading else "text", text, _line_box(n), n)
            for n, (text, heading) in enumerate(lines)
        ]
        blocks += [
            _block("table", _paddle_html(table), _table_box(table), len(lines) + n)
            for n, table in enumerate(here)
        ]
        page = {"input_path": "form.pdf", "page_index": number - 1}
        size = {"width": round(2 * _PAGE_PT[0]), "height": round(2 * _PAGE_PT[1])}
        results = [_paddle_table(table) for table in here]
        pages.append({**page, **size, "parsing_res_list": blocks, "table_res_list": results})
    return pages


def _block(label: str, content: str, box: Sequence[float], order: int) -> Json:
    return {
        "block_label": label,
        "block_content": content,
        "block_bbox": _pixels(box),
        "block_id": order,
        "block_order": order,
    }


def _paddle_html(table: PageTable) -> str:
    return f"<html><body>{_table_html(table)}</body></html>"


def _paddle_table(table: PageTable) -> Json:
    read = [
        (line, _pixels(_cell_box(cell, table)))
        for cell in table.cells
        if cell.text
        for line in cell.text.split("\n")
    ]
    seen = {
        "rec_texts": [line for line, _ in read],
        "rec_scores": [0.99] * len(read),
        "rec_boxes": [box for _, box in read],
    }
    boxes = [_pixels(_cell_box(cell, table)) for cell in table.cells]
    return {"cell_box_list": boxes, "pred_html": _paddle_html(table), "table_ocr_pred": seen}


def _pixels(box: Sequence[float]) -> list[int]:
    return [round(2 * at) for at in box]


def _docling(sheet: Sheet, tables: Sequence[PageTable]) -> Json:
    texts = [
        {
            "self_ref": f"#/texts/{n}",
            "label": "title" if heading else "text",
            "content_layer": "body",
            "prov": [{"page_no": 1, "bbox": _from_foot(_line_box(n)), "charspan": [0, len(text)]}],
            "orig": text,
            "text": text,
        }
        for n, (text, heading) in enumerate(_lines(sheet))
    ]
    listed = [
        {
            "self_ref": f"#/tables/{n}",
            "label": "table",
            "content_layer": "body",
            "captions": [],
            "prov": [{"page_no": table.page, "bbox": _from_foot(_table_box(table)), "charspan": [0, 0]}],
            "data": {
                "num_rows": table.rows,
                "num_cols": table.columns,
                "table_cells": [_docling_cell(cell, table) for cell in table.cells],
            },
        }
        for n, table in enumerate(tables)
    ]
    children = [{"$ref": f"#/texts/{n}"} for n in range(len(texts))]
    children += [{"$ref": f"#/tables/{n}"} for n in range(len(listed))]
    pages = {
        str(number): {"size": {"width": _PAGE_PT[0], "height": _PAGE_PT[1]}, "page_no": number}
        for number in sorted({1, *(table.page for table in tables)})
    }
    head = {"schema_name": "DoclingDocument", "version": "1.8.0", "name": "form"}
    body = {"self_ref": "#/body", "children": children, "content_layer": "body", "label": "unspecified"}
    return {**head, "body": body, "groups": [], "texts": texts, "tables": listed, "pages": pages}


def _docling_cell(cell: SheetCell, table: PageTable) -> Json:
    left, top, right, bottom = _cell_box(cell, table)
    return {
        "bbox": {"l": left, "t": top, "r": right, "b": bottom, "coord_origin": "TOPLEFT"},
        "row_span": cell.row_span,
        "col_span": cell.column_span,
        "start_row_offset_idx": cell.row,
        "end_row_offset_idx": cell.row + cell.row_span,
        "start_col_offset_idx": cell.column,
        "end_col_offset_idx": cell.column + cell.column_span,
        "text": cell.text,
        "column_header": False,
        "row_header": False,
        "row_section": False,
    }


def _from_foot(box: Sequence[float]) -> Json:
    left, top, right, bottom = box
    high = _PAGE_PT[1]
    return {"l": left, "t": high - top, "r": right, "b": high - bottom, "coord_origin": "BOTTOMLEFT"}


class _Content:
    """The whole text of an analysis as it grows, and its words by their pages."""

    def __init__(self) -> None:
        self.text = ""
        self.words: dict[int, list[Json]] = {}

    def add(self, text: str, page: int) -> list[Json]:
        """Adds a text; gives the spans that name it."""
        if not text:
            return []
        span = {"offset": len(self.text), "length": len(text)}
        self.text += f"{text}\n"
        self.words.setdefault(page, []).append({"content": text, "confidence": 0.99, "span": span})
        return [span]


def _azure(sheet: Sheet, tables: Sequence[PageTable]) -> Json:
    """`analyzeResult` of the layout model: inches, and offsets into the whole content."""
    content = _Content()
    paragraphs = [
        {"content": text, "boundingRegions": [_region(1, _line_box(n))], "spans": content.add(text, 1)}
        | ({"role": "title"} if heading else {})
        for n, (text, heading) in enumerate(_lines(sheet))
    ]
    listed = [_azure_table(table, content) for table in tables]
    size = {"unit": "inch", "width": _PAGE_PT[0] / 72, "height": _PAGE_PT[1] / 72}
    pages = [
        {"pageNumber": number, **size, "words": found} for number, found in sorted(content.words.items())
    ]
    result = {
        "apiVersion": "2024-11-30",
        "modelId": "prebuilt-layout",
        "content": content.text,
        "pages": pages,
    }
    return {"status": "succeeded", "analyzeResult": {**result, "tables": listed, "paragraphs": paragraphs}}


def _azure_table(table: PageTable, content: _Content) -> Json:
    begin = len(content.text)
    cells = [
        {
            "rowIndex": cell.row,
            "columnIndex": cell.column,
            "rowSpan": cell.row_span,
            "columnSpan": cell.column_span,
            "content": cell.text,
            "boundingRegions": [_region(table.page, _cell_box(cell, table))],
            "spans": content.add(cell.text, table.page),
        }
        for cell in table.cells
    ]
    return {
        "rowCount": table.rows,
        "columnCount": table.columns,
        "cells": cells,
        "boundingRegions": [_region(table.page, _table_box(table))],
        "spans": [{"offset": begin, "length": len(content.text) - begin}],
    }


def _region(page: int, box: Sequence[float]) -> Json:
    x0, y0, x1, y1 = (round(at / 72, 4) for at in box)
    return {"pageNumber": page, "polygon": [x0, y0, x1, y0, x1, y1, x0, y1]}


_WRITERS: Mapping[str, Callable[[Sheet, Sequence[PageTable]], Any]] = {
    "mineru": _mineru_list,
    "middle": _mineru_middle,
    "paddleocr": _paddleocr,
    "docling": _docling,
    "azure": _azure,
}
PARSERS = tuple(_WRITERS)
