"""Amounts and shares of the budget and project tables, as their pictures or their texts say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from normalize.channel.figures import NO_NUMBER, FigurePrice, confidence, lost_point, read_figure
from normalize.channel.observation import PictureText
from normalize.form.sections import SectionRow
from normalize.notes.notes import Notes
from normalize.read.indicators.levels import note_decision
from normalize.table.logical_rows import CellText, LogicalRow
from normalize.text.cell_values import text_to_amount, text_to_share

WHOLE = 100
"""No part is more per cent of the whole: a copier loses points."""


def data_rows(rows: Sequence[SectionRow]) -> tuple[SectionRow, ...]:
    """Rows of a table that are no headings and stand in a table."""
    return tuple(row for row in rows if not row.is_heading and not row.row.line)


def amount_at(row: LogicalRow, name: str, path: str, label: str, notes: Notes) -> Decimal | None:
    """The amount in column `name` of a row, for the value at `path`; `label` is what findings call it."""
    piece = row.fields.get(name)
    if piece is None:
        return None
    text = figure_at(piece, amount_price, path, notes)
    amount = text_to_amount(text)
    if amount is None:
        notes.find("unparsed-value", path, f"{label}“{text}”不是金额，请核对", "error", actual=text)
    return amount


def figure_at(piece: CellText, price: FigurePrice, path: str, notes: Notes) -> str:
    """The text of a figure as its picture says, or as it was read."""
    pictured = isinstance(piece.observation, PictureText) and len(piece.slots) == 1
    lost = lost_point(piece.slots[0].raw) if pictured else None
    decision = lost or read_figure(piece.observation, price)
    notes.saw(path, piece.slots, "cell", confidence(piece.observation, decision))
    note_decision(path, piece, decision, "图像中唯一合乎格式的读法", notes)
    return decision.text


def amount_price(text: str) -> float:
    """How unlikely it is that `text` stands where an amount must."""
    return 0.0 if text_to_amount(text) is not None else NO_NUMBER


def share_price(text: str) -> float:
    """The same for a share of the whole, in per cent."""
    share = text_to_share(text) if text.endswith("%") else None
    return 0.0 if share and Decimal(share.rstrip("%")) <= WHOLE else NO_NUMBER


def note_row_doubts(row: LogicalRow, path: str, places: Mapping[str, str], notes: Notes) -> None:
    """Doubtful cells of a row, and those that no column took; `places` are its columns' places below `path`."""
    for name in sorted(row.doubtful & places.keys()):
        notes.find("ambiguous-cell", f"{path}/{places[name]}", "单元格可能错位，所属列不能确定，请核对")
    for slot in row.skipped:
        for place in places.values():
            notes.find(
                "dropped-cell",
                f"{path}/{place}",
                f"本行的“{slot.text}”不属于任何一列，请核对整行",
                actual=slot.text,
            )
