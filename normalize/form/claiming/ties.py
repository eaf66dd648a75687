"""Layouts that explain a form equally well: which of them is meant, where that can be told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from normalize.form.layouts import Layout, layouts
from normalize.form.store import ships


def settle_tie(tied: Sequence[Layout]) -> tuple[Layout, ...]:
    """Those of the tied layouts that may be meant, in their order: one, or several that nothing tells apart.

    Of a layout and one that it is `like` one is left out (`_outdone`). Of what then remains a bureau's only layout is
    meant: it was written for the bureau's own forms.
    """
    out = {_outdone(child, parent) for child in tied for parent in tied if parent.name in _likes(child)}
    left = tuple(layout for layout in tied if layout not in out)
    own = tuple(layout for layout in left if not ships(layout.name))
    return own if len(own) == 1 else left


def _likes(layout: Layout) -> Iterator[str]:
    """The names of the layouts that a layout is like, the nearest first."""
    files = {known.name: known.file for known in layouts()}
    name = layout.file.like
    while name is not None:
        yield name
        name = files[name].like if name in files else None


def _outdone(child: Layout, parent: Layout) -> Layout | None:
    """Which of two layouts, one like the other, is not meant by a form whose labels both explain alike.

    What the child needs beyond its parent is printed, so the parent is not meant. The child is not meant if it only adds
    words, for none of them is printed. One that adds none (another catalogue, sections left out) could not be meant by
    any form if it were not meant here. Where each has words of its own, nothing tells.
    """
    if set(child.needs) - set(parent.needs):
        return parent
    more, fewer = (frozenset(label.text for label in (*a.labels, *a.levels)) for a in (child, parent))
    if more > fewer:
        return child
    return parent if more <= fewer else None
