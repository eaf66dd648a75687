"""The desk: what is open in a folder of results, who is shown what, and what becomes of an answer."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import TypeVar

from models.submission import ResultError, Submission, json_to_submission
from shenbao.desk.adding import reply_to_added_row
from shenbao.desk.finals.final_writer import FinalWriter
from shenbao.desk.finals.finals import refresh_finals, write_final
from shenbao.desk.folder import ReviewFolder
from shenbao.desk.overlay.overlay import Final, apply_decisions
from shenbao.desk.queue.index import (
    Asking,
    DeskEntry,
    entry_count,
    final_to_entry,
    load_index,
    result_stamp,
    save_index,
)
from shenbao.desk.queue.opened import GoneError, Opened, Reply, is_blind, reply_to_decision
from shenbao.desk.queue.queue import Address, Filter, OpenField, Queue
from shenbao.desk.queue.rules import NO_RULES, DeskRules
from shenbao.desk.queue.sampling import draw_sample, iso_week
from shenbao.ingest.ledger.decisions import ConflictError, DecisionLog, DeskDecision, live_decisions
from shenbao.ingest.ledger.samples import SampledField, SampleLog

_OPEN_SUBMISSIONS = 24
"""Submissions that are kept taken apart: one takes some 2 MB, and a new one costs 10 ms."""
_NounT = TypeVar("_NounT", DeskDecision, SampledField)


class Desk:
    """All that the pages and the API ask. Any thread may call; one is inside at a time."""

    def __init__(
        self,
        folder: ReviewFolder,
        log: DecisionLog,
        rules: DeskRules = NO_RULES,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        """Where a `writer` is put in, it writes finals behind the answers; without one they are written before an answer returns."""
        self.folder, self.queue, self.rules = folder, Queue(), rules
        self._log, self._now = log, now
        self.writer: FinalWriter | None = None
        self._sample_log = SampleLog(log.ledger)
        self._samples: dict[str, list[SampledField]] = {}
        self._lock = threading.RLock()
        self._entries: dict[str, DeskEntry] = {}
        self._opened: OrderedDict[str, Opened] = OrderedDict()
        self._mine: dict[str, list[Address]] = {}

    def load(self, advance: Callable[[], None] = lambda: None) -> None:
        """Look at every result; what an earlier session knew of it is not worked out again. Raises `OSError`, `LedgerError`."""
        with self._lock:
            known = {entry.place: entry for entry in self._entries.values()}
            known = known or load_index(self.folder, self.rules.second)
            log = _by_content(self._log.all())
            self._samples = _by_content(self._sample_log.all())
            entries: dict[str, DeskEntry] = {}
            for place in self.folder.places():
                entry = self._looked_at(place, known.get(place), log)
                if entry is not None:
                    entries.setdefault(entry.sha256, entry)
                advance()
            if entries != self._entries:
                self._entries = entries
                self._opened.clear()
                self.queue.reset(one for entry in entries.values() for one in entry.fields)
                self.keep_index()
            self._draw()

    def keep_index(self) -> None:
        """Keep what is known of the results for the next session. Raises `OSError`."""
        with self._lock:
            save_index(self.folder, self.rules.second, self._entries.values())

    def _looked_at(
        self, place: str, known: DeskEntry | None, log: Mapping[str, Sequence[DeskDecision]]
    ) -> DeskEntry | None:
        try:
            stamp = result_stamp(self.folder.results / place)
            if known and (known.stamp, known.entries) == (stamp, entry_count(self._asked(known.sha256, log))):
                return known
            reading = json_to_submission((self.folder.results / place).read_text("utf-8"))
        except (FileNotFoundError, ResultError, UnicodeDecodeError):
            return None
        asked = self._asked(reading.source.sha256, log)
        final = apply_decisions(reading, live_decisions(asked.log))
        return final_to_entry(place, stamp, reading, final, asked)

    def _asked(self, sha256: str, log: Mapping[str, Sequence[DeskDecision]]) -> Asking:
        return Asking(log.get(sha256, ()), self.rules.second, self._samples.get(sha256, ()))

    def _draw(self) -> None:
        """Draw this week's sample, where none was drawn."""
        now, count = self._now(), self.rules.samples_a_week
        drawn = {one.week for part in self._samples.values() for one in part}
        if not count or iso_week(now) in drawn:
            return
        found = draw_sample(list(self._entries.values()), self.opened, count, self.rules.seed, now)
        if not self._sample_log.add(found):
            found = [one for one in self._sample_log.all() if one.week == iso_week(now)]
        for sha256, part in _by_content(found).items():
            self._samples.setdefault(sha256, []).extend(part)
            opened = self.opened(sha256)
            self._opened[sha256] = self._with(opened.entry, opened.reading, opened.decisions, opened.final)

    def entries(self) -> list[DeskEntry]:
        """Every submission in the order of its place."""
        with self._lock:
            return list(self._entries.values())

    def opened(self, sha256: str) -> Opened:
        """A submission taken apart, as its result and the log are now. Raises `GoneError`."""
        with self._lock:
            entry = self._entries.get(sha256)
            if entry is None:
                raise GoneError("此报送的结果已不在，可能已重新导入")
            found = self._opened.get(sha256)
            if found is None or not self._is_current(found):
                found = self._open(entry)
                self._opened[sha256] = found
                while len(self._opened) > _OPEN_SUBMISSIONS:
                    self._opened.popitem(last=False)
            self._opened.move_to_end(sha256)
            return found

    def _is_current(self, found: Opened) -> bool:
        try:
            return result_stamp(self.folder.results / found.entry.place) == found.entry.stamp
        except OSError:
            return False

    def _open(self, entry: DeskEntry) -> Opened:
        path = self.folder.results / entry.place
        try:
            stamp = result_stamp(path)
            reading = json_to_submission(path.read_text("utf-8"))
        except (OSError, ResultError, UnicodeDecodeError) as error:
            self._forget(entry.sha256)
            raise GoneError(f"“{entry.name}”的结果读不出来了，可能已重新导入") from error
        if reading.source.sha256 != entry.sha256:
            self._forget(entry.sha256)
            raise GoneError(f"“{entry.name}”已换成另一份文件，请返回队列")
        return self._with(replace(entry, stamp=stamp), reading, self._log.of(entry.sha256))

    def _with(
        self,
        was: DeskEntry,
        reading: Submission,
        decisions: Iterable[DeskDecision],
        earlier: Final | None = None,
    ) -> Opened:
        """The submission with the log about it; the queue follows."""
        log = tuple(decisions)
        final = apply_decisions(reading, live_decisions(log), earlier)
        entry = final_to_entry(
            was.place, was.stamp, reading, final, self._asked(was.sha256, {was.sha256: log})
        )
        if self._entries.get(entry.sha256) != entry:
            self._entries[entry.sha256] = entry
            self.queue.replace(entry.sha256, entry.fields)
        return Opened(entry, reading, final.sheets, log, final)

    def _forget(self, sha256: str) -> None:
        self._entries.pop(sha256, None)
        self._opened.pop(sha256, None)
        self.queue.replace(sha256, ())

    def decide(self, replies: Sequence[Reply]) -> None:
        """Write the replies down, all or none; when this returns they are in the ledger, and `final/` follows.

        Raises `AnswerError` for what a field does not take, `GoneError`, `ConflictError` where somebody was faster, `LedgerError`,
        and, without a writer, `OSError` where the final cannot be written: the replies are kept even then.
        """
        with self._lock:
            now = self._now()
            decisions = [self._to_decision(one, now) for one in replies]
            try:
                numbers = self._log.add(decisions)
            except ConflictError:
                for reply in replies:
                    self._opened.pop(reply.address.sha256, None)
                raise
            for decision, number in zip(decisions, numbers, strict=True):
                self._note(replace(decision, id=number))
            for sha256 in dict.fromkeys(decision.sha256 for decision in decisions):
                opened = self.opened(sha256)
                if self.writer:
                    self.writer.put(opened.entry.place, opened.final.submission)
                else:
                    write_final(self.folder, opened.entry.place, opened.final.submission)

    def _to_decision(self, reply: Reply, now: datetime) -> DeskDecision:
        opened = self.opened(reply.address.sha256)
        if reply.kind == "add":
            return reply_to_added_row(opened, reply, now)
        return reply_to_decision(opened, self.queue.at(reply.address), reply, now)

    def settle(self, part: Filter) -> None:
        """Wait for the finals where nothing of a part is left. Raises the `OSError` of one that could not be written."""
        if self.writer:
            (self.writer.check if self.left(part) else self.writer.settle)()

    def _note(self, decision: DeskDecision) -> None:
        """Take a decision that is in the ledger into what is held here."""
        found = self._opened[decision.sha256]
        log = (*found.decisions, decision)
        self._opened[decision.sha256] = self._with(found.entry, found.reading, log, found.final)
        address = Address(decision.sha256, decision.form, decision.path)
        stack = self._mine.setdefault(decision.person, [])
        if decision.kind != "undo":
            stack.append(address)
        elif address in stack:
            stack.remove(address)

    def next_for(self, person: str, part: Filter, count: int) -> list[OpenField]:
        """The next fields of a part for a person; the first is theirs for a while."""
        with self._lock:
            return self.queue.hand_out(person, part, count)

    def fields(self, part: Filter, person: str = "") -> list[OpenField]:
        """Every open field of a part in the queue's order that a person may be shown."""
        with self._lock:
            return self.queue.of(part, person)

    def left(self, part: Filter, person: str = "") -> int:
        """How many those are."""
        with self._lock:
            return self.queue.count(part, person)

    def is_blind(self, address: Address, person: str) -> bool:
        """Whether a person is asked about what others decided, and is not to know what they said."""
        with self._lock:
            return is_blind(self.queue.at(address), person)

    def hold(self, address: Address, person: str) -> bool:
        """Whether the field is the person's for a while."""
        with self._lock:
            return self.queue.hold(address, person)

    def put_off(self, address: Address, person: str) -> None:
        """Have the person asked about this field last."""
        with self._lock:
            self.queue.put_off(address, person)

    def beside(self, address: Address, part: Filter, person: str) -> Address | None:
        """The field behind this one in the queue's order."""
        with self._lock:
            found = self.queue.after(address, part, person)
            return found.address if found else None

    def last_of(self, person: str) -> Address | None:
        """The field that the person decided about last in this session."""
        with self._lock:
            stack = self._mine.get(person)
            return stack[-1] if stack else None

    def refresh(self) -> None:
        """Bring all of `final/` up to date. Raises `OSError`, `LedgerError`."""
        refresh_finals(self.folder, self._log)
        self.keep_index()

    def log(self, sha256: str | None = None) -> list[DeskDecision]:
        """The log, of one content or of all."""
        return self._log.all() if sha256 is None else self._log.of(sha256)

    def samples(self) -> list[SampledField]:
        """Every field that was drawn at random. Raises `LedgerError`."""
        return self._sample_log.all()


def _by_content(found: Iterable[_NounT]) -> dict[str, list[_NounT]]:
    parts: dict[str, list[_NounT]] = {}
    for one in found:
        parts.setdefault(one.sha256, []).append(one)
    return parts
