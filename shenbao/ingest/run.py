"""One pass over an inbox: what is there, what of it is new, who reads it, what became of it."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from shenbao.bounded.pool import Pool
from shenbao.ingest.inbox.candidates import Candidate, Looking
from shenbao.ingest.inbox.inspection import Inspector
from shenbao.ingest.inbox.look import InboxGoneError, UnwritableError, demand_room, is_settled, look
from shenbao.ingest.inbox.store import SHARE_GONE, files
from shenbao.ingest.ledger.books import READ_STATES, File, FormRow, ResultDigest, Work
from shenbao.ingest.ledger.ledger import Ledger
from shenbao.ingest.place import file_digest, withdraw
from shenbao.ingest.workers.engine import TaskRunner
from shenbao.ingest.workers.listener import Listener
from shenbao.ingest.workers.plan import INGEST_PRELOAD, Plan
from shenbao.ingest.workers.reasons import unread
from shenbao.ingest.workers.work import Task, TaskOutcome, answer_to_outcome
from shenbao.unpacking.containers import ArchiveError

_ROUNDS = 10
"""Looks at files that keep growing before they are left to the next ingest."""


@dataclass(slots=True)
class _Books:
    """The ledger's content as this run, its only writer, knows it."""

    files: dict[str, File]
    works: dict[str, Work]


def ingest_inbox(plan: Plan, ledger: Ledger, listener: Listener) -> list[str]:
    """Bring the results up to date with the inbox; gives the names of files that were still being written.

    Raises `InboxGoneError`, `UnwritableError`, `LedgerError`; whatever was finished is kept.
    """
    ledger.roll_back()
    with Inspector(plan.limits) as inspector:
        return _look_and_read(plan, ledger, listener, inspector)


def _look_and_read(plan: Plan, ledger: Ledger, listener: Listener, inspector: Inspector) -> list[str]:
    looking = Looking(plan.settings.limits, plan.apart, plan.outside, inspector.members)
    seen: Mapping[str, str] = {}
    unsettled: list[str] = []
    for number in range(_ROUNDS):
        if number:
            time.sleep(plan.settle)
        candidates = look(plan.inbox, looking)
        settled = [c for c in candidates if is_settled(c, plan.settle, seen)]
        if seen and not candidates:
            raise InboxGoneError(f"{plan.inbox} is empty, and {len(seen)} files were in it")
        seen = {candidate.name: candidate.stamp for candidate in candidates}
        changed = _Pass(plan, ledger, listener, inspector).run(candidates, settled)
        unsettled = sorted({*changed, *(seen.keys() - {candidate.name for candidate in settled})})
        if not unsettled:
            break
    return unsettled


