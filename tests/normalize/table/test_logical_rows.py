"""Fields of the winning reading: whole cells, halves of glued ones, what no column took, and what another reading says."""

from __future__ import annotations

from dataclasses import replace

from extract.transcripts.markup import text_to_pieces
from normalize.channel.observation import FileText, OcrText
from normalize.form.catalogue import load_catalogue
from normalize.form.physical_rows import pieces_to_rows
from normalize.read.indicators.reader import indicator_model
from normalize.table.decoder import decode
from normalize.table.logical_rows import FieldText, LogicalRow

MODEL = indicator_model(load_catalogue())
ROW = "\t管理效率\t预算执行\t预算执行率\t98%\t预算支出标准\t基本型\n"


def read(text: str) -> LogicalRow:
    return decode(MODEL, pieces_to_rows(text_to_pieces(text))).rows[0]


def texts(row: LogicalRow) -> dict[str, str]:
    return {name: piece.text for name, piece in row.fields.items()}


def test_each_cell_fills_its_column() -> None:
    assert texts(read(ROW)) == {
        "level1": "管理效率",
        "level2": "预算执行",
        "level3": "预算执行率",
        "target": "98%",
        "basis": "预算支出标准",
        "category": "基本型",
    }


def test_a_glued_cell_gives_two_columns_their_halves() -> None:
    row = read(ROW.replace("预算支出标准\t基本型", "预算支出标准基本型"))
    assert (row.fields["basis"].text, row.fields["category"].text) == ("预算支出标准", "基本型")
    assert row.fields["basis"].glued and row.fields["basis"].slots == row.fields["category"].slots


def test_a_cell_that_no_column_took_is_named() -> None:
    row = read(ROW.replace("\n", "\t第三页\n"))
    assert [slot.text for slot in row.skipped] == ["第三页"]


def test_a_cell_that_could_stand_elsewhere_is_doubtful() -> None:
    assert read(ROW).doubtful == frozenset()
    lost = read("年度绩效指标\t管理效率\t预算执行\t预算执行率\t97%\t98%\t预算支出标准\t基本型\n")
    assert {"year_before_last", "last_year"} & lost.doubtful or {"last_year", "target"} & lost.doubtful


def test_a_joined_or_glued_text_has_no_picture_of_its_own() -> None:
    slot = read(ROW).fields["target"].slots[0]
    assert FieldText((slot, slot), "98%").observation == OcrText("98%")
    assert FieldText((slot,), "98%", glued=True).observation == OcrText("98%")


def test_characters_of_the_file_are_certain() -> None:
    slot = replace(read(ROW).fields["target"].slots[0], exact=True)
    assert FieldText((slot,), "98%").observation == FileText("98%")
