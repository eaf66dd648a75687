"""Two forms whose rows stand between each other: the same label says twice, in one head, whose form it is."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from normalize.form.claiming.evidence import RowEvidence
from normalize.text.fold import skeleton

_WHOSE = ("project", "department")


def interleaved_owners(evidence: Sequence[RowEvidence]) -> tuple[str, str] | None:
    """Two answers to one label of a project or a department above the first indicators; `None` where it has one.

    Only the file's own characters count: a head that is printed again may be read otherwise.
    """
    head = [one for one in takewhile(lambda one: not one.heads_indicators, evidence) if not one.row.line]
    for name in _WHOSE:
        first: dict[str, str] = {}
        for one in head:
            slot = one.answer(name)
            label = next((hit.label.text for hit in one.hits if hit and name in one.names(hit)), None)
            if slot is None or label is None or not slot.exact:
                continue
            before = first.setdefault(label, slot.text)
            if skeleton(before) not in skeleton(slot.text) and skeleton(slot.text) not in skeleton(before):
                return before, slot.text
    return None
