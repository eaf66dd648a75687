"""Money beside its labels or in a table of its own: sums, sources, sides of a budget, and the unit of all of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from models.declaration import BudgetLine, FundingSource
from models.finding import Severity
from normalize.form.parts.found import Answer, FormParts, PartRow
from normalize.form.physical_rows import RowSlot
from normalize.notes.notes import Notebook, Notes, Read
from normalize.read.money import amount_price, figure_at, unparsed_figure
from normalize.table.logical_rows import FieldText
from normalize.text.cell_values import text_to_amount
from normalize.text.fold import fold

_UNIT = re.compile(r"([百千万亿]*元)\s*$")
_OF_IT = re.compile(
    r"^(?:\d+\s*[、.．]\s*[^:：（(]{2,8}[:：])?\s*(?:[（(]?(?:\d+|[一二三四五六七八九十]+)[)）、.．]\s*)*(?:其中\s*[:：]?\s*)?"
)
"""What stands before the name of an item: its number, and 其中 (of which)."""
_BEHIND_NAME = re.compile(r"[:：]?\s*[\d,.]*\s*(?:[百千万亿]*元)?\s*$|[:：].*$")
_UNIT_OF_NAME = re.compile(r"\s*[（(]\s*[百千万亿]*元\s*[)）]\s*(?=$|[:：])")
_THIS_YEAR = "当年"
_ONE_SUM = re.compile(
    r"(?:年度|本年|部门|单位|预算|资金)*(?:收入|支出|收支)?(?:预算|资金)*(?:合计|总计|总额|总量|总数)"
    r"|(?:年度|本年|部门|单位)*(?:收入|支出)预算(?:数|金额|资金)?"
)
"""A sum of one side of a department's budget, which is as large as the other."""
_SUMS = frozenset({"合计", "金额合计", "总计", "小计"})


def read_amount(slots: Sequence[RowSlot], path: str, label: str) -> Read[Decimal | None]:
    """The amount that one or several cells hold; a text that is none is nothing and told."""
    if not slots:
        return Read(None)
    book = Notebook()
    piece = FieldText(tuple(slots), "".join(slot.text for slot in slots))
    text = book.take(figure_at(piece, amount_price, path))
    amount = text_to_amount(text)
    if amount is None and text:
        book.add_findings((unparsed_figure(path, f"{label}“{text}”不是金额", text, "error"),))
    return Read(amount, book.notes())


def item_name(printed: str) -> str:
    """The name of an item of money without its number, 其中, unit, colon and amount."""
    name = _BEHIND_NAME.sub("", _UNIT_OF_NAME.sub("", _OF_IT.sub("", printed.strip())))
    return fold(name) or fold(printed)


def is_sum(printed: str) -> bool:
    """Whether the name of a row says that it is the sum of the others."""
    return item_name(printed) in _SUMS


def read_sources(parts: FormParts, both: bool) -> Read[tuple[FundingSource, ...]]:
    """The sources of a project's money; `both`: the whole period and the year are printed, each with its sources.

    A line whose name no layout has is doubted.
    """
    book = Notebook()
    rows = [row for table in parts.tables if table.name == "sources" for row in table.rows]
    printed = [_Line.of_row(row) for row in rows if "item" in row.cells]
    lines = printed or _paired(parts.answers_to("item", "sources"), both)
    sources = []
    for n, line in enumerate(lines):
        amount = book.take(read_amount(line.slots, f"/sources/{n}/amount", line.name))
        annual = book.take(read_amount(line.annual or (), f"/sources/{n}/annual_amount", line.name))
        sources.append(FundingSource(item=line.name, amount=amount, annual_amount=annual))
        book.add(_note_guessed(line.answer, f"/sources/{n}"))
    return Read(tuple(sources), book.notes())


@dataclass(frozen=True, slots=True)
class _Line:
    """An item with its amount, and its amount of the year (`None`: not printed)."""

    name: str
    slots: tuple[RowSlot, ...]
    annual: tuple[RowSlot, ...] | None = None
    answer: Answer | None = None

    @classmethod
    def of_row(cls, row: PartRow) -> _Line:
        return cls(
            item_name(row.cells["item"].raw), tuple(row.cells[c] for c in ("amount",) if c in row.cells)
        )


def _note_guessed(answer: Answer | None, path: str) -> Notes:
    """The doubt about a line whose name no layout has: it may be a sum, of another year or of the other side."""
    book = Notebook()
    if answer is not None and not answer.label.text:
        message = f"“{item_name(answer.printed)}”未收录，按金额读作一行，所属栏目不能确定，请核对"
        book.add_finding("ambiguous-cell", path, message, actual=item_name(answer.printed))
    return book.notes()


