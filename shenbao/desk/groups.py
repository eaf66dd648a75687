"""Open fields that are alike: read as the same text in the same column, or repaired in the same way."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from shenbao.desk.overlay.fields import row_of
from shenbao.desk.queue.queue import OpenField
from shenbao.places import place_in_words

_LEAST_MEMBERS = 2
_LONGEST_TEXT = 60
"""Characters beyond which no two departments write the same."""


@dataclass(frozen=True, slots=True)
class FieldGroup:
    """Fields with what they have in common; `before` is empty where nothing was repaired."""

    key: str
    column: str
    text: str
    before: str
    members: tuple[OpenField, ...]


def fields_to_groups(fields: Iterable[OpenField]) -> list[FieldGroup]:
    """The groups of open fields, the largest first; a field that is like no other is in none."""
    found: dict[tuple[str, str, str], list[OpenField]] = {}
    for one in fields:
        if len(one.text) <= _LONGEST_TEXT:
            found.setdefault((_column(one.address.path), one.text, one.before), []).append(one)
    groups = [
        FieldGroup(_key(common), _named(common[0], members), common[1], common[2], tuple(members))
        for common, members in found.items()
        if len(members) >= _LEAST_MEMBERS
    ]
    return sorted(groups, key=lambda group: (-len(group.members), group.key))


def _column(path: str) -> str:
    """The path without the number of its row, the two horizons as one."""
    row = row_of(path)
    if row is None:
        return path
    return (row.rpartition("/")[0] + path[len(row) :]).replace("/long_term/", "/annual/")


def _key(common: Sequence[str]) -> str:
    return hashlib.sha256("\n".join(common).encode("utf-8", "replace")).hexdigest()[:24]


def _named(column: str, members: Sequence[OpenField]) -> str:
    words = place_in_words({}, members[0].address.path)
    return words.rpartition("的")[2] if "的" in words else words
