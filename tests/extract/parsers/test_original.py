"""The original beside a parser's output: text that the parser lost, and cells whose picture says something else."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.pdfgen.canvas import Canvas

from extract.ocr.engine import Picture, Quadrilateral, Reading
from extract.parsers.original import original_page_sizes, with_original
from extract.parsers.reader import read_parsed
from models.document import Document
from models.grid import Grid
from tests.engines import certain


@dataclass(frozen=True)
class SayingEngine:
    """Reads the same in every picture."""

    text: str
    name: str = "saying"
    version: str = "1"

    def read(self, lines: Sequence[Picture]) -> list[Reading]:
        return [certain(self.text) for _ in lines]

    def detect(self, picture: Picture) -> list[Quadrilateral]:
        return []


@pytest.fixture
def original(tmp_path: Path) -> Path:
    registerFont(UnicodeCIDFont("STSong-Light"))
    path = tmp_path / "form.pdf"
    canvas = Canvas(str(path), pagesize=(300, 400))
    canvas.setFont("STSong-Light", 12)
    canvas.grid([50, 150, 250], [300, 320, 340])
    for text, x, y in (("名称", 60, 325), ("金额", 160, 325), ("收入", 60, 305), ("12.5", 160, 305)):
        canvas.drawString(x, y, text)
    canvas.save()
    return path


def parsed(*texts: str) -> bytes:
    cells = [
        {
            "start_row_offset_idx": n // 2,
            "end_row_offset_idx": n // 2 + 1,
            "start_col_offset_idx": n % 2,
            "end_col_offset_idx": n % 2 + 1,
            "text": text,
            "bbox": {
                "l": 50 + 100 * (n % 2),
                "t": 60 + 20 * (n // 2),
                "r": 150 + 100 * (n % 2),
                "b": 80 + 20 * (n // 2),
            },
        }
        for n, text in enumerate(texts)
    ]
    table = {"prov": [{"page_no": 1}], "data": {"num_rows": 2, "num_cols": 2, "table_cells": cells}}
    return json.dumps({"schema_name": "DoclingDocument", "tables": [table]}, ensure_ascii=False).encode()


def witnessed(data: bytes, original: Path, says: str) -> Document:
    return with_original(
        read_parsed(data, original_page_sizes(original)), original, lambda: SayingEngine(says)
    )


def test_the_original_tells_the_sizes_of_its_pages(original: Path) -> None:
    assert original_page_sizes(original) == {1: (300.0, 400.0)}


def test_every_cell_knows_what_its_picture_shows(original: Path) -> None:
    document = witnessed(parsed("名称", "金额", "收入", "12.5"), original, "收入")
    (grid,) = document.pieces
    assert isinstance(grid, Grid)
    assert all(cell.posteriors is not None for cell in grid.cells)
    assert [cell.confidence for cell in grid.cells] == [None, None, 1.0, None]
    assert {problem.code for problem in document.problems} == {"original-differs"}


def test_text_that_the_parser_lost_or_misread_is_told_with_its_place(original: Path) -> None:
    document = witnessed(parsed("名称", "金额", "收入", "72.5"), original, "")
    (problem,) = document.problems
    assert (problem.code, problem.page, len(problem.places)) == ("original-differs", 1, 1)
    assert "12.5" in problem.message


def test_an_original_of_another_kind_is_said_to_be_of_no_use(tmp_path: Path) -> None:
    other = tmp_path / "form.txt"
    other.write_text("名称")
    document = witnessed(parsed("名称", "金额", "收入", "12.5"), other, "")
    assert [problem.code for problem in document.problems] == ["original-differs"]
