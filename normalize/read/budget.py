"""The budget table: decoded rows → amounts and shares of both sides."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from models.declaration import Budget, BudgetLine
from models.finding import Severity
from normalize.channel.decision import read_together
from normalize.form.catalogue import Entry
from normalize.form.layouts import YEARS, Layout
from normalize.form.sections import SectionRow
from normalize.notes.notes import Notes
from normalize.read.money import amount_at, data_rows, figure_at, note_row_doubts, share_price
from normalize.table.decoder import decode
from normalize.table.logical_rows import LogicalRow
from normalize.table.model import RowState, TableColumn, TableModel, Variant
from normalize.text.cell_values import text_to_share, text_to_years

SIDES = ("income", "expenditure")


@cache
def budget_model(layout: Layout) -> TableModel:
    """The budget table: the items of both sides in their order; the side's label is the merged level."""
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
            entry = Entry(f"{SIDES[side]}", label, label, item, False, None, None, None, None, None, None, ())
            states.append(RowState(0, label, label, entry, len(states) + 1.0, usual=True))
    return TableModel((Variant("budget", columns, ("部门总体资金情况",)),), tuple(states))


def read_budget(rows: Sequence[SectionRow], layout: Layout) -> tuple[Budget, Notes]:
    """Both sides of the budget in the order of the form, with the two history years of its heading."""
    notes = Notes()
    decoded = decode(budget_model(layout), [row.row for row in data_rows(rows)])
    told = any(name in row.fields for row in decoded.rows for name in ("history0", "history1"))
    years = _history_years(rows, "warning" if told else "info", notes)
    sides: dict[str, list[BudgetLine]] = {side: [] for side in SIDES}
    for row in decoded.rows:
        side = row.state.entry.code
        sides[side].append(_budget_line(row, f"/budget/{side}/{len(sides[side])}", notes))
    for before, foreign in decoded.foreign:
        text = " ".join(slot.text for slot in foreign.filled)[:60]
        side = decoded.rows[before - 1].state.entry.code if before else SIDES[0]
        where = f"/budget/{side}/{len(sides[side]) - 1}" if before else f"/budget/{side}"
        for path in (where, f"/budget/{side}"):
            notes.find("foreign-row", path, f"资金表中有一行不能归入任何项目：“{text}”，请核对", actual=text)
    for side, expected in zip(SIDES, (layout.income, layout.expenditure), strict=True):
        for lost in [item for item in expected if item not in [line.item for line in sides[side]]]:
            notes.find(
                "missing-value", f"/budget/{side}", f"资金表中未读到“{lost}”一行，请核对原件", expected=lost
            )
    return Budget(
        history_years=years, income=tuple(sides["income"]), expenditure=tuple(sides["expenditure"])
    ), notes


def _history_years(rows: Sequence[SectionRow], blank: Severity, notes: Notes) -> tuple[int, ...]:
    """The two years that head the history columns; `blank`: how bad it is when there are none."""
    found = [
        (year, slot)
        for row in rows
        for slot, hit in zip(row.row.slots, row.hits, strict=True)
        if hit and hit.label.group == "heading" and hit.label.text in YEARS
        for year in text_to_years(slot.raw)
    ]
    years = tuple(dict.fromkeys(year for year, _ in found))
    if len(years) == 2 and years[1] == years[0] + 1:
        notes.saw("/budget/history_years", [slot for _, slot in found][:2], "cell")
        return years
    if years:
        seen = "、".join(map(str, years))
        notes.find(
            "unparsed-value",
            "/budget/history_years",
            f"近两年的年份读作“{seen}”，不是连续两年，请核对",
            actual=seen,
        )
    else:
        # on a picture they may have been overlooked
        pictured = any(slot.confidence is not None for row in rows for slot in row.row.filled)
        severity: Severity = "warning" if pictured else blank
        notes.find("missing-value", "/budget/history_years", "近两年的年份为空或未读到，请核对原件", severity)
    return years[:2] if len(years) >= 2 else ()


def _budget_line(row: LogicalRow, path: str, notes: Notes) -> BudgetLine:
    item = row.state.entry.level3 or ""
    piece = row.fields.get("item")
    if piece:
        notes.saw(f"{path}/item", piece.slots, "cell", 1.0)  # the form's own words, told by their order
        decision = read_together([piece.observation], [item])[0]
        if decision.text != item or decision.repaired:
            notes.repair(f"{path}/item", "typo", piece.text, item, "资金表的项目名称", decision.confidence)
    else:
        notes.repair(f"{path}/item", "label", None, item, "资金表的项目次序")
        notes.find("label-lost", f"{path}/item", f"未读到项目名称，按次序补为“{item}”，请核对")
    amount = amount_at(row, "amount", f"{path}/amount", "当年金额", notes)
    history = [
        amount_at(row, f"history{n}", f"{path}/history/{n}", f"第 {n + 1} 个历史年度金额", notes)
        for n in (0, 1)
    ]
    share_piece = row.fields.get("share")
    share = None
    if share_piece:
        text = figure_at(share_piece, share_price, f"{path}/share", notes)
        share = text_to_share(text)
        if share is None:
            notes.find("unparsed-value", f"{path}/share", f"占比“{text}”不是数值，请核对", actual=text)
    if share and amount is None and "amount" not in row.fields:
        notes.find("missing-value", f"{path}/amount", f"“{item}”有占比 {share} 而无当年金额，请核对原件")
    note_row_doubts(
        row,
        path,
        {"share": "share", "amount": "amount", "history0": "history/0", "history1": "history/1"},
        notes,
    )
    return BudgetLine(item=item, amount=amount, share=share, history=(history[0], history[1]))
