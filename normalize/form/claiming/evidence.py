"""What rows show of all the forms that are known: every label of every layout, found once for all of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from normalize.form.labels import ANY, Hit, Label, Labels, label_shape
from normalize.form.layouts import REMARKS, YEARS, Layout, frame_words, layouts
from normalize.form.physical_rows import Row, RowSlot
from normalize.text.fold import is_chinese

KEY_FIELDS = frozenset({"department", "project", "unit"})
"""The fields that say whose form it is."""
_LONGEST_TITLE = 40
"""A text with more characters than this is no title."""
_LONGEST_LABEL = 12
"""A text of a heading with more characters than this is no label that some layout lacks."""
_HEADINGS = 3
"""A row with this many labels of headings is a heading, so that its other short texts are labels, too."""
_BRACKETS = re.compile(r"[（(【\[][^）)】\]]*[）)】\]]")
_TITLE_END = re.compile(r"[表书卡]$")
_TITLE_WORD = re.compile(r"绩效|目标|申报|自评|监控|评价")


@dataclass(frozen=True, slots=True)
class RowEvidence:
    """A row with what its slots hold of any layout's labels, and its title, where it is one."""

    row: Row
    hits: tuple[Hit | None, ...]
    title: str | None

    @property
    def is_heading(self) -> bool:
        """Whether the row heads columns."""
        return sum(hit is not None and hit.label.group == "heading" for hit in self.hits) >= _HEADINGS

    @property
    def heads_indicators(self) -> bool:
        """Whether the row heads a table of indicators."""
        return self.is_heading and any(h and h.label.part == "level3" for h in self.hits)

    def names(self, hit: Hit) -> frozenset[str]:
        """The key fields that a label in this row may be."""
        return key_names(hit.label)

    def heads(self, name: str) -> bool:
        """Whether the row heads a column of key fields (项目名称 over a matrix of projects with their indicators)."""
        parts = {hit.label.part for hit in self.hits if hit and hit.label.group == "heading"}
        return (
            self.is_heading and "level3" in parts and any(name in key_names(h.label) for h in self.hits if h)
        )

    def answer(self, name: str) -> RowSlot | None:
        """What stands beside the label of a key field, where the row has it; a heading of columns answers nothing."""
        if self.is_heading:
            return None
        slots = self.row.slots
        for n, hit in enumerate(self.hits):
            if hit and name in key_names(hit.label):
                after = zip(slots[n + 1 :], self.hits[n + 1 :], strict=True)
                if hit.rest.strip():
                    return slots[n]
                return next((slot for slot, other in after if slot.filled and not other), None)
        return None


def rows_to_evidence(rows: Sequence[Row]) -> tuple[RowEvidence, ...]:
    """Each row's labels; a label that only remarks have counts on lines only, as a lone year does in no place."""
    vocabulary = _vocabulary(layouts())
    return tuple(_row_to_evidence(row, vocabulary) for row in rows)


def _row_to_evidence(row: Row, vocabulary: Labels) -> RowEvidence:
    alone = row.line or len(row.filled) == 1
    hits = []
    for slot in row.slots:
        hit = vocabulary.find(slot.raw) if slot.text else None
        lone_year = hit is not None and alone and hit.label.text in YEARS
        remark = hit is not None and hit.label.name == REMARKS and not row.line
        hits.append(None if lone_year or remark else hit)
    return RowEvidence(row, tuple(hits), row_to_title(row))


@cache
def _vocabulary(known: tuple[Layout, ...]) -> Labels:
    """The labels of all layouts, and of their level 1, which only tell layouts apart; a guess is no evidence."""
    every = (label for layout in known for label in (*layout.labels, *layout.levels))
    return Labels((label for label in every if ANY not in label.text), frame_words())


@cache
def _names(known: tuple[Layout, ...]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for label in (label for layout in known for label in layout.labels if label.group == "field"):
        found.setdefault(label.text, set()).add(label.name)
    return {text: frozenset(names & KEY_FIELDS) for text, names in found.items()}


def only_of_projects() -> frozenset[str]:
    """The labels of fields, sections and amounts that forms of projects print, and no form of a department."""
    return _only_of_projects(layouts())


@cache
def _only_of_projects(known: tuple[Layout, ...]) -> frozenset[str]:
    texts: dict[str, set[str]] = {"project": set(), "department-overall": set(), "other": set()}
    for layout in known:
        texts[layout.form] |= {label.text for label in layout.labels if label.group != "heading"}
        if layout.form != "project":
            texts[layout.form] |= {label.text for label in layout.labels}
    return frozenset(texts["project"] - texts["department-overall"])


def key_names(label: Label) -> frozenset[str]:
    """Which key fields a label names in any layout."""
    return _names(layouts()).get(label.text, frozenset())


def row_to_title(row: Row) -> str | None:
    """The name of a form, where the row is a line or a lone text that reads like one (…绩效目标申报表（2025年度））."""
    filled = row.filled
    if len(filled) != 1 or not (row.line or len(row.slots) == 1 or filled[0] is row.slots[0]):
        return None
    text = _BRACKETS.sub("", filled[0].text).strip()
    if len(text) > _LONGEST_TITLE or not _TITLE_END.search(text) or not _TITLE_WORD.search(text):
        return None
    return filled[0].text


def unknown_labels(evidence: Sequence[RowEvidence]) -> frozenset[str]:
    """Short Chinese texts beside headings that no layout knows: labels of a form that nobody described."""
    found = set()
    for one in evidence:
        if one.is_heading and not one.row.line:
            texts = (s.text for s, hit in zip(one.row.slots, one.hits, strict=True) if s.text and not hit)
            found |= {label_shape(t) for t in texts if len(t) <= _LONGEST_LABEL and is_chinese(t[0])}
    return frozenset(found)
