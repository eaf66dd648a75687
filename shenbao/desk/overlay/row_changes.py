"""Rows taken out of lists and rows put in: where everything stood before, and where it stands after.

A row that was put in is named by its list and `+` with its number, /projects/+0: the reading has no place for it.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from shenbao.desk.overlay.fields import Tree, node_at


@dataclass(frozen=True, slots=True)
class AddedRow:
    """A row that a person put in behind row `after` of its list in the reading (-1: before all), what it holds, and its columns."""

    path: str
    after: int
    node: Tree
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RowChanges:
    """The rows that are gone, by the list they stood in, and those that came; headings of extra columns by their row's `extra`."""

    gone: Mapping[str, frozenset[str]] = field(default_factory=dict)
    added: Mapping[str, tuple[AddedRow, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, gone: Iterable[str], added: Iterable[AddedRow] = ()) -> RowChanges:
        """What stands at these pointers goes, these rows come."""
        left: dict[str, frozenset[str]] = {}
        come: dict[str, tuple[AddedRow, ...]] = {}
        for path in gone:
            holder, extra, heading = path.partition("/extra/")
            holder, heading = (f"{holder}/extra", heading) if extra else path.rpartition("/")[::2]
            left[holder] = left.get(holder, frozenset()) | {heading}
        for row in added:
            holder = row.path.rpartition("/")[0]
            come[holder] = (*come.get(holder, ()), row)
        return cls(left, come)

    def tree(self, tree: Tree) -> Tree:
        """The tree, changed in place, without what is gone and with what came."""
        for holder in sorted({*self.gone, *self.added}, key=lambda path: -path.count("/")):
            node, names = node_at(tree, holder), self.gone.get(holder, frozenset())
            if isinstance(node, list):
                came = {row.path.rpartition("/")[2]: row.node for row in self.added.get(holder, ())}
                order = itertools.islice(self._order(holder), len(node) - len(names) + len(came))
                node[:] = [came[step] if step in came else node[int(step)] for step in order]
            elif isinstance(node, dict):
                for name in names:
                    node.pop(name, None)
        return tree

    def _order(self, holder: str) -> Iterator[str]:
        """The steps of a list's rows in their order now, as long as one asks."""
        gone, added = self.gone.get(holder, frozenset()), self.added.get(holder, ())
        for number in itertools.count(-1):
            if number >= 0 and str(number) not in gone:
                yield str(number)
            yield from (row.path.rpartition("/")[2] for row in added if row.after == number)

    def to_final(self, path: str) -> str | None:
        """Where what stood at `path` stands now; `None` where it is gone."""
        for holder in (*self.gone, *self.added):
            step, slash, rest = path[len(holder) + 1 :].partition("/")
            if not path.startswith(f"{holder}/"):
                continue
            if {step, path[len(holder) + 1 :]} & self.gone.get(holder, frozenset()):
                return None
            if step.lstrip("+").isdecimal():
                return f"{holder}/{next(n for n, old in enumerate(self._order(holder)) if old == step)}{slash}{rest}"
        return path

    def to_reading(self, path: str) -> str:
        """Where what stands at `path` now stood before; in a row that came, below its own name."""
        for holder in (*self.gone, *self.added):
            step, slash, rest = path[len(holder) + 1 :].partition("/")
            if path.startswith(f"{holder}/") and step.isdecimal():
                return f"{holder}/{next(itertools.islice(self._order(holder), int(step), None))}{slash}{rest}"
        return path
