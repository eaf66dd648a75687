"""Which form is it? Each layout says how much of the rows it explains; one claims them, or nobody reads them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from models.finding import Finding
from normalize.form.claiming.evidence import RowEvidence, rows_to_evidence, unknown_labels
from normalize.form.claiming.kinds import evidence_to_kind
from normalize.form.claiming.ties import settle_tie
from normalize.form.labels import label_shape
from normalize.form.layouts import REMARKS, Layout, frame_words, layouts
from normalize.form.physical_rows import Row
from normalize.text.fold import skeleton

_MIN_SHARE = 0.6
"""A layout that explains less than this of the labels that rows show is another form's."""
_MIN_SECTIONS = 4
"""A form without a readable title is still claimed when this many of its sections are there."""
_MIN_LABELS = 7
"""So is one with this many labels of any kind, where the layout is that of a project."""
_MIN_OWN = 4
"""So many of these are no levels and no common columns of indicators, which are the same in all forms."""
_COMMON_COLUMNS = frozenset({"level1", "level2", "level3", "target"})
_BY_LABELS = 5
"""A form that no layout knows is read by its labels when it has at least this many."""
_OUTDONE = 4
"""With this many labels that it does not know and other forms print, a form is not the one its layout describes.

Counted on the samples: forms of a layout have two such labels at most, forms of other places seven.
"""
_OUTDONE_WEAK = 2
"""So many are enough where the form also prints few of the layout's sections: its title may be any province's."""
_EXACT, _MISREAD = 2, 1
_MONEY_NAMES = frozenset({"budget", "sources", "income", "expenditure", "total", "annual_total"})
_GOAL_NAMES = frozenset({"summary", "long_goals", "annual_goals"})


@dataclass(frozen=True, slots=True)
class Claim:
    """How much of the labels that rows show a layout explains.

    `titled`: 2 for its title as printed, 1 for a misread one, 0 for none. `explained` and `unexplained` are the labels
    that it has and has not, `fits` says whether it has all that it needs and nothing that it never has, `named` whether
    a project is named: the second half of a form is nobody's. `own`: labels that not every form of any kind prints.
    """

    layout: Layout
    titled: int
    sections: int
    explained: frozenset[str]
    unexplained: frozenset[str]
    fits: bool
    named: bool
    own: int

    @property
    def share(self) -> float:
        """The share of the labels seen that the layout explains."""
        return len(self.explained) / max(1, len(self.explained) + len(self.unexplained))

    @property
    def stands(self) -> bool:
        """Whether the rows may be this form."""
        known = self.sections >= 1 or len(self.explained) >= _MIN_LABELS
        enough = (self.titled > 0 and known) or self.sections >= _MIN_SECTIONS
        if self.layout.form != "department-overall":
            enough = enough or (len(self.explained) >= _MIN_LABELS and self.own >= _MIN_OWN)
        if self.layout.form == "project":
            enough = enough and (self.named or self.titled > 0)
        return self.fits and enough and self.share >= _MIN_SHARE

    @property
    def score(self) -> tuple[int, int]:
        """More is better: labels explained less labels not explained, then the title."""
        return len(self.explained) - len(self.unexplained), self.titled


def claims(rows: Sequence[Row]) -> tuple[Claim, ...]:
    """What every layout can say for itself, best first."""
    return evidence_to_claims(rows_to_evidence(rows))


def evidence_to_claims(evidence: Sequence[RowEvidence]) -> tuple[Claim, ...]:
    """The same for rows whose labels were found already."""
    seen: dict[str, bool] = {}
    for hit in (hit for one in evidence for hit in one.hits if hit):
        seen[hit.label.text] = seen.get(hit.label.text, True) and hit.misread
    unknown = unknown_labels(evidence)
    shapes = {label_shape(slot.text) for one in evidence for slot in one.row.filled} if seen else set()
    shapes |= set(_surely_seen(evidence))
    titles = [one.title for one in evidence if one.title]
    found = (_claim(layout, seen, unknown, shapes, titles) for layout in layouts())
    return tuple(sorted(found, key=lambda claim: claim.score, reverse=True))


