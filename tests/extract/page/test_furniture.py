"""What stands on every page is no data."""

from __future__ import annotations

from dataclasses import replace

import pytest

from extract.page.furniture import without_furniture, without_page_number
from models.document import Piece, TextLine
from models.geometry import Box
from models.grid import Cell, Grid, Place
from models.page import Page
from tests.paper import typed


def line(text: str, page: int, top: float = 20.0) -> TextLine:
    return TextLine(text, Place(page, Box(40, top, 300, top + 10)))


def table(page: int) -> Grid:
    return Grid((Cell(0, 0, "部门职能概述", Place(page, Box(40, 100, 500, 700))),), 1, 1)


def texts(*pieces: Piece) -> list[str]:
    return [piece.text for piece in without_furniture(pieces) if isinstance(piece, TextLine)]


def test_a_browsers_lines_go() -> None:
    address = [line(f"file:///a.html {page}/2", page, 820) for page in (1, 2)]
    assert texts(table(1), address[0], table(2), address[1]) == []


def test_a_running_title_is_kept_once() -> None:
    titles = [line("部门整体绩效目标申报表", page) for page in (1, 2, 3)]
    assert texts(titles[0], table(1), titles[1], table(2), titles[2], table(3)) == ["部门整体绩效目标申报表"]


def test_the_title_of_the_next_form_in_the_file_stays() -> None:
    titles = [line("部门整体绩效目标申报表", page) for page in (1, 3)]
    assert len(texts(titles[0], table(1), table(2), titles[1], table(3), table(4))) == 2


@pytest.mark.parametrize("number", ["— 1 —", "3", "第1页", "第 1 页 共 3 页", "1/3"])
def test_a_page_number_goes_even_from_a_single_page(number: str) -> None:
    assert texts(table(1), line(number, 1, 800)) == []


def test_a_number_amid_the_text_stays() -> None:
    assert texts(line("部门职能", 1), line("12", 1, 60), line("联系电话", 1, 80)) == [
        "部门职能",
        "12",
        "联系电话",
    ]


def test_a_year_in_the_title_of_one_page_stays() -> None:
    assert texts(line("（2026年度）", 1, 40), table(1), table(2)) == ["（2026年度）"]


def test_the_same_text_at_another_height_is_no_furniture() -> None:
    assert len(texts(line("1、完成任务", 1, 300), table(1), line("2、完成任务", 2, 60), table(2))) == 2


def test_an_address_that_is_the_same_on_every_page_goes() -> None:
    feet = [line("https://ysjx.example.gov.cn/print?form=1024", page, 820) for page in (1, 2)]
    assert texts(table(1), feet[0], table(2), feet[1]) == []


def test_a_label_at_every_foot_is_kept_once() -> None:
    feet = [line("填报人：陈立群", page, 820) for page in (1, 2)]
    assert texts(table(1), feet[0], table(2), feet[1]) == ["填报人：陈立群"]


def page_with(foot: str, number: int) -> Page:
    chars = [*typed("符合中长期规划", 300, 780), *typed(foot, 280, 792)]
    return Page(number, 595, 842, tuple(chars), ())


@pytest.mark.parametrize(
    ("foot", "left"), [("第4页共6页", ""), ("4/6", ""), ("5/6", "5/6"), ("4", "4"), ("4公里", "4公里")]
)
def test_a_pages_own_number_goes_though_a_cell_runs_over_it(foot: str, left: str) -> None:
    page = without_page_number(page_with(foot, 4))
    assert "".join(char.text for char in page.chars) == "符合中长期规划" + left


def test_a_faxs_head_line_goes_however_it_was_read() -> None:
    read = [
        "FROM:FAX NOV-22-2025 09:14 P.01",
        "FROM：FAX NOV-22-2025 09:14 PP.02",
        "FRON:FAXNOV-22-2025 09:14 P.03",
    ]
    pieces = [(replace(line(text, n + 1), confidence=0.9), table(n + 1)) for n, text in enumerate(read)]
    assert texts(*(piece for pair in pieces for piece in pair)) == []


def test_a_running_title_misread_on_one_page_is_kept_once() -> None:
    read = ["部门整体绩效目标申报表", "部门整体绩效日标申报表"]
    pieces = [(replace(line(text, n + 1), confidence=0.9), table(n + 1)) for n, text in enumerate(read)]
    assert texts(*(piece for pair in pieces for piece in pair)) == ["部门整体绩效目标申报表"]
