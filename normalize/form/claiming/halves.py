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
    blocks, tops, horizons = _seen_above(evidence, start, end)
    for before, n, after in zip((start, *heads), heads, (*heads[1:], end), strict=False):
        block = blocks[n - start]
        top, (place, said) = tops[n - start], horizons[n - start]
        said = said if place >= top else ""
        levels = _levels(evidence[n + 1 : after])
        horizon = said or current or "annual"
        anew = _begins_anew(levels, shown.get(horizon, []))
        if anew and horizon != "annual" and not said:
            horizon, anew = "annual", False  # a table that does not say its horizon, below the long-term one
        own_table = (
            block > before and _stands_apart(evidence, block) and not _goes_on(evidence, before, block, n)
        )
        if anew and own_table and not _for_another_goal(evidence[top : n + 1]):
            yield block
            shown = {}
        shown[horizon] = _first_other_last([*shown.get(horizon, []), *levels])
        current = horizon


def _seen_above(
    evidence: Sequence[RowEvidence], start: int, end: int
) -> tuple[list[int], list[int], list[tuple[int, str]]]:
    """Of each row in one pass, for a table may have ten thousand headings: the first row of its table, the first of the
    lines above that, and the last row up to here that says a horizon, with what it says.
    """
    blocks: list[int] = []
    tops: list[int] = []
    horizons: list[tuple[int, str]] = []
    top = start
    for n in range(start, end):
        goes_on = n > start and _same_table(evidence[n - 1], evidence[n])
        blocks.append(blocks[-1] if goes_on else n)
        tops.append(tops[-1] if goes_on else top)
        if not (evidence[n].row.line or _only_labels(evidence[n])):
            top = n + 1
        said = _horizon(evidence[n])
        horizons.append((n, said or "") if said is not None else horizons[-1] if horizons else (-1, ""))
    return blocks, tops, horizons


def _same_table(above: RowEvidence, here: RowEvidence) -> bool:
    return not above.row.line and above.row.table == here.row.table


def _first_other_last(words: Sequence[str]) -> list[str]:
    """What is asked of the words shown before: the first, whether there is another one, and the last."""
    other = next((word for word in words if word != words[0]), None)
    return list(words[:1]) if other is None else [words[0], other, words[-1]]


def _goes_on(evidence: Sequence[RowEvidence], before: int, block: int, n: int) -> bool:
    """Whether the table above row `n` begins, at `block`, with rows that go on with the indicators under heading `before`."""
    above, here = _levels(evidence[before + 1 : block]), _levels(evidence[block:n])
    return bool(here) and not (above and here[0] == above[0] != above[-1])


def _begins_anew(levels: Sequence[str], shown: Sequence[str]) -> bool:
    """Whether words of level 1 begin again with the first of those shown before; a next page goes on with the last."""
    several = len(set(shown)) >= _SEVERAL and len(set(levels)) >= _SEVERAL
    return several and levels[0] == shown[0] and levels[0] != shown[-1]


def _only_labels(one: RowEvidence) -> bool:
    """Whether a row says nothing but which indicators follow (长期绩效指标)."""
    said = [hit for slot, hit in zip(one.row.slots, one.hits, strict=True) if slot.filled]
    return all(hit and hit.label.group == "section" and hit.label.name == "indicators" for hit in said)


def _stands_apart(evidence: Sequence[RowEvidence], n: int) -> bool:
    """Whether the table that begins at row `n` has lines, so that it is one, and follows another one."""
    return evidence[n].row.ruled and any(not evidence[m].row.line for m in range(n))


def _horizon(one: RowEvidence) -> str | None:
    """What the labels of a row say of the horizon of the indicators below; `None` where there is no such label."""
    parts = [
        hit.label.part
        for hit in one.hits
        if hit and hit.label.group == "section" and hit.label.name == "indicators"
    ]
    return parts[-1] or "" if parts else None


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
