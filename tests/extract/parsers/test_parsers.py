"""Other parsers' JSON: told by its shape, read with places and confidences, and what contradicts itself in it told."""

from __future__ import annotations

import json
from typing import Any

import pytest

from extract.parsers.reader import read_parsed
from models.document import Document, TextLine
from models.geometry import Box
from models.grid import Grid

HTML = "<table><tr><td>名称</td><td>金额</td></tr><tr><td>收入</td><td>12.5</td></tr></table>"


def read(value: Any, sizes: dict[int, tuple[float, float]] | None = None) -> Document:
    return read_parsed(json.dumps(value, ensure_ascii=False).encode(), sizes or {})


def grid(document: Document) -> Grid:
    (found,) = (piece for piece in document.pieces if isinstance(piece, Grid))
    return found


def lines(document: Document) -> list[tuple[str, bool]]:
    return [(piece.text, piece.heading) for piece in document.pieces if isinstance(piece, TextLine)]


def codes(document: Document) -> list[str]:
    return [problem.code for problem in document.problems]


MINERU = [
    {"type": "text", "text": "绩效目标申报表", "text_level": 1, "bbox": [100, 50, 900, 80], "page_idx": 0},
    {"type": "table", "table_body": HTML, "table_caption": ["单位：万元"], "bbox": [100, 100, 900, 200], "page_idx": 0},
    {"type": "page_number", "text": "1", "page_idx": 0},
]  # fmt: skip
MIDDLE = {
    "pdf_info": [
        {
            "page_idx": 0,
            "page_size": [595, 842],
            "para_blocks": [
                {
                    "type": "table",
                    "bbox": [60, 80, 540, 170],
                    "blocks": [
                        {"type": "table_body", "lines": [{"spans": [{"type": "table", "html": HTML}]}]},
                    ],
                },
                {
                    "type": "text",
                    "lines": [
                        {
                            "bbox": [60, 200, 300, 212],
                            "spans": [
                                {"type": "text", "content": "完成率", "score": 0.97},
                                {"type": "inline_equation", "content": "\\geq 9 5 \\%", "score": 0.9},
                            ],
                        }
                    ],
                },
            ],
        }
    ]
}
PADDLE = {
    "input_path": "form.pdf",
    "page_index": 1,
    "width": 1190,
    "height": 1684,
    "parsing_res_list": [
        {"block_label": "table", "block_content": HTML, "block_bbox": [100, 100, 900, 200], "block_order": 2},
        {
            "block_label": "doc_title",
            "block_content": "申报表",
            "block_bbox": [400, 40, 700, 80],
            "block_order": 1,
        },
        {"block_label": "number", "block_content": "2", "block_bbox": [500, 1600, 520, 1620]},
    ],
    "table_res_list": [
        {
            "pred_html": HTML,
            "cell_box_list": [
                [100, 100, 500, 150],
                [500, 100, 900, 150],
                [100, 150, 500, 200],
                [500, 150, 900, 200],
            ],
            "table_ocr_pred": {
                "rec_texts": ["名称", "金额", "收入", "12.5"],
                "rec_scores": [0.99, 0.98, 0.97, 0.61],
                "rec_boxes": [
                    [120, 110, 200, 140],
                    [520, 110, 600, 140],
                    [120, 160, 200, 190],
                    [520, 160, 600, 190],
                ],
            },
        }
    ],
}


def docling_cell(row: int, column: int, text: str, wide: int = 1) -> dict[str, Any]:
    top = 100.0 + 20 * row
    return {
        "start_row_offset_idx": row,
        "end_row_offset_idx": row + 1,
        "start_col_offset_idx": column,
        "end_col_offset_idx": column + wide,
        "text": text,
        "bbox": {"l": 50.0, "t": 842 - top, "r": 90.0, "b": 842 - top - 15, "coord_origin": "BOTTOMLEFT"},
    }


def docling(cells: list[dict[str, Any]], rows: int = 2) -> dict[str, Any]:
    prov = [
        {"page_no": 3, "bbox": {"l": 50.0, "t": 742.0, "r": 500.0, "b": 640.0, "coord_origin": "BOTTOMLEFT"}}
    ]
    return {
        "schema_name": "DoclingDocument",
        "body": {"children": [{"$ref": "#/texts/0"}, {"$ref": "#/tables/0"}, {"$ref": "#/texts/0"}]},
        "texts": [{"label": "title", "text": "申报表", "prov": prov}, {"label": "page_footer", "text": "3"}],
        "tables": [{"data": {"num_rows": rows, "num_cols": 2, "table_cells": cells}, "prov": prov}],
        "pages": {"3": {"size": {"width": 595.0, "height": 842.0}, "page_no": 3}},
    }


