"""Names of amounts that no layout has: a short text about money right before an amount, on the side it stands on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from normalize.form.labels import Hit, Label
from normalize.form.physical_rows import Row, RowSlot
from normalize.text.cell_values import is_amount

_OF_MONEY = re.compile(
    r"资金|拨款|收入|支出|经费|预算|补助|结转|结余|基金|贷款|自筹|配套|总额|金额|总投资|合计|总计|小计"
)
_WHOLE = re.compile(r"总额|总预算|总金额|总投资|总量|预算数|预算金额|预算规模")
_THIS_YEAR = re.compile(r"年度|当年|本年")
_SPENT = re.compile(r"支出|经费")
_ONE_SIDE = re.compile(r"收入|支出")
_SUM = re.compile(r"合计|总计|小计|金额合计")
_NO_AMOUNT = re.compile(r"率|权重|占比|比例|分值|人数|编号|编码")
"""A text with one of these tells of no amount, whatever money it is about: 预算执行率权重."""
_UNIT_BEHIND = re.compile(r"[（(]\s*(?:单位[:：])?\s*[百千万亿]*元\s*[)）]$")
_SIDE_WORD = re.compile(r"(收入|支出)(?:预算|构成|结构|来源|安排|项目|情况)?")
_SIDE_OF = {"收入": "income", "支出": "expenditure"}
_IN_LINE = re.compile(r"\s*([^:：\d]{2,16})[:：]\s*(\d[\d,.]*\s*[万亿]*元?)?\s*")
"""A line of a cell that has only an amount behind its name."""
_SIDES = ("income", "expenditure")
_LONGEST_NAME = 16
"""A text with more characters than this is no name of an amount."""


def with_money_names(
    rows: Sequence[Row], says: Sequence[Sequence[Hit | None]], form: str
) -> Iterator[tuple[Hit | None, ...]]:
    """The labels `says` of the rows of a form of this kind, and as labels the names of amounts that have none."""
    side = "sources" if form == "project" else "income"
    columns: dict[tuple[int | None, int], str] = {}
    for row, below, hits in zip(rows, (*rows[1:], None), says, strict=True):
        found = list(hits)
        for n, hit in enumerate(hits):
            text, place = row.slots[n].text, (row.table, row.slots[n].column)
            word = _SIDE_WORD.fullmatch(_UNIT_BEHIND.sub("", text)) if form != "project" else None
            if word and not _names_amount(row, n, below):
                columns[place] = side = _SIDE_OF[word[1]]
            elif hit and hit.label.group == "item" and hit.label.name in _SIDES:
                columns[place] = side = hit.label.name
            elif text and _is_unnamed(row, n, hit) and _names_amount(row, n, below):
                name = _money_name(text, form, side, columns.get(place))
                side = name if name in _SIDES else side
                found[n] = Hit(Label("item", name, ""), "", misread=False, guessed=True)
        yield tuple(found)


def _is_unnamed(row: Row, n: int, hit: Hit | None) -> bool:
    """Whether no label is known for slot `n`: the file's own characters are not misread ones of another label."""
    return hit is None or (hit.misread and row.slots[n].exact)


def _names_amount(row: Row, n: int, below: Row | None) -> bool:
    """Whether the text in slot `n` is short, about money, and stands right before an amount, or above one of a row of them."""
    text, after = row.slots[n].text, next((s for s in row.slots[n + 1 :] if s.filled), None)
    if row.line or len(text) > _LONGEST_NAME or not _OF_MONEY.search(text) or _NO_AMOUNT.search(text):
        return False
    return (after is not None and is_amount(after.text)) or _heads_amounts(row, n, below)


def _heads_amounts(row: Row, n: int, below: Row | None) -> bool:
    """Whether the row below has an amount under slot `n`, and nothing but amounts."""
    if below is None or below.line or below.table != row.table or not below.filled:
        return False
    amounts = all(is_amount(slot.text) for slot in below.filled)
    return amounts and any(slot.column == row.slots[n].column for slot in below.filled)


def _money_name(text: str, form: str, side: str, over: str | None) -> str:
    """Which amount a name tells of: the whole, this year's part of it, or an item of one side.

    `side` is that of the amounts before, `over` that of the amounts above it, where there are any.
    """
    if _WHOLE.search(text) and not _ONE_SIDE.match(text):
        return "annual_total" if form == "project" and _THIS_YEAR.search(text) else "total"
    if form == "project" or _SUM.fullmatch(text):
        return over or side
    return "expenditure" if _SPENT.search(text) else over or "income"


def line_to_item(slot: RowSlot, form: str, before: str) -> Hit | None:
    """A line of a cell among names of amounts, as one more of them: of the whole, or of the kind of the one before."""
    found = _IN_LINE.fullmatch(slot.text)
    if found is None or _NO_AMOUNT.search(found[1]):
        return None
    name = _money_name(found[1], form, before, before if before in _SIDES else None)
    return Hit(Label("item", name, ""), found[2] or "", misread=False, guessed=True)
