"""Which of the titles in a file is the form's own: a cover sheet or the page's head may print another."""

from __future__ import annotations

from collections.abc import Sequence

from normalize.form.sections import SectionRow

_OF_THE_TABLE = frozenset({"section", "heading", "side", "item"})
"""Labels of these groups stand below a form's title."""


def own_title(rows: Sequence[SectionRow]) -> int | None:
    """The row of the form's own title: the last one above its first section; `None` where no label of a title was found.

    A misread title counts only where none is as printed, and then the first one.
    """
    titles = [n for n, row in enumerate(rows) if any(hit and hit.label.group == "title" for hit in row.hits)]
    exact = [n for n in titles if any(h and h.label.group == "title" and not h.misread for h in rows[n].hits)]
    below = (n for n, row in enumerate(rows) if any(h and h.label.group in _OF_THE_TABLE for h in row.hits))
    first = next(below, len(rows))
    above = [n for n in exact if n <= first]
    return above[-1] if above else next(iter((*exact, *titles)), None)
