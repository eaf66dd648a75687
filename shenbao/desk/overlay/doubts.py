"""What of a form is still open: the fields that a person should look at, and doubts about whole sections."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from models.finding import Finding
from shenbao.desk.overlay.fields import Sheet, row_of
from shenbao.desk.overlay.row_changes import RowChanges
from shenbao.ingest.ledger.decisions import DeskDecision

_PAIR = 2
"""The two years of the budget, or the two ends of a period, are asked about one by one; a longer list is a section."""
_NAMES = ("level3", "name", "item")
"""The fields that a row is called by."""


@dataclass(frozen=True, slots=True)
class OpenDoubts:
    """The open fields of a form by their paths in the reading, with what is doubted of each; and of whole sections."""

    fields: Mapping[str, tuple[Finding, ...]] = field(default_factory=dict)
    sections: tuple[Finding, ...] = ()


def is_doubt(found: Finding) -> bool:
    """Whether a finding asks a person to look at a place of the form."""
    return found.severity != "info" and found.category in ("reading", "arithmetic") and found.path is not None


def doubted_fields(path: str, sheet: Sheet) -> list[str]:
    """The fields that a finding at `path` asks about: the field itself, or what its row holds; none for a whole section."""
    inside = [one for one in _ancestors(path) if one in sheet.kinds]
    if inside:
        return inside
    below = [one for one in sheet.kinds if one.startswith(f"{path}/")]
    if row_of(path) != path and len(below) > _PAIR:
        return []
    printed = printed_columns(sheet, path)
    return [one for one in below if sheet.text(one) is not None or one[len(path) :] in printed]


def doubts_of(path: str, sheet: Sheet) -> tuple[Finding, ...]:
    """What the reading doubts of a field, whatever was decided since."""
    about = (found for found in sheet.form.findings if is_doubt(found))
    return tuple(found for found in about if path in doubted_fields(found.path or "", sheet))


def _ancestors(path: str) -> Iterator[str]:
    """The pointer and all above it."""
    while path:
        yield path
        path = path.rpartition("/")[0]


def printed_columns(sheet: Sheet, row: str) -> set[str]:
    """The columns of a row's table in which any row holds something, as they stand below the row."""
    table = row.rpartition("/")[0]
    return {path[len(row_of(path) or "") :] for path in sheet.form.evidence if path.startswith(f"{table}/")}


def open_doubts(
    reading: Sheet,
    final: Sheet,
    changes: RowChanges,
    placed: Mapping[str, DeskDecision],
    stale: Sequence[DeskDecision],
) -> OpenDoubts:
    """What the final form leaves to be looked at, in the order of the reading; a stale decision asks again."""
    doubts: dict[str, list[Finding]] = {decision.path: [] for decision in stale}
    sections: list[Finding] = []
    for found in filter(is_doubt, final.form.findings):
        about = doubted_fields(found.path or "", final)
        if not about:
            sections.append(found)
        for one in about:
            path = changes.to_reading(one)
            # what a person typed of a row that was put in is decided
            if path not in placed and "/+" not in path:
                doubts.setdefault(path, []).append(found)
    for row in _nameless_rows(placed):
        for path in doubted_fields(row, reading):
            if path not in placed:
                doubts.setdefault(path, [])
    known = (path for path in reading.kinds if path in doubts)
    return OpenDoubts({path: tuple(doubts[path]) for path in known}, tuple(sections))


def _nameless_rows(placed: Mapping[str, DeskDecision]) -> Iterator[str]:
    """Rows whose name a person called blank: perhaps nothing of them is on the paper."""
    for path, decision in placed.items():
        row = row_of(path)
        if row and row not in placed and decision.kind == "blank" and path in {f"{row}/{n}" for n in _NAMES}:
            yield row


def is_answered(found: Finding, sheet: Sheet, placed: Container[str]) -> bool:
    """Whether persons decided about all that a reader's finding points at."""
    if found.category not in ("reading", "arithmetic") or found.path is None:
        return False
    if found.path in placed:
        return True
    about = doubted_fields(found.path, sheet)
    return bool(about) and all(path in placed for path in about)
