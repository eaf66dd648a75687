"""A Ray cluster that reads files. On every processor an actor has a pool of one process, so a file that hangs, swells
or crashes ends as it does on one machine; only when the actor itself is gone was its machine lost, and the file is
given to another.
"""

from __future__ import annotations

import logging
import os
import signal
import socket
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any, Generic

import ray
from ray.exceptions import RayActorError, RayError, RayTaskError

from shenbao.bounded.limits import WorkLimits
from shenbao.bounded.pool import LOOK_S, Pool, ResultT, TaskT
from shenbao.bounded.process import Death
from shenbao.ingest.workers.listener import Listener
from shenbao.ingest.workers.plan import INGEST_PRELOAD, Plan
from shenbao.ingest.workers.recipe import settings_to_recipe
from shenbao.ingest.workers.work import Task, TaskOutcome
from shenbao.readers import Settings

_LOSSES = 3
"""Machines that a file is lost with before it is held to be the cause."""


class ClusterError(Exception):
    """The cluster cannot be used; the message says what to do."""


@dataclass(frozen=True, slots=True)
class _Given(Generic[TaskT]):
    task: TaskT
    losses: int = 0


@dataclass(slots=True)
class _Worker(Generic[TaskT]):
    """An actor; `answer` is what it owes: first that it is ready, then the answer to `given`."""

    actor: Any
    answer: Any
    given: _Given[TaskT] | None = None


class _Reader:
    """The actor: a pool of one process, whose models stay loaded from file to file."""

    def __init__(self, function: Callable[[Any], Any], limits: WorkLimits, preload: Sequence[str]) -> None:
        # it ends with the actor's process; what that leaves behind is cleared when the next pool starts
        self._pool: Pool[Any, Any] = Pool(function, 1, limits, preload).__enter__()

    def ready(self, fingerprint: Callable[[], str]) -> tuple[str, str]:
        """The machine and what is installed there."""
        return socket.gethostname(), fingerprint()

    def read(self, task: Any) -> Any:
        self._pool.begin(task)
        while True:
            for _, answer in self._pool.finished():
                return answer


