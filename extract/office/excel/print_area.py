"""What stands on a sheet beside its print area: old versions, check columns, drafts that nobody prints."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.office.excel.sheet import LAST_COLUMN, LAST_ROW, SheetContent, Spot, reference_to_spot

_AREA = re.compile(r"(?:'[^']*'|[^'!,]*)!(\$?[A-Z]{1,3}\$?[0-9]{1,7}):(\$?[A-Z]{1,3}\$?[0-9]{1,7})")

_LEAST_SHARE = 2
"""What is printed is at least half as much as what is not: the old version of a form is about as long as the new one."""


def unprinted(content: SheetContent, areas: str) -> frozenset[Spot]:
    """The cells beside the print `areas` of a sheet, as its workbook writes them (`'表'!$A$1:$X$40`); none where it prints all.

    An area that cuts through the form is out of date, and says nothing: one that a merge reaches over, below which the
    rows go on without a blank one, or that holds much less than lies beside it.
    """
    found = [(reference_to_spot(first), reference_to_spot(last)) for first, last in _AREA.findall(areas)]
    if not found or len(found) <= areas.count(","):  # one is a whole column, or written otherwise
        return frozenset()
    top, left = (min(first[axis] for first, _ in found) for axis in (0, 1))
    bottom, right = (max(last[axis] for _, last in found) for axis in (0, 1))
    box = (range(top, min(bottom, LAST_ROW) + 1), range(left, min(right, LAST_COLUMN) + 1))
    outside = frozenset(at for at in content.seen if not _within(at, box))
    inside = len(content.seen) - len(outside)
    merged = (_within(first, box) != _within(last, box) for first, last in content.merges.items())
    if inside * _LEAST_SHARE < len(outside) or any(merged) or _goes_on(outside, box):
        return frozenset()
    return outside


def _within(at: Spot, box: Sequence[range]) -> bool:
    return at[0] in box[0] and at[1] in box[1]


def _goes_on(outside: frozenset[Spot], box: Sequence[range]) -> bool:
    """Whether a row directly above or below the area holds something."""
    return any(row in (box[0].start - 1, box[0].stop) and column in box[1] for row, column in outside)