def _claim(
    layout: Layout, seen: Mapping[str, bool], unknown: frozenset[str], shapes: set[str], titles: Sequence[str]
) -> Claim:
    own = {label.text: label for label in (*layout.labels, *layout.levels)}
    explained = {text for text in seen if text in own}
    titled = max((_MISREAD if seen[t] else _EXACT for t in explained if own[t].group == "title"), default=0)
    other = any(word in skeleton(title) for title in titles[-1:] for word in layout.not_titled)
    named = any(word in skeleton(title) for title in titles[-1:] for word in layout.titled)
    sections = {own[text].name for text in explained if own[text].group == "section"} - {REMARKS}
    fits = (
        not other
        and (named or all(any(_printed(word, shapes, seen) for word in group) for group in layout.needs))
        and not any(word in shapes for word in layout.never)
    )
    return Claim(
        layout,
        titled=_EXACT if named else 0 if other else titled,
        sections=len(sections),
        explained=frozenset(explained),
        unexplained=frozenset(text for text in seen if text not in own) | unknown,
        fits=fits,
        own=sum(own[text].group != "level" and own[text].part not in _COMMON_COLUMNS for text in explained),
        named=any(own[text].name == "project" or own[text].part == "project" for text in explained),
    )


def _surely_seen(evidence: Sequence[RowEvidence]) -> Iterator[str]:
    """The labels that rows show; in a file's own characters a text that is only like a label is another one's."""
    for one in evidence:
        for slot, hit in zip(one.row.slots, one.hits, strict=True):
            if hit and not (hit.misread and slot.exact):
                yield hit.label.text


def _printed(word: str, shapes: set[str], seen: Mapping[str, bool]) -> bool:
    return word in shapes or word in seen


def claim_layout(rows: Sequence[Row]) -> tuple[Layout | None, tuple[Finding, ...]]:
    """The one layout that claims the form, or one that reads it by its labels; otherwise a finding says what it is.

    Without a finding there is nothing of a form in the rows.
    """
    evidence = rows_to_evidence(rows)
    ranked = evidence_to_claims(evidence)
    other = _other(ranked)
    if other is not None:
        return None, (_other_form(rows, evidence, other),)
    standing = [c for c in ranked if c.stands and not c.layout.by_labels and c.layout.form != "other"]
    best = _best(standing)
    if len(best) > 1:
        names = "、".join(claim.layout.name for claim in best)
        return None, (
            _file_finding("layout-ambiguous", f"多种版式同样符合本表（{names}），不能确定，未读取"),
        )
    if best and not _outdone(best[0], ranked):
        return best[0].layout, ()
    by_labels, findings = _by_labels(rows, evidence, ranked)
    if by_labels is None and not findings and any(one.title for one in evidence):
        return None, (_only_announced(rows, evidence),)
    return by_labels, findings


def _best(standing: Sequence[Claim]) -> tuple[Claim, ...]:
    """The best of the claims that stand; several where nothing tells which of them is meant."""
    tied = [claim for claim in standing if claim.score == standing[0].score]
    meant = settle_tie([claim.layout for claim in tied])
    return tuple(claim for claim in tied if claim.layout in meant)


def _other(ranked: Sequence[Claim]) -> Claim | None:
    """The claim of a form that is known and not to be read: by a word of its title, or because it explains most."""
    others = [claim for claim in ranked if claim.layout.form == "other" and claim.fits and claim.explained]
    named = [claim for claim in others if claim.titled]
    best = next((claim for claim in ranked if claim.stands), None)
    return next(iter(named), best if best and best.layout.form == "other" else None)


def _outdone(claim: Claim, ranked: Sequence[Claim]) -> bool:
    """Whether a form has so much that its best layout does not know that it is rather one which nobody described.

    A layout with a catalogue expects its table in full, and finds what is not foreseen by itself, if it is that form.
    """
    weak = claim.sections < _MIN_SECTIONS
    if claim.layout.catalogue and not weak:
        return False
    common = (c for c in ranked if c.layout.by_labels and c.layout.form == claim.layout.form and c.fits)
    best = next(common, None)
    if best is None:
        return False
    levels = {label.text for label in best.layout.levels}
    lacking = len((best.explained & claim.unexplained) - levels - frame_words())
    return lacking >= (_OUTDONE_WEAK if claim.layout.catalogue and weak else _OUTDONE)


