"""The desk: what is open in a folder of results, who is shown what, and what becomes of an answer."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from models.submission import ResultError, Submission, json_to_submission
from shenbao.desk.fields import AnswerError, Sheet, answer_to_node, node_to_text, row_of
from shenbao.desk.finals import refresh_finals, write_final
from shenbao.desk.folder import ReviewFolder
from shenbao.desk.index import DeskEntry, final_to_entry, load_index, result_stamp, save_index
from shenbao.desk.overlay import Final, apply_decisions
from shenbao.desk.queue import Address, Filter, OpenField, Queue
from shenbao.ingest.ledger.decisions import (
    ConflictError,
    DecisionLog,
    DeskDecision,
    DeskDecisionKind,
    live_decisions,
)
from shenbao.version import program_version

_OPEN_SUBMISSIONS = 24
"""Submissions that are kept taken apart: one takes some 2 MB, and a new one costs 20 ms."""


class GoneError(Exception):
    """A submission or field that is not there (any more); the message says so in Chinese."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What a person says about a field, of which they saw `version`; `text` only where the kind needs one."""

    address: Address
    kind: DeskDecisionKind
    text: str | None
    version: int
    person: str
    seconds: float = 0.0
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Opened:
    """A submission taken apart: its reading, the log about it, and what became of both."""

    entry: DeskEntry
    reading: Submission
    sheets: tuple[Sheet, ...]
    decisions: tuple[DeskDecision, ...]
    final: Final

    def version(self, form: int, path: str) -> int:
        """How many entries there are about a field."""
        return sum((one.form, one.path) == (form, path) for one in self.decisions)

    def text(self, form: int, path: str) -> str | None:
        """What stands in a field now."""
        live = self.final.live.get((form, path))
        return live.after if live else self.sheets[form].text(path)


