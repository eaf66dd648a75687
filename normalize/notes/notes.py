"""What is learned beside a value: where it was read, what was repaired, and what a person should look at.

A reader of a part returns `Read(value, notes)`. It collects its notes in a `Notebook` of its own, which never leaves the
function that opened it; the caller takes the notes into its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Generic, TypeVar

from models.finding import Category, Evidence, Finding, Origin, Repair, RepairKind, Severity
from models.geometry import union
from normalize.form.physical_rows import RowSlot

_CLEAR_CONFIDENCE = 0.8
"""Of two readings, one that is at least so probable is taken without asking a person."""
_Taken = TypeVar("_Taken")
_Value_co = TypeVar("_Value_co", covariant=True)


@dataclass(frozen=True, slots=True)
class Notes:
    """Evidence and slots by the path of their value, repairs and findings in the order of the form."""

    evidence: Mapping[str, Evidence] = field(default_factory=lambda: MappingProxyType({}))
    slots: Mapping[str, tuple[RowSlot, ...]] = field(default_factory=lambda: MappingProxyType({}))
    repairs: tuple[Repair, ...] = ()
    findings: tuple[Finding, ...] = ()


NO_NOTES = Notes()
"""What most functions have to say of most values."""


@dataclass(frozen=True, slots=True)
class Read(Generic[_Value_co]):
    """A value as it was read, with the notes on it."""

    value: _Value_co
    notes: Notes = field(default_factory=Notes)


class Notebook:
    """Collects the notes of one function; a finding that says just what an earlier one says is kept once."""

    def __init__(self) -> None:
        self._evidence: dict[str, Evidence] = {}
        self._slots: dict[str, tuple[RowSlot, ...]] = {}
        self._repairs: list[Repair] = []
        self._findings: dict[tuple[str, str | None, Severity, str], Finding] = {}

    def notes(self) -> Notes:
        """All that was noted so far."""
        if not (self._evidence or self._repairs or self._findings):
            return NO_NOTES
        return Notes(
            MappingProxyType(dict(self._evidence)),
            MappingProxyType(dict(self._slots)),
            tuple(self._repairs),
            tuple(self._findings.values()),
        )

    def add(self, notes: Notes) -> None:
        """Note all that `notes` say; at a path of both, their evidence replaces what was noted before."""
        if notes is NO_NOTES:
            return
        self._evidence.update(notes.evidence)
        self._slots.update(notes.slots)
        self._repairs.extend(notes.repairs)
        self.add_findings(notes.findings)

    def take(self, read: Read[_Taken]) -> _Taken:
        """The value that a part's reader returned, with its notes noted here."""
        self.add(read.notes)
        return read.value

    def read_at(
        self, path: str, slots: Sequence[RowSlot], origin: Origin = "cell", confidence: float | None = None
    ) -> None:
        """Where the value at `path` was read: one place, or the union of several on the same page.

        `origin`: whether the cell says the value itself, or the catalogue gives it for another row's cell.
        `confidence` of the value, where more than the reading of these slots speaks for it. That a slot could not be read
        is a finding.
        """
        if not slots:
            return
        self._slots[path] = tuple(slots)
        self._evidence[path] = _evidence(slots, origin, confidence)
        for slot in slots:
            if slot.rival is not None:
                message = f"图片与隐藏文字层读法不一：取“{slot.raw}”，另一读法为“{slot.rival}”，请核对原件"
                severity: Severity = "info" if (slot.confidence or 0.0) >= _CLEAR_CONFIDENCE else "warning"
                self.add_finding(
                    "readers-differ", path, message, severity, expected=slot.rival, actual=slot.raw
                )
        if any(slot.unread for slot in slots):
            self.add_finding("missing-value", path, "此处有内容未能读出，请核对原件")
        if not all(slot.placed for slot in slots):
            self.add_finding("ambiguous-cell", path, "无框线表格中此单元格的行列不能确定，请核对原件")

    def cap_confidence(self, path: str, confidence: float) -> None:
        """The value at `path`, noted here before, is no surer than this."""
        seen = self._evidence[path]
        capped = min(seen.confidence, round(confidence, 2))
        self._evidence[path] = seen.model_copy(update={"confidence": capped})

    def add_repair(
        self,
        path: str,
        kind: RepairKind,
        before: str | None,
        after: str,
        because: str,
        confidence: float = 1.0,
        runner_up: str | None = None,
    ) -> None:
        """The value at `path` is not what was read (`before`, `None` for nothing), and why."""
        self._repairs.append(
            Repair(
                path=path,
                kind=kind,
                before=before,
                after=after,
                because=because,
                confidence=round(confidence, 2),
                runner_up=runner_up,
            )
        )

    def add_finding(
        self,
        code: str,
        path: str | None,
        message: str,
        severity: Severity = "warning",
        category: Category = "reading",
        expected: str | None = None,
        actual: str | None = None,
    ) -> None:
        """A person should look at the value at `path`, or at the form where it is `None`."""
        self.add_findings((finding(code, category, severity, path, message, expected, actual),))

    def add_findings(self, findings: Iterable[Finding]) -> None:
        """Findings that were made elsewhere."""
        for found in findings:
            self._findings.setdefault((found.code, found.path, found.severity, found.message), found)


def _evidence(slots: Sequence[RowSlot], origin: Origin, confidence: float | None) -> Evidence:
    first = slots[0]
    page, box, part, text, reader = (
        first.place.page,
        first.place.box,
        first.place.part,
        first.raw,
        first.reader,
    )
    if len(slots) > 1:  # nearly every value stands in one cell
        places = [slot.place for slot in slots]
        box = union(p.box for p in places if p.box and p.page == page)
        part = "; ".join(dict.fromkeys(p.part for p in places if p.part))
        text = " ".join(slot.raw for slot in slots)
        reader = "; ".join(dict.fromkeys(slot.reader for slot in slots))
    if any(slot.unread for slot in slots):
        confidence = 0.0
    elif confidence is None:
        confidence = min((slot.confidence for slot in slots if slot.confidence is not None), default=1.0)
    return Evidence(
        page=page,
        bbox=(_tenth(box.x0), _tenth(box.top), _tenth(box.x1), _tenth(box.bottom)) if box else None,
        part=part or None,
        text=text,
        reader=reader,
        origin=origin,
        confidence=round(confidence, 2),
    )


def _tenth(length: float) -> float:
    return round(length, 1)


def finding(
    code: str,
    category: Category,
    severity: Severity,
    path: str | None,
    message: str,
    expected: str | None = None,
    actual: str | None = None,
) -> Finding:
    """A finding at `path`, with the figures in its message."""
    return Finding(
        code=code,
        category=category,
        severity=severity,
        path=path,
        message=message,
        expected=expected,
        actual=actual,
    )


def merged(notes: Iterable[Notes]) -> Notes:
    """All notes as one, in their order."""
    book = Notebook()
    for part in notes:
        book.add(part)
    return book.notes()
