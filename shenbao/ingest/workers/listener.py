"""What an ingest tells those who listen."""

from __future__ import annotations

from typing import Protocol

from shenbao.ingest.workers.work import TaskOutcome


class Listener(Protocol):
    """Who is told what happens: terminal and log."""

    def look(self, files: int) -> None:
        """`files` lie in the inbox."""

    def settled(self) -> None:
        """Nothing is to be done (any more) for one of them."""

    def ended(self, outcome: TaskOutcome) -> None:
        """One was read, or could not be."""

    def said(self, event: str, **details: object) -> None:
        """Anything else worth a line in the log."""
