"""What a bureau answers a department about one form: findings that are the department's business, in the form's own places."""

from __future__ import annotations

from dataclasses import dataclass

from models.finding import Category, Finding, Severity
from models.submission import Form
from shenbao.answer.rounds import HeldForm
from shenbao.places import place_in_words

AS_TYPED = ("missing-value", "unparsed-value", "budget-empty", "indicator-without-twin", "names-differ")
"""Codes of category `reading` that tell of the form itself where nothing was read by eye: a blank is one on the paper."""
_UNLESS_TOLD = ("missing-value", "unparsed-value")
"""Codes that say nothing more where a rule asks about the same place."""
_BORN_DIGITAL = frozenset({"word", "excel", "text-layer", "camelot", "form-field", "annotation", "ofd"})
"""Readers that have what was typed: all others saw a picture, or have the text of somebody's recogniser."""
_BUREAUS_OWN = ("seal-missing", "seal-unread", "ambiguous-digit", "sum-unchecked")
"""Codes that say what the program could not see or read: a bureau looks at the paper."""


@dataclass(frozen=True, slots=True)
class MemoPoint:
    """One thing a department is asked about. `where` is the printed place, `page` the sheet of the file or `""`.

    `held` is why it is not to be sent yet: the reading of the value itself is still to be settled. `""` if it may go.
    """

    code: str
    category: Category
    severity: Severity
    path: str | None
    where: str
    page: str
    says: str
    value: str
    held: str = ""


def form_to_points(held: HeldForm) -> tuple[MemoPoint, ...]:
    """The points of a form in its order, each once. What concerns our reading only is none of the department's business."""
    form = held.form
    printed = is_as_typed(form)
    doubts = {
        finding.path: finding.message
        for finding in form.findings
        if finding.category == "reading" and finding.severity != "info" and finding.path
        if not (printed and finding.code in AS_TYPED)
    }
    asked = [finding for finding in form.findings if _is_asked(finding, form, printed)]
    told = {finding.path for finding in asked if finding.code not in _UNLESS_TOLD}
    points = (
        _point(form, finding, doubts)
        for finding in asked
        if finding.code not in _UNLESS_TOLD or finding.path not in told
    )
    return tuple(dict.fromkeys(points))


def is_as_typed(form: Form) -> bool:
    """Whether nothing of a form was read by eye, so that a blank is a blank and a digit that digit."""
    return all(set(seen.reader.split("; ")) <= _BORN_DIGITAL for seen in form.evidence.values())


def _is_asked(finding: Finding, form: Form, printed: bool) -> bool:
    if finding.category == "reading":
        unread = (
            finding.path is not None and finding.path in form.evidence and finding.code == "missing-value"
        )
        return printed and finding.code in AS_TYPED and not unread
    return finding.code not in _BUREAUS_OWN


def _point(form: Form, finding: Finding, doubts: dict[str, str]) -> MemoPoint:
    path = finding.path
    concerned = (message for at, message in doubts.items() if path is not None and _concerns(at, path))
    return MemoPoint(
        code=finding.code,
        category=finding.category,
        severity=finding.severity,
        path=path,
        where=place_in_words(form.data, path),
        page=_printed_page(form, path),
        says=finding.message,
        value=finding.actual or "",
        held=next(concerned, ""),
    )


def _concerns(doubt: str, path: str) -> bool:
    return f"{path}/".startswith(f"{doubt}/") or f"{doubt}/".startswith(f"{path}/")


def _printed_page(form: Form, path: str | None) -> str:
    """Where in the file: 第 2 页, or the sheet and cell; `""` where the file has neither."""
    if path is None:
        return ""
    found = form.evidence.get(path) or next(
        (seen for at, seen in form.evidence.items() if at.startswith(f"{path}/")), None
    )
    if found is None:
        return ""
    return f"第 {found.page} 页" if found.page else (found.part or "") if "!" in (found.part or "") else ""
