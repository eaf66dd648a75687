"""The project table: decoded rows → project lines."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from rapidfuzz.distance import Levenshtein

from models.declaration import Project
from normalize.channel.decision import is_strange, read_together
from normalize.form.layouts import Layout
from normalize.form.sections import SectionRow
from normalize.notes.notes import Notes
from normalize.notes.own_text import note_own_text, reread_slot
from normalize.read.money import amount_at, data_rows, note_row_doubts
from normalize.table.decoder import decode
from normalize.table.logical_rows import CellText, LogicalRow
from normalize.table.model import RowState, TableColumn, TableModel, Variant, own_entry

_AMOUNT_NAMES = {"total_budget": "项目总预算", "annual_budget": "项目本年度预算"}
_TEXT_NAMES = {"name": "项目名称", "category": "支出项目类别", "purpose": "项目主要支出方向和用途"}


@cache
def project_model(layout: Layout) -> TableModel:
    """The project table: every row is open vocabulary; the amounts and the category anchor it."""
    columns = (
        TableColumn("section", "section"),
        TableColumn("name", "name"),
        TableColumn("category", "class", layout.project_categories),
        TableColumn("total_budget", "amount"),
        TableColumn("annual_budget", "amount"),
        TableColumn("purpose", "text"),
    )
    state = RowState(
        0, "项目支出情况", "项目支出情况", own_entry("项目支出情况", "项目支出情况"), 1.0, usual=True
    )
    return TableModel((Variant("projects", columns, ("项目支出情况",)),), (state,))


def read_projects(rows: Sequence[SectionRow], layout: Layout) -> tuple[tuple[Project, ...], Notes]:
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
        name: amount_at(row, name, f"{path}/{name}", label, notes) for name, label in _AMOUNT_NAMES.items()
    }
    for name, label in _AMOUNT_NAMES.items():
        if name not in row.fields:
            notes.find("missing-value", f"{path}/{name}", f"{label}为空或未读到，请核对原件")
    note_row_doubts(row, path, {n: n for n in (*_TEXT_NAMES, *_AMOUNT_NAMES)}, notes)
    return Project(
        name=texts["name"],
        category=texts["category"],
        purpose=texts["purpose"],
        total_budget=amounts["total_budget"],
        annual_budget=amounts["annual_budget"],
    )


def _category(piece: CellText, path: str, layout: Layout, notes: Notes) -> str:
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
