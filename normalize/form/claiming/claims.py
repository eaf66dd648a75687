"""Which form is it? Each layout says how much of the rows it explains; one claims them, or nobody reads them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from models.finding import Finding
from normalize.form.claiming.claim import Claim, claims, evidence_to_claims
from normalize.form.claiming.evidence import RowEvidence, rows_to_evidence
from normalize.form.claiming.interleaved import interleaved_owners
from normalize.form.claiming.kinds import evidence_to_kind
from normalize.form.claiming.outdone import is_another_form
from normalize.form.claiming.ties import settle_tie
from normalize.form.layouts import Layout, layouts
from normalize.form.physical_rows import Row
from normalize.form.store import ships

_BY_LABELS = 5
"""A form that no layout knows is read by its labels when it has at least this many."""
_MONEY_NAMES = frozenset({"budget", "sources", "income", "expenditure", "total", "annual_total"})
_GOAL_NAMES = frozenset({"summary", "long_goals", "annual_goals"})


def claim_layout(rows: Sequence[Row]) -> tuple[Layout | None, tuple[Finding, ...]]:
    """The one layout that claims the form, or one that reads it by its labels; otherwise a finding says what it is.

    Without a finding there is nothing of a form in the rows.
    """
    evidence = rows_to_evidence(rows)
    ranked = evidence_to_claims(evidence)
    other = _other(ranked)
    if other is not None:
        return None, (_other_form(rows, evidence, other),)
    if owners := interleaved_owners(evidence):
        return None, (_interleaved(rows, owners),)
    standing = [c for c in ranked if c.stands and not c.layout.by_labels and c.layout.form != "other"]
    best = _best(standing)
    if len(best) > 1:
        return _ambiguous(rows, evidence, ranked, best)
    if best and not is_another_form(best[0], ranked, evidence):
        return best[0].layout, ()
    by_labels, findings = _by_labels(rows, evidence, ranked)
    if by_labels is None and not findings and any(one.title for one in evidence):
        return None, (_only_announced(rows, evidence),)
    return by_labels, findings


def _ambiguous(
    rows: Sequence[Row], evidence: Sequence[RowEvidence], ranked: Sequence[Claim], best: Sequence[Claim]
) -> tuple[Layout | None, tuple[Finding, ...]]:
    """What reads a form that several layouts fit equally well: its labels; a bureau's own that are alike are to be mended first."""
    names = "、".join(claim.layout.name for claim in best)
    own = any(not ships(claim.layout.name) for claim in best)
    by_labels = None if own else _by_labels(rows, evidence, ranked)[0]
    if by_labels is not None:
        return by_labels, ()
    return None, (_file_finding("layout-ambiguous", f"多种版式同样符合本表（{names}），不能确定，未读取"),)


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


def _interleaved(rows: Sequence[Row], owners: tuple[str, str]) -> Finding:
    """The finding that the rows of two forms stand between each other: no value can be given to one of them."""
    message = f"{beginning(rows[0])}起有两张申报表的行交错在一起（“{owners[0]}”与“{owners[1]}”），未读取，请分开后重新报送"
    return _file_finding("form-unknown", message)


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
