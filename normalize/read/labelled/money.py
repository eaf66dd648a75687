"""Money from a form's parts: sums, income and expenditure, tasks, and a project's sources."""

from __future__ import annotations

import re
from decimal import Decimal

from models.declaration import Budget, BudgetLine, FundingSource, MainTask
from normalize.form.parts.found import Answer, FormParts
from normalize.notes.notes import Notebook, Read
from normalize.read.labelled.indicators import table_rows
from normalize.read.labelled.texts import first_answer, read_amount
from normalize.text.fold import fold

_SUM = "合计"
_BEFORE_ITEM = re.compile(
    r"^(?:\d+[、.．]?[^：:（(]{2,8}[:：](?=[（(]))?(?:(?:\d+|[一二三四五六七八九十]+)[、.．]|[（(](?:\d+|[一二三四五六七八九十]+)[)）]|其中[:：]?)*"
)
_BEHIND_ITEM = re.compile(r"[:：].*$|[（(]万?元[)）]$|\d[\d,.]*(?:万?元)?$", re.DOTALL)


def printed_item(printed: str) -> str:
    """An item of money as the form calls it, without its number, 其中 and its amount.

    >>> printed_item("1、资金来源：（1）政府预算资金"), printed_item("其中：财政拨款："), printed_item("上级资金16")
    ('政府预算资金', '财政拨款', '上级资金')
    """
    return _BEHIND_ITEM.sub("", _BEFORE_ITEM.sub("", fold(printed)))


def read_sum(parts: FormParts, name: str, path: str) -> Read[Decimal | None]:
    """The amount beside the words for the whole (`total`) or for this year's part of it (`annual_total`)."""
    answer = first_answer(parts.answers_to("item", name)) or _sum_of_sources(parts, name)
    return read_amount(answer.slots, path, printed_item(answer.printed)) if answer else Read(None)


def _sum_of_sources(parts: FormParts, name: str) -> Answer | None:
    """The sum below a project's sources, where the form prints its whole money nowhere else."""
    sums = (a for a in parts.answers_to("item", "sources") if printed_item(a.printed) == _SUM)
    return first_answer(sums) if name == "total" else None


def read_money(parts: FormParts) -> Read[Budget]:
    """Both sides of a department's money as the form prints them, and its only sum."""
    book = Notebook()
    sides: dict[str, list[BudgetLine]] = {"income": [], "expenditure": []}
    for side, lines in sides.items():
        for answer in parts.answers_to("item", side):
            item = printed_item(answer.printed)
            amount = book.take(read_amount(answer.slots, f"/budget/{side}/{len(lines)}/amount", item))
            lines.append(BudgetLine(item=item, amount=amount))
    total = book.take(read_sum(parts, "total", "/budget/total"))
    budget = Budget(income=tuple(sides["income"]), expenditure=tuple(sides["expenditure"]), total=total)
    return Read(budget, book.notes())


def read_tasks(parts: FormParts) -> Read[tuple[MainTask, ...]]:
    """The year's tasks with their money; the row of sums is none of them."""
    book = Notebook()
    tasks: list[MainTask] = []
    sums = {id(slot) for a in parts.answers if a.label.group == "item" for slot in a.slots}
    for row in table_rows(parts, "tasks"):
        if any(id(slot) in sums for slot in row.cells.values()):
            continue
        path = f"/tasks/{len(tasks)}"
        texts = {name: slot.text for name in ("name", "content") if (slot := row.cells.get(name))}
        for name in texts:
            book.read_at(f"{path}/{name}", (row.cells[name],))
        amounts = {
            name: book.take(read_amount((slot,), f"{path}/{name}", name))
            for name in ("amount", "fiscal", "other")
            if (slot := row.cells.get(name))
        }
        tasks.append(MainTask.model_validate({**texts, **amounts}))
    return Read(tuple(tasks), book.notes())


def read_sources(parts: FormParts) -> Read[tuple[FundingSource, ...]]:
    """Where a project's money comes from: one line an item; printed twice in a row, the second is the year's."""
    book = Notebook()
    found: list[tuple[str, list[Decimal | None]]] = []
    for answer in parts.answers_to("item", "sources"):
        item = printed_item(answer.printed)
        again = bool(found) and found[-1][0] == item and len(found[-1][1]) == 1
        path = f"/sources/{len(found) - again}/{'annual_amount' if again else 'amount'}"
        amount = book.take(read_amount(answer.slots, path, item))
        if again:
            found[-1][1].append(amount)
        else:
            found.append((item, [amount]))
    return Read(tuple(_source(item, amounts) for item, amounts in found), book.notes())


def _source(item: str, amounts: list[Decimal | None]) -> FundingSource:
    return FundingSource(item=item, amount=amounts[0], annual_amount=amounts[1] if amounts[1:] else None)
