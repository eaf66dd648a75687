"""Amounts and shares: the text of a cell, what it says, and what is doubtful about its row."""

from __future__ import annotations

from decimal import Decimal

import pytest

from models.finding import Evidence
from models.grid import Place
from normalize.form.physical_rows import Row, RowSlot
from normalize.form.sections import SectionRow
from normalize.read.money import (
    Amount,
    amount_at,
    amount_price,
    figure_at,
    note_row_doubts,
    note_units_behind,
    note_units_between,
    share_price,
)
from normalize.table.logical_rows import FieldText, LogicalRow
from normalize.table.model import RowState, own_entry
from tests.normalize.read.marked_rows import codes
from tests.pictured import line

STATE = RowState(0, "收入构成", "收入构成", own_entry("收入构成", "收入构成"), 1.0, usual=True)


def row(amount: str | None, doubtful: tuple[str, ...] = (), skipped: tuple[str, ...] = ()) -> LogicalRow:
    cells = {"amount": amount} if amount is not None else {}
    fields = {name: FieldText((RowSlot(text, Place(), text),), text) for name, text in cells.items()}
    left = tuple(RowSlot(text, Place(), text) for text in skipped)
    return LogicalRow(STATE, 0, (0,), fields, frozenset(doubtful), left, (), gap=False)


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("1,932.41", "1932.41"),
        ("1932.41万元", "1932.41"),
        ("0", "0"),
        ("¥1,932.41", "1932.41"),
        ("-￥5", "-5"),
    ],
)
def test_an_amount_keeps_its_printed_digits(text: str, amount: str) -> None:
    read = amount_at(row(text), "amount", "/budget/income/0/amount", "当年金额")
    assert read.value == Amount(Decimal(amount))
    assert read.notes.evidence["/budget/income/0/amount"].text == text


def test_a_point_with_nothing_behind_it_is_a_format_s_where_the_characters_are_the_file_s() -> None:
    slot = RowSlot("420.", Place(), "420.", exact=True)
    exact = FieldText((slot,), "420."), FieldText((RowSlot("420.", Place(), "420."),), "420.")
    assert [figure_at(piece, amount_price, "/p").value for piece in exact] == ["420", "420."]


def test_a_blank_cell_is_no_amount_and_no_zero() -> None:
    read = amount_at(row(None), "amount", "/budget/income/0/amount", "当年金额")
    assert read.value == Amount(None) and not read.notes.evidence


def test_a_text_that_is_no_amount_is_told_and_is_no_zero() -> None:
    read = amount_at(row("见附件"), "amount", "/budget/income/0/amount", "当年金额")
    assert read.value.value is None and read.value.unparsed is not None
    assert (read.value.unparsed.code, read.value.unparsed.severity) == ("unparsed-value", "error")


def test_no_share_is_more_than_the_whole() -> None:
    assert share_price("67.03%") == amount_price("6703") == 0.0
    assert share_price("6703%") == share_price("67.03") > 0.0


def test_a_doubtful_column_and_a_cell_without_column_are_told_at_their_places() -> None:
    notes = note_row_doubts(
        row("12", ("amount",), ("34",)), "/budget/income/0", {"amount": "amount", "share": "share"}
    )
    assert codes(notes) == {
        ("ambiguous-cell", "/budget/income/0/amount"),
        ("dropped-cell", "/budget/income/0/amount"),
        ("dropped-cell", "/budget/income/0/share"),
    }


@pytest.mark.parametrize("printed", ["12.3", "1,932.41"])
def test_an_amount_is_read_from_its_picture_where_there_is_one(printed: str) -> None:
    slot = RowSlot(printed, Place(), printed, posteriors=line(printed))
    pictured = FieldText((slot,), printed)
    read = figure_at(pictured, amount_price, "/budget/income/0/amount")
    assert read.value == printed
    assert read.notes.evidence["/budget/income/0/amount"].text == printed


def test_a_point_that_a_copier_lost_is_put_where_its_gap_is_and_told() -> None:
    slot = RowSlot("1932 41", Place(), "193241", posteriors=line("193241"))
    read = figure_at(FieldText((slot,), "193241"), amount_price, "/budget/income/0/amount")
    assert read.value == "1932.41"
    assert [(repair.kind, repair.after) for repair in read.notes.repairs] == [("digit", "1932.41")]


def _told(unit: str | None, *texts: str) -> set[str | None]:
    seen = {
        f"/budget/income/{n}/amount": Evidence(text=text, reader="excel", confidence=1.0)
        for n, text in enumerate(texts)
    }
    return {path for _, path in codes(note_units_behind(seen, unit))}


def test_an_amount_in_another_unit_than_the_form_s_is_told() -> None:
    assert _told("万元", "4516.02", "32684000元", "402.87万元", "12万") == {"/budget/income/1/amount"}


def test_another_unit_between_the_rows_is_told_for_the_parts_below_it() -> None:
    def row_of(section: str, text: str) -> SectionRow:
        return SectionRow(Row((RowSlot(text, Place(), text),), 0), (None,), section)

    said = (("budget", "财政拨款"), ("summary", "单位：元"), ("projects", "机关食堂补贴"))
    rows = [row_of(*one) for one in said]
    assert codes(note_units_between(rows, "万元")) == {("ambiguous-cell", "/projects")}
    assert codes(note_units_between(rows, "元")) == set()


def test_units_that_all_amounts_share_need_no_other_word() -> None:
    assert _told(None, "4516.02万元", "402.87万元") == set()
    assert _told(None, "4516.02万元", "9000元") == {"/budget/income/0/amount", "/budget/income/1/amount"}
