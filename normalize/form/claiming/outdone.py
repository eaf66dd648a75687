"""A form that prints what its best layout does not describe is none of that layout's: it is read by its labels instead."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set

from normalize.form.claiming.claim import Claim
from normalize.form.claiming.evidence import RowEvidence
from normalize.form.labels import Hit
from normalize.form.layouts import frame_words
from normalize.form.physical_rows import RowSlot

_OUTDONE = 4
"""With this many labels that it does not know and other forms print, a form is not the one its layout describes.

Counted on the samples: forms of a layout have two such labels at most, forms of other places seven.
"""
_OUTDONE_WEAK = 2
"""So many are enough where the form also prints few of the layout's sections: its title may be any province's."""
_STRANGE_WITH_CATALOGUE = 2
"""So many columns that it does not know are too many for a layout with a catalogue, whose table is found by its indicators.

One (权重) is kept beside the indicators; two are another table: the sign and the unit of a target have columns of their own.
"""
_MUST_HEAD = frozenset({"level3", "target", "item", "amount", "name"})
"""Columns that a table cannot be read without."""
_SEVERAL_ROWS = 3
"""A heading with fewer rows of indicators below it may be a form's that was cut or left blank."""
_LONGEST = 14
"""A text of a heading with more characters than this is no label."""
_LIKE_LABEL = re.compile(r"(?:\d{4}年(?:度)?)?[\u4e00-\u9fff][^。；，]*")


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
    strange = frozenset(_strange_headings(claim, best, evidence))
    if claim.layout.catalogue:
        weak = claim.has_few_sections and lacking >= _OUTDONE_WEAK
        return weak or len(strange) >= _STRANGE_WITH_CATALOGUE or _has_other_levels(claim, evidence)
    return bool(strange) or lacking >= _OUTDONE or _heads_otherwise(claim, evidence)


def _strange_headings(claim: Claim, common: Claim, evidence: Sequence[RowEvidence]) -> Iterator[str]:
    """Headings of columns that such forms print and the layout of `claim` does not name; a misread one may be its own."""
    own = {label.text for label in claim.layout.labels}
    columns = {label.text for label in common.layout.labels if label.group == "heading"}
    for one in (one for one in evidence if one.is_heading):
        found = {hit.label.text for hit in one.hits if hit and not hit.misread and not hit.rest}
        yield from (found & columns) - own


def _heads_otherwise(claim: Claim, evidence: Sequence[RowEvidence]) -> bool:
    """Whether a heading prints a word that nobody knows in place of a column that its table must have."""
    for one in (one for one in evidence if one.is_heading):
        shown = {hit.label.text for hit in one.hits if hit}
        unknown = any(_may_be_label(slot, hit) for slot, hit in zip(one.row.slots, one.hits, strict=True))
        if unknown and _lacks_column(claim, shown):
            return True
    return False


def _may_be_label(slot: RowSlot, hit: Hit | None) -> bool:
    return hit is None and len(slot.text) <= _LONGEST and bool(_LIKE_LABEL.fullmatch(slot.text))


def _lacks_column(claim: Claim, shown: Set[str]) -> bool:
    """Whether `shown`, the labels of a heading, lack a column that the layout's table must have of which they show most."""
    columns: dict[str, dict[str, set[str]]] = {}
    for label in claim.layout.labels:
        if label.group == "heading":
            columns.setdefault(label.name, {}).setdefault(label.part, set()).add(label.text)
    seen = {name: sum(bool(texts & shown) for texts in parts.values()) for name, parts in columns.items()}
    table = max(seen, key=lambda name: seen[name], default=None)
    parts = columns[table] if table is not None and seen[table] else {}
    return any(not parts[column] & shown for column in _MUST_HEAD & parts.keys())


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
