"""Names of amounts that no layout has: a short text about money right before an amount, on the side it stands on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from normalize.form.labels import Hit, Label
from normalize.form.parts.cell_lines import slot_to_item
from normalize.form.physical_rows import Row, RowSlot
from normalize.text.cell_values import is_amount

_OF_MONEY = re.compile(
    r"资金|拨款|收入|支出|经费|预算|补助|结转|结余|基金|贷款|自筹|配套|总额|金额|总投资|合计|总计|小计"
)
_WHOLE = re.compile(r"总额|总预算|总金额|总投资|预算数|预算金额|预算规模")
_THIS_YEAR = re.compile(r"年度|当年|本年")
_SPENT = re.compile(r"支出|经费")
_ONE_SIDE = re.compile(r"收入|支出")
_SUM = re.compile(r"合计|总计|小计|金额合计")
_SIDES = ("income", "expenditure")
_LONGEST_NAME = 16
"""A text with more characters than this is no name of an amount."""


def with_money_names(
    rows: Sequence[Row], says: Sequence[Sequence[Hit | None]], form: str
) -> Iterator[tuple[Hit | None, ...]]:
    """The labels `says` of the rows of a form of this kind, and as labels the names of amounts that have none."""
    side = _first_side(form)
    for row, below, hits in zip(rows, (*rows[1:], None), says, strict=True):
        found = list(hits)
        for n, hit in enumerate(hits):
            text = row.slots[n].text
            if hit and hit.label.group == "item" and hit.label.name in _SIDES:
                side = hit.label.name
            elif text and _is_unnamed(row, n, hit) and _names_amount(row, n, below):
                name = _money_name(text, form, side)
                side = name if name in _SIDES else side
                found[n] = Hit(Label("item", name, ""), "", misread=False, guessed=True)
        yield tuple(found)


def _first_side(form: str) -> str:
    """The side of amounts before any of them says its own."""
    return "sources" if form == "project" else "income"


def line_to_money(line: RowSlot, form: str) -> Hit | None:
    """The name of an amount that no layout has, in a line `name：amount` beside others of a form of this kind."""
    named = slot_to_item(line)
    name = named[0].text.rstrip(":： ") if named and named[1] else ""
    if named is None or not name or len(name) > _LONGEST_NAME or not _OF_MONEY.search(name):
        return None
    return Hit(
        Label("item", _money_name(name, form, _first_side(form)), ""), named[1], misread=False, guessed=True
    )


def _is_unnamed(row: Row, n: int, hit: Hit | None) -> bool:
    """Whether no label is known for slot `n`: the file's own characters are not misread ones of another label."""
    return hit is None or (hit.misread and row.slots[n].exact)


def _names_amount(row: Row, n: int, below: Row | None) -> bool:
    """Whether the text in slot `n` is short, about money, and stands right before an amount, or above one of a row of them."""
    text, after = row.slots[n].text, next((s for s in row.slots[n + 1 :] if s.filled), None)
    if row.line or len(text) > _LONGEST_NAME or not _OF_MONEY.search(text):
        return False
    return (after is not None and is_amount(after.text)) or _heads_amounts(row, n, below)


def _heads_amounts(row: Row, n: int, below: Row | None) -> bool:
    """Whether the row below has an amount under slot `n`, and nothing but amounts."""
    if below is None or below.line or below.table != row.table or not below.filled:
        return False
    amounts = all(is_amount(slot.text) for slot in below.filled)
    return amounts and any(slot.column == row.slots[n].column for slot in below.filled)


def _money_name(text: str, form: str, side: str) -> str:
    """Which amount a name tells of: the whole, this year's part of it, or an item of one side."""
    if _WHOLE.search(text) and not _ONE_SIDE.match(text):
        return "annual_total" if form == "project" and _THIS_YEAR.search(text) else "total"
    if form == "project" or _SUM.fullmatch(text):
        return side
    return "expenditure" if _SPENT.search(text) else "income"
