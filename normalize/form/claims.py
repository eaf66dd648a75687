"""Which form is it? Each layout says how much of it the rows show; exactly one claims a form, or nobody reads it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from models.finding import Finding
from normalize.form.layouts import REMARKS, Layout, layouts
from normalize.form.physical_rows import Row

_MIN_SECTIONS = 4
"""A form without a readable title is still claimed when so many of its sections are there."""


@dataclass(frozen=True, slots=True)
class Claim:
    """How much of a layout a form shows: the title (2: as printed, 1: misread), sections, the budget's own items."""

    layout: Layout
    titled: int
    sections: int
    items: int

    @property
    def stands(self) -> bool:
        return (self.titled > 0 and self.sections >= 1) or self.sections >= _MIN_SECTIONS

    @property
    def score(self) -> tuple[int, int]:
        return 2 * self.titled + self.items, self.sections


def claims(rows: Sequence[Row]) -> tuple[Claim, ...]:
    """What every layout can say for itself, best first; the best is alone at the top or there is no answer."""
    return tuple(sorted((_claim(layout, rows) for layout in layouts()), key=lambda c: c.score, reverse=True))


def _claim(layout: Layout, rows: Sequence[Row]) -> Claim:
    hits = [hit for row in rows for hit in layout.hits(row) if hit]
    return Claim(
        layout,
        titled=max((1 if h.misread else 2 for h in hits if h.label.group == "title"), default=0),
        sections=len({h.label.name for h in hits if h.label.group == "section"} - {REMARKS}),
        items=len({h.label.text for h in hits if h.label.group == "item"}),
    )


def split_forms(rows: Sequence[Row]) -> tuple[tuple[Row, ...], ...]:
    """One run of rows per form: a title begins a new form when a department is named before it and after it."""
    titles = [r for r, row in enumerate(rows) if _has(row, "title", "title")]
    named = [r for r, row in enumerate(rows) if _has(row, "field", "department")]
    cuts = [
        t
        for n, t in enumerate(titles)
        if any(r < t for r in named) and _named_until(named, t, titles[n + 1 :])
    ]
    bounds = [0, *cuts, len(rows)]
    return tuple(tuple(rows[a:b]) for a, b in pairwise(bounds) if a < b)


def _named_until(named: Iterable[int], start: int, later: Sequence[int]) -> bool:
    end = later[0] if later else max(named, default=0) + 1
    return any(start <= r < end for r in named)


def _has(row: Row, group: str, name: str) -> bool:
    found = (hit for layout in layouts() for hit in layout.hits(row))
    return any(hit is not None and hit.label.group == group and hit.label.name == name for hit in found)


def claim_layout(rows: Sequence[Row]) -> tuple[Layout | None, tuple[Finding, ...]]:
    """The one layout that claims the form; none or two is a finding that names the candidates."""
    ranked = [claim for claim in claims(rows) if claim.stands]
    if not ranked:
        return None, ()
    if len(ranked) > 1 and ranked[0].score == ranked[1].score:
        names = "、".join(claim.layout.name for claim in ranked if claim.score == ranked[0].score)
        message = f"多种版式同样符合本表（{names}），不能确定，未读取"
        return None, (_file_finding("layout-ambiguous", message),)
    return ranked[0].layout, ()


def _file_finding(code: str, message: str) -> Finding:
    return Finding(code=code, category="reading", severity="error", path=None, message=message)


def unknown_form(rows: Sequence[Row]) -> Finding:
    """The finding that nothing claimed `rows`: what was looked for, and how much of the nearest layout was there."""
    looked_for = "；".join(f"{layout.name}（{'、'.join(layout.titles)}）" for layout in layouts())
    where = f"（从 {_beginning(rows[0])} 起）" if rows else ""
    nearest = claims(rows)[0]
    seen = (
        f"只认出 {nearest.layout.name} 的 {nearest.sections} 个部分，不足以认定。" if nearest.sections else ""
    )
    message = (
        f"未找到已知的申报表{where}，未读取。{seen}查找过的版式和表名：{looked_for}。"
        "请核对是否交错了文件，表名和各部分的标题是否完整。"
    )
    return Finding(code="form-unknown", category="reading", severity="error", path=None, message=message)


def _beginning(row: Row) -> str:
    place = row.slots[0].place
    return place.part or (f"第 {place.page} 页" if place.page else "开头")
