"""How much of the rows of a form each layout explains."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from normalize.form.claiming.evidence import RowEvidence, rows_to_evidence, unknown_labels
from normalize.form.labels import label_shape
from normalize.form.layouts import REMARKS, Layout, layouts
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


_EXACT, _MISREAD = 2, 1


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
    def has_few_sections(self) -> bool:
        """Whether its title alone would hardly tell the form."""
        return self.sections < _MIN_SECTIONS

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
