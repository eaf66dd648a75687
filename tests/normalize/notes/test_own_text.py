"""A department's own text: what a picture leaves open is reread, what looks misread is asked about."""

from __future__ import annotations

from dataclasses import replace

from models.grid import Place
from normalize.form.physical_rows import RowSlot
from normalize.notes.notes import Notes
from normalize.notes.own_text import note_broken, note_own_text
from tests.pictured import line

PATH = "/functions/0"


def slots(text: str, exact: bool) -> tuple[RowSlot, ...]:
    return (RowSlot(text, Place(), text, exact=exact),)


def test_plain_words_leave_no_note() -> None:
    text = "负责交通运输行业管理"
    assert note_own_text(PATH, text, text, slots(text, exact=False)) == Notes()


def test_what_rereading_changed_is_repaired_and_asked_about() -> None:
    notes = note_own_text(PATH, "负责公路养妒", "负责公路养护", slots("负责公路养妒", exact=False))
    assert [(repair.before, repair.after) for repair in notes.repairs] == [("负责公路养妒", "负责公路养护")]
    assert [(f.code, f.expected) for f in notes.findings] == [("low-confidence", "负责公路养护")]


def test_a_character_that_hardly_any_text_has_is_asked_about() -> None:
    text = "负责菅鬯管理"
    assert [f.code for f in note_own_text(PATH, text, text, slots(text, exact=True)).findings] == [
        "low-confidence"
    ]


def test_a_broken_word_is_asked_about_where_a_reader_may_have_erred() -> None:
    text = "切实加強农村公路建设"
    (found,) = note_broken(PATH, text, slots(text, exact=False)).findings
    assert found.expected == "切实加强农村公路建设"


def test_a_word_that_the_list_lacks_is_one_where_the_picture_shows_it_clearly() -> None:
    text = "切实加強农村公路建设"
    seen = slots(text, exact=False)[0]
    assert note_broken(PATH, text, (replace(seen, confidence=0.995),)) == Notes()
    assert note_broken(PATH, text, (replace(seen, confidence=0.97),)).findings


def test_a_file_s_own_characters_are_as_they_were_typed() -> None:
    text = "切实加強农村公路建设"
    assert note_broken(PATH, text, slots(text, exact=True)) == Notes()


def test_a_point_behind_the_last_character_of_a_picture_may_be_a_speck() -> None:
    text = "办理人大建议政协提案件数."
    pictured = (replace(slots(text, exact=False)[0], confidence=0.95),)
    assert [f.code for f in note_broken(PATH, text, pictured).findings] == ["low-confidence"]
    assert note_broken(PATH, text, slots(text, exact=False)) == Notes()


def test_a_word_that_a_picture_hesitates_about_is_asked_about_unless_another_says_the_same() -> None:
    text = "听力、技体、智力"
    seen = (replace(slots(text, exact=False)[0], confidence=0.95, posteriors=line(text, {3: {"肢": 0.013}})),)
    (found,) = note_broken(PATH, text, seen).findings
    assert found.expected == "听力、肢体、智力"
    assert note_broken(PATH, text, seen, agreed=True) == Notes()
