"""What changed from one form to another, field by field: rows found again by their names, doubtful readings set apart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Literal

from models.submission import Form
from shenbao.answer.points import AS_TYPED, is_as_typed
from shenbao.compare.pairing import RowPairs, find_again
from shenbao.compare.printed_rows import PrintedRow, data_to_rows
from shenbao.compare.sameness import is_same, shown_value, text_to_key
from shenbao.places import place_in_words

ChangeKind = Literal["changed", "added", "removed"]
_YEARS = "/budget/history_years"
"""The one list whose items are no rows."""


@dataclass(frozen=True, slots=True)
class Change:
    """One difference, with its paths in the form before and the form after (`None` where it does not stand there).

    `doubtful`: the reading of either side is flagged there, so that it may be no change at all.
    """

    kind: ChangeKind
    place: str
    before: str | None
    after: str | None
    path_before: str | None
    path_after: str | None
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two forms against each other; `paths` leads from the path of every row before to that of the same row after."""

    changes: tuple[Change, ...]
    paths: Mapping[str, str]

    def path_after(self, path: str) -> str | None:
        """Where what stood at `path` before stands after; `None` where its row is gone."""
        steps = path.split("/")
        counted = next((n for n, step in enumerate(steps) if step.isdecimal()), None)
        if counted is None or path.startswith(_YEARS):
            return path
        row = "/".join(steps[: counted + 1])
        return self.paths[row] + path[len(row) :] if row in self.paths else None


def compare_forms(before: Form, after: Form) -> Comparison:
    """Every difference between two forms in the order of the form before, what was added last in each list."""
    doubts = form_to_doubts(before), form_to_doubts(after)
    changes: list[Change] = []
    paths: dict[str, str] = {}
    for pairs in _sections(before, after):
        paths |= {one.path: other.path for one, other in pairs.both}
        found = list(_section_changes(pairs, before, after))
        whole = [change for change in found if change.kind != "changed"]
        # a name that was misread makes its row gone on one side and new on the other
        misnamed = any(_is_doubtful(change, doubts) for change in whole)
        for change in found:
            doubtful = _is_doubtful(change, doubts) or (misnamed and change.kind != "changed")
            changes.append(replace(change, doubtful=doubtful))
    return Comparison(tuple(changes), paths)


def _is_doubtful(change: Change, doubts: tuple[frozenset[str], frozenset[str]]) -> bool:
    """Whether a reading is flagged where the change is; for a row that came or went also that of the list where it should be."""
    for path, flagged in zip((change.path_before, change.path_after), doubts, strict=True):
        if path is None:
            continue
        if path.rpartition("/")[2].isdecimal() or change.kind == "changed":
            if is_touched(path, flagged):
                return True
        elif any(f"{path}/".startswith(f"{doubt}/") or _is_row_of(doubt, path) for doubt in flagged):
            return True
    return False


def _is_row_of(path: str, section: str) -> bool:
    return path.rpartition("/")[0] == section


def form_to_doubts(form: Form) -> frozenset[str]:
    """The paths whose reading is flagged: by a reader, by a repair, or by sums over figures that were read by eye."""
    paths = {repair.path for repair in form.repairs}
    typed = is_as_typed(form)
    for found in form.findings:
        if found.path is None or found.severity == "info":
            continue
        if typed and found.code in AS_TYPED:
            continue
        if found.category == "reading" or (found.category == "arithmetic" and not typed):
            paths.add(found.path)
    return frozenset(paths)


def is_touched(path: str, doubts: Iterable[str]) -> bool:
    """Whether a doubt at one of the paths concerns the value at `path`: the same, its row or list, or a part of it."""
    return any(f"{path}/".startswith(f"{doubt}/") or f"{doubt}/".startswith(f"{path}/") for doubt in doubts)


def _sections(before: Form, after: Form) -> Iterator[RowPairs]:
    """The rows of every list that either form has."""
    left, right = _by_section(before), _by_section(after)
    for section in dict.fromkeys((*left, *right)):
        yield find_again(left.get(section, ()), right.get(section, ()))


def _by_section(form: Form) -> dict[str, list[PrintedRow]]:
    rows = groupby(data_to_rows(form.data), key=lambda row: row.section)
    return {section: list(found) for section, found in rows}


def _section_changes(pairs: RowPairs, before: Form, after: Form) -> Iterator[Change]:
    if _is_cut_otherwise(pairs):
        return
    for one, other in pairs.both:
        yield from _field_changes(one, other, before, after)
    for row in pairs.before:
        place = place_in_words(before.data, row.path)
        yield Change("removed", place, _row_text(row), None, row.path, row.section)
    for row in pairs.after:
        place = place_in_words(after.data, row.path)
        yield Change("added", place, None, _row_text(row), row.section, row.path)


def _is_cut_otherwise(pairs: RowPairs) -> bool:
    """Whether both lists of sentences have the same words, only divided into other sentences: that is the reader's doing."""
    left, right = _sentences(pairs, 0), _sentences(pairs, 1)
    return left is not None and right is not None and text_to_key(left) == text_to_key(right)


def _sentences(pairs: RowPairs, side: Literal[0, 1]) -> str | None:
    """All sentences of one side as one text; `None` for a list that is none of sentences."""
    alone = (pairs.before, pairs.after)[side]
    rows: Sequence[PrintedRow] = sorted(
        (*(pair[side] for pair in pairs.both), *alone), key=lambda row: int(row.path.rpartition("/")[2] or 0)
    )
    if not rows or any("" not in row.fields for row in rows):
        return None
    return "".join(str(row.fields[""]) for row in rows)


def _field_changes(one: PrintedRow, other: PrintedRow, before: Form, after: Form) -> Iterator[Change]:
    for field in dict.fromkeys((*one.fields, *other.fields)):
        old, new = one.fields.get(field), other.fields.get(field)
        if not is_same(old, new):
            at, to = one.path + field, other.path + field
            place = place_in_words(before.data, at)
            yield Change("changed", place, shown_value(old), shown_value(new), at, to)


def _row_text(row: PrintedRow) -> str:
    """A whole row in one line, for one that came or went."""
    shown = (shown_value(value) for value in row.fields.values())
    return "　".join(text for text in shown if text)