def _by_labels(
    rows: Sequence[Row], evidence: Sequence[RowEvidence], ranked: Sequence[Claim]
) -> tuple[Layout | None, tuple[Finding, ...]]:
    """The layout that reads a form which no other one knows, where there is enough of a form."""
    tables = [one for one in evidence if not one.row.line]
    shown = {hit.label.text for one in tables for hit in one.hits if hit}
    named = any(one.names(hit) for one in evidence for hit in one.hits if hit)
    named = named or (any(one.title for one in evidence) and any(one.heads_indicators for one in evidence))
    if len(shown) < _BY_LABELS or not named:
        return None, ()
    fitting = [claim.layout for claim in ranked if claim.layout.by_labels and claim.fits]
    kind = evidence_to_kind(evidence, fitting) if fitting else None
    if fitting and kind is None:
        return None, (_of_no_kind(rows, evidence),)
    return next((layout for layout in fitting if layout.form == kind), None), ()


def _of_no_kind(rows: Sequence[Row], evidence: Sequence[RowEvidence]) -> Finding:
    """The finding that a form does not say whether it is a department's or a project's."""
    title = next((f"“{one.title}”" for one in evidence if one.title), "一张申报表")
    message = (
        f"{beginning(rows[0])}起是{title}，没有版式收录，表名和栏目都未说明是部门整体还是项目，未读取；"
        "可用 shenbao layouts 添加版式"
    )
    return _file_finding("form-unknown", message)


def _file_finding(code: str, message: str, severity: str = "error") -> Finding:
    return Finding.model_validate(
        {"code": code, "category": "reading", "severity": severity, "path": None, "message": message}
    )


def _other_form(rows: Sequence[Row], evidence: Sequence[RowEvidence], claim: Claim) -> Finding:
    """The finding that rows hold a form which is none to be read, under the name that it prints."""
    title = next((one.title for one in evidence if one.title), None)
    what = f"“{title}”" if title else "一张表"
    message = f"{beginning(rows[0])}起是{what}（{claim.layout.about}），不是申报表，未读取"
    return _file_finding("form-other", message, "warning")


def _only_announced(rows: Sequence[Row], evidence: Sequence[RowEvidence]) -> Finding:
    """The finding that a form's name is printed, and nothing of the form."""
    title = next(one.title for one in evidence if one.title)
    message = f"{beginning(rows[0])}起只有表名“{title}”，没有表的内容，未读取"
    return _file_finding("form-other", message, "warning")


def unknown_form(rows: Sequence[Row]) -> Finding:
    """The finding that nothing claimed `rows`: what was looked for, and how much of the nearest layout was there.

    Of a second half without its first it says what is there and what is missing.
    """
    evidence = rows_to_evidence(rows)
    if any(one.heads_indicators for one in evidence):
        return _cut_form(rows, evidence)
    looked_for = "；".join(_looked_for())
    where = f"（从 {beginning(rows[0])} 起）" if rows else ""
    nearest = max(
        (c for c in claims(rows) if not c.layout.by_labels and c.layout.form != "other"),
        key=lambda claim: (claim.sections, claim.score),
    )
    seen = (
        f"只认出 {nearest.layout.name} 的 {nearest.sections} 个部分，不足以认定。" if nearest.sections else ""
    )
    message = (
        f"未找到已知的申报表{where}，未读取。{seen}查找过的版式和表名：{looked_for}。"
        "请核对是否交错了文件，表名和各部分的标题是否完整。"
    )
    return _file_finding("form-unknown", message)


def _cut_form(rows: Sequence[Row], evidence: Sequence[RowEvidence]) -> Finding:
    """The finding that rows hold a part of a form, and nobody's name: what is there, and what is missing."""
    names = {hit.label.name for one in evidence for hit in one.hits if hit}
    here = {
        "表名": any(one.title for one in evidence),
        "部门（单位）名称或项目名称": any(one.names(hit) for one in evidence for hit in one.hits if hit),
        "资金": bool(names & _MONEY_NAMES),
        "绩效目标": bool(names & _GOAL_NAMES),
        "绩效指标": True,
    }
    there, missing = ("、".join(n for n, is_here in here.items() if is_here is so) for so in (True, False))
    message = f"{beginning(rows[0])}起只有一张申报表的一部分（有{there}，缺{missing}），不能确定是谁的表，未读取，请补齐"
    return _file_finding("form-cut", message)


def _looked_for() -> Iterator[str]:
    for layout in layouts():
        if layout.titles and layout.form != "other" and not layout.by_labels:
            yield f"{layout.name}（{'、'.join(layout.titles)}）"


def beginning(row: Row) -> str:
    """Where a row stands, as people say it."""
    place = row.slots[0].place
    return place.part or (f"第 {place.page} 页" if place.page else "开头")
