"""Whose declaration is a form that no layout knows: a department's or a project's? Its title says it, or its labels do."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

from normalize.form.claiming.evidence import RowEvidence
from normalize.form.layouts import Layout

_OF_PROJECTS = re.compile(r"项目|专项")
"""A title that says what the form is about when no label does: 项目（政策）绩效目标表."""
_OF_DEPARTMENTS = re.compile(r"整体|(?:部门|单位)(?!预算)")
"""A title that says so of a department; one that says neither leaves it to the labels: 政策支出绩效目标表."""
_PERFORMANCE = "绩效"
_TELLING = ("field", "section", "item")
"""Groups of labels that tell it: headings of columns are much the same in both kinds."""
_IN_A_FIELD_ROW = 2
"""A row with more labels than these, each with its answer, rather heads a table; counted on the forms known."""
_CLEAR = 2
"""So many more labels that only the one kind of forms prints say which it is: one may be used in another sense."""


def evidence_to_kind(evidence: Sequence[RowEvidence], layouts: Sequence[Layout]) -> str | None:
    """The kind of form, as `Layout.form` has it, of `layouts` that read by labels; `None` where nothing tells it.

    A form taken for one of the other kind would have no right value: better unread and told than that.
    """
    titles = [one.title for one in evidence if one.title] or [*_lines_of_performance(evidence)]
    whole = any("整体" in title and not _OF_PROJECTS.search(title) for title in titles)
    named = any(_names_project(one, whole) for one in evidence)
    if named or (not whole and any(map(_OF_PROJECTS.search, titles))):
        return "project"
    if any(map(_OF_DEPARTMENTS.search, titles)):
        return "department-overall"
    shown = {hit.label.text for one in evidence for hit in one.hits if hit and not hit.misread}
    texts = {
        layout.form: shown & {label.text for label in layout.labels if label.group in _TELLING}
        for layout in layouts
    }
    own = {
        form: len(found.difference(*(texts[o] for o in texts if o != form))) for form, found in texts.items()
    }
    first, *others = sorted(own, key=lambda form: own[form], reverse=True)
    clear = all(own[first] >= own[other] + _CLEAR for other in others)
    return first if clear else None


def _lines_of_performance(evidence: Sequence[RowEvidence]) -> Iterator[str]:
    """The lines above the table that may be the name of a form though they do not end like one: 部门职责及活动绩效目标."""
    for one in takewhile(lambda one: one.row.line, evidence):
        if _PERFORMANCE in one.row.filled[0].text:
            yield one.row.filled[0].text


def _names_project(one: RowEvidence, whole: bool) -> bool:
    """Whether a row says which project the form is of; a department's form of the `whole` may head a table of projects."""
    labels = sum(hit is not None for hit in one.hits)
    if whole and labels > _IN_A_FIELD_ROW:
        return False
    return one.answer("project") is not None or one.heads("project")
