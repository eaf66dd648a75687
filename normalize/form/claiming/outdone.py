"""A form that prints what its best layout does not describe is none of that layout's: it is read by its labels instead."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from rapidfuzz.distance import Indel

from normalize.form.claiming.claim import Claim
from normalize.form.claiming.evidence import RowEvidence
from normalize.form.labels import Hit, label_shape
from normalize.form.layouts import frame_words
from normalize.form.physical_rows import RowSlot
from normalize.form.store import ships

_OUTDONE = 4
"""With this many labels that it does not know and other forms print, a form is not the one its layout describes.

Counted on the samples: forms of a layout have two such labels at most, forms of other places seven.
"""
_OUTDONE_WEAK = 2
"""So many are enough where the form also prints few of the layout's sections: its title may be any province's."""
_STRANGE_WITH_NAMES = 2
"""So many columns that it does not know are too many for a layout whose catalogue names the indicators of its table.

One (权重) is kept beside them; two are another table: the sign and the unit of a target have columns of their own.
"""
_SEVERAL = 2
"""With fewer columns of a table a heading says nothing of their order."""
_SEVERAL_ROWS = 3
"""A heading with fewer rows of indicators below it may be a form's that was cut or left blank."""
_LONGEST = 14
"""A text of a heading with more characters than this is no label."""
_LONG = 6
"""A label of so many characters that lacks or has a single one more says the same: 项目主要支出方向用途."""
_OVER_YEARS = "history"
"""The column of a layout's heading that stands over those of the years before."""
_YEARS = frozenset({"year_before_last", "last_year"})
"""The columns below it."""
_LIKE_LABEL = re.compile(r"(?:\d{4}年(?:度)?)?[\u4e00-\u9fff][^。；，]+")
"""A label may begin with a year; one character (年 behind a blank for the clerk) is none."""


def is_another_form(claim: Claim, ranked: Sequence[Claim], evidence: Sequence[RowEvidence]) -> bool:
    """Whether rows print so much that their best `claim` does not know that they are rather a form which nobody described.

    `ranked` are all claims on the rows. Nothing is, where no layout that reads by labels could read them.
    """
    common = (c for c in ranked if c.layout.by_labels and c.layout.form == claim.layout.form and c.fits)
    best = next(common, None)
    if best is None:
        return False
    levels = {label.text for label in best.layout.levels}
    lacking = len((best.explained & claim.unexplained) - levels - frame_words())
    heads = [one for one in evidence if _is_surely_heading(one)]
    known = {label.text for label in best.layout.labels if label.group == "heading"}
    # inferred cells may be two headings, or half of one: their words say nothing
    every = {text for one in heads if not one.row.inferred for text in _strange(claim, one)}
    strange = every & known
    if not claim.layout.catalogue:
        # a bureau that wrote a layout for its own form left out a column that nobody knows because it wants it kept as it is
        return lacking >= _OUTDONE or bool(every if ships(claim.layout.name) else strange)
    named = _names_indicators(claim)
    strange = strange if named or not ships(claim.layout.name) else every
    most = _STRANGE_WITH_NAMES if named else 1
    weak = claim.has_few_sections and lacking >= _OUTDONE_WEAK
    otherwise = any(_heads_otherwise(claim, one) for one in heads)
    return weak or len(strange) >= most or otherwise or _has_other_levels(claim, evidence)


def _is_surely_heading(one: RowEvidence) -> bool:
    """Whether a row is a heading rather than one of values some of which are words of headings, too."""
    hits = [hit for slot, hit in zip(one.row.slots, one.hits, strict=True) if slot.filled]
    heads = sum(hit is not None and hit.label.group == "heading" for hit in hits)
    return one.is_heading and not one.row.line and heads > sum(hit is None for hit in hits)


def _strange(claim: Claim, one: RowEvidence) -> frozenset[str]:
    """The texts of a heading that the layout of `claim` does not name; a reader may have misread one of its own."""
    own = {label.text for label in claim.layout.labels}
    found = zip(one.row.slots, one.hits, strict=True)
    return frozenset(
        hit.label.text if hit and not hit.misread else label_shape(slot.text)
        for slot, hit in found
        if _may_be_label(slot) and not (hit and hit.label.text in own and _says_the_same(slot, hit))
    )


def _says_the_same(slot: RowSlot, hit: Hit) -> bool:
    """Whether a text is a label that was misread, or one of the file's own characters that says no more and no less."""
    if not (hit.misread and slot.exact):
        return True
    shape = label_shape(slot.text)
    return len(shape) >= _LONG and Indel.distance(shape, hit.label.text) <= 1


def _may_be_label(slot: RowSlot) -> bool:
    return len(slot.text) <= _LONGEST and bool(_LIKE_LABEL.fullmatch(slot.text))


def _names_indicators(claim: Claim) -> bool:
    """Whether the layout's catalogue names indicators, not only their levels."""
    return any(entry.level3 for entry in claim.layout.entries.entries)


def _heads_otherwise(claim: Claim, one: RowEvidence) -> bool:
    """Whether a heading stands in another order than the layout's columns, or has a word of its own in place of one of them.

    A table with a catalogue is decoded in the order of its columns. A reader that may lose a heading says nothing of words,
    nor do headings whose cells are inferred: two of them may be one, and one of them two.
    """
    shown = [hit.label.text for hit in one.hits if hit and not hit.misread]
    for columns in _tables(claim).values():
        names = [name for text in shown for name, texts in columns.items() if text in texts]
        # the heading over both years stands between them where their rows were taken for one
        under = _YEARS.isdisjoint(names)
        parts = [list(columns).index(name) for name in names if under or name != _OVER_YEARS]
        once = len(set(parts)) == len(parts)  # a heading read twice is misread
        if len(parts) >= _SEVERAL and once and parts != sorted(parts):
            return True
        exact = one.row.ruled and all(slot.exact for slot in one.row.filled)
        if exact and _SEVERAL <= len(parts) < len(columns) and _strange(claim, one):
            return True
    return False


def _tables(claim: Claim) -> Mapping[str, Mapping[str, set[str]]]:
    """The texts over each column of the layout's tables by the column's name, from left to right."""
    tables: dict[str, dict[str, set[str]]] = {}
    for label in claim.layout.labels:
        if label.group == "heading":
            tables.setdefault(label.name, {}).setdefault(label.part, set()).add(label.text)
    return tables


def _has_other_levels(claim: Claim, evidence: Sequence[RowEvidence]) -> bool:
    """Whether indicators stand under words of level 1 of which the layout has none."""
    own = {label.text for label in claim.layout.levels}
    heading = next((n for n, one in enumerate(evidence) if one.heads_indicators), None)
    if heading is None or own & claim.explained:
        return False
    return sum(map(_says_something, evidence[heading + 1 :])) >= _SEVERAL_ROWS


def _says_something(one: RowEvidence) -> bool:
    """Whether a row holds several texts that are no labels."""
    texts = [slot for slot, hit in zip(one.row.slots, one.hits, strict=True) if slot.filled and not hit]
    return len(texts) > 1 and not one.row.line
