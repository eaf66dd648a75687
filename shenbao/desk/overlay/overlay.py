"""A reading with a person's decisions laid over it: the data changed, everything checked again, what is still open.

The reading is never changed. What the rules said of it is taken out and asked anew of the changed data; what readers
doubted stays until a person has decided about all that it points at.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from models.declaration import DepartmentOverall, ProjectDeclaration
from models.finding import UNKNOWN_READER, Evidence, Finding, Repair
from models.submission import CheckResult, Form, Submission
from normalize.check.arithmetic import check_budget
from normalize.check.checks import check_declaration
from normalize.check.form_rules import check_forms
from normalize.check.rules.rule_rows import Examined
from normalize.form.layouts import Layout, layouts
from normalize.form.parts.printed_parts import layout_to_parts
from normalize.notes.notes import Notes, finding
from shenbao.desk.overlay.added_rows import added_texts, place_rows
from shenbao.desk.overlay.doubts import OpenDoubts, is_answered, open_doubts
from shenbao.desk.overlay.fields import (
    AnswerError,
    FieldKind,
    Sheet,
    Tree,
    answer_to_node,
    as_lists,
    as_tuples,
    node_at,
    put,
    row_of,
    text_at,
)
from shenbao.desk.overlay.placing import place_decisions
from shenbao.desk.overlay.row_changes import AddedRow, RowChanges
from shenbao.ingest.ledger.decisions import DeskDecision
from shenbao.pipeline import submission_status

_ILLEGIBLE = "illegible"
"""The code of the finding on a field that a person could not read either."""
_NEEDED = frozenset({"item", "label", "text"})
"""Texts that their row must have: blank, they leave the row as it is until the whole row is blank."""


@dataclass(frozen=True, slots=True)
class Final:
    """The reading of a file with decisions applied; `sheets` are those of the reading's forms.

    `doubts` are what each form leaves open; `live` the decisions that were applied, by form and path in the reading, `stale`
    those that answer another reading. `ruled` is what the rules say of the reading's forms, where they were asked.
    """

    submission: Submission
    doubts: tuple[OpenDoubts, ...]
    sheets: tuple[Sheet, ...]
    live: Mapping[tuple[int, str], DeskDecision] = field(default_factory=dict)
    stale: tuple[DeskDecision, ...] = ()
    ruled: Mapping[int, tuple[Finding, ...]] = field(default_factory=dict)


def apply_decisions(
    reading: Submission,
    decisions: Mapping[tuple[int, str], DeskDecision],
    earlier: Final | None = None,
) -> Final:
    """The reading with the decisions that answer it; without any it is given back as it is.

    `earlier` is a final of the same reading: what it knows of the reading is not worked out again.
    """
    forms: list[Form] = []
    doubts: list[OpenDoubts] = []
    live: dict[tuple[int, str], DeskDecision] = {}
    stale = [decision for (n, _), decision in decisions.items() if n >= len(reading.forms)]
    sheets = earlier.sheets if earlier else tuple(map(Sheet.of, reading.forms))
    ruled = dict(earlier.ruled) if earlier else {}
    for number, sheet in enumerate(sheets):
        form = sheet.form
        mine = [d for (n, _), d in decisions.items() if n == number]
        placed, old = place_decisions(sheet, [one for one in mine if one.kind != "add"])
        rows, lost = place_rows(sheet, [one for one in mine if one.kind == "add"])
        if (placed or rows) and number not in ruled:
            seen = Examined(
                form.data, _entries(form), form.evidence, form.repairs, form.findings, _printed(form)
            )
            ruled[number] = _rules(form, seen)[0]
        final, changes = (
            _apply(sheet, placed, rows, ruled[number]) if placed or rows else (form, RowChanges())
        )
        forms.append(final)
        after = sheet if final is form else Sheet.of(final)
        doubts.append(open_doubts(sheet, after, changes, placed, old))
        live |= {(number, path): decision for path, decision in placed.items()}
        live |= {(number, path): decisions[number, path] for path in rows}
        stale += [*old, *lost]
    if not live:
        return Final(reading, tuple(doubts), sheets, live, tuple(stale), ruled)
    forms = _crossed(reading.forms, forms)
    status = submission_status(forms, reading.findings)
    submission = reading.model_copy(update={"forms": tuple(forms), "status": status})
    return Final(submission, tuple(doubts), sheets, live, tuple(stale), ruled)


def _apply(
    sheet: Sheet, placed: Mapping[str, DeskDecision], rows: Mapping[str, AddedRow], ruled: Sequence[Finding]
) -> tuple[Form, RowChanges]:
    """The form with the decisions in it, checked again, and which rows went and came; `ruled` the rules said of the reading."""
    form, tree = sheet.form, as_lists(sheet.tree)
    for path, decision in placed.items():
        if path in sheet.kinds:
            _answer(tree, path, decision, sheet.kinds[path])
    changes = RowChanges.of(_gone(sheet, tree, placed), rows.values())
    noun = DepartmentOverall if isinstance(form.data, DepartmentOverall) else ProjectDeclaration
    data = _with_year(noun.model_validate(as_tuples(changes.tree(tree))), placed)
    evidence = dict(_evidence(form, placed, changes))
    repairs = tuple(_repairs(form, placed, changes))
    unruled = [found for found in form.findings if found not in ruled]
    kept = _kept_findings(sheet, unruled, placed, changes, Notes(evidence=evidence), data)
    found, checks = _rules(form, Examined(data, _entries(form), evidence, repairs, kept, _printed(form)))
    update = {"data": data, "evidence": evidence, "repairs": repairs, "findings": (*kept, *found)}
    return form.model_copy(update={**update, "checks": checks}), changes


def _answer(tree: Tree, path: str, decision: DeskDecision, kind: FieldKind) -> None:
    if decision.kind == "accept" or (decision.after or "") == (text_at(tree, path) or ""):
        return
    if decision.after is None:
        if path.rpartition("/")[2] not in _NEEDED or row_of(path) is None:
            put(tree, path, None)
        return
    try:
        put(tree, path, answer_to_node(kind, decision.after, node_at(tree, path)))
    except AnswerError:
        # it was taken when it was given; a later program that takes less must not lose a text
        put(tree, path, decision.after if kind == "text" else None)


def _gone(sheet: Sheet, tree: Tree, placed: Mapping[str, DeskDecision]) -> Iterator[str]:
    """What is not on the paper: rows said to be absent or blank in every field that held something, items, columns."""
    rows: dict[str, list[str]] = {}
    decided = {row_of(path) for path in placed}
    for path in sheet.kinds:
        row = row_of(path)
        if row is not None and row in decided:
            rows.setdefault(row, []).append(path)
        is_blank = path in placed and placed[path].kind == "blank"
        if is_blank and ("/extra/" in path or (row is None and path.rpartition("/")[2].isdecimal())):
            yield path
    for row, paths in rows.items():
        held = [path for path in paths if sheet.text(path)]
        blank = [path for path in held if path in placed and placed[path].kind == "blank"]
        filled = any(text_at(tree, path) for path in paths if path not in blank)
        if (row in placed and placed[row].kind == "absent") or (blank and held == blank and not filled):
            yield row


def _with_year(data: Any, placed: Mapping[str, DeskDecision]) -> Any:
    """The budget year follows the years that the form names, unless a person said what it is."""
    if "/budget_year" in placed or not any(path.startswith("/budget/history_years/") for path in placed):
        return data
    years = data.budget.history_years
    return data.model_copy(update={"budget_year": max(years) + 1 if years else None})


def _evidence(
    form: Form, placed: Mapping[str, DeskDecision], changes: RowChanges
) -> Iterator[tuple[str, Evidence]]:
    """Where each value was read, and whose word it is now; what is blank on the paper was read nowhere."""
    for path, seen in form.evidence.items():
        new, decision = changes.to_final(path), placed.get(path)
        if new is not None and (decision is None or decision.kind != "blank"):
            yield new, _by_person(seen, decision) if decision else seen
    for path, decision in placed.items():
        new = changes.to_final(path)
        if path not in form.evidence and new is not None and decision.after is not None:
            unseen = Evidence(text=decision.after, reader=UNKNOWN_READER, confidence=1.0)
            yield new, _by_person(unseen, decision)
    for row in (row for rows in changes.added.values() for row in rows):
        for path, text in added_texts(row):
            new = changes.to_final(path)
            if new is not None:
                yield (
                    new,
                    Evidence(text=text, reader=UNKNOWN_READER, origin="person", confidence=1.0),
                )


def _by_person(seen: Evidence, decision: DeskDecision) -> Evidence:
    sure = 0.0 if decision.kind == _ILLEGIBLE else 1.0
    return seen.model_copy(update={"origin": "person", "confidence": sure})


def _repairs(form: Form, placed: Mapping[str, DeskDecision], changes: RowChanges) -> Iterator[Repair]:
    """The repairs that still say how a value came about."""
    for repair in form.repairs:
        about, new = repair.path.removesuffix("/text"), changes.to_final(repair.path)
        if new is not None and (about not in placed or placed[about].kind == "accept"):
            yield repair.model_copy(update={"path": new})


def _kept_findings(
    sheet: Sheet,
    said: Sequence[Finding],
    placed: Mapping[str, DeskDecision],
    changes: RowChanges,
    notes: Notes,
    data: Any,
) -> tuple[Finding, ...]:
    """What readers `said` and no decision has settled, the sums anew, and what persons could not read."""
    touched = any(path.startswith("/budget/") for path in (*placed, *changes.added))
    money = _checks_sums(sheet.form) and touched
    kept = []
    for found in said:
        new = None if found.path is None else changes.to_final(found.path)
        lost = found.path is not None and new is None
        summed = money and found.category == "arithmetic" and (found.path or "").startswith("/budget/")
        if not (lost or summed or is_answered(found, sheet, placed)):
            kept.append(found if new == found.path else found.model_copy(update={"path": new}))
    if money:
        kept += check_budget(data.budget, (), notes).notes.findings
    for path, decision in placed.items():
        new = changes.to_final(path)
        if decision.kind == _ILLEGIBLE and new is not None:
            kept.append(finding(_ILLEGIBLE, "reading", "warning", new, "复核人员也未能辨认此处内容"))
    return tuple(kept)


def _rules(form: Form, examined: Examined) -> tuple[tuple[Finding, ...], tuple[CheckResult, ...]]:
    """What the rules say of a form, where its reader asks them."""
    if form.form == "department-overall" and form.catalogue is None:
        return (), form.checks
    return check_declaration(examined)


def _entries(form: Form) -> Any:
    layout = form_to_layout(form)
    return layout.entries if layout else _frame().entries


def _printed(form: Form) -> frozenset[str] | None:
    layout = form_to_layout(form)
    return layout_to_parts(layout) if layout else None


def _frame() -> Layout:
    """The layout of forms that none describes, which has the ministry's frame of levels."""
    return next(layout for layout in layouts() if layout.by_labels)


def _checks_sums(form: Form) -> bool:
    return form.form == "department-overall" and form.catalogue is not None


def form_to_layout(form: Form) -> Layout | None:
    """The layout that claimed the form; `None` where this program has none of that name."""
    suffix = "department" if form.form == "department-overall" else "project"
    names = (form.layout, f"{form.layout}-{suffix}")
    return next((layout for layout in layouts() if layout.name in names), None)


def _crossed(before: Sequence[Form], after: Sequence[Form]) -> list[Form]:
    """The forms of a file with what they contradict each other in, as they stand now."""
    old, new = (check_forms([form.data for form in forms]) for forms in (before, after))
    crossed = []
    for number, form in enumerate(after):
        kept = [found for found in form.findings if found not in old.get(number, ())]
        crossed.append(form.model_copy(update={"findings": (*kept, *new.get(number, ()))}))
    return crossed
