"""Which way a page lies: scans are kept as they were handed in, prints are read upright whatever way they are drawn."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise

from models.finding import Evidence
from models.submission import Form
from shenbao.desk.overlay.fields import row_of

_LEAST_PT = 2.0
"""Two cells of one row whose centres are nearer than this tell nothing."""


def is_print(forms: Iterable[Form], page: int) -> bool:
    """Whether a page was read from its text: its places are those of the page turned upright."""
    seen = (one for form in forms for one in form.evidence.values() if one.page == page)
    return any("text-layer" in one.reader or "camelot" in one.reader for one in seen)


def page_turn(form: Form, page: int) -> int:
    """By how many quarters clockwise a page is turned for its text to run from left to right.

    A row of a table is read in the order of its columns: what lies between the middles of two of its cells is the way that
    most of its page's text runs.
    """
    votes = Counter(_steps(form, page))
    return votes.most_common(1)[0][0] if votes else 0


def _steps(form: Form, page: int) -> Iterator[int]:
    rows: dict[str, list[Evidence]] = {}
    for path, seen in form.evidence.items():
        row = row_of(path)
        if row is not None and seen.page == page and seen.bbox:
            rows.setdefault(row, []).append(seen)
    for cells in rows.values():
        for one, other in pairwise(cells):
            (x, y), (x2, y2) = _middle(one), _middle(other)
            across, down = x2 - x, y2 - y
            if max(abs(across), abs(down)) > _LEAST_PT and abs(across) != abs(down):
                if abs(across) > abs(down):
                    yield 0 if across > 0 else 2
                else:
                    yield 3 if down > 0 else 1


def _middle(seen: Evidence) -> tuple[float, float]:
    x0, top, x1, bottom = seen.bbox or (0.0, 0.0, 0.0, 0.0)
    return (x0 + x1) / 2, (top + bottom) / 2
