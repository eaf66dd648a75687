"""A submission taken apart as the desk holds it, and a person's reply as an entry of the log."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from models.submission import Submission
from shenbao.desk.overlay.fields import AnswerError, Sheet, answer_to_node, node_to_text, row_of
from shenbao.desk.overlay.overlay import Final
from shenbao.desk.queue.index import DeskEntry
from shenbao.desk.queue.queue import Address, OpenField
from shenbao.ingest.ledger.decisions import (
    SAMPLE_LOOK,
    SECOND_LOOK,
    ConflictError,
    DeskDecision,
    DeskDecisionKind,
)
from shenbao.version import program_version


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


def is_blind(one: OpenField | None, person: str) -> bool:
    """Whether a person is asked about a field that others decided, and is not to know what they said."""
    return one is not None and bool(one.barred) and person not in one.barred


def reply_to_decision(opened: Opened, one: OpenField | None, reply: Reply, now: datetime) -> DeskDecision:
    """The entry that a reply becomes; `one` is its field in the queue, where it is open.

    Raises `AnswerError` for what the field does not take, `GoneError`, and `ConflictError` for an old version.
    """
    address = reply.address
    known = 0 <= address.form < len(opened.sheets)
    added = reply.kind == "undo" and (address.form, address.path) in {
        (d.form, d.path) for d in opened.decisions
    }
    if not known or not (added or opened.sheets[address.form].holds(address.path)):
        raise GoneError("读取结果中已没有此栏，请返回队列")
    sheet = opened.sheets[address.form]
    if reply.version != opened.version(address.form, address.path):
        raise ConflictError(address.path)
    blind = is_blind(one, reply.person)
    before = sheet.text(address.path) if blind else opened.text(address.form, address.path)
    return DeskDecision(
        *(address.sha256, address.form, address.path, reply.kind),
        answered=sheet.text(address.path),
        read=sheet.read(address.path),
        before=before,
        after=_after(reply, sheet, before),
        version=reply.version,
        why="；".join(filter(None, (_why(opened, one, blind, address), reply.remark))),
        person=reply.person,
        at=now.isoformat(timespec="seconds"),
        seconds=round(reply.seconds, 1),
        program=program_version(),
    )


def _why(opened: Opened, one: OpenField | None, blind: bool, address: Address) -> str:
    """What asked the person, in codes."""
    if blind:
        return SECOND_LOOK
    if one is not None and one.is_sample:
        return SAMPLE_LOOK
    found = opened.final.doubts[address.form].fields.get(address.path, ())
    return " ".join(dict.fromkeys(doubt.code for doubt in found))


def _after(reply: Reply, sheet: Sheet, before: str | None) -> str | None:
    """What stands in the field after the reply. Raises `AnswerError`."""
    path = reply.address.path
    kind = sheet.kinds.get(path)
    if reply.kind == "absent" and row_of(path) != path:
        raise AnswerError("只有整行可以说原件上没有")
    if kind is None and reply.kind not in ("accept", "absent", "undo"):
        raise AnswerError("这里不能填写内容")
    if reply.kind == "accept":
        return before
    if kind is None or reply.kind in ("blank", "illegible", "absent", "undo"):
        return None
    node = answer_to_node(kind, reply.text or "", sheet.node(path))
    return node_to_text(node)
