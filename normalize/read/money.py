"""Amounts and shares of the budget and project tables, as their pictures or their texts say."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from models.finding import Evidence, Finding, Severity
from normalize.channel.figures import NO_NUMBER, FigurePrice, confidence, lost_point, read_figure
from normalize.channel.observation import PictureText
from normalize.form.sections import SectionRow
from normalize.notes.decisions import note_decision
from normalize.notes.notes import Notebook, Notes, Read, finding
from normalize.table.logical_rows import FieldText, LogicalRow
from normalize.text.cell_values import MONEY_UNIT, text_to_amount, text_to_share
from normalize.text.fold import fold

_UNIT_BEHIND = re.compile(rf"\d\s*({MONEY_UNIT})\s*$")
_UNIT_ALONE = re.compile(r"\W?(?:金额|计量|货币)?单位[:：]?\s*(?:人民币)?([百千万亿]*元)\W?")
"""What a cell or a line says that only names a money unit."""
_AMOUNT_PLACES = ("/amount", "/history/0", "/history/1", "/total_budget", "/annual_budget")
"""How the paths of amounts end in the budget and the projects of a department's form."""
_IDLE_POINT = re.compile(r"(?<=\d)\.(?=%?$)")
"""Excel shows 420 as `420.` under `#,##0.##`; in what a reader made of a picture, digits may be lost behind it."""
_WHOLE_PERCENT = 100
"""No share of the whole is larger: where one seems to be, a copier lost its point."""


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount as it was read; `unparsed` says that there is a text which is none."""

    value: Decimal | None = None
    unparsed: Finding | None = None


def data_rows(rows: Sequence[SectionRow]) -> tuple[SectionRow, ...]:
    """Rows of a table that are no headings and stand in a table."""
    return tuple(row for row in rows if not row.is_heading and not row.row.line)


def amount_at(row: LogicalRow, name: str, path: str, label: str) -> Read[Amount]:
    """The amount in column `name` of a row, for the value at `path`; `label` is what findings call it."""
    piece = row.fields.get(name)
    if piece is None:
        return Read(Amount())
    text = figure_at(piece, amount_price, path)
    if piece.unread:
        return Read(Amount(), text.notes)
    amount = text_to_amount(text.value)
    if amount is not None:
        return Read(Amount(amount), text.notes)
    return Read(
        Amount(unparsed=unparsed_figure(path, f"{label}“{text.value}”不是金额", text.value, "error")),
        text.notes,
    )


def unparsed_figure(path: str, message: str, text: str, severity: Severity = "warning") -> Finding:
    """The finding that the `text` of the figure at `path` is none."""
    return finding("unparsed-value", "reading", severity, path, f"{message}，请核对", actual=text)


def figure_at(piece: FieldText, price: FigurePrice, path: str) -> Read[str]:
    """The text of a figure as its picture says, or as it was read; nothing for one that could not be read."""
    book = Notebook()
    if piece.unread:
        book.read_at(path, piece.slots)
        return Read("", book.notes())
    pictured = isinstance(piece.observation, PictureText) and len(piece.slots) == 1
    lost = lost_point(piece.slots[0].raw) if pictured else None
    decision = lost or read_figure(piece.observation, price)
    book.read_at(path, piece.slots, confidence=confidence(piece.observation, decision))
    book.add(note_decision(path, piece, decision, "图像中唯一合乎格式的读法"))
    return Read(_IDLE_POINT.sub("", decision.text) if piece.exact else decision.text, book.notes())


def note_units_behind(evidence: Mapping[str, Evidence], unit: str | None) -> Notes:
    """Amounts with another unit printed behind them than the form's, or than each other: told at their paths.

    `evidence`: by path, of the whole form. An amount without a unit has the form's.
    """
    book = Notebook()
    behind = {
        path: found[1] if found[1].endswith("元") else f"{found[1]}元"
        for path, seen in evidence.items()
        if path.endswith(_AMOUNT_PLACES) and (found := _UNIT_BEHIND.search(fold(seen.text or "")))
    }
    if unit is None and len(set(behind.values())) == 1:
        return book.notes()
    for path, other in behind.items():
        if other != unit:
            message = f"金额以“{other}”为单位，表的金额单位为“{unit or '（未读到）'}”，请核对"
            book.add_finding("ambiguous-cell", path, message, expected=unit, actual=other)
    return book.notes()


def note_units_between(rows: Sequence[SectionRow], unit: str | None) -> Notes:
    """Another money unit than the form's printed between its rows: the amounts of each part below it are told.

    `rows`: of the whole form, as they stand.
    """
    book = Notebook()
    for n, row in enumerate(rows):
        found = (_UNIT_ALONE.fullmatch(fold(slot.raw)) for slot in row.row.filled)
        other = next((match[1] for match in found if match), None)
        if other is None or unit is None or other == unit:
            continue
        for part in sorted({row.section for row in rows[n:]} & {"budget", "projects"}):
            message = f"表中另有“单位：{other}”，表的金额单位为“{unit}”，以下金额的单位请核对"
            book.add_finding("ambiguous-cell", f"/{part}", message, expected=unit, actual=other)
    return book.notes()


def amount_price(text: str) -> float:
    """How unlikely it is that `text` stands where an amount must."""
    return 0.0 if text_to_amount(text) is not None else NO_NUMBER


def share_price(text: str) -> float:
    """How unlikely it is that `text` stands where a share of the whole, in per cent, must."""
    share = text_to_share(text) if text.endswith("%") else None
    return 0.0 if share and Decimal(share.rstrip("%")) <= _WHOLE_PERCENT else NO_NUMBER


_FIELDS_OF_TWO_ROWS = 3
"""A row of which at least three fields go on in the next row of the page may be two rows; chosen."""


def note_row_doubts(row: LogicalRow, path: str, places: Mapping[str, str]) -> Notes:
    """Doubtful cells of a row, and those that no column took; `places` are its columns' places below `path`."""
    book = Notebook()
    for name in sorted(row.doubtful & places.keys()):
        message = "单元格可能错位，所属列不能确定，请核对"
        book.add_finding("ambiguous-cell", f"{path}/{places[name]}", message)
    if sum(piece.joined for piece in row.fields.values()) >= _FIELDS_OF_TWO_ROWS:
        book.add_finding("ambiguous-row", path, "本行由几行合并读成，可能是两行，请核对整行")
    for slot in row.skipped:
        message = f"本行的“{slot.text}”不属于任何一列，请核对整行"
        for place in places.values():
            book.add_finding("dropped-cell", f"{path}/{place}", message, actual=slot.text)
    return book.notes()
