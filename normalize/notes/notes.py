"""What a section reader learns beside the values: evidence, repairs, findings. Local to one reader, then handed on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from models.finding import Category, Evidence, Finding, Repair, Severity
from models.geometry import union
from normalize.form.physical_rows import Slot

CLEAR = 0.8
"""Of two readings, one that is so probable is taken without asking a person."""
RepairKind = Literal["typo", "slip", "twin", "label", "split", "join", "digit"]


@dataclass(frozen=True, slots=True)
class Notes:
    """Collected while one section is read; `merged` joins the notes of all sections in a fixed order."""

    evidence: dict[str, Evidence] = field(default_factory=dict)
    slots: dict[str, tuple[Slot, ...]] = field(default_factory=dict)
    repairs: list[Repair] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def saw(self, path: str, slots: Sequence[Slot], reader: str, confidence: float | None = None) -> None:
        """Where the value at `path` was read: one place, or the union of several on the same page.

        `confidence` of the value, where more than the reading of these slots speaks for it.
        """
        if not slots:
            return
        self.slots[path] = tuple(slots)
        places = [slot.place for slot in slots]
        box = union(p.box for p in places if p.box and p.page == places[0].page)
        read = min((s.confidence for s in slots if s.confidence is not None), default=1.0)
        self.evidence[path] = Evidence(
            page=places[0].page,
            bbox=(_tenth(box.x0), _tenth(box.top), _tenth(box.x1), _tenth(box.bottom)) if box else None,
            part="; ".join(dict.fromkeys(p.part for p in places if p.part)) or None,
            text=" ".join(slot.raw for slot in slots),
            reader=reader,
            confidence=round(read if confidence is None else confidence, 2),
        )
        for slot in slots:
            if slot.rival is not None:
                message = f"图片与隐藏文字层读法不一：取“{slot.raw}”，另一读法为“{slot.rival}”，请核对原件"
                severity: Severity = "info" if (slot.confidence or 0.0) >= CLEAR else "warning"
                self.find("readers-differ", path, message, severity, expected=slot.rival, actual=slot.raw)
        if not all(slot.placed for slot in slots):
            self.find("ambiguous-cell", path, "无框线表格中此单元格的行列不能确定，请核对原件")

    def sure_only(self, path: str, confidence: float) -> None:
        """The value at `path` is no surer than this."""
        seen = self.evidence[path]
        self.evidence[path] = seen.model_copy(
            update={"confidence": min(seen.confidence, round(confidence, 2))}
        )

    def sure(self, path: str, confidence: float) -> None:
        """More speaks for the value at `path` than its reading: its confidence is at least this."""
        seen = self.evidence[path]
        if seen.confidence < confidence:
            self.evidence[path] = seen.model_copy(update={"confidence": round(confidence, 2)})

    def repair(
        self,
        path: str,
        kind: RepairKind,
        before: str | None,
        after: str,
        because: str,
        confidence: float = 1.0,
        runner_up: str | None = None,
    ) -> None:
        self.repairs.append(
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

    def find(
        self,
        code: str,
        path: str | None,
        message: str,
        severity: Severity = "warning",
        category: Category = "reading",
        expected: str | None = None,
        actual: str | None = None,
    ) -> None:
        """Note a finding once: the same code at the same path says nothing new."""
        if not any(f.code == code and f.path == path and f.message == message for f in self.findings):
            self.findings.append(finding(code, category, severity, path, message, expected, actual))


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
    whole = Notes()
    for part in notes:
        whole.evidence.update(part.evidence)
        whole.slots.update(part.slots)
        whole.repairs.extend(part.repairs)
        whole.findings.extend(part.findings)
    return whole


def _tenth(length: float) -> float:
    return round(length, 1)