def _paired(answers: Iterable[Answer], both: bool) -> list[_Line]:
    """Items with their amounts: the same item printed once more beside it is its amount of the year."""
    lines: list[_Line] = []
    for answer in answers:
        name = item_name(answer.printed)
        last = lines[-1] if lines else None
        if both and last and last.annual is None and last.name == name.removeprefix(_THIS_YEAR):
            lines[-1] = replace(last, annual=answer.slots)
        else:
            lines.append(_Line(name, answer.slots, answer=answer))
    return lines


def read_side(parts: FormParts, side: str) -> Read[tuple[BudgetLine, ...]]:
    """The lines of one side of a department's budget, `income` or `expenditure`, each item once.

    A line whose name no layout has is doubted.
    """
    book = Notebook()
    lines: dict[str, BudgetLine] = {}
    for answer in parts.answers_to("item", side):
        name = item_name(answer.printed)
        if name not in lines:
            path = f"/budget/{side}/{len(lines)}/amount"
            lines[name] = BudgetLine(item=name, amount=book.take(read_amount(answer.slots, path, name)))
            book.add(_note_guessed(answer, path.removesuffix("/amount")))
    return Read(tuple(lines.values()), book.notes())


def read_sum(parts: FormParts, name: str, path: str, label: str) -> Read[Decimal | None]:
    """A sum that a label names: `total` (else the sum of the sources) or `annual_total`; two that differ are told."""
    book = Notebook()
    answers = [answer for answer in parts.answers_to("item", name) if answer.slots]
    if not answers and name == "total":
        answers = [a for a in parts.answers_to("item", "sources") if a.slots and is_sum(a.printed)]
    if not answers:
        return Read(None)
    # prose may begin like the label; what stands beside the label itself is an amount
    answers.sort(key=lambda answer: _amount_in(answer) is None)
    amount = book.take(read_amount(answers[0].slots, path, label))
    others = {_amount_in(answer) for answer in answers[1:]} - {None, amount}
    if others:
        message = f"{label}前后不一致，另有 {'、'.join(f'{other:f}' for other in others if other)}，请核对"
        book.add_finding("ambiguous-cell", path, message)
    return Read(amount, book.notes())


def _amount_in(answer: Answer) -> Decimal | None:
    return text_to_amount("".join(slot.text for slot in answer.slots))


def read_whole(parts: FormParts) -> Read[Decimal | None]:
    """The whole of a department's money: what a label calls it, else the sum of its income, else that of its expenditure."""
    read = read_sum(parts, "total", "/budget/total", "资金总额")
    sums = (
        [a for a in parts.answers_to("item", side) if a.slots and _ONE_SUM.fullmatch(item_name(a.printed))]
        for side in ("income", "expenditure")
    )
    answers = next((found for found in sums if found), [])
    if read.value is not None or len(set(map(_amount_in, answers))) != 1:
        return read
    return read_amount(answers[0].slots, "/budget/total", "资金总额")


def read_unit(parts: FormParts, money: Sequence[Answer]) -> Read[str | None]:
    """The money unit: what its label says, or the label of the money, or the amounts themselves."""
    book, path = Notebook(), "/money_unit"
    answers = [answer for answer in parts.answers_to("field", "money_unit") if answer.slots]
    behind = [(found[1], a.slots) for a in money if a.slots and (found := _UNIT.search(a.slots[-1].text))]
    if answers:
        unit: str | None = fold(answers[0].slots[0].raw)
        book.read_at(path, answers[0].slots)
    elif parts.unit_in_label:
        unit = parts.unit_in_label
    else:
        unit = behind[0][0] if behind else None
        if behind:
            book.read_at(path, behind[0][1])
    others = sorted({other for other, _ in behind} - {unit})
    if unit is None:
        # on a print the clerk left it out; on a picture it may be there, unread
        pictured = any(slot.confidence is not None for answer in money for slot in answer.slots)
        severity: Severity = "warning" if pictured else "info"
        book.add_finding("missing-value", path, "未读到金额单位，请核对原件", severity)
    elif not _UNIT.fullmatch(unit) or others:
        message = (
            f"金额单位读作“{unit}”" + (f"，金额后又写有“{'、'.join(others)}”" if others else "") + "，请核对"
        )
        book.add_finding("ambiguous-cell", path, message, actual=unit)
    return Read(unit, book.notes())


def note_other_units(answers: Sequence[tuple[Answer, str]], unit: str | None) -> Notes:
    """Amounts with another unit behind them than the form's: each is told at its path."""
    book = Notebook()
    for answer, path in answers:
        found = _UNIT.search(answer.slots[-1].text) if answer.slots else None
        if found and unit and found[1] != unit:
            message = f"金额以“{found[1]}”为单位，表的金额单位为“{unit}”，请核对"
            book.add_finding("ambiguous-cell", path, message, expected=unit, actual=found[1])
    return book.notes()
