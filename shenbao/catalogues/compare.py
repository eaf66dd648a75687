"""Two catalogues line by line: what only one has, and what reads otherwise in the other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields

from normalize.form.catalogue import Catalogue, Entry

_NAMES = tuple(field.name for field in fields(Entry))


def catalogues_to_lines(old: Catalogue, new: Catalogue) -> Iterator[str]:
    """`-` a line that only `old` has, `+` one that only `new` has, `~` what changed under a code; nothing where they agree."""
    before, after = ({entry.code: entry for entry in one.entries} for one in (old, new))
    for code, entry in before.items():
        if code not in after:
            yield f"- {code} {_names(entry)}"
        else:
            yield from (f"~ {code} {change}" for change in _changes(entry, after[code]))
    for code, entry in after.items():
        if code not in before:
            yield f"+ {code} {_names(entry)}"


def _names(entry: Entry) -> str:
    return " / ".join(filter(None, (entry.level1, entry.level2, entry.level3)))


def _changes(old: Entry, new: Entry) -> Iterator[str]:
    for name in _NAMES:
        before, after = getattr(old, name), getattr(new, name)
        if before != after:
            yield f"{name}: {_shown(before)} → {_shown(after)}"


def _shown(value: object) -> str:
    if isinstance(value, tuple):
        return ";".join(map(str, value)) or "(none)"
    return "(none)" if value is None else str(value)
