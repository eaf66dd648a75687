"""The budget and project tables: decoded rows → amounts, shares and project lines."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import cache

from rapidfuzz.distance import Levenshtein

from models.declaration import Budget, BudgetLine, Project
from models.finding import Severity
from normalize.catalogue import Entry
from normalize.channel.observation import Picture
from normalize.decoder import decode
from normalize.figures import NO_NUMBER, Price, confidence, lost_point, read_figure
from normalize.freetext import note_own_text, reread_slot
from normalize.labels import note_decision
from normalize.layout import YEARS, Layout
from normalize.notes import Notes
from normalize.rows import LogicalRow, Piece
from normalize.sections import Marked
from normalize.tables import Column, State, TableModel, Variant, own_entry
from normalize.typos import is_strange, read_together
from normalize.values import text_to_amount, text_to_share, text_to_years

SIDES = ("income", "expenditure")
WHOLE = 100
"""No part is more per cent of the whole: a copier loses points."""
_FIGURES = ("amount", "share", "history0", "history1")
_FIGURE_NAMES = {"amount": "当年金额", "share": "占比", "history0": "前年金额", "history1": "上年金额"}
_AMOUNT_NAMES = {"total_budget": "项目总预算", "annual_budget": "项目本年度预算"}
_TEXT_NAMES = {"name": "项目名称", "category": "支出项目类别", "purpose": "项目主要支出方向和用途"}


@cache
def budget_model(layout: Layout) -> TableModel:
    """The budget table: the items of both sides in their order; the side's label is the merged level."""
    columns = (
        Column("section", "section"),
        Column("side", "level1"),
        Column("item", "name"),
        Column("amount", "amount"),
        Column("share", "share"),
        Column("history0", "amount"),
        Column("history1", "amount"),
    )
    states: list[State] = []
    for side, (label, items) in enumerate(
        zip(layout.groups, (layout.income, layout.expenditure), strict=True)
    ):
        for item in items:
            entry = Entry(f"{SIDES[side]}", label, label, item, False, None, None, None, None, None, None, ())
            states.append(State(0, label, label, entry, len(states) + 1.0, usual=True))
    return TableModel((Variant("budget", columns, ("部门总体资金情况",)),), tuple(states))


@cache
def project_model(layout: Layout) -> TableModel:
    """The project table: every row is open vocabulary; the amounts and the category anchor it."""
    columns = (
        Column("section", "section"),
        Column("name", "name"),
        Column("category", "class", layout.project_categories),
        Column("total_budget", "amount"),
        Column("annual_budget", "amount"),
        Column("purpose", "text"),
    )
    state = State(
        0, "项目支出情况", "项目支出情况", own_entry("项目支出情况", "项目支出情况"), 1.0, usual=True
    )
    return TableModel((Variant("projects", columns, ("项目支出情况",)),), (state,))


def data_rows(rows: Sequence[Marked]) -> tuple[Marked, ...]:
    """Rows of a table that are no headings and stand in a table."""
    return tuple(row for row in rows if not row.is_heading and not row.row.line)


def read_budget(rows: Sequence[Marked], layout: Layout) -> tuple[Budget, Notes]:
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


def _history_years(rows: Sequence[Marked], blank: Severity, notes: Notes) -> tuple[int, ...]:
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
    amount = _amount(row, "amount", f"{path}/amount", "当年金额", notes)
    history = [
        _amount(row, f"history{n}", f"{path}/history/{n}", f"第 {n + 1} 个历史年度金额", notes)
        for n in (0, 1)
    ]
    share_piece = row.fields.get("share")
    share = None
    if share_piece:
        text = _figure(share_piece, share_price, f"{path}/share", notes)
        share = text_to_share(text)
        if share is None:
            notes.find("unparsed-value", f"{path}/share", f"占比“{text}”不是数值，请核对", actual=text)
    if share and amount is None and "amount" not in row.fields:
        notes.find("missing-value", f"{path}/amount", f"“{item}”有占比 {share} 而无当年金额，请核对原件")
    _note_row_doubts(
        row,
        path,
        {"share": "share", "amount": "amount", "history0": "history/0", "history1": "history/1"},
        notes,
    )
    return BudgetLine(item=item, amount=amount, share=share, history=(history[0], history[1]))


def _amount(row: LogicalRow, name: str, path: str, label: str, notes: Notes) -> Decimal | None:
    piece = row.fields.get(name)
    if piece is None:
        return None
    text = _figure(piece, _amount_price, path, notes)
    amount = text_to_amount(text)
    if amount is None:
        notes.find("unparsed-value", path, f"{label}“{text}”不是金额，请核对", "error", actual=text)
    return amount


