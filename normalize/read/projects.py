"""The project table: decoded rows → project lines."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import cache

from rapidfuzz.distance import Levenshtein

from models.declaration import Project
from normalize.channel.broken_words import is_strange
from normalize.channel.decision import read_together
from normalize.form.layouts import Layout
from normalize.form.sections import SectionRow
from normalize.notes.notes import Notebook, Read
from normalize.notes.own_text import note_own_text, reread_slot
from normalize.read.choices import with_choices
from normalize.read.money import amount_at, data_rows, note_row_doubts
from normalize.read.row_numbers import without_row_numbers
from normalize.table.decoder import decode
from normalize.table.logical_rows import Decoded, FieldText, LogicalRow
from normalize.table.model import RowState, TableColumn, TableModel, Variant, own_entry
from normalize.text.cell_values import is_amount

_AMOUNT_NAMES = {"total_budget": "项目总预算", "annual_budget": "项目本年度预算"}
_TEXT_NAMES = {"name": "项目名称", "category": "支出项目类别", "purpose": "项目主要支出方向和用途"}


@cache
def project_model(layout: Layout, *, amounts_printed: bool = True) -> TableModel:
    """The project table: every row is open vocabulary; the amounts (where there are columns for them) and the
    category anchor it."""
    columns = (
        TableColumn("section", "section"),
        TableColumn("name", "name"),
        TableColumn("category", "class", layout.project_categories),
        *(TableColumn(name, "amount") for name in _AMOUNT_NAMES if amounts_printed),
        TableColumn("purpose", "text"),
    )
    state = RowState(
        0, "项目支出情况", "项目支出情况", own_entry("项目支出情况", "项目支出情况"), 1.0, usual=True
    )
    return TableModel((Variant("projects", columns, ("项目支出情况",)),), (state,))


def read_projects(rows: Sequence[SectionRow], layout: Layout) -> Read[tuple[Project, ...]]:
    """The projects in the order of the form."""
    book = Notebook()
    decoded = _decoded(rows, layout)
    projects = tuple(book.take(_project(row, f"/projects/{n}", layout)) for n, row in enumerate(decoded.rows))
    for n, project in enumerate(projects):
        if project.name is None:  # by its name a row is found again in what the department handed in
            message = f"第 {n + 1} 个项目没有读到名称，请核对整行"
            book.add_finding("missing-value", "/projects", message)
    for before, foreign in decoded.foreign:
        text = " ".join(slot.text for slot in foreign.filled)[:60]
        paths = [f"/projects/{before - 1}/{name}" for name in ("name", "purpose")] if before else []
        for path in (*paths, "/projects"):
            message = f"项目表中有一行不能归入任何项目：“{text}”，请核对"
            book.add_finding("foreign-row", path, message, actual=text)
    if not projects:
        book.add_finding("missing-value", "/projects", "项目支出情况为空或未读到，请核对原件")
    return Read(projects, book.notes())


def _decoded(rows: Sequence[SectionRow], layout: Layout) -> Decoded:
    """The rows as projects; where no amount is headed and no cell holds one, also as a table without those columns."""
    cells = with_choices(without_row_numbers([row.row for row in data_rows(rows)]))
    decoded = decode(project_model(layout), cells)
    headed = any(
        hit and hit.label.name == "projects" and hit.label.part in _AMOUNT_NAMES
        for row in rows
        for hit in row.hits
    )
    if headed or any(is_amount(slot.text) for row in cells for slot in row.filled):
        return decoded
    without = decode(project_model(layout, amounts_printed=False), cells)
    return min(decoded, without, key=lambda reading: reading.cost)


def _project(row: LogicalRow, path: str, layout: Layout) -> Read[Project]:
    book = Notebook()
    texts: dict[str, str | None] = {}
    for name, label in _TEXT_NAMES.items():
        piece = row.fields.get(name)
        if piece is None:
            texts[name] = None
            book.add_finding("missing-value", f"{path}/{name}", f"{label}为空或未读到，请核对原件")
        elif piece.unread:
            texts[name] = None
            book.read_at(f"{path}/{name}", piece.slots)
        elif name == "category":
            texts[name] = book.take(_category(piece, f"{path}/{name}", layout))
        else:
            texts[name] = book.take(_own_text(piece, f"{path}/{name}"))
    amounts: dict[str, Decimal | None] = {}
    for name, label in _AMOUNT_NAMES.items():
        amount = book.take(amount_at(row, name, f"{path}/{name}", label))
        amounts[name] = amount.value
        if amount.unparsed:
            book.add_findings((amount.unparsed,))
        if name not in row.fields:
            book.add_finding("missing-value", f"{path}/{name}", f"{label}为空或未读到，请核对原件")
    book.add(note_row_doubts(row, path, {n: n for n in (*_TEXT_NAMES, *_AMOUNT_NAMES)}))
    project = Project(
        name=texts["name"],
        category=texts["category"],
        purpose=texts["purpose"],
        total_budget=amounts["total_budget"],
        annual_budget=amounts["annual_budget"],
    )
    return Read(project, book.notes())


def _own_text(piece: FieldText, path: str) -> Read[str]:
    """A text in the department's own words, reread where it is one whole cell."""
    book = Notebook()
    book.read_at(path, piece.slots)
    text = piece.text if piece.joined or piece.glued else reread_slot(piece.slots[0]).text
    book.add(note_own_text(path, piece.text, text, piece.slots))
    return Read(text, book.notes())


def _category(piece: FieldText, path: str, layout: Layout) -> Read[str]:
    """The category through the channel against the words usual in the layout; another word is kept."""
    book, text = Notebook(), piece.text
    known = text in layout.project_categories
    book.read_at(path, piece.slots, confidence=1.0 if known else None)
    if known:
        return Read(text, book.notes())
    usual = min(layout.project_categories, key=lambda word: Levenshtein.distance(word, text))
    decision = read_together([piece.observation], [usual])[0]
    if decision.repaired:
        because = "支出项目类别的常用词"
        book.add_repair(path, "typo", text, decision.text, because, decision.confidence, decision.rival)
    elif decision.doubt or is_strange(text):
        message = f"“{text}”可能应为“{usual}”，未改动，请核对"
        book.add_finding("unrepaired-typo", path, message, expected=usual, actual=text)
    return Read(decision.text, book.notes())