class Desk:
    """All that the pages and the API ask. Any thread may call; one is inside at a time."""

    def __init__(
        self, folder: ReviewFolder, log: DecisionLog, now: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        self.folder, self.queue = folder, Queue()
        self._log, self._now = log, now
        self._lock = threading.RLock()
        self._entries: dict[str, DeskEntry] = {}
        self._opened: OrderedDict[str, Opened] = OrderedDict()
        self._mine: dict[str, list[Address]] = {}

    def load(self, advance: Callable[[], None] = lambda: None) -> None:
        """Look at every result; what an earlier session knew of it is not worked out again. Raises `OSError`, `LedgerError`."""
        with self._lock:
            known = {**load_index(self.folder), **{entry.place: entry for entry in self._entries.values()}}
            log: dict[str, list[DeskDecision]] = {}
            for decision in self._log.all():
                log.setdefault(decision.sha256, []).append(decision)
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
                save_index(self.folder, {entry.place: entry for entry in entries.values()})

    def _looked_at(
        self, place: str, known: DeskEntry | None, log: dict[str, list[DeskDecision]]
    ) -> DeskEntry | None:
        try:
            stamp = result_stamp(self.folder.results / place)
            if known and (known.stamp, known.entries) == (stamp, len(log.get(known.sha256, ()))):
                return known
            reading = json_to_submission((self.folder.results / place).read_text("utf-8"))
        except (FileNotFoundError, ResultError, UnicodeDecodeError):
            return None
        decisions = log.get(reading.source.sha256, [])
        final = apply_decisions(reading, live_decisions(decisions))
        return final_to_entry(place, stamp, len(decisions), reading, final)

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
        return self._with(entry.place, stamp, reading, self._log.of(entry.sha256))

    def _with(
        self,
        place: str,
        stamp: str,
        reading: Submission,
        decisions: Iterable[DeskDecision],
        sheets: Sequence[Sheet] | None = None,
    ) -> Opened:
        """The submission with the log about it; the queue follows."""
        log = tuple(decisions)
        final = apply_decisions(reading, live_decisions(log), sheets)
        entry = final_to_entry(place, stamp, len(log), reading, final)
        if self._entries.get(entry.sha256) != entry:
            self._entries[entry.sha256] = entry
            self.queue.replace(entry.sha256, entry.fields)
        return Opened(entry, reading, final.sheets, log, final)

    def _forget(self, sha256: str) -> None:
        self._entries.pop(sha256, None)
        self._opened.pop(sha256, None)
        self.queue.replace(sha256, ())

    def decide(self, answers: list[Reply]) -> None:
        """Write the answers down, all or none; when this returns they are in the ledger and `final/` follows.

        Raises `AnswerError` for what a field does not take, `GoneError`, `ConflictError` where somebody was faster, `LedgerError`,
        and `OSError` where the final cannot be written: the answers are kept even then.
        """
        with self._lock:
            decisions = [self._to_decision(answer) for answer in answers]
            try:
                numbers = self._log.add(decisions)
            except ConflictError:
                for answer in answers:
                    self._opened.pop(answer.address.sha256, None)
                raise
            for decision, number in zip(decisions, numbers, strict=True):
                self._note(replace(decision, id=number))
            for sha256 in dict.fromkeys(decision.sha256 for decision in decisions):
                opened = self.opened(sha256)
                write_final(self.folder, opened.entry.place, opened.final.submission)

    def _to_decision(self, answer: Reply) -> DeskDecision:
        address = answer.address
        opened = self.opened(address.sha256)
        if not 0 <= address.form < len(opened.sheets) or not opened.sheets[address.form].holds(address.path):
            raise GoneError("读取结果中已没有此栏，请返回队列")
        sheet = opened.sheets[address.form]
        if answer.version != opened.version(address.form, address.path):
            raise ConflictError(address.path)
        before = opened.text(address.form, address.path)
        found = opened.final.doubts[address.form].fields.get(address.path, ())
        return DeskDecision(
            *(address.sha256, address.form, address.path, answer.kind),
            answered=sheet.text(address.path),
            read=sheet.read(address.path),
            before=before,
            after=_after(answer, sheet, before),
            version=answer.version,
            why="；".join(filter(None, (" ".join(dict.fromkeys(one.code for one in found)), answer.remark))),
            person=answer.person,
            at=self._now().isoformat(timespec="seconds"),
            seconds=round(answer.seconds, 1),
            program=program_version(),
        )

    def _note(self, decision: DeskDecision) -> None:
        """Take a decision that is in the ledger into what is held here."""
        found = self._opened[decision.sha256]
        entry = found.entry
        log = (*found.decisions, decision)
        self._opened[decision.sha256] = self._with(entry.place, entry.stamp, found.reading, log, found.sheets)
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

    def fields(self, part: Filter) -> list[OpenField]:
        """Every open field of a part in the queue's order."""
        with self._lock:
            return self.queue.of(part)

    def left(self, part: Filter) -> int:
        """How many fields of a part are open."""
        return len(self.fields(part))

    def hold(self, address: Address, person: str) -> bool:
        """Whether the field is the person's for a while."""
        with self._lock:
            return self.queue.hold(address, person)

    def put_off(self, address: Address, person: str) -> None:
        """Have the person asked about this field last."""
        with self._lock:
            self.queue.put_off(address, person)

    def beside(self, address: Address, part: Filter) -> Address | None:
        """The field behind this one in the queue's order."""
        with self._lock:
            found = self.queue.after(address, part)
            return found.address if found else None

    def last_of(self, person: str) -> Address | None:
        """The field that the person decided about last in this session."""
        with self._lock:
            stack = self._mine.get(person)
            return stack[-1] if stack else None

    def refresh(self) -> None:
        """Bring all of `final/` up to date. Raises `OSError`, `LedgerError`."""
        refresh_finals(self.folder, self._log)

    def log(self, sha256: str | None = None) -> list[DeskDecision]:
        """The log, of one content or of all."""
        return self._log.all() if sha256 is None else self._log.of(sha256)


def _after(answer: Reply, sheet: Sheet, before: str | None) -> str | None:
    """What stands in the field after the answer. Raises `AnswerError`."""
    path = answer.address.path
    kind = sheet.kinds.get(path)
    if answer.kind == "absent" and row_of(path) != path:
        raise AnswerError("只有整行可以说原件上没有")
    if kind is None and answer.kind not in ("accept", "absent", "undo"):
        raise AnswerError("这里不能填写内容")
    if answer.kind == "accept":
        return before
    if kind is None or answer.kind in ("blank", "illegible", "absent", "undo"):
        return None
    node = answer_to_node(kind, answer.text or "", sheet.node(path))
    return node_to_text(node)
