"""Rows of a form → the section that each belongs to, by dynamic programming over what the rows look like.

Sections come in any order, are split by page breaks, and have neighbours' rows dropped into them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf

from models.list_marks import first_list_mark
from normalize.form.catalogue import BASES, CATEGORIES, Catalogue
from normalize.form.form_prices import FORM_PRICES
from normalize.form.labels import Hit
from normalize.form.layouts import REMARKS, Layout
from normalize.form.physical_rows import Row
from normalize.text.cell_values import is_amount, is_number
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
_PROSE_SECTIONS = frozenset({"functions", "annual_tasks", "long_goals", "annual_goals"})
_GOALS = frozenset({"long_goals", "annual_goals"})
_HEADING = ("heading", "section", "side")
_LONG_TEXT = 12
"""A text with more characters than this is more than a name."""
_PROSE = 30
"""A single text with more characters than this is prose."""
_SHORT_NAME = 2
"""A name with at most this many characters may be a word of any text."""
_COUNTED = 2
"""Of the words that belong elsewhere this many count; more prove no more."""
_FEW_TEXTS = 3
"""A row of the head has at most this many texts."""
_SECTION_OF_ANNUAL = {"annual": "indicators"}
"""The section that headings of another name belong to."""


@dataclass(frozen=True, slots=True)
class SectionRow:
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


def mark_sections(rows: Sequence[Row], layout: Layout, catalogue: Catalogue) -> tuple[SectionRow, ...]:
    """Give every row its section; the order of the sections is free, a change without a label is dear.

    The form's first row printed again at the top of every page belongs to its head and interrupts no section.
    """
    hits = [layout.hits(row) for row in rows]
    again = _printed_again(rows, hits)
    kept = [r for r in range(len(rows)) if r not in again]
    marked = _mark([rows[r] for r in kept], [hits[r] for r in kept], catalogue)
    placed = dict(zip(kept, marked, strict=True))
    return tuple(placed.get(r) or SectionRow(rows[r], hits[r], "front") for r in range(len(rows)))


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
) -> tuple[SectionRow, ...]:
    known = _Known.of(catalogue)
    best: list[dict[str, tuple[float, str]]] = []
    headed = False
    form = _form(rows, hits)
    for r, (row, found) in enumerate(zip(rows, hits, strict=True)):
        opened, shown = _opened(found), known.shown(row, found)
        before = best[-1] if best else {s: (0.0 if s == "front" else FORM_PRICES.switch, s) for s in SECTIONS}
        cheapest = min(SECTIONS, key=lambda s: before[s][0])
        column: dict[str, tuple[float, str]] = {}
        restart = FORM_PRICES.restart if opened is None and _begins_list(row) and not headed else 0.0
        # a label alone in its row stands above its text
        headed = opened is not None and all(
            hit and not hit.rest for hit, s in zip(found, row.slots, strict=True) if s.filled
        )
        for n, section in enumerate(SECTIONS):
            enter = (
                before[cheapest][0] + (FORM_PRICES.opened if section == opened else FORM_PRICES.switch),
                cheapest,
            )
            follow = (
                before[SECTIONS[n - 1]][0] + FORM_PRICES.follows if n else enter[0],
                SECTIONS[n - 1] if n else cheapest,
            )
            stay = before[section][0] + (restart if section in _PROSE_SECTIONS else 0.0), section
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
    mark = first_list_mark(row.filled[0].raw) if len(row.filled) == 1 else None
    return mark is not None and mark.number == 1


def _trace(
    rows: Sequence[Row], hits: list[tuple[Hit | None, ...]], best: list[dict[str, tuple[float, str]]]
) -> tuple[SectionRow, ...]:
    marked: list[SectionRow] = []
    section = min(SECTIONS, key=lambda s: best[-1][s][0]) if best else ""
    for r in reversed(range(len(rows))):
        marked.append(SectionRow(rows[r], hits[r], section))
        section = best[r][section][1]
    return tuple(reversed(marked))


def _opened(hits: Sequence[Hit | None]) -> str | None:
    """The section that the row's labels open: both goals side by side head the summary."""
    names = [hit.label.name for hit in hits if hit and hit.label.group == "section"]
    if set(names) >= _GOALS or "summary" in names:
        return "summary"
    if names:
        return names[0]
    headings = [hit.label.name for hit in hits if hit and hit.label.group == "heading"]
    if len(headings) > 1:
        return _SECTION_OF_ANNUAL.get(headings[0], headings[0])
    return "front" if any(hit and hit.label.group == "field" for hit in hits) else None


@dataclass(frozen=True, slots=True)
class _Known:
    """Words that can only stand in an indicator table."""

    names: frozenset[str]
    closed: frozenset[str]

    @classmethod
    def of(cls, catalogue: Catalogue) -> _Known:
        texts = [
            t
            for e in catalogue.entries
            for t in (e.level1, e.level3, e.standard)
            if t and len(t) > _SHORT_NAME
        ]
        texts += [e.level2 for e in catalogue.entries if len(e.level2) > _SHORT_NAME and "{" not in e.level2]
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
    cost = 0.0 if opened in (None, section) else FORM_PRICES.elsewhere
    cost += sum(FORM_PRICES.elsewhere for hit in hits if hit and _home(hit) not in (None, section))
    texts, closed, names = shown
    if not texts:
        return cost
    if section == REMARKS:
        return cost + FORM_PRICES.remark
    if section == "indicators":
        return cost + (
            FORM_PRICES.indicator_row
            if closed or names
            else FORM_PRICES.nameless_indicator_row + _prose_like(row, texts)
        )
    cost += FORM_PRICES.closed_word * min(_COUNTED, closed) + FORM_PRICES.entry_name * min(_COUNTED, names)
    return cost + _shape_cost(row, texts, section)


def _home(hit: Hit) -> str | None:
    """The section in which a label that opens nothing belongs."""
    if hit.label.group in ("item", "side"):
        return "budget"
    if hit.label.group == "title":
        return "front"
    if hit.label.group == "heading":
        return _SECTION_OF_ANNUAL.get(hit.label.name, hit.label.name)
    return None


def _prose_like(row: Row, texts: list[str]) -> float:
    return (
        FORM_PRICES.prose_among_indicators
        if row.line or (len(texts) == 1 and (len(texts[0]) > _PROSE or first_list_mark(texts[0])))
        else 0.0
    )


def _shape_cost(row: Row, texts: list[str], section: str) -> float:
    amounts = sum(is_amount(t) for t in texts)
    long = sum(len(t) > _LONG_TEXT for t in texts)
    if section == "budget":
        return FORM_PRICES.money_row if amounts and not long else FORM_PRICES.no_money_row
    if section == "projects":
        return (
            FORM_PRICES.project_row
            if amounts and long + len(texts) - amounts >= 1 and not row.line
            else FORM_PRICES.no_project_row
        )
    if section == "summary":
        beside = long and not amounts and len(texts) <= len(_GOALS) and not row.line
        return FORM_PRICES.summary_row if beside else FORM_PRICES.no_summary_row
    if section == "front":
        return FORM_PRICES.front_row if not long and len(texts) <= _FEW_TEXTS else FORM_PRICES.no_front_row
    lone = len(texts) == 1 and not is_number(texts[0])
    if lone and (long or first_list_mark(texts[0])):
        return FORM_PRICES.prose_row
    return FORM_PRICES.short_prose_row if lone else FORM_PRICES.no_prose_row