class Cluster(Generic[TaskT, ResultT]):
    """`size` actors (as many as the cluster has processors) that each call `function` on one task at a time.

    `fingerprint` must give the same everywhere: machines with other versions would give other results. `lost` is told
    of every task whose machine was lost.
    """

    def __init__(
        self,
        function: Callable[[TaskT], ResultT],
        size: int | None,
        limits: WorkLimits,
        preload: Sequence[str],
        fingerprint: Callable[[], str],
        lost: Callable[[TaskT], None],
    ) -> None:
        self._size = size or max(1, processors())
        self._reader: Any = ray.remote(_Reader).options(num_cpus=1)
        self._arguments = (function, limits, preload)
        self._fingerprint, self._lost = fingerprint, lost
        self._waiting: deque[_Given[TaskT]] = deque()
        self._workers: list[_Worker[TaskT]] = []

    def __enter__(self) -> Cluster[TaskT, ResultT]:
        return self

    def __exit__(self, *_: object) -> None:
        for worker in list(self._workers):
            self._end(worker)

    @property
    def size(self) -> int:
        """Tasks that it can read at a time."""
        return self._size

    @property
    def room(self) -> int:
        """Tasks that would be begun at once, were all machines up."""
        return self._size - self.busy

    @property
    def busy(self) -> int:
        return len(self._waiting) + sum(worker.given is not None for worker in self._workers)

    def begin(self, task: TaskT) -> None:
        """Give the task to an actor, or keep it until one is ready; there must be `room`."""
        self._waiting.append(_Given(task))
        self._assign()

    def finished(self, timeout: float = LOOK_S) -> list[tuple[TaskT, ResultT | Death]]:
        """Tasks that came to an end; waits at most `timeout` seconds for the first."""
        owed = {worker.answer: worker for worker in self._workers if worker.answer is not None}
        refs = list(owed)
        if refs:
            ray.wait(refs, num_returns=1, timeout=timeout)
            refs, _ = ray.wait(refs, num_returns=len(refs), timeout=0)
        done = [ended for ref in refs for ended in self._collect(owed[ref])]
        self._assign()
        return done

    def _collect(self, worker: _Worker[TaskT]) -> list[tuple[TaskT, ResultT | Death]]:
        try:
            answer = ray.get(worker.answer)
        except RayTaskError as error:
            raise ClusterError(f"a machine of the cluster cannot read: {error.cause!r}") from error
        except RayError as error:
            return self._lose(worker, error)
        given, worker.given, worker.answer = worker.given, None, None
        if given is not None:
            return [(given.task, answer)]
        self._check(*answer)
        return []

    def _lose(self, worker: _Worker[TaskT], error: RayError) -> list[tuple[TaskT, ResultT | Death]]:
        """Its file goes to the next that is ready; a new actor starts where there is a processor for it."""
        if isinstance(error, RayActorError) and error.actor_init_failed:
            raise ClusterError(f"a machine of the cluster cannot start a reader: {error}") from error
        self._end(worker)
        if worker.given is None:
            return []
        task, losses = worker.given.task, worker.given.losses + 1
        self._lost(task)
        if losses >= _LOSSES:
            return [(task, Death("lost", f"{losses} 次"))]
        self._waiting.appendleft(_Given(task, losses))
        return []

    def _check(self, host: str, fingerprint: str) -> None:
        if fingerprint != self._fingerprint():
            raise ClusterError(
                f"{host} has another version of shenbao or of a package that it reads with: its results would differ; "
                "install the same requirements.lock on every machine"
            )

    def _assign(self) -> None:
        """Give what waits to actors that are ready, and start as many as there is work for."""
        idle = [worker for worker in self._workers if worker.answer is None]
        for worker in idle[: len(self._waiting)]:
            worker.given = self._waiting.popleft()
            worker.answer = worker.actor.read.remote(worker.given.task)
        starting = sum(worker.answer is not None and worker.given is None for worker in self._workers)
        for _ in range(min(len(self._waiting) - starting, self._size - len(self._workers))):
            actor = self._reader.remote(*self._arguments)
            self._workers.append(_Worker(actor, actor.ready.remote(self._fingerprint)))

    def _end(self, worker: _Worker[TaskT]) -> None:
        """Kill the actor, and with it its process, or what is not started yet."""
        ray.kill(worker.actor)
        self._workers.remove(worker)


def processors() -> int:
    """How many the machines of the cluster have that are up now."""
    return int(ray.cluster_resources().get("CPU", 0))  # type: ignore[no-untyped-call]


def on_cluster(size: int | None) -> Callable[[Plan, Listener], Cluster[Task, TaskOutcome]]:
    """What makes the engine of a pass over an inbox; `size` as `Cluster` has it."""

    def engine(plan: Plan, listener: Listener) -> Cluster[Task, TaskOutcome]:
        def lost(task: Task) -> None:
            listener.said("lost", name=task.name, sha256=task.sha256)

        same = partial(_fingerprint, plan.settings)
        return Cluster(plan.function, size, plan.limits, INGEST_PRELOAD, same, lost)

    return engine


def _fingerprint(settings: Settings) -> str:
    return settings_to_recipe(settings).whole


@contextmanager
def joined() -> Iterator[str]:
    """Be a client of the cluster that RAY_ADDRESS names, or one on this machine, or else start one here; gives its size
    in words. Raises `ClusterError`.
    """
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # a bureau's computers report to nobody
    before = signal.getsignal(signal.SIGTERM)
    try:
        ray.init(include_dashboard=False, log_to_driver=False, logging_level=logging.ERROR)
    except (RayError, ConnectionError, RuntimeError, ValueError) as error:
        raise ClusterError(f"cannot join the Ray cluster (RAY_ADDRESS): {error}") from error
    try:
        signal.signal(signal.SIGTERM, before)  # Ray would end this process at once
        machines = sum(node["Alive"] for node in ray.nodes())  # type: ignore[no-untyped-call]
        yield f"Ray cluster: {machines} node{'s' if machines > 1 else ''}, {processors()} processors"
    finally:
        ray.shutdown()
