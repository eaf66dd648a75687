"""Rows of a form → the section that each belongs to, by dynamic programming over what the rows look like.

Sections come in any order, are split by page breaks, and have neighbours' rows dropped into them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf
from operator import itemgetter

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
        opened = _opened(found)
        looks = _looks(row, found, opened, known.shown(row, found))
        before = best[-1] if best else {s: (0.0 if s == "front" else FORM_PRICES.switch, s) for s in SECTIONS}
        least, _, cheapest = min((before[s][0], n, s) for n, s in enumerate(SECTIONS))
        column: dict[str, tuple[float, str]] = {}
        restart = FORM_PRICES.restart if opened is None and _begins_list(row) and not headed else 0.0
        # a label alone in its row stands above its text
        headed = opened is not None and all(
            hit and not hit.rest for hit, s in zip(found, row.slots, strict=True) if s.filled
        )
        for n, section in enumerate(SECTIONS):
            enter = least + (FORM_PRICES.opened if section == opened else FORM_PRICES.switch), cheapest
            follow = (
                before[SECTIONS[n - 1]][0] + FORM_PRICES.follows if n else enter[0],
                SECTIONS[n - 1] if n else cheapest,
            )
            stay = before[section][0] + (restart if section in _PROSE_SECTIONS else 0.0), section
            ways = [stay, follow] if section == REMARKS != opened else [stay, enter, follow]
            cost, origin = min(ways, key=itemgetter(0))
            if section == REMARKS and r in form:
                cost = inf
            column[section] = cost + looks[section], origin
        best.append(column)
    return _trace(rows, hits, best)


def _form(rows: Sequence[Row], hits: Sequence[Sequence[Hit | None]]) -> range:
    """From the first to the last row that is in a table or holds a label of the form: remarks stand outside of it.

    Who signed below the table, and when, may stand under the remarks: such a field ends no form.
    """
    parts = {
        r: {hit.label.group for hit in found if hit and hit.label.name != REMARKS}
        for r, (row, found) in enumerate(zip(rows, hits, strict=True))
    }
    begun = [r for r, groups in parts.items() if groups or not rows[r].line]
    held = [r for r in begun if parts[r] - {"field"} or not rows[r].line]
    return range(begun[0], (held or begun)[-1] + 1) if begun else range(0)


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
    row: Row, hits: Sequence[Hit | None], opened: str | None, shown: tuple[list[str], int, int]
) -> dict[str, float]:
    """How little the row looks like one of each section, in nats."""
    homes = [home for hit in hits if hit and (home := _home(hit))]
    texts, closed, names = shown
    foreign = FORM_PRICES.closed_word * min(_COUNTED, closed) + FORM_PRICES.entry_name * min(_COUNTED, names)
    shape = _Shape.of(row, texts)
    looks: dict[str, float] = {}
    for section in SECTIONS:
        cost = 0.0 if opened in (None, section) else FORM_PRICES.elsewhere
        cost += FORM_PRICES.elsewhere * (len(homes) - homes.count(section))
        if not texts:
            looks[section] = cost
        elif section == REMARKS:
            looks[section] = cost + FORM_PRICES.remark
        elif section == "indicators":
            looks[section] = cost + shape.as_indicator(named=bool(closed or names))
        else:
            looks[section] = cost + foreign + shape.cost(section)
    return looks


def _home(hit: Hit) -> str | None:
    """The section in which a label that opens nothing belongs."""
    if hit.label.group in ("item", "side"):
        return "budget"
    if hit.label.group == "title":
        return "front"
    if hit.label.group == "heading":
        return _SECTION_OF_ANNUAL.get(hit.label.name, hit.label.name)
    return None


@dataclass(frozen=True, slots=True)
class _Shape:
    """What the texts of a row, which are no labels, look like: the row, and how many are amounts, long, or anything."""

    line: bool
    texts: int
    amounts: int
    long: int
    prose: bool
    number: bool
    listed: bool

    @classmethod
    def of(cls, row: Row, texts: Sequence[str]) -> _Shape:
        lone = texts[0] if len(texts) == 1 else ""
        return cls(
            row.line,
            len(texts),
            sum(is_amount(t) for t in texts),
            sum(len(t) > _LONG_TEXT for t in texts),
            prose=len(lone) > _PROSE,
            number=is_number(lone),
            listed=bool(lone) and first_list_mark(lone) is not None,
        )

    def as_indicator(self, *, named: bool) -> float:
        """Its price as a row of indicators, where it is `named` by words that stand only there or not."""
        if named:
            return FORM_PRICES.indicator_row
        prose = self.line or self.prose or self.listed
        return FORM_PRICES.nameless_indicator_row + (FORM_PRICES.prose_among_indicators if prose else 0.0)

    def cost(self, section: str) -> float:
        """Its price as a row of any other section."""
        if section == "budget":
            money = self.amounts and not self.long
            return FORM_PRICES.money_row if money else FORM_PRICES.no_money_row
        if section == "projects":
            named = self.long + self.texts - self.amounts >= 1 and not self.line
            return FORM_PRICES.project_row if self.amounts and named else FORM_PRICES.no_project_row
        if section == "summary":
            beside = self.long and not self.amounts and self.texts <= len(_GOALS) and not self.line
            return FORM_PRICES.summary_row if beside else FORM_PRICES.no_summary_row
        if section == "front":
            short = not self.long and self.texts <= _FEW_TEXTS
            return FORM_PRICES.front_row if short else FORM_PRICES.no_front_row
        lone = self.texts == 1 and not self.number
        if lone and (self.long or self.listed):
            return FORM_PRICES.prose_row
        return FORM_PRICES.short_prose_row if lone else FORM_PRICES.no_prose_row
