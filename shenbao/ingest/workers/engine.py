"""What a run asks of whatever reads its files: processes of this machine, or a cluster's."""

from __future__ import annotations

from types import TracebackType
from typing import Protocol

from shenbao.bounded.process import Death
from shenbao.ingest.workers.work import Task, TaskOutcome


class TaskRunner(Protocol):
    """Reads tasks, `size` at a time. It ends with its block, and what it was reading with it."""

    @property
    def size(self) -> int:
        """Tasks that it can read at a time."""

    @property
    def room(self) -> int:
        """Tasks that would be begun at once."""

    @property
    def busy(self) -> int:
        """Tasks that were begun and have not ended."""

    def begin(self, task: Task) -> None:
        """Take the task on; there must be `room`."""

    def finished(self) -> list[tuple[Task, TaskOutcome | Death]]:
        """Tasks that came to an end; waits a moment for the first."""

    def __enter__(self) -> TaskRunner: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> object: ...
