"""What is noted beside a value, and how the notes of parts come together."""

from __future__ import annotations

from models.geometry import Box
from models.grid import Place
from normalize.form.physical_rows import RowSlot
from normalize.notes.notes import Notebook, Read, merged


def slot(
    text: str, page: int = 1, left: float = 0, reader: str = "text-layer", placed: bool = True
) -> RowSlot:
    return RowSlot(text, Place(page, Box(left, 0, left + 10, 10)), text, reader=reader, placed=placed)


def test_a_value_of_several_cells_stands_in_the_box_around_them_and_names_all_its_readers() -> None:
    book = Notebook()
    book.read_at("/phone", [slot("602", reader="picture"), slot("3461", left=20, reader="hidden-layer")])
    seen = book.notes().evidence["/phone"]
    assert (seen.page, seen.bbox, seen.text) == (1, (0, 0, 30, 10), "602 3461")
    assert (seen.reader, seen.origin) == ("picture; hidden-layer", "cell")


def test_a_box_does_not_reach_over_to_another_page() -> None:
    book = Notebook()
    book.read_at("/phone", [slot("602"), slot("3461", page=2, left=20)])
    assert book.notes().evidence["/phone"].bbox == (0, 0, 10, 10)


def test_a_value_read_nowhere_has_no_evidence() -> None:
    book = Notebook()
    book.read_at("/phone", [])
    assert not book.notes().evidence


def test_a_cell_whose_column_is_a_guess_is_doubted() -> None:
    book = Notebook()
    book.read_at("/phone", [slot("6023461", placed=False)])
    assert [(f.code, f.path) for f in book.notes().findings] == [("ambiguous-cell", "/phone")]


def test_a_value_is_capped_but_never_made_surer() -> None:
    book = Notebook()
    book.read_at("/phone", [slot("6023461")], confidence=0.7)
    book.cap_confidence("/phone", 0.9)
    assert book.notes().evidence["/phone"].confidence == 0.7
    book.cap_confidence("/phone", 0.4)
    assert book.notes().evidence["/phone"].confidence == 0.4


def test_the_same_finding_is_kept_once_and_a_graver_one_beside_it() -> None:
    book = Notebook()
    for severity in ("info", "warning", "info"):
        book.add_finding("missing-value", "/money_unit", "金额单位为空", severity)
    assert [f.severity for f in book.notes().findings] == ["info", "warning"]


def test_taking_a_value_takes_its_notes() -> None:
    part, whole = Notebook(), Notebook()
    part.read_at("/phone", [slot("6023461")])
    part.add_repair("/phone", "digit", "602346l", "6023461", "图像")
    assert whole.take(Read(6023461, part.notes())) == 6023461
    assert whole.notes() == part.notes()


def test_notes_that_were_handed_out_do_not_change_any_more() -> None:
    book = Notebook()
    before = book.notes()
    book.read_at("/phone", [slot("6023461")])
    assert not before.evidence and book.notes().evidence


def test_later_evidence_of_a_value_stands() -> None:
    first, second = Notebook(), Notebook()
    first.read_at("/phone", [slot("6023461")], confidence=0.5)
    second.read_at("/phone", [slot("6023461")], confidence=0.99)
    assert merged((first.notes(), second.notes())).evidence["/phone"].confidence == 0.99
