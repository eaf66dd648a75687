"""Rows of a form → the section that each belongs to, by dynamic programming over what the rows look like.

Sections come in any order, are split by page breaks, and have neighbours' rows dropped into them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from math import inf

from normalize.form.catalogue import BASES, CATEGORIES, Catalogue
from normalize.form.layouts import REMARKS, Hit, Layout
from normalize.form.physical_rows import Row
from normalize.table.lexicon import is_amount, is_number
from normalize.text.fold import skeleton

SECTIONS = (
    "front",
    "budget",
    "functions",
    "annual_tasks",
    "projects",
    "summary",
    "long_goals",
    "annual_goals",
    "indicators",
    REMARKS,
)
PROSE = frozenset({"functions", "annual_tasks", "long_goals", "annual_goals"})
SWITCH, OPENED, NUMBERED = (
    6.0,
    0.2,
    re.compile(r"\s*(?:\d{1,2}\s*[、.．)）](?!\d)|[（(]\d{1,2}[)）]|[①-⑳]|[一二三四五六七八九十]+、)"),
)
_HEADING = ("heading", "section", "side")
FOLLOWS = 4.0
"""Price of going on to the next section of the usual order without having read its label."""
RESTART = 5.0
"""Price of a list that begins again at 1 within its section."""
REMARK = 0.5
"""Price of a line of text that is a remark, where one may stand."""
ELSEWHERE = 8.0
"""A label or a closed word under a section that it does not belong to."""


@dataclass(frozen=True, slots=True)
class Marked:
    """A row, the labels found in its slots, and the section it was given."""

    row: Row
    hits: tuple[Hit | None, ...]
    section: str

    @property
    def answers(self) -> tuple[int, ...]:
        """Slots that are filled and hold no label."""
        return tuple(
            i
            for i, (slot, hit) in enumerate(zip(self.row.slots, self.hits, strict=True))
            if slot.filled and not hit
        )

    @property
    def is_heading(self) -> bool:
        """Whether the row only heads columns (or opens a section); a heading too badly misread to know is no answer."""
        found = [hit for hit in self.hits if hit]
        answers = [self.row.slots[i].text for i in self.answers]
        if not found or len(found) < 2 * len(answers) or any(c.isdigit() for text in answers for c in text):
            return False
        at_home = all(_home(hit) in (None, self.section) for hit in found)
        return at_home and all(hit.label.group in _HEADING and not hit.rest for hit in found)


def mark_sections(rows: Sequence[Row], layout: Layout, catalogue: Catalogue) -> tuple[Marked, ...]:
    """Give every row its section; the order of the sections is free, a change without a label is dear.

    The form's first row printed again at the top of every page belongs to its head and interrupts no section.
    """
    hits = [layout.hits(row) for row in rows]
    again = _printed_again(rows, hits)
    kept = [r for r in range(len(rows)) if r not in again]
    marked = _mark([rows[r] for r in kept], [hits[r] for r in kept], catalogue)
    placed = dict(zip(kept, marked, strict=True))
    return tuple(placed.get(r) or Marked(rows[r], hits[r], "front") for r in range(len(rows)))


def _printed_again(rows: Sequence[Row], hits: Sequence[Sequence[Hit | None]]) -> frozenset[int]:
    """Rows of the head (they name a field) that say just what an earlier row said."""
    seen: set[tuple[str, ...]] = set()
    again = set()
    for r, (row, found) in enumerate(zip(rows, hits, strict=True)):
        if any(hit and hit.label.group == "field" for hit in found):
            texts = tuple(slot.text for slot in row.filled)
            if texts in seen:
                again.add(r)
            seen.add(texts)
    return frozenset(again)


def _mark(
    rows: Sequence[Row], hits: list[tuple[Hit | None, ...]], catalogue: Catalogue
) -> tuple[Marked, ...]:
    known = _Known.of(catalogue)
    best: list[dict[str, tuple[float, str]]] = []
    headed = False
    form = _form(rows, hits)
    for r, (row, found) in enumerate(zip(rows, hits, strict=True)):
        opened, shown = _opened(found), known.shown(row, found)
        before = best[-1] if best else {s: (0.0 if s == "front" else SWITCH, s) for s in SECTIONS}
        cheapest = min(SECTIONS, key=lambda s: before[s][0])
        column: dict[str, tuple[float, str]] = {}
        restart = RESTART if opened is None and _begins_list(row) and not headed else 0.0
        # a label alone in its row stands above its text
        headed = opened is not None and all(
            hit and not hit.rest for hit, s in zip(found, row.slots, strict=True) if s.filled
        )
        for n, section in enumerate(SECTIONS):
            enter = before[cheapest][0] + (OPENED if section == opened else SWITCH), cheapest
            follow = (
                before[SECTIONS[n - 1]][0] + FOLLOWS if n else enter[0],
                SECTIONS[n - 1] if n else cheapest,
            )
            stay = before[section][0] + (restart if section in PROSE else 0.0), section
            ways = [stay, follow] if section == REMARKS != opened else [stay, enter, follow]
            cost, origin = min(ways, key=lambda pair: pair[0])
            if section == REMARKS and r in form:
                cost = inf
            column[section] = cost + _looks(row, found, section, opened, shown), origin
        best.append(column)
    return _trace(rows, hits, best)


def _form(rows: Sequence[Row], hits: Sequence[Sequence[Hit | None]]) -> range:
    """From the first to the last row that is in a table or holds a label of the form: remarks stand outside of it."""
    parts = [
        r
        for r, (row, found) in enumerate(zip(rows, hits, strict=True))
        if not row.line or any(hit and hit.label.name != REMARKS for hit in found)
    ]
    return range(parts[0], parts[-1] + 1) if parts else range(0)


def _begins_list(row: Row) -> bool:
    filled = row.filled
    return len(filled) == 1 and re.match(r"\s*[（(]?[1①一]\s*[、.．)）]", filled[0].raw) is not None


def _trace(
    rows: Sequence[Row], hits: list[tuple[Hit | None, ...]], best: list[dict[str, tuple[float, str]]]
) -> tuple[Marked, ...]:
    marked: list[Marked] = []
    section = min(SECTIONS, key=lambda s: best[-1][s][0]) if best else ""
    for r in reversed(range(len(rows))):
        marked.append(Marked(rows[r], hits[r], section))
        section = best[r][section][1]
    return tuple(reversed(marked))


def _opened(hits: Sequence[Hit | None]) -> str | None:
    """The section that the row's labels open: both goals side by side head the summary."""
    names = [hit.label.name for hit in hits if hit and hit.label.group == "section"]
    if {"long_goals", "annual_goals"} <= set(names) or "summary" in names:
        return "summary"
    if names:
        return names[0]
    headings = [hit.label.name for hit in hits if hit and hit.label.group == "heading"]
    if len(headings) >= 2:
        return {"annual": "indicators"}.get(headings[0], headings[0])
    return "front" if any(hit and hit.label.group == "field" for hit in hits) else None


