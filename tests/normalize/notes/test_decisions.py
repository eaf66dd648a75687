"""A repair is noted where the text stands, a doubt where the value stands."""

from __future__ import annotations

from models.grid import Place
from normalize.channel.decision import Decision
from normalize.form.physical_rows import RowSlot
from normalize.notes.decisions import note_decision
from normalize.table.logical_rows import FieldText

PATH = "/annual/indicators/3/target"
PIECE = FieldText((RowSlot("由保障", Place(), "由保障"),), "由保障")


def test_a_text_that_stands_as_it_was_read_leaves_no_note() -> None:
    notes = note_decision(PATH, PIECE, Decision("由保障", "kept", 30.0, None, False), "指标目录")
    assert not notes.repairs and not notes.findings


def test_a_sure_repair_is_noted_with_its_reason() -> None:
    decision = Decision("有保障", "typo", 9.0, "由保障", False)
    notes = note_decision(PATH, PIECE, decision, "指标目录 020202", text_path=f"{PATH}/text")
    (repair,) = notes.repairs
    assert (repair.path, repair.before, repair.after) == (f"{PATH}/text", "由保障", "有保障")
    assert (repair.because, repair.runner_up) == ("指标目录 020202", "由保障")
    assert not notes.findings


def test_a_repair_by_the_twin_names_the_twin() -> None:
    (repair,) = note_decision(PATH, PIECE, Decision("有保障", "twin", 9.0, None, False), "指标目录").repairs
    assert repair.because == "同一指标的其他单元格"


def test_a_repair_on_weak_evidence_is_asked_about() -> None:
    notes = note_decision(PATH, PIECE, Decision("有保障", "typo", 1.0, None, True), "指标目录")
    assert [(f.code, f.path, f.expected) for f in notes.findings] == [("low-confidence", PATH, "有保障")]


def test_a_text_that_was_left_on_weak_evidence_is_asked_about() -> None:
    notes = note_decision(PATH, PIECE, Decision("由保障", "kept", 1.0, "有保障", True), "指标目录")
    assert not notes.repairs
    assert [(f.code, f.path, f.expected) for f in notes.findings] == [("unrepaired-typo", PATH, "有保障")]
