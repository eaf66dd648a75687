"""Rows taken out of lists: where everything stood before, and where it stands after."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from shenbao.desk.fields import Tree, node_at


@dataclass(frozen=True, slots=True)
class Removal:
    """The rows that are gone, by the list they stood in; and headings of extra columns, by their row's `extra`."""

    gone: Mapping[str, frozenset[str]]

    @classmethod
    def of(cls, paths: Iterable[str]) -> Removal:
        """The removal of what stands at these pointers."""
        gone: dict[str, frozenset[str]] = {}
        for path in paths:
            holder, extra, heading = path.partition("/extra/")
            holder, heading = (f"{holder}/extra", heading) if extra else path.rpartition("/")[::2]
            gone[holder] = gone.get(holder, frozenset()) | {heading}
        return cls(gone)

    def tree(self, tree: Tree) -> Tree:
        """The tree, changed in place, without what is gone."""
        for holder, names in sorted(self.gone.items(), key=lambda item: -item[0].count("/")):
            node = node_at(tree, holder)
            if isinstance(node, list):
                node[:] = [item for n, item in enumerate(node) if str(n) not in names]
            elif isinstance(node, dict):
                for name in names:
                    node.pop(name, None)
        return tree

    def to_final(self, path: str) -> str | None:
        """Where what stood at `path` stands now; `None` where it is gone."""
        for holder, names in self.gone.items():
            if not path.startswith(f"{holder}/"):
                continue
            step, slash, rest = path[len(holder) + 1 :].partition("/")
            if step in names or path[len(holder) + 1 :] in names:
                return None
            if step.isdecimal():
                before = sum(int(name) < int(step) for name in names)
                return f"{holder}/{int(step) - before}{slash}{rest}"
        return path

    def to_reading(self, path: str) -> str:
        """Where what stands at `path` now stood before."""
        for holder, names in self.gone.items():
            step, slash, rest = path[len(holder) + 1 :].partition("/")
            if path.startswith(f"{holder}/") and step.isdecimal():
                left = int(step)
                for number in sorted(map(int, names)):
                    left += number <= left
                return f"{holder}/{left}{slash}{rest}"
        return path