CELLS = [
    docling_cell(0, 0, "名称"),
    docling_cell(0, 1, "金额"),
    docling_cell(1, 0, "收入"),
    docling_cell(1, 1, "12.5"),
]


def azure() -> dict[str, Any]:
    content = "申报表\n名称\n12.5\n"
    region = [{"pageNumber": 2, "polygon": [1, 1, 2, 1, 2, 1.5, 1, 1.5]}]
    return {
        "status": "succeeded",
        "analyzeResult": {
            "modelId": "prebuilt-layout",
            "content": content,
            "pages": [
                {
                    "pageNumber": 2,
                    "unit": "inch",
                    "words": [{"content": "12.5", "confidence": 0.62, "span": {"offset": 7, "length": 4}}],
                }
            ],
            "tables": [
                {
                    "rowCount": 1,
                    "columnCount": 3,
                    "boundingRegions": region,
                    "spans": [{"offset": 4, "length": 8}],
                    "cells": [
                        {"rowIndex": 0, "columnIndex": 0, "columnSpan": 2, "content": "名称", "spans": [{"offset": 4, "length": 2}]},
                        {
                            "rowIndex": 0,
                            "columnIndex": 2,
                            "content": "12.5",
                            "boundingRegions": region,
                            "spans": [{"offset": 7, "length": 4}],
                        },
                    ],
                }
            ],
            "paragraphs": [
                {"role": "title", "content": "申报表", "boundingRegions": region, "spans": [{"offset": 0, "length": 3}]},
                {"content": "12.5", "boundingRegions": region, "spans": [{"offset": 7, "length": 4}]},
                {"role": "pageNumber", "content": "2", "spans": [{"offset": 90, "length": 1}]},
            ],
        },
    }  # fmt: skip


def test_mineru_s_content_list() -> None:
    document = read(MINERU, {1: (500.0, 1000.0)})
    assert lines(document) == [("绩效目标申报表", True), ("单位：万元", False)]
    assert [cell.text for cell in grid(document).cells] == ["名称", "金额", "收入", "12.5"]
    place = grid(document).cells[3].place
    assert (place.page, place.box, place.part) == (1, Box(50.0, 100.0, 450.0, 200.0), "第1页表格 R2C2")
    assert grid(document).reader == "mineru"


def test_without_the_original_a_box_in_thousandths_is_no_place() -> None:
    assert grid(read(MINERU)).cells[3].place.box is None


def test_mineru_s_second_content_list() -> None:
    pages = [
        [],
        [
            {
                "type": "title",
                "content": {"title_content": [{"type": "text", "content": "申报表"}], "level": 1},
            },
            {
                "type": "paragraph",
                "content": {"paragraph_content": [{"type": "text", "content": "填报单位"}]},
            },
            {"type": "table", "content": {"html": HTML, "table_caption": []}},
        ],
    ]
    document = read(pages)
    assert lines(document) == [("申报表", True), ("填报单位", False)]
    assert grid(document).cells[0].place.page == 2


def test_mineru_s_middle_file_has_points_and_signs_instead_of_formulas() -> None:
    document = read(MIDDLE)
    assert lines(document) == [("完成率≥95%", False)]
    line = next(piece for piece in document.pieces if isinstance(piece, TextLine))
    assert (line.place.box, line.confidence) == (Box(60.0, 200.0, 300.0, 212.0), 0.9)
    assert grid(document).cells[0].place.box == Box(60.0, 80.0, 540.0, 170.0)


@pytest.mark.parametrize(
    "wrapped",
    [PADDLE, {"res": PADDLE}, [PADDLE], {"result": {"layoutParsingResults": [{"prunedResult": PADDLE}]}}],
)
def test_paddleocr_s_page_however_it_is_wrapped(wrapped: Any) -> None:
    document = read(wrapped)
    assert lines(document) == [("申报表", True)]
    cell = grid(document).cells[3]
    assert (cell.text, cell.confidence, cell.place.page) == ("12.5", 0.61, 2)
    assert cell.place.box == Box(250.0, 75.0, 450.0, 100.0)
    assert codes(document) == []


