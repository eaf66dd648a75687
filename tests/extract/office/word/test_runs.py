"""What is seen of a paragraph's runs."""

from __future__ import annotations

from pathlib import Path

import pytest

from extract.office.word.runs import Notices
from extract.page.symbols import UNREADABLE
from models.grid import Place
from tests.word_markup import cell_text, codes, grid, par, read, run, tbl, tc, tr


@pytest.mark.parametrize("strike", ["<w:strike/>", "<w:dstrike/>"])
def test_struck_text_is_left_out_and_told(tmp_path: Path, strike: str) -> None:
    document = read(tmp_path, tbl(tr(tc(par(run("98%", strike) + run("95%"))))))
    assert (grid(document).cells[0].text, codes(document)) == ("95%", ["text-struck"])
    assert "表1 R1C1" in document.problems[0].message
    assert document.problems[0].places == (Place(part="表1 R1C1"),)


def test_strike_that_is_off_is_text(tmp_path: Path) -> None:
    assert cell_text(tmp_path, par(run("95%", '<w:strike w:val="0"/>'))) == "95%"


@pytest.mark.parametrize(
    ("properties", "cell", "shown"),
    [
        ('<w:color w:val="FFFFFF"/>', "", ""),
        ('<w:color w:val="FDFDFD"/>', "", ""),
        ('<w:color w:val="auto" w:themeColor="background1"/>', "", ""),
        ('<w:sz w:val="2"/>', "", ""),
        ('<w:color w:val="FF0000"/>', "", "x"),
        ('<w:color w:val="FFFFFF"/>', '<w:shd w:val="clear" w:fill="1F3864"/>', "x"),
        ('<w:color w:val="1F3864"/>', '<w:shd w:val="clear" w:fill="1F3864"/>', ""),
        ('<w:color w:val="FFFFFF"/><w:highlight w:val="blue"/>', "", "x"),
        ('<w:color w:val="FFFFFF"/><w:shd w:val="clear" w:fill="000000"/>', "", "x"),
    ],
)
def test_text_of_the_colour_behind_it_is_not_seen(
    tmp_path: Path, properties: str, cell: str, shown: str
) -> None:
    document = read(tmp_path, tbl(tr(tc(par(run("x", properties) + run("y")), cell))))
    assert grid(document).cells[0].text == f"{shown}y"
    assert codes(document) == ([] if shown else ["text-hidden"])


@pytest.mark.parametrize(
    ("text", "raised", "shown"),
    [("402.87", "2", "402.87"), ("10", "4", "10⁴"), ("120m", "2", "120m²")],
)
def test_raised_characters_are_exponents_or_marks(tmp_path: Path, text: str, raised: str, shown: str) -> None:
    assert cell_text(tmp_path, par(run(text) + run(raised, '<w:vertAlign w:val="superscript"/>'))) == shown


def test_raised_runs_are_read_together(tmp_path: Path) -> None:
    up = '<w:vertAlign w:val="superscript"/>'
    assert cell_text(tmp_path, par(run("10") + run("-", up) + run("3", up) + run("吨"))) == "10⁻³吨"


def test_formula_is_read_as_it_is_printed(tmp_path: Path) -> None:
    power = "<m:sSup><m:e><m:r><m:t>10</m:t></m:r></m:e><m:sup><m:r><m:t>4</m:t></m:r></m:sup></m:sSup>"
    part = "<m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f>"
    assert cell_text(tmp_path, par(f"<m:oMath>{power}</m:oMath>")) == "10⁴"
    assert cell_text(tmp_path, par(f"<m:oMath>{part}</m:oMath>")) == "1/2"


@pytest.mark.parametrize(
    ("text", "font", "shown"),
    [
        ("ü", "Wingdings", "√"),
        ("\uf0fe", "Wingdings", "☑"),
        ("项", "Wingdings", "项"),
        ("\x9f", "Wingdings 2", UNREADABLE),
    ],
)
def test_text_in_a_symbol_font_is_what_the_font_shows(
    tmp_path: Path, text: str, font: str, shown: str
) -> None:
    fonts = f'<w:rFonts w:ascii="{font}" w:hAnsi="{font}"/>'
    assert cell_text(tmp_path, par(run(text, fonts))) == shown


def test_notices_name_each_place_once() -> None:
    notices = Notices()
    notices.add("text-struck", "a")
    notices.add("text-struck", "a")
    assert list(notices.places["text-struck"]) == ["a"]
