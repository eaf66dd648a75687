"""How an inbox is read: from where, into what, by whom, and within which limits."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from shenbao.bounded.limits import RUN_LIMITS, WorkLimits
from shenbao.ingest.inbox.store import Location
from shenbao.ingest.place import Output
from shenbao.ingest.workers.engine import TaskRunner
from shenbao.ingest.workers.listener import Listener
from shenbao.ingest.workers.recipe import Recipe
from shenbao.ingest.workers.work import Task, TaskOutcome, work
from shenbao.readers import Settings

INGEST_PRELOAD = ("shenbao.batch", "shenbao.ingest.workers.work", "shenbao.ingest.workers.shelf")
"""What reading takes, loaded once for all processes."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How an inbox is read; `settle` is for how many seconds a file must have been left alone."""

    inbox: Location
    output: Output
    settings: Settings
    recipe: Recipe
    jobs: int = 1
    limits: WorkLimits = field(
        default_factory=lambda: WorkLimits(RUN_LIMITS.timeout_s, RUN_LIMITS.memory_mb * 2**20)
    )
    settle: float = 2.0
    function: Callable[[Task], TaskOutcome] = work
    engine: Callable[[Plan, Listener], TaskRunner] | None = None
    """Who reads, in the place of processes on this machine."""
    apart: frozenset[Path] = frozenset()
    """Files in the inbox that are no submissions, wherever links lead: the log, the list of departments."""
    outside: bool = False
    """Whether links in the inbox that lead out of it are followed."""
