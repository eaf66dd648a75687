"""Levels 1 and 2: filled down, repaired, restored, and doubted together with the rows that stand under them."""

from __future__ import annotations

from dataclasses import replace

from extract.transcripts.markup import text_to_pieces
from models.posteriors import Posteriors
from normalize.form.physical_rows import pieces_to_rows
from normalize.read.indicators.reader import decoded_to_indicators
from normalize.table.decoder import decode
from tests.normalize.read.indicators.tables import ANNUAL, CATALOGUE, LONG, MODEL, indicators
from tests.normalize.read.marked_rows import codes
from tests.pictured import line


def levels(text: str) -> list[tuple[str | None, str | None]]:
    return [(row.level1, row.level2) for row in indicators(text).value.long_term]


RIGHT = levels(LONG)


def test_a_label_holds_for_the_rows_below_it() -> None:
    assert RIGHT == [
        ("管理效率", "战略管理"),
        ("管理效率", "战略管理"),
        ("履职效能", "核心业务产出1"),
        ("履职效能", "核心业务产出2"),
    ]


def test_the_label_of_a_row_below_is_the_catalogue_s_word_at_the_cell_that_prints_it() -> None:
    evidence = indicators(LONG).notes.evidence
    first, second = (evidence[f"/long_term/indicators/{n}/level2"] for n in (0, 1))
    assert (first.origin, second.origin, first.part == second.part) == ("cell", "catalogue", True)


def test_a_label_printed_a_row_too_late_holds_from_the_first_row_on() -> None:
    late = LONG.replace("\t管理效率\t战略管理\t中", "\t\t\t中").replace(
        "\t\t\t工作", "\t管理效率\t战略管理\t工作"
    )
    read = indicators(late)
    assert levels(late) == RIGHT
    assert {repair.path for repair in read.notes.repairs} >= {
        "/long_term/indicators/0/level1",
        "/long_term/indicators/0/level2",
    }


def test_a_misread_label_is_repaired_once_and_for_all_rows() -> None:
    wrong = LONG.replace("管理效率", "管埋效率")
    assert levels(wrong) == RIGHT
    assert [repair.before for repair in indicators(wrong).notes.repairs] == ["管埋效率"]


def test_numbered_labels_go_on_counting_where_one_was_not_read() -> None:
    lost = LONG.replace("核心业务产出2", "")
    assert levels(lost)[3] in {("履职效能", "核心业务产出1"), ("履职效能", "核心业务产出2")}
    assert levels(lost + ANNUAL)[3] == ("履职效能", "核心业务产出2")
    assert ("label-lost", "/long_term/indicators/3/level2") in codes(indicators(lost + ANNUAL).notes)


def test_a_number_that_does_not_follow_is_told() -> None:
    jumped = LONG.replace("核心业务产出2", "核心业务产出4")
    assert levels(jumped)[3] == ("履职效能", "核心业务产出4")
    assert ("low-confidence", "/long_term/indicators/3/level2") in codes(indicators(jumped).notes)


def test_the_first_numbered_label_is_number_one_where_neither_table_says_another() -> None:
    lost = (LONG + ANNUAL).replace("核心业务产出1", "")
    read = indicators(lost)
    assert [(row.level1, row.level2) for row in read.value.long_term][2] == ("履职效能", "核心业务产出1")
    assert ("label-lost", "/long_term/indicators/2/level2") in codes(read.notes)


def guessed(text: str) -> set[tuple[str, str | None]]:
    """Findings of a table all of whose cells stand where they do by a guess."""
    rows = [
        replace(row, slots=tuple(replace(slot, placed=False) for slot in row.slots))
        for row in pieces_to_rows(text_to_pieces(text))
    ]
    return codes(decoded_to_indicators(decode(MODEL, rows), CATALOGUE).notes)


def test_where_a_label_ends_is_no_doubt_for_the_catalogue_s_own_indicators() -> None:
    found = guessed(LONG)
    assert ("ambiguous-cell", "/long_term/indicators/0/level2") not in found
    assert ("ambiguous-cell", "/long_term/indicators/2/target") in found
    assert ("ambiguous-cell", "/long_term/indicators/2/level2") in found


def stroke(text: str) -> Posteriors | None:
    """A picture that shows the text, its last character perhaps a stroke of the ruling line."""
    return line(text, {len(text) - 1: {"": 0.1}} if text.endswith("1") else {}) if text else None


def test_a_repaired_label_is_doubted_where_it_is_printed_only() -> None:
    torn = LONG.replace("管理效率", "管理效率1")
    rows = [
        replace(row, slots=tuple(replace(s, posteriors=stroke(s.text)) for s in row.slots))
        for row in pieces_to_rows(text_to_pieces(torn))
    ]
    read = decoded_to_indicators(decode(MODEL, rows), CATALOGUE)
    assert [one.level1 for one in read.value.long_term][:2] == ["管理效率"] * 2
    doubted = {path for code, path in codes(read.notes) if path and path.endswith("level1")}
    assert doubted == {"/long_term/indicators/0/level1"}
