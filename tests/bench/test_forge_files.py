"""Forged files hold what their sheet says, whatever the format."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import lxml.html
import openpyxl
import pypdfium2
import pytest
from docx import Document
from docx.oxml.ns import qn

from bench.forge.declarations import declare
from bench.forge.layouts import LAYOUTS
from bench.forge.printing import print_html, print_word
from bench.forge.sheet import Sheet, SheetCell, Table
from bench.forge.typeset import typeset
from bench.forge.webpage import sheet_to_html, sheet_to_margins
from bench.forge.word import write_docx
from bench.forge.workbook import write_xlsx
from extract.office.formats.shown import displayed

SHEET = typeset(declare(3), LAYOUTS["repeated-headers"], 3)
CELLS = [cell for table in SHEET.tables for cell in table.cells]


def small(*figures: str) -> Sheet:
    cells = tuple(SheetCell(0, n, 1, 1, text, "center", False, True) for n, text in enumerate(figures))
    return replace(SHEET, tables=(Table(cells, 1),), widths=(1,) * len(figures))


def test_a_workbook_shows_every_cell_as_the_sheet_has_it(tmp_path: Path) -> None:
    write_xlsx(SHEET, tmp_path / "a.xlsx")
    page = openpyxl.load_workbook(tmp_path / "a.xlsx").worksheets[0]
    top = 4  # below the lines above the tables
    for table in SHEET.tables:
        for cell in table.cells:
            place: Any = page.cell(top + cell.row, cell.column + 1)
            assert displayed("" if place.value is None else place.value, place.number_format) == cell.text
        top += table.rows


@pytest.mark.parametrize("percents", [True, False])
def test_figures_are_numbers_that_show_the_printed_digits(percents: bool, tmp_path: Path) -> None:
    figures = ("4421.40", "420", "1,932.41", "95.24%", "-0.70%", "0")
    sheet = small(*figures)
    sheet = replace(sheet, type=replace(sheet.type, percent_numbers=percents))
    write_xlsx(sheet, tmp_path / "a.xlsx")
    row: Any = openpyxl.load_workbook(tmp_path / "a.xlsx").worksheets[0][4]
    assert [displayed(place.value, place.number_format) for place in row] == list(figures)
    assert [isinstance(place.value, str) for place in row] == [False] * 3 + [not percents] * 2 + [False]


def test_a_web_page_has_the_cells_with_their_spans() -> None:
    page = lxml.html.fromstring(sheet_to_html(SHEET).encode())
    found = [
        ("\n".join(map(str, cell.itertext())), int(cell.get("rowspan", 1)), int(cell.get("colspan", 1)))
        for cell in page.iter("td")
    ]
    assert found == [(cell.text, cell.row_span, cell.column_span) for cell in CELLS]


def test_headers_that_repeat_are_marked_in_web_pages_and_word(tmp_path: Path) -> None:
    page = lxml.html.fromstring(sheet_to_html(SHEET).encode())
    assert [len(head) for head in page.iter("thead")] == [2, 4]
    write_docx(SHEET, tmp_path / "a.docx")
    tables = Document(str(tmp_path / "a.docx")).tables
    assert [len(list(table._tbl.iter(qn("w:tblHeader")))) for table in tables] == [0, 2, 0, 4]


def test_a_word_file_has_the_cells_with_their_spans(tmp_path: Path) -> None:
    cells = (
        SheetCell(0, 0, 2, 1, "收入构成", "center", True, False),
        SheetCell(0, 1, 1, 2, "1、甲\n2、乙", "left", False, False),
        SheetCell(1, 1, 1, 1, "420", "right", False, True),
        SheetCell(1, 2, 1, 1, "", "center", False, True),
    )
    write_docx(replace(SHEET, tables=(Table(cells, 2),), widths=(3, 1, 2)), tmp_path / "a.docx")
    (made,) = Document(str(tmp_path / "a.docx")).tables
    assert [[cell.text for cell in row.cells] for row in made.rows] == [
        ["收入构成", "1、甲\n2、乙", "1、甲\n2、乙"],
        ["收入构成", "420", ""],
    ]


def printed_text(path: Path) -> str:
    with pypdfium2.PdfDocument(path) as pdf:
        return "".join("".join(page.get_textpage().get_text_range().split()) for page in pdf)


@pytest.mark.skipif(shutil.which("chromium") is None, reason="Chromium is not installed")
def test_a_browser_prints_the_page_with_its_number_and_the_same_bytes_again(tmp_path: Path) -> None:
    sheet = small("4421.40", "420")
    sheet = replace(sheet, type=replace(sheet.type, page_number="{page} / {pages}", browser_lines=False))
    pages = [tmp_path / "a.html", tmp_path / "b.html"]
    for page in pages:
        page.write_text(sheet_to_html(sheet), encoding="utf-8")
    print_html(pages, [sheet_to_margins(sheet)] * 2, tmp_path)
    assert printed_text(tmp_path / "a.pdf").endswith("4421.404201/1")
    assert (tmp_path / "a.pdf").read_bytes() == (tmp_path / "b.pdf").read_bytes()


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_a_word_processor_prints_the_page_with_its_number(tmp_path: Path) -> None:
    sheet = small("4421.40", "420")
    write_docx(replace(sheet, type=replace(sheet.type, page_number="第 {page} 页")), tmp_path / "a.docx")
    print_word([tmp_path / "a.docx"], tmp_path)
    assert printed_text(tmp_path / "a.pdf").endswith("4421.40420第1页")
    assert b"(D:20251020090000" in (tmp_path / "a.pdf").read_bytes()
