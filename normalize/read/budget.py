"""The budget table: decoded rows → amounts and shares of both sides."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from models.declaration import Budget, BudgetLine
from models.finding import Finding, Severity
from normalize.channel.decision import read_together
from normalize.form.catalogue import Entry
from normalize.form.layouts import YEARS, Layout
from normalize.form.sections import SectionRow
from normalize.notes.notes import Notebook, Notes, Read
from normalize.read.money import (
    amount_at,
    data_rows,
    figure_at,
    note_row_doubts,
    share_price,
    unparsed_figure,
)
from normalize.table.decoder import decode
from normalize.table.logical_rows import Decoded, LogicalRow
from normalize.table.model import RowState, TableColumn, TableModel, Variant
from normalize.text.cell_values import text_to_share, text_to_years
from normalize.text.fold import fold

_SIDES = ("income", "expenditure")
_BLANK_YEARS = frozenset({"年", "年度"})
"""What the second row of a heading says where the clerk left its years blank."""
_HISTORY_YEARS = 2
"""The form prints the amounts of this many years before the budget's."""
_AMOUNTS = (
    ("amount", "amount", "当年金额"),
    ("history0", "history/0", "第 1 个历史年度金额"),
    ("history1", "history/1", "第 2 个历史年度金额"),
)
"""The columns of amounts: key, place below the line's path, and what findings call it."""


@cache
def budget_model(layout: Layout) -> TableModel:
    """The budget table: the items of both sides in their order, and lines of other names before each side's sum.

    The side's label is the merged level.
    """
    columns = (
        TableColumn("section", "section"),
        TableColumn("side", "level1"),
        TableColumn("item", "name"),
        TableColumn("amount", "amount"),
        TableColumn("share", "share"),
        TableColumn("history0", "amount"),
        TableColumn("history1", "amount"),
    )
    states: list[RowState] = []
    for side, (label, items) in enumerate(
        zip(layout.groups, (layout.income, layout.expenditure), strict=True)
    ):
        for item in items:
            entry = Entry(_SIDES[side], label, label, item, False, None, None, None, None, None, None, ())
            states.append(RowState(0, label, label, entry, len(states) + 1.0, usual=True))
        other = Entry(_SIDES[side], label, label, None, True, None, None, None, None, None, None, ())
        states.append(RowState(0, label, label, other, len(states) - 0.5, usual=False))
    return TableModel((Variant("budget", columns, ("部门总体资金情况",)),), tuple(states))


@dataclass(frozen=True, slots=True)
class BudgetReading:
    """The budget, and the findings on its figures that do not parse, which the sums may yet settle."""

    budget: Budget
    unparsed: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class _LineReading:
    line: BudgetLine
    unparsed: tuple[Finding, ...]


def read_budget(rows: Sequence[SectionRow], layout: Layout) -> Read[BudgetReading]:
    """Both sides of the budget in the order of the form, with the two history years of its heading."""
    book = Notebook()
    decoded = decode(budget_model(layout), [row.row for row in data_rows(rows)])
    columns = ("history0", "history1")
    told = not decoded.rows or bool(decoded.foreign)
    told = told or any(name in row.fields for row in decoded.rows for name in columns)
    years = book.take(_history_years(rows, "warning" if told else "info"))
    sides: dict[str, list[BudgetLine]] = {side: [] for side in _SIDES}
    printed: dict[str, list[str]] = {side: [] for side in _SIDES}
    unparsed: list[Finding] = []
    for row in decoded.rows:
        side = row.state.entry.code
        printed[side].append(piece.text if (piece := row.fields.get("item")) else "")
        reading = book.take(_budget_line(row, f"/budget/{side}/{len(sides[side])}"))
        sides[side].append(reading.line)
        unparsed += reading.unparsed
    book.add(_note_foreign(decoded))
    book.add(_note_repeated(sides))
    book.add(_note_shares(rows, decoded, sides))
    for side, expected in zip(_SIDES, (layout.income, layout.expenditure), strict=True):
        read = {line.item for line in sides[side]}
        for lost in (item for item in expected if item not in read):
            message = f"资金表中未读到“{lost}”一行，请核对原件"
            book.add_finding("missing-value", f"/budget/{side}", message, expected=lost)
            for n, text in enumerate(printed[side]):
                if lost in text:
                    message = f"“{text}”可能是两行合为一行，请核对原件"
                    book.add_finding("ambiguous-row", f"/budget/{side}/{n}", message, expected=lost)
    if decoded.rows and not any(_has_amount(line) for side in sides.values() for line in side):
        book.add_finding("missing-value", "/budget", "资金表中没有一个金额，请核对原件", "error")
    budget = Budget(
        history_years=years, income=tuple(sides["income"]), expenditure=tuple(sides["expenditure"])
    )
    return Read(BudgetReading(budget, tuple(unparsed)), book.notes())


def _has_amount(line: BudgetLine) -> bool:
    return any(amount is not None for amount in (line.amount, *line.history))


def _note_shares(
    rows: Sequence[SectionRow], decoded: Decoded, sides: Mapping[str, Sequence[BudgetLine]]
) -> Notes:
    """A table that neither heads nor holds shares has no column for them: said at every line."""
    book = Notebook()
    headed = any(
        hit and hit.label.group == "heading" and hit.label.part == "share" for row in rows for hit in row.hits
    )
    if not headed and not any("share" in row.fields for row in decoded.rows):
        for side, lines in sides.items():
            for n, line in enumerate(lines):
                message = f"资金表没有占比一栏，“{line.item}”的占比为空，请核对原件"
                book.add_finding("missing-value", f"/budget/{side}/{n}/share", message)
    return book.notes()


