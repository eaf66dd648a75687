"""Names of amounts that no layout has: a short text about money right before an amount, on the side it stands on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from normalize.form.labels import Hit, Label
from normalize.form.physical_rows import Row, RowSlot
from normalize.text.cell_values import is_amount
from normalize.text.fold import is_chinese

_OF_MONEY = re.compile(
    r"资金|拨款|收入|支出|经费|预算|补助|结转|结余|基金|贷款|自筹|配套|总额|金额|总投资|合计|总计|小计"
)
_OF_GROUP = re.compile(r"资金|预算|经费|收支|投入|金额")
_WHOLE = re.compile(r"总额|总预算|总金额|总投资|总量|预算数|预算金额|预算规模")
_THIS_YEAR = re.compile(r"年度|当年|本年")
_OF_YEAR = re.compile(
    r"(?:项目)?(?:本年度?|当年度?|年度|本次|\d{4}年度?)(?:项目)?(?:预算|资金|金额|投入|申请|安排)*(?:总?额|数|金额|合计)?"
)
"""A name that says nothing but the money of this year: 本年金额, 2026年预算安排."""
_SPENT = re.compile(r"支出|经费")
_ONE_SIDE = re.compile(r"收入|支出")
_SUM = re.compile(r"合计|总计|小计|金额合计")
_NO_AMOUNT = re.compile(r"率|权重|占比|比例|分值|人数|人员数|编制|职工|数量|编号|编码")
"""A text with one of these tells of no amount, whatever money it is about: 预算执行率权重."""
_UNIT_BEHIND = re.compile(r"[（(]\s*(?:单位[:：])?\s*[百千万亿]*元\s*[)）]$")
_SIDE_WORD = re.compile(
    r"(收入|支出)(?:预算|构成|结构|来源|安排|项目|情况|类型|类别|分类|性质|科目|明细|名称|内容)?"
)
_SIDE_OF = {"收入": "income", "支出": "expenditure"}
_OF_WHICH = re.compile(r"^其中\s*[:：]\s*")
_IN_LINE = re.compile(r"\s*([^:：\d]{2,16})[:：]\s*(\d[\d,.]*\s*[万亿]*元?)?\s*")
"""A line of a cell that has only an amount behind its name."""
_SIDES = ("income", "expenditure")
_LONGEST_NAME = 16
"""A text with more characters than this is no name of an amount."""


@dataclass(frozen=True, slots=True)
class _Over:
    """What stands above in a column: names of amounts of this side, the last one in this row."""

    side: str
    row: int


def with_money_names(
    rows: Sequence[Row], says: Sequence[Sequence[Hit | None]], form: str
) -> Iterator[tuple[Hit | None, ...]]:
    """The labels `says` of the rows of a form of this kind, and as labels the names of amounts that have none."""
    side = "sources" if form == "project" else "income"
    over: dict[tuple[int, int], _Over] = {}
    for r, (row, below, hits) in enumerate(zip(rows, (*rows[1:], None), says, strict=True)):
        found = list(hits)
        for n, hit in enumerate(hits):
            place = (row.table, row.slots[n].column)
            above = over.get(place)
            name = _side_of(row, n, hit, below, form)
            listed = above is not None and above.row == r - 1 and _is_listed(row, n, hit)
            if name is None and (listed or (_is_unnamed(row, n, hit) and _names_amount(row, n, below))):
                found[n] = named = _named(row.slots[n].text, form, side, above)
                name = named.label.name
            elif hit and name and above and is_sum_word(hit.label.text):
                name = above.side
                found[n] = replace(hit, label=replace(hit.label, name=name))
            if name in _SIDES:
                side, over[place] = name, _Over(name, r)
        yield tuple(_with_group(row, found, form))


def _side_of(row: Row, n: int, hit: Hit | None, below: Row | None, form: str) -> str | None:
    """The side of the budget that a label, or a word over a column of names, says."""
    word = _SIDE_WORD.fullmatch(_UNIT_BEHIND.sub("", row.slots[n].text)) if form != "project" else None
    if word and not _names_amount(row, n, below):
        return _SIDE_OF[word[1]]
    known = hit is not None and hit.label.group == "item" and hit.label.name in _SIDES
    return hit.label.name if hit and known else None


def _named(text: str, form: str, side: str, above: _Over | None) -> Hit:
    """A name of an amount as a label; that of a sum is one that is known where amounts of its side stand above it."""
    name = _money_name(text, form, side, above.side if above else None)
    sure = above is not None and is_sum_word(text)
    return Hit(Label("item", name, text if sure else ""), "", misread=False, guessed=True)


def _with_group(row: Row, hits: list[Hit | None], form: str) -> list[Hit | None]:
    """The labels of a row, and as one what stands beside the names of amounts for all of them: 部门资金（万元）."""
    filled = [n for n, slot in enumerate(row.slots) if slot.filled]
    if row.line or len(filled) < len(("group", "name", "amount")) or hits[filled[0]]:
        return hits
    text, beside, hit = row.slots[filled[0]].text, row.slots[filled[1]].text, hits[filled[1]]
    named = _SIDE_WORD.fullmatch(beside) or (hit is not None and hit.label.group == "item")
    if len(text) <= _LONGEST_NAME and _OF_GROUP.search(text) and named:
        label = Label("section", "sources" if form == "project" else "budget", "")
        hits[filled[0]] = Hit(label, "", misread=False, guessed=True)
    return hits


def is_sum_word(text: str) -> bool:
    """Whether a text is nothing but the word for a sum (合计)."""
    return _SUM.fullmatch(text) is not None


def _is_unnamed(row: Row, n: int, hit: Hit | None) -> bool:
    """Whether no label is known for slot `n`: the file's own characters are not misread ones of another label."""
    return hit is None or (hit.misread and row.slots[n].exact)


def _names_amount(row: Row, n: int, below: Row | None) -> bool:
    """Whether the text in slot `n` is short, about money, and stands right before an amount, or above one of a row of them."""
    text = row.slots[n].text
    of_money = _OF_MONEY.search(text) or _UNIT_BEHIND.search(text)
    if row.line or len(text) > _LONGEST_NAME or not of_money or _NO_AMOUNT.search(text):
        return False
    return _is_before_amount(row, n) or _heads_amounts(row, n, below)


def _is_before_amount(row: Row, n: int) -> bool:
    after = next((s for s in row.slots[n + 1 :] if s.filled), None)
    return after is not None and is_amount(after.text)


def _is_listed(row: Row, n: int, hit: Hit | None) -> bool:
    """Whether a text below the name of an amount goes on with these: no label at all, short, and before an amount."""
    text = row.slots[n].text
    name = (
        hit is None
        and len(text) <= _LONGEST_NAME
        and is_chinese(text[:1] or " ")
        and not _NO_AMOUNT.search(text)
    )
    return bool(name) and not row.line and _is_before_amount(row, n)


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
    if form == "project" and _OF_YEAR.fullmatch(_UNIT_BEHIND.sub("", text)):
        return "annual_total"
    if form == "project" or _SUM.fullmatch(text):
        return over or side
    return "expenditure" if _SPENT.search(text) else over or "income"


def line_to_item(slot: RowSlot, form: str, before: str) -> Hit | None:
    """A line of a cell among names of amounts, as one more of them: of the whole, or of the kind of the one before."""
    found = _IN_LINE.fullmatch(_OF_WHICH.sub("", slot.text))
    if found is None or _NO_AMOUNT.search(found[1]):
        return None
    name = _money_name(found[1], form, before, before if before in _SIDES else None)
    return Hit(Label("item", name, ""), found[2] or "", misread=False, guessed=True)
