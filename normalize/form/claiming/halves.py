"""Second halves of forms whose first half is not in the file: indicators without a title and without a name before them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from normalize.form.claiming.evidence import RowEvidence
from normalize.form.labels import label_shape
from normalize.form.layouts import layouts

_SEVERAL = 2
"""Indicators with fewer words of level 1 than this may go on from any table."""
_DIGITS = re.compile(r"\d")


def second_halves(evidence: Sequence[RowEvidence], cuts: Sequence[int]) -> Iterator[int]:
    """Rows where the second half of another form begins, in forms that begin at 0 and at `cuts`.

    That is a table of its own whose indicators begin anew with a level 1 that is over, though the form has indicators of
    this horizon already; a table for another goal (年度目标2) or another horizon goes on with its form.
    """
    bounds = [0, *cuts, len(evidence)]
    for start, end in pairwise(bounds):
        yield from _halves_of_form(evidence, start, end)


def _halves_of_form(evidence: Sequence[RowEvidence], start: int, end: int) -> Iterator[int]:
    shown: dict[str, list[str]] = {}
    current = ""
    heads = [n for n in range(start, end) if evidence[n].heads_indicators]
    for before, n, after in zip((start, *heads), heads, (*heads[1:], end), strict=False):
        block = _block_start(evidence, n, start)
        above = evidence[_lines_above(evidence, block, start) : n + 1]
        levels = _levels(evidence[n + 1 : after])
        horizon = _horizon(above) or current or "annual"
        anew = _begins_anew(levels, shown.get(horizon, []))
        if anew and horizon != "annual" and not _horizon(above):
            horizon, anew = "annual", False  # a table that does not say its horizon, below the long-term one
        own_table = (
            block > before and _stands_apart(evidence, block) and not _goes_on(evidence, before, block, n)
        )
        if anew and own_table and not _for_another_goal(above):
            yield block
            shown = {}
        shown[horizon] = [*shown.get(horizon, []), *levels]
        current = horizon


def _goes_on(evidence: Sequence[RowEvidence], before: int, block: int, n: int) -> bool:
    """Whether the table above row `n` begins, at `block`, with rows that go on with the indicators under heading `before`."""
    above, here = _levels(evidence[before + 1 : block]), _levels(evidence[block:n])
    return bool(here) and not (above and here[0] == above[0] != above[-1])


def _begins_anew(levels: Sequence[str], shown: Sequence[str]) -> bool:
    """Whether words of level 1 begin again with the first of those shown before; a next page goes on with the last."""
    several = len(set(shown)) >= _SEVERAL and len(set(levels)) >= _SEVERAL
    return several and levels[0] == shown[0] and levels[0] != shown[-1]


def _block_start(evidence: Sequence[RowEvidence], n: int, start: int) -> int:
    """The first row of the table that row `n` stands in."""
    while n > start and not evidence[n - 1].row.line and evidence[n - 1].row.table == evidence[n].row.table:
        n -= 1
    return n


def _lines_above(evidence: Sequence[RowEvidence], n: int, start: int) -> int:
    """The first of the lines and lone labels that stand right above row `n`; a page may end between a label and its table."""
    while n > start and (evidence[n - 1].row.line or _only_labels(evidence[n - 1])):
        n -= 1
    return n


def _only_labels(one: RowEvidence) -> bool:
    """Whether a row says nothing but which indicators follow (长期绩效指标)."""
    said = [hit for slot, hit in zip(one.row.slots, one.hits, strict=True) if slot.filled]
    return all(hit and hit.label.group == "section" and hit.label.name == "indicators" for hit in said)


def _stands_apart(evidence: Sequence[RowEvidence], n: int) -> bool:
    """Whether the table that begins at row `n` has lines, so that it is one, and follows another one."""
    return evidence[n].row.ruled and any(not one.row.line for one in evidence[:n])


def _horizon(evidence: Sequence[RowEvidence]) -> str:
    """What the labels above and in a heading say of its horizon; `""` where they say nothing."""
    parts = [
        hit.label.part
        for one in evidence
        for hit in one.hits
        if hit and hit.label.group == "section" and hit.label.name == "indicators"
    ]
    return parts[-1] or "" if parts else ""


def _for_another_goal(evidence: Sequence[RowEvidence]) -> bool:
    """Whether a numbered goal (年度目标2) or the goals of another horizon stand above a heading."""
    goals = [
        slot
        for one in evidence
        for slot, hit in zip(one.row.slots, one.hits, strict=True)
        if hit and hit.label.name in ("long_goals", "annual_goals")
    ]
    return any(_DIGITS.search(slot.text.partition("：")[0][:8]) for slot in goals)


def _levels(evidence: Sequence[RowEvidence]) -> list[str]:
    """The words of level 1 in rows, in their order."""
    words = {label.text for layout in layouts() for label in layout.levels}
    texts = [label_shape(slot.text) for one in evidence for slot in one.row.filled[:1]]
    return [text for text in texts if text in words]