def _note_repeated(sides: Mapping[str, Sequence[BudgetLine]]) -> Notes:
    """Lines of one side with the same name: a form has each once, what comes again is another table."""
    book = Notebook()
    for side, lines in sides.items():
        named = Counter(line.item for line in lines if line.item)
        for n, line in enumerate(lines):
            if line.item and named[line.item] > 1:
                message = (
                    f"“{line.item}”出现了 {named[line.item]} 次，其一可能是别的表（如旧表、草稿），请核对"
                )
                book.add_finding("ambiguous-row", f"/budget/{side}/{n}", message)
    return book.notes()


def _note_foreign(decoded: Decoded) -> Notes:
    """Rows that are no item: said at the line above them and at its side."""
    book = Notebook()
    for before, foreign in decoded.foreign:
        if {slot.text for slot in foreign.filled} <= _BLANK_YEARS:
            continue
        text = " ".join(slot.text for slot in foreign.filled)[:60]
        side = decoded.rows[before - 1].state.entry.code if before else _SIDES[0]
        above = sum(row.state.entry.code == side for row in decoded.rows[:before])
        for path in (f"/budget/{side}/{above - 1}" if before else f"/budget/{side}", f"/budget/{side}"):
            message = f"资金表中有一行不能归入任何项目：“{text}”，请核对"
            book.add_finding("foreign-row", path, message, actual=text)
    return book.notes()


def _history_years(rows: Sequence[SectionRow], blank: Severity) -> Read[tuple[int, ...]]:
    """The two years that head the history columns; `blank`: how bad it is when there are none."""
    path, book = "/budget/history_years", Notebook()
    found = [
        (year, slot)
        for row in rows
        for slot, hit in zip(row.row.slots, row.hits, strict=True)
        if hit and hit.label.group == "heading" and hit.label.text in YEARS
        for year in text_to_years(slot.raw)
    ]
    years = tuple(dict.fromkeys(year for year, _ in found))
    if len(years) == _HISTORY_YEARS and years[1] == years[0] + 1:
        book.read_at(path, [slot for _, slot in found][:_HISTORY_YEARS])
        return Read(years, book.notes())
    if years:
        seen = "、".join(map(str, years))
        message = f"近两年的年份读作“{seen}”，不是连续两年，请核对"
        book.add_finding("unparsed-value", path, message, actual=seen)
    else:
        # on a picture they may have been overlooked
        pictured = any(slot.confidence is not None for row in rows for slot in row.row.filled)
        severity: Severity = "warning" if pictured else blank
        book.add_finding("missing-value", path, "近两年的年份为空或未读到，请核对原件", severity)
    return Read(years[:_HISTORY_YEARS] if len(years) >= _HISTORY_YEARS else (), book.notes())


def _budget_line(row: LogicalRow, path: str) -> Read[_LineReading]:
    book = Notebook()
    item = book.take(_line_item(row, f"{path}/item"))
    amounts = [book.take(amount_at(row, name, f"{path}/{place}", label)) for name, place, label in _AMOUNTS]
    unparsed = [amount.unparsed for amount in amounts if amount.unparsed]
    amount, *history = (amount.value for amount in amounts)
    piece, share = row.fields.get("share"), None
    if piece and piece.unread:
        book.read_at(f"{path}/share", piece.slots)
    elif piece:
        text = book.take(figure_at(piece, share_price, f"{path}/share"))
        share = text_to_share(text)
        if share is None:
            unparsed.append(unparsed_figure(f"{path}/share", f"占比“{text}”不是数值", text))
    if share and "amount" not in row.fields:
        message = f"“{item}”有占比 {share} 而无当年金额，请核对原件"
        book.add_finding("missing-value", f"{path}/amount", message)
    book.add(note_row_doubts(row, path, {"share": "share"} | {name: place for name, place, _ in _AMOUNTS}))
    line = BudgetLine(item=item, amount=amount, share=share, history=(history[0], history[1]))
    return Read(_LineReading(line, tuple(unparsed)), book.notes())


def _line_item(row: LogicalRow, path: str) -> Read[str]:
    """The name of a line: the form's own item, or what is printed on a line that the form does not foresee."""
    piece = row.fields.get("item")
    if not row.state.own:
        item = row.state.entry.level3 or ""
        return Read(item, _note_item(row, item, path))
    book = Notebook()
    if piece is not None:
        book.read_at(path, piece.slots)
        if not piece.exact:
            message = f"“{piece.text}”不是本表资金项目的名称，可能误读，请核对"
            book.add_finding("label-differs", path, message, actual=piece.text)
    return Read(fold(piece.text) if piece else "", book.notes())


def _note_item(row: LogicalRow, item: str, path: str) -> Notes:
    """How the printed name of a line differs from the form's own `item`, which its order tells."""
    book, piece = Notebook(), row.fields.get("item")
    if piece is None or piece.unread:
        book.add_repair(path, "label", None, item, "资金表的项目次序")
        book.add_finding("label-lost", path, f"未读到项目名称，按次序补为“{item}”，请核对")
        return book.notes()
    book.read_at(path, piece.slots, confidence=1.0)
    decision = read_together([piece.observation], [item])[0]
    if decision.text != item or decision.repaired:
        book.add_repair(path, "typo", piece.text, item, "资金表的项目名称", decision.confidence)
    return book.notes()
