"""Nothing unseen enters, and what cannot be read is told with its place."""

from __future__ import annotations

import pytest

from extract.page.symbols import UNREADABLE
from extract.page.text_gate import clean_text, through_gate
from models.document import Document, Rival, TextLine
from models.grid import Cell, Grid, Place


def document(text: str) -> Document:
    cell = Cell(0, 0, text, Place(part="表1 R1C1"))
    return through_gate(Document((Grid((cell,), 1, 1),), "text/plain"))


def cell(found: Document) -> Cell:
    (piece,) = found.pieces
    assert isinstance(piece, Grid)
    return piece.cells[0]


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("江阳县\u200b财政局", "江阳县财政局"),
        ("\ufeff江阳", "江阳"),
        ("\u202e59%\u202c", "59%"),
        ("a\x07b\tc\nd", "ab\tc\nd"),
        ("\ue021", UNREADABLE),
        ("\ud800", UNREADABLE),
        ("≥95%　√", "≥95%　√"),
    ],
)
def test_clean_text(text: str, clean: str) -> None:
    assert clean_text(text) == clean


def test_turned_text_is_told_with_its_place() -> None:
    found = document("\u202e5.29\u202c")
    assert cell(found).text == "5.29"
    assert [(p.code, "表1 R1C1" in p.message) for p in found.problems] == [("control-characters", True)]


def test_unreadable_character_is_told_with_its_place() -> None:
    found = document("是\uf0ff")
    assert cell(found).text == f"是{UNREADABLE}"
    assert [(p.code, "表1 R1C1" in p.message) for p in found.problems] == [("symbol-unread", True)]
    assert found.problems[0].places == (Place(part="表1 R1C1"),)


def test_zero_width_characters_go_without_a_word() -> None:
    found = document("江\u200b阳")
    assert (cell(found).text, found.problems) == ("江阳", ())


def test_cell_of_nothing_but_unseen_characters_is_blank() -> None:
    assert cell(document("\u200b\u200e")).state == "blank"


def test_clean_document_is_the_same() -> None:
    pieces = (TextLine("部门名称\t江阳县", Place()),)
    assert through_gate(Document(pieces, "text/plain")).pieces[0] is pieces[0]


def test_places_beyond_five_are_counted() -> None:
    pieces = tuple(TextLine("\x01", Place(part=f"line {n}")) for n in range(7))
    (problem,) = through_gate(Document(pieces, "text/plain")).problems
    assert "line 4 等 7 处" in problem.message and "line 5" not in problem.message


def test_text_beyond_the_limit_is_cut_and_told() -> None:
    found = document("字" * 30_000)
    assert len(cell(found).text) == 20_000
    assert [(p.code, "30000" in p.message, "20000" in p.message) for p in found.problems] == [
        ("text-cut", True, True)
    ]


def test_a_second_reading_of_a_page_passes_the_gate_too() -> None:
    rival = Rival(1, (TextLine("江阳\u200b县", Place(1)),))
    (found,) = through_gate(Document((), "application/pdf", 1, rivals=(rival,))).rivals
    assert found.pieces == (TextLine("江阳县", Place(1)),)
