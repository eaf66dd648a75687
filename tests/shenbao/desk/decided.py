"""Decisions as tests write them."""

from __future__ import annotations

from collections.abc import Mapping

from models.submission import Submission
from shenbao.desk.overlay.fields import Sheet
from shenbao.ingest.ledger.decisions import DeskDecision, DeskDecisionKind

Decisions = Mapping[tuple[int, str], DeskDecision]


def decision(
    reading: Submission, path: str, kind: DeskDecisionKind, after: str | None = None, version: int = 0
) -> DeskDecision:
    """A decision about a field of the first form, as it was read."""
    sheet = Sheet.of(reading.forms[0])
    return DeskDecision(
        *(reading.source.sha256, 0, path, kind),
        answered=sheet.text(path),
        read=sheet.read(path),
        before=sheet.text(path),
        after=sheet.text(path) if kind == "accept" else after,
        version=version,
        why="low-confidence",
        person="李复核",
        at="2026-01-05T08:00:00+00:00",
        seconds=2.5,
        program="0.2.0",
    )


def decisions(*made: DeskDecision) -> Decisions:
    """The decisions by their fields."""
    return {(one.form, one.path): one for one in made}