class _Pass:
    """One look at the inbox and all the reading that follows from it."""

    def __init__(self, plan: Plan, ledger: Ledger, listener: Listener, inspector: Inspector) -> None:
        self._inspector = inspector
        self._plan, self._ledger, self._listener = plan, ledger, listener
        self._books = _Books(ledger.files(), ledger.works())
        self._owners: dict[str, str] = {}
        self._news: list[File] = []
        self._changed: list[str] = []
        self._digests = ledger.digests()
        self._results = {str(place): place for place in files(plan.output.results, ".json")}

    def run(self, candidates: Sequence[Candidate], settled: Sequence[Candidate]) -> list[str]:
        """Read what is new among `settled`; gives the names of files that changed meanwhile."""
        if not candidates and self._books.files:
            raise InboxGoneError(
                f"{self._plan.inbox} is empty, and {len(self._books.files)} files were in it"
            )
        self._listener.look(len(settled))
        self._read_all(settled)
        if not self._changed:
            self._tidy(candidates)
        return self._changed

    def _read_all(self, settled: Sequence[Candidate]) -> None:
        tasks = self._tasks(settled)
        ready: deque[Task] = deque()
        ended: list[TaskOutcome] = []
        plan = self._plan
        with (plan.engine or _pool)(plan, self._listener) as pool:
            try:
                while True:
                    _fill(ready, tasks, pool.size)
                    begun = [ready.popleft() for _ in range(min(pool.room, len(ready)))]
                    for task in begun:
                        pool.begin(task)
                    self._record(ended, begun)
                    if not pool.busy:
                        break
                    _fill(ready, tasks, pool.size)
                    ended = [answer_to_outcome(task, answer) for task, answer in pool.finished()]
            except BaseException:
                self._save(ended)
                raise

    def _tasks(self, settled: Sequence[Candidate]) -> Iterator[Task]:
        """What is to be read, in the order of names: the first name with a content is the one that counts."""
        for candidate in settled:
            sha256 = self._content(candidate)
            owner = sha256 and self._owners.setdefault(sha256, candidate.name)
            if sha256 and owner == candidate.name and not self._is_up_to_date(sha256, candidate.name):
                yield self._task(candidate, sha256)
            else:
                self._listener.settled()

    def _content(self, candidate: Candidate) -> str | None:
        """The candidate's SHA-256, from the books if its stamp is the same; `None` when it cannot be read."""
        known = self._books.files.get(candidate.name)
        if known and known.sha256 and known.stamp == candidate.stamp:
            return known.sha256
        file = File(candidate.name, candidate.stamp, candidate.size)
        try:
            file = replace(file, sha256=self._inspector.hash(candidate.path, candidate.way))
        except FileNotFoundError:
            self._changed.append(candidate.name)
            return None
        except (OSError, ArchiveError) as error:
            if isinstance(error, OSError):
                demand_room(error)
                if error.errno in SHARE_GONE:
                    self._changed.append(candidate.name)
                    return None
            file = replace(file, reason=unread(error))
            if file == known:
                return None
            self._listener.said("unread", name=file.name, reason=file.reason)
        self._books.files[file.name] = file
        self._news.append(file)
        owner = self._owners.get(file.sha256 or "")
        if owner:
            self._listener.said("duplicate", name=file.name, of=owner)
        return file.sha256

    def _is_up_to_date(self, sha256: str, name: str) -> bool:
        work = self._books.works.get(sha256)
        if work is None or (work.name, work.recipe) != (name, self._plan.recipe.whole):
            return False
        return work.state == "failed" or (work.state in READ_STATES and self._is_unchanged(sha256, name))

    def _is_unchanged(self, sha256: str, name: str) -> bool:
        """Whether the result is there and says what was written; an object in a store is taken to do so."""
        result = self._results.get(str(self._plan.output.result(name)))
        if result is None:
            return False
        if isinstance(result, Path) and self._digests.get(sha256, "") not in ("", file_digest(result)):
            self._listener.said("changed-result", name=name)
            return False
        return True

    def _task(self, candidate: Candidate, sha256: str) -> Task:
        plan = self._plan
        stamp = candidate.stamp.split("/")[0]  # of the archive, where it lies in one
        return Task(
            *(candidate.name, sha256, candidate.path, candidate.way, stamp),
            recipe=plan.recipe,
            settings=plan.settings,
            output=plan.output,
        )

    def _record(self, ended: Sequence[TaskOutcome], begun: Sequence[Task]) -> None:
        """Write down what ended and what begins, then tell of it."""
        reading = [Work(task.sha256, task.name, task.recipe.whole, "reading") for task in begun]
        self._write(ended, reading)
        for outcome in ended:
            self._listener.ended(outcome)
            self._listener.settled()
        stop = next((outcome for outcome in ended if outcome.verdict == "stop"), None)
        if stop:
            raise UnwritableError(stop.reason)

    def _write(self, ended: Sequence[TaskOutcome], reading: Sequence[Work]) -> None:
        works = [_outcome_to_work(outcome) for outcome in ended]
        forms: list[FormRow] = [form for outcome in ended for form in outcome.forms]
        changed = [outcome.task.name for outcome in ended if outcome.verdict == "changed"]
        self._changed += changed
        digests = [ResultDigest(o.task.sha256, o.digest) for o in ended if o.digest]
        self._ledger.record(self._news, [*works, *reading], forms, digests)
        self._ledger.forget(changed)
        self._news = []
        self._books.works.update((known.sha256, known) for known in [*works, *reading])

    def _save(self, ended: Sequence[TaskOutcome]) -> None:
        """On the way out: what was finished stays finished, the rest is found again."""
        self._ledger.patience = 0.0  # whoever interrupts, or has waited in vain, does not wait again
        with suppress(Exception):
            self._write(ended, [])
        with suppress(Exception):
            self._ledger.roll_back()

    def _tidy(self, candidates: Sequence[Candidate]) -> None:
        """Names that left the inbox leave the books, and their results the results."""
        names = {candidate.name for candidate in candidates}
        closed = tuple(f"{candidate.name}/" for candidate in candidates if candidate.closed)
        names |= {name for name in self._books.files if name.startswith(closed)}
        gone = [name for name in self._books.files if name not in names]
        self._ledger.forget(gone)
        contents = {self._books.files[name].sha256 for name in names if name in self._books.files}
        orphans = [w.sha256 for w in self._books.works.values() if w.name and w.sha256 not in contents]
        self._ledger.disown(orphans)
        works = [w for w in self._books.works.values() if w.name and w.sha256 in contents]
        kept = {str(self._plan.output.result(w.name)) for w in works if w.name and w.state in READ_STATES}
        moved = withdraw(self._plan.output, kept)
        if gone or moved:
            self._listener.said("withdrawn", files=len(gone), results=moved)


def _fill(ready: deque[Task], tasks: Iterator[Task], size: int) -> None:
    """Have tasks at hand while the processes are at work."""
    while len(ready) < size and (task := next(tasks, None)):
        ready.append(task)


def _pool(plan: Plan, _: Listener) -> TaskRunner:
    return Pool(plan.function, plan.jobs, plan.limits, preload=INGEST_PRELOAD)


def _outcome_to_work(outcome: TaskOutcome) -> Work:
    task = outcome.task
    return Work(
        *(task.sha256, task.name, task.recipe.whole, outcome.state),
        code=outcome.code,
        reason=outcome.reason,
        seconds=round(outcome.seconds, 3),
    )