def test_text_that_paddleocr_read_and_lost_on_the_way_into_cells_is_told() -> None:
    lost = json.loads(json.dumps(PADDLE))
    seen = lost["table_res_list"][0]["table_ocr_pred"]
    seen["rec_texts"].append("支出合计")
    seen["rec_scores"].append(0.9)
    seen["rec_boxes"].append([120, 210, 200, 240])
    document = read(lost)
    assert codes(document) == ["cells-lost"]
    assert document.problems[0].places[0].box == Box(60.0, 105.0, 100.0, 120.0)


def test_docling_s_cells_stand_in_points_from_the_top_and_its_body_has_no_end() -> None:
    document = read(docling(CELLS))
    assert lines(document) == [("申报表", True)]
    cell = grid(document).cells[3]
    assert (cell.text, cell.place.page, cell.place.box) == ("12.5", 3, Box(50.0, 120.0, 90.0, 135.0))


def test_cells_that_claim_one_place_are_told_and_put_together() -> None:
    document = read(docling([*CELLS, docling_cell(1, 1, "30.0")]))
    assert [cell.text for cell in grid(document).cells] == ["名称", "金额", "收入", "12.5\n30.0"]
    assert codes(document) == ["cells-overlap"]


def test_a_cell_that_reaches_over_another_is_cut_back() -> None:
    document = read(
        docling(
            [
                docling_cell(0, 0, "名称"),
                docling_cell(0, 1, "金额"),
                docling_cell(1, 1, "12.5"),
                docling_cell(1, 0, "收入", 2),
            ]
        )
    )
    found = {(cell.row, cell.column): (cell.text, cell.column_span) for cell in grid(document).cells}
    assert (found[1, 0], found[1, 1]) == (("收入", 1), ("12.5", 1))
    assert codes(document) == ["cells-overlap"]


def test_rows_that_a_table_declares_and_lacks_are_told() -> None:
    assert codes(read(docling(CELLS, rows=4))) == ["rows-lost"]


def test_azure_s_cells_have_the_confidence_of_their_words_and_inches_are_points() -> None:
    document = read(azure())
    assert lines(document) == [("申报表", True)]
    first, second = grid(document).cells
    assert (first.text, first.column_span, second.text, second.confidence) == ("名称", 2, "12.5", 0.62)
    assert second.place.box == Box(72.0, 72.0, 144.0, 108.0)


def test_a_table_on_a_later_page_may_go_on() -> None:
    later = [{**MINERU[1], "page_idx": page} for page in (0, 1)]
    found = [piece.breaks for piece in read(later).pieces if isinstance(piece, Grid)]
    assert found == [frozenset(), frozenset({0})]


def test_lines_of_json_are_pages() -> None:
    text = "\n".join(json.dumps({**PADDLE, "page_index": n}) for n in range(2))
    assert read_parsed(text.encode(), {}).pages == 2


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b'{"a": 1}', "file-unsupported"),
        (b'{"pdf_info": [', "file-damaged"),
        (b'[{"page_idx": ' + b"9" * 5000 + b"}]", "file-damaged"),
        (b'{"pdf_info": []}', "file-empty"),
        (b'{"pdf_info": {"a": [1, null]}, "x": "y"}', "file-empty"),
        (b'[{"type": "table", "page_idx": "x", "table_body": 5, "bbox": "no", "content": {}}]', "file-empty"),
        (b'[{"parsing_res_list": [null, 3, {"block_label": "table", "block_content": "<table"}]}]', "file-empty"),
        (b'{"schema_name": "DoclingDocument", "body": {"children": [{"$ref": "#/texts/99"}, {"$ref": 4}]}}', "file-empty"),
        (b'{"analyzeResult": {"tables": [{"cells": [{"rowIndex": -5, "columnIndex": true}]}]}}', ""),
        (json.dumps(docling([docling_cell(0, 10**6, "x")])).encode(), "file-too-large"),
        (json.dumps(docling([docling_cell(0, 0, "x", 10**7)])).encode(), "file-too-large"),
    ],
    ids=["nobody", "cut", "digits", "empty", "shapes", "fields", "nulls", "references", "numbers", "far", "wide"],
)  # fmt: skip
def test_what_is_wrong_is_named(data: bytes, code: str) -> None:
    assert codes(read_parsed(data, {}))[:1] == ([code] if code else [])