@dataclass(frozen=True, slots=True)
class _Known:
    """Words that can only stand in an indicator table."""

    names: frozenset[str]
    closed: frozenset[str]

    @classmethod
    def of(cls, catalogue: Catalogue) -> _Known:
        texts = [t for e in catalogue.entries for t in (e.level1, e.level3, e.standard) if t and len(t) > 2]
        texts += [e.level2 for e in catalogue.entries if len(e.level2) > 2 and "{" not in e.level2]
        return cls(frozenset(map(skeleton, texts)), frozenset(map(skeleton, BASES + CATEGORIES)))

    def shown(self, row: Row, hits: Sequence[Hit | None]) -> tuple[list[str], int, int]:
        """The row's texts that are no labels, and how many of them are closed words and names of the catalogue."""
        texts = [slot.text for slot, hit in zip(row.slots, hits, strict=True) if slot.filled and not hit]
        keys = [skeleton(text) for text in texts]
        names = sum(k in self.names or k.startswith("核心业务产出") for k in keys)
        return texts, sum(k in self.closed for k in keys), names


def _looks(
    row: Row,
    hits: Sequence[Hit | None],
    section: str,
    opened: str | None,
    shown: tuple[list[str], int, int],
) -> float:
    """How little the row looks like one of the section, in nats."""
    cost = 0.0 if opened in (None, section) else ELSEWHERE
    cost += sum(ELSEWHERE for hit in hits if hit and _home(hit) not in (None, section))
    texts, closed, names = shown
    if not texts:
        return cost
    if section == REMARKS:
        return cost + REMARK
    if section == "indicators":
        return cost + (0.3 if closed or names else 3.0 + _prose_like(row, texts))
    cost += 5.0 * min(2, closed) + 3.0 * min(2, names)
    return cost + _shape_cost(row, texts, section)


def _home(hit: Hit) -> str | None:
    """The section in which a label that opens nothing belongs."""
    if hit.label.group in ("item", "side"):
        return "budget"
    if hit.label.group == "title":
        return "front"
    if hit.label.group == "heading":
        return {"annual": "indicators"}.get(hit.label.name, hit.label.name)
    return None


def _prose_like(row: Row, texts: list[str]) -> float:
    return 6.0 if row.line or (len(texts) == 1 and (len(texts[0]) > 30 or NUMBERED.match(texts[0]))) else 0.0


def _shape_cost(row: Row, texts: list[str], section: str) -> float:
    amounts = sum(is_amount(t) for t in texts)
    long = sum(len(t) > 12 for t in texts)
    if section == "budget":
        return 1.0 if amounts and not long else 7.0
    if section == "projects":
        return 0.5 if amounts and long + len(texts) - amounts >= 1 and not row.line else 4.0
    if section == "summary":
        return 1.0 if long and not amounts and len(texts) <= 2 and not row.line else 5.0
    if section == "front":
        return 1.5 if not long and len(texts) <= 3 else 4.0
    lone = len(texts) == 1 and not is_number(texts[0])
    return 0.5 if lone and (long or NUMBERED.match(texts[0])) else 2.0 if lone else 6.0