def _figure(piece: Piece, price: Price, path: str, notes: Notes) -> str:
    """The text of a figure as its picture says, or as it was read."""
    pictured = isinstance(piece.observation, Picture) and len(piece.slots) == 1
    lost = lost_point(piece.slots[0].raw) if pictured else None
    decision = lost or read_figure(piece.observation, price)
    notes.saw(path, piece.slots, "cell", confidence(piece.observation, decision))
    note_decision(path, piece, decision, "图像中唯一合乎格式的读法", notes)
    return decision.text


def _amount_price(text: str) -> float:
    return 0.0 if text_to_amount(text) is not None else NO_NUMBER


def share_price(text: str) -> float:
    share = text_to_share(text) if text.endswith("%") else None
    return 0.0 if share and Decimal(share.rstrip("%")) <= WHOLE else NO_NUMBER


def _note_row_doubts(row: LogicalRow, path: str, places: dict[str, str], notes: Notes) -> None:
    for name in sorted(row.doubtful & set(places)):
        notes.find("ambiguous-cell", f"{path}/{places[name]}", "单元格可能错位，所属列不能确定，请核对")
    for slot in row.skipped:
        for place in places.values():
            notes.find(
                "dropped-cell",
                f"{path}/{place}",
                f"本行的“{slot.text}”不属于任何一列，请核对整行",
                actual=slot.text,
            )


def read_projects(rows: Sequence[Marked], layout: Layout) -> tuple[tuple[Project, ...], Notes]:
    """The projects in the order of the form."""
    notes = Notes()
    decoded = decode(project_model(layout), [row.row for row in data_rows(rows)])
    projects = tuple(_project(row, f"/projects/{n}", layout, notes) for n, row in enumerate(decoded.rows))
    for before, foreign in decoded.foreign:
        text = " ".join(slot.text for slot in foreign.filled)[:60]
        paths = [f"/projects/{before - 1}/{name}" for name in ("name", "purpose")] if before else []
        for path in (*paths, "/projects"):
            notes.find("foreign-row", path, f"项目表中有一行不能归入任何项目：“{text}”，请核对", actual=text)
    if not projects:
        notes.find("missing-value", "/projects", "项目支出情况为空或未读到，请核对原件")
    return projects, notes


def _project(row: LogicalRow, path: str, layout: Layout, notes: Notes) -> Project:
    texts: dict[str, str | None] = {}
    for name, label in _TEXT_NAMES.items():
        piece = row.fields.get(name)
        texts[name] = None
        if piece is None:
            notes.find("missing-value", f"{path}/{name}", f"{label}为空或未读到，请核对原件")
            continue
        texts[name] = piece.text
        usual = 1.0 if piece.text in layout.project_categories else None
        notes.saw(f"{path}/{name}", piece.slots, "cell", usual if name == "category" else None)
        if name == "category":
            texts[name] = _category(piece, f"{path}/category", layout, notes)
            continue
        if not piece.joined and not piece.glued:
            texts[name] = reread_slot(piece.slots[0]).text
        note_own_text(f"{path}/{name}", piece.text, texts[name] or "", notes)
    amounts = {
        name: _amount(row, name, f"{path}/{name}", label, notes) for name, label in _AMOUNT_NAMES.items()
    }
    for name, label in _AMOUNT_NAMES.items():
        if name not in row.fields:
            notes.find("missing-value", f"{path}/{name}", f"{label}为空或未读到，请核对原件")
    _note_row_doubts(row, path, {n: n for n in (*_TEXT_NAMES, *_AMOUNT_NAMES)}, notes)
    return Project(
        name=texts["name"],
        category=texts["category"],
        purpose=texts["purpose"],
        total_budget=amounts["total_budget"],
        annual_budget=amounts["annual_budget"],
    )


def _category(piece: Piece, path: str, layout: Layout, notes: Notes) -> str:
    """The category through the channel against the words usual in the layout; another word is kept."""
    text = piece.text
    if text in layout.project_categories:
        return text
    usual = min(layout.project_categories, key=lambda word: Levenshtein.distance(word, text))
    decision = read_together([piece.observation], [usual])[0]
    if decision.repaired:
        notes.repair(
            path, "typo", text, decision.text, "支出项目类别的常用词", decision.confidence, decision.rival
        )
    elif decision.doubt or is_strange(text):
        notes.find(
            "unrepaired-typo", path, f"“{text}”可能应为“{usual}”，未改动，请核对", expected=usual, actual=text
        )
    return decision.text
