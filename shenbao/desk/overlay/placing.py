"""Which decision answers which field of a reading: after a new program, catalogue or layout the reading may be another."""

from __future__ import annotations

from collections.abc import Iterable

from shenbao.desk.overlay.fields import Sheet, row_of
from shenbao.ingest.ledger.decisions import DeskDecision


def place_decisions(
    sheet: Sheet, decisions: Iterable[DeskDecision]
) -> tuple[dict[str, DeskDecision], list[DeskDecision]]:
    """The decisions by the field of this reading that they answer, and those that answer none of it.

    A field that moved (a row more above it) is found by what was read there. Where the reading now says what the person
    said, the decision stands.
    """
    placed: dict[str, DeskDecision] = {}
    stale: list[DeskDecision] = []
    for decision in decisions:
        path = _same_place(decision, sheet) or _moved_to(decision, sheet)
        if path is None or path in placed:
            stale.append(decision)
        else:
            placed[path] = decision
    return placed, stale


def _same_place(decision: DeskDecision, sheet: Sheet) -> str | None:
    now = sheet.text(decision.path)
    agrees = now == decision.answered or (now is not None and now == decision.after)
    return decision.path if agrees and sheet.holds(decision.path) else None


def _moved_to(decision: DeskDecision, sheet: Sheet) -> str | None:
    """The one field of the same column in another row where the same was read from the same text."""
    if decision.read is None:
        return None
    asked = (decision.answered, decision.read)
    found = [
        path
        for path in sheet.kinds
        if _is_moved(decision.path, path) and (sheet.text(path), sheet.read(path)) == asked
    ]
    return found[0] if len(found) == 1 else None


def _is_moved(path: str, other: str) -> bool:
    """Whether two paths are the same column of two rows of one list."""
    one, two = row_of(path), row_of(other)
    if one is None or two is None or one == two:
        return False
    return one.rpartition("/")[0] == two.rpartition("/")[0] and path[len(one) :] == other[len(two) :]
