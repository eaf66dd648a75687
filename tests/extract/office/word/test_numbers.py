"""List numbers that Word prints and does not store."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest

from extract.office.word.reader import read_word
from models.document import TextLine
from tests.word_markup import grid, par, read, run, tbl, tc, texts, tr


def level(text: str, form: str = "decimal", depth: int = 0) -> str:
    values = f'<w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/>'
    return f'<w:lvl w:ilvl="{depth}">{values}</w:lvl>'


def item(text: str, depth: int = 0, number: int = 90) -> str:
    return par(run(text), f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>')


@pytest.mark.parametrize(
    ("label", "form", "shown"),
    [
        ("%1、", "decimal", ["1、a", "2、b"]),
        ("（%1）", "chineseCounting", ["（一）a", "（二）b"]),
        ("%1.", "decimal", ["1. a", "2. b"]),
        ("%1", "decimalEnclosedCircle", ["① a", "② b"]),
        ("%1、", "ideographTraditional", ["甲、a", "乙、b"]),
        ("%1.", "upperRoman", ["I. a", "II. b"]),
        ("%1、", "chineseLegalSimplified", ["壹、a", "贰、b"]),
        ("", "bullet", ["a", "b"]),
    ],
)
def test_list_numbers_are_restored(tmp_path: Path, label: str, form: str, shown: list[str]) -> None:
    assert texts(read(tmp_path, item("a") + item("b"), level(label, form))) == shown


def test_deeper_list_level_starts_again(tmp_path: Path) -> None:
    levels = level("%1、", "chineseCountingThousand") + level("%1.%2）", depth=1)
    body = item("a") + item("b", 1) + item("c", 1) + item("d") + item("e", 1)
    shown = [line.partition("）")[0] for line in texts(read(tmp_path, body, levels))]
    assert shown == ["一、a", "一.1", "一.2", "二、d", "二.1"]


def test_list_restarts_where_told(tmp_path: Path) -> None:
    start = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    again = f'<w:num w:numId="91"><w:abstractNumId w:val="90"/>{start}</w:num>'
    body = item("a") + item("b") + tbl(tr(tc(item("c", number=91) + item("d", number=91))))
    document = read(tmp_path, body, level("%1、"), again)
    assert texts(document) == ["1、a", "2、b"]
    assert grid(document).cells[0].text == "1、c\n2、d"


def test_eleven_and_twenty_in_chinese(tmp_path: Path) -> None:
    lines = texts(read(tmp_path, "".join(item("x") for _ in range(21)), level("%1、", "japaneseCounting")))
    assert [lines[n].rstrip("x") for n in (9, 10, 19, 20)] == ["十、", "十一、", "二十、", "二十一、"]


def test_number_from_a_style(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("a", style="List Number")
    document.add_heading("b")
    document.save(str(tmp_path / "form"))
    first, second = read_word(tmp_path / "form").pieces
    assert isinstance(first, TextLine) and isinstance(second, TextLine)
    assert (first.text, first.heading, second.heading) == ("1. a", False, True)
