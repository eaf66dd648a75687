"""Indicators from the rows of a headed table: levels, values whose sign and unit may stand in columns, and the rest."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from models.declaration import AnnualIndicator, Comparator, History, Indicator, Value
from normalize.form.parts.found import FormParts, FormTable, PartRow
from normalize.form.physical_rows import RowSlot
from normalize.notes.notes import Notebook, Notes, Read
from normalize.notes.own_text import note_own_text, reread_slot
from normalize.text.cell_values import text_to_amount, text_to_value

_SIGNS: dict[str, Comparator] = {"≥": ">=", "≤": "<=", "=": "=", ">": ">", "<": "<", "＞": ">", "＜": "<"}
_TEXTS = (
    "level1",
    "level2",
    "level3",
    "basis",
    "category",
    "explanation",
    "scoring",
    "source",
    "remark",
)
_YEARS_BACK = ("year_before_last", "last_year")
_EXTRA = "extra:"
_DIRECTION = "direction"


def read_tables(
    parts: FormParts, absent: frozenset[str]
) -> Read[tuple[tuple[Indicator, ...], tuple[AnnualIndicator, ...]]]:
    """The indicators of both horizons; a table whose heading and label name none is the annual one."""
    book = Notebook()
    long_term: list[Indicator] = []
    annual: list[AnnualIndicator] = []
    for table in (table for table in parts.tables if table.name == "indicators"):
        into: list[Any] = long_term if table.horizon == "long_term" else annual
        path = f"/{'long_term' if into is long_term else 'annual'}/indicators"
        for row in (row for row in table.rows if "level3" in row.cells or "target" in row.cells):
            into.append(book.take(_read_row(row, table, f"{path}/{len(into)}", into is annual)))
    for rows, horizon, name in ((long_term, "long_term", "长期"), (annual, "annual", "年度")):
        if not rows and horizon not in absent and (horizon == "annual" or not annual):
            book.add_finding(
                "missing-value",
                f"/{horizon}/indicators",
                f"{name}绩效指标表为空或未读到，请核对原件",
                "error",
            )
    return Read((tuple(long_term), tuple(annual)), book.notes())


def _read_row(row: PartRow, table: FormTable, path: str, annual: bool) -> Read[Indicator]:
    book = Notebook()
    texts = {name: book.take(_text(row.cells.get(name), f"{path}/{name}")) for name in _TEXTS}
    data: dict[str, Any] = {
        **texts,
        "target": book.take(_target(row, f"{path}/target")),
        "weight": _weight(row.cells.get("weight")),
        "extra": {
            table.columns[name].strip(): slot.text
            for name, slot in row.cells.items()
            if name.startswith(_EXTRA) or name == _DIRECTION
        },
    }
    for name in ("level3", "target"):
        if data[name] is None and name in table.columns:
            heading = table.columns[name]
            book.add_finding("missing-value", f"{path}/{name}", f"“{heading}”为空或未读到，请核对原件")
    if not row.sure:
        book.add_finding("ambiguous-cell", path, "本行的格数与表头不同，所属列不能确定，请核对")
    if not annual:
        return Read(Indicator.model_validate(data), book.notes())
    years = {n: book.take(_value(row.cells.get(n), f"{path}/history/{n}")) for n in _YEARS_BACK}
    return Read(AnnualIndicator.model_validate({**data, "history": History(**years)}), book.notes())


def _text(slot: RowSlot | None, path: str) -> Read[str | None]:
    if slot is None:
        return Read(None)
    book, reread = Notebook(), reread_slot(slot)
    book.read_at(path, (slot,))
    book.add(note_own_text(path, slot.text, reread.text, (slot,)))
    return Read(reread.text, book.notes())


def _value(slot: RowSlot | None, path: str) -> Read[Value | None]:
    if slot is None:
        return Read(None)
    book = Notebook()
    book.read_at(path, (slot,))
    return Read(text_to_value(slot.text), book.notes())


def _weight(slot: RowSlot | None) -> Decimal | None:
    return text_to_amount(slot.text.rstrip("%分")) if slot else None


def _target(row: PartRow, path: str) -> Read[Value | None]:
    """The target; where its sign and unit have columns of their own, all three make one value."""
    slot, sign, unit = (row.cells.get(name) for name in ("target", "comparator", "unit"))
    if slot is None or (sign is None and unit is None):
        return _value(slot, path)
    slots = [one for one in (sign, slot, unit) if one is not None]
    book = Notebook()
    book.read_at(path, slots)
    number, comparator = text_to_amount(slot.text), _SIGNS.get(sign.text) if sign else None
    if number is None or (sign is not None and comparator is None):
        book.add(_unlike_a_number(path, slot, sign))
        return Read(Value(text=slot.text), book.notes())
    text = "".join(one.text for one in slots)
    value = Value(text=text, comparator=comparator, number=number, unit=unit.text if unit else None)
    return Read(value, book.notes())


def _unlike_a_number(path: str, slot: RowSlot, sign: RowSlot | None) -> Notes:
    """A target in words is one; what stands in the column of signs then is told, for it may belong elsewhere."""
    book = Notebook()
    if sign is not None:
        message = f"“{sign.text}”与“{slot.text}”不成数值，指标值按文字读取，请核对"
        book.add_finding("unparsed-value", path, message, actual=slot.text)
    return book.notes()


def table_rows(parts: FormParts, name: str) -> Sequence[PartRow]:
    """All rows of the tables of this name."""
    return [row for table in parts.tables if table.name == name for row in table.rows]
