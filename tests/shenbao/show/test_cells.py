"""Grids on their own: the same cells as JSON, CSV and HTML."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import openpyxl
import pytest

from extract.transcripts.markup import read_markup
from models.document import Document, Problem, TextLine
from models.geometry import Box
from models.grid import Cell, Grid, Place
from shenbao.pipeline import open_document
from shenbao.readers import Settings
from shenbao.show.cells import (
    ENCODERS,
    document_to_csv,
    document_to_html,
    document_to_json,
    write_text,
)

PLACE = Place(1, Box(1, 2.00001, 3.456, 4))
MERGED = Grid(
    (
        Cell(0, 0, "甲\n<b>", PLACE, row_span=2),
        Cell(0, 1, "=1+1", Place(part="表1 R1C2"), column_span=2, confidence=0.5),
        Cell(1, 2, "", PLACE, state="unread"),
    ),
    rows=2,
    columns=3,
    spans="ruled",
)
SMALL = Grid((Cell(0, 0, "a,b", PLACE),), rows=1, columns=1)
DOCUMENT = Document(
    (TextLine("标题", PLACE), MERGED, SMALL),
    "application/pdf",
    1,
    (Problem("page-unread", "第1页", page=1),),
)


def test_json_has_every_cell_with_its_spans_and_its_place() -> None:
    root = json.loads(document_to_json(DOCUMENT))
    assert [*root] == ["media_type", "pages", "problems", "grids"]
    assert [(g["rows"], g["columns"], g["spans"]) for g in root["grids"]] == [(2, 3, "ruled"), (1, 1, "none")]
    first, second, _ = root["grids"][0]["cells"]
    assert first == {
        "row": 0,
        "column": 0,
        "row_span": 2,
        "column_span": 1,
        "page": 1,
        "bbox": [1, 2.0, 3.46, 4],
        "part": None,
        "text": "甲\n<b>",
        "state": "read",
        "confidence": None,
    }
    assert (second["bbox"], second["part"], second["confidence"]) == (None, "表1 R1C2", 0.5)
    assert root["problems"][0]["code"] == "page-unread"


def test_csv_has_one_table_after_another_and_nothing_to_calculate() -> None:
    rows = list(csv.reader(document_to_csv(DOCUMENT).splitlines(keepends=True)))
    assert rows == [["甲\n<b>", "'=1+1", ""], ["", "", ""], [], ["a,b"]]


def test_html_read_again_gives_the_same_cells() -> None:
    pieces = read_markup(document_to_html(DOCUMENT).encode(), media_type="text/html").pieces
    grids = [piece for piece in pieces if isinstance(piece, Grid)]
    assert [
        [(c.row, c.column, c.row_span, c.column_span, c.text) for c in g.cells if c.text] for g in grids
    ] == [
        [(0, 0, 2, 1, "甲\n<b>"), (0, 1, 1, 2, "=1+1")],
        [(0, 0, 1, 1, "a,b")],
    ]


def test_a_row_covered_from_above_is_a_row() -> None:
    tall = Grid((Cell(0, 0, "a", PLACE, row_span=2),), rows=2, columns=1)
    assert document_to_html(Document((tall,), "")).count("<tr>") == 2


@pytest.mark.parametrize("form", ENCODERS)
def test_a_document_without_grids_is_no_error(form: str) -> None:
    text = ENCODERS[form](Document((), "text/plain"))
    assert "甲" not in text and (form == "csv" or text.endswith("\n"))


def test_csv_is_written_with_a_byte_order_mark(tmp_path: Path) -> None:
    for form in ENCODERS:
        write_text("甲\r\n", tmp_path / form, form)
    assert (tmp_path / "csv").read_bytes() == b"\xef\xbb\xbf" + "甲\r\n".encode()
    assert (tmp_path / "json").read_bytes() == "甲\r\n".encode()
    assert len([*tmp_path.iterdir()]) == 3


def test_any_kind_with_a_reader_is_read_and_others_say_why(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active["B2"] = "无关的表"
    book.save(tmp_path / "a")
    (tmp_path / "b").write_text("| a | b |\n| - | - |\n| 1 | 2 |\n", "utf-8")
    (tmp_path / "c").write_bytes(bytes(range(256)))
    found = [open_document(tmp_path / name, Settings()) for name in "abc"]
    assert [[p.cells[0].text for p in d.pieces if isinstance(p, Grid)] for d in found] == [
        ["无关的表"],
        ["a"],
        [],
    ]
    assert [problem.code for problem in found[2].problems] == ["file-unsupported"]
