"""What the desk knows of every submission without opening it: who handed it in, and which fields are open."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from models.finding import Finding
from models.submission import Submission
from shenbao.desk.folder import ReviewFolder
from shenbao.desk.overlay.doubts import doubts_of
from shenbao.desk.overlay.overlay import Final
from shenbao.desk.queue.queue import Address, OpenField, form_to_queue
from shenbao.desk.queue.second import NO_SECOND_LOOK, SecondRule, second_looks
from shenbao.ingest.ledger.decisions import DeskDecision
from shenbao.ingest.ledger.samples import SampledField
from shenbao.outputs import replacing
from shenbao.version import program_version

_FORMAT = 2
_NAME = "desk-index.json"


@dataclass(frozen=True, slots=True)
class DeskEntry:
    """A submission as the desk lists it: the `place` of its result, whose it is, what is open, and doubts of sections.

    `stamp` tells an unchanged result, `entries` is how many decisions and sampled fields there are about it; `accepted` is
    how many fields hold what the program took without asking.
    """

    sha256: str
    place: str
    stamp: str
    entries: int
    name: str
    department: str
    kind: str
    status: str
    fields: tuple[OpenField, ...]
    sections: int
    decided: int
    accepted: int

    @property
    def doubted(self) -> int:
        """How many fields are open, without those that were drawn at random."""
        return sum(not one.is_sample for one in self.fields)


@dataclass(frozen=True, slots=True)
class Asking:
    """What makes fields open beside the program's own doubts: the log about a content, the rule of four eyes, the sample."""

    log: Sequence[DeskDecision] = ()
    rule: SecondRule = NO_SECOND_LOOK
    samples: Sequence[SampledField] = ()


def final_to_entry(place: str, stamp: str, reading: Submission, final: Final, asked: Asking) -> DeskEntry:
    """The entry of a result with the decisions about it."""
    sha256, name = reading.source.sha256, reading.source.name
    first = final.submission.forms[0] if final.submission.forms else None
    return DeskEntry(
        *(sha256, place, stamp, entry_count(asked), name),
        department=(first.data.department if first else None) or "（未读出部门名称）",
        kind=first.form if first else "",
        status=final.submission.status,
        fields=tuple(_open_fields(sha256, name, final, asked)),
        sections=sum(len(doubts.sections) for doubts in final.doubts)
        + sum(one.kind == "add" for one in final.stale),
        decided=len(final.live),
        accepted=sum(1 for _ in accepted_fields(final)),
    )


def entry_count(asked: Asking) -> int:
    """What tells an entry that is still right: how much was said about its content."""
    return len(asked.log) + len(asked.samples)


def accepted_fields(final: Final) -> Iterator[tuple[int, str]]:
    """The fields (form, path) that hold something and that nobody doubts or decided about, in the order of the forms."""
    for number, (sheet, doubts) in enumerate(zip(final.sheets, final.doubts, strict=True)):
        for path in sheet.kinds:
            if path in sheet.filled and path not in doubts.fields and (number, path) not in final.live:
                yield number, path


def _open_fields(sha256: str, name: str, final: Final, asked: Asking) -> Iterator[OpenField]:
    """What the program doubts, what another person is to look at, and what was drawn at random."""

    def listed(number: int, found: Mapping[str, Sequence[Finding]]) -> Iterator[OpenField]:
        return form_to_queue(sha256, name, number, final.sheets[number], found)

    for number, doubts in enumerate(final.doubts):
        yield from listed(number, doubts.fields)
    for at, barred in second_looks(sha256, final, asked.log, asked.rule):
        for one in listed(at.form, {at.path: doubts_of(at.path, final.sheets[at.form])}):
            yield replace(one, barred=barred)
    accepted = set(accepted_fields(final)) if asked.samples else set()
    for drawn in asked.samples:
        key = (drawn.form, drawn.path)
        if key in accepted and final.sheets[drawn.form].text(drawn.path) == drawn.text:
            for one in listed(drawn.form, {drawn.path: ()}):
                yield replace(one, rank=(drawn.stake, *one.rank[1:]), is_sample=True)


def result_stamp(path: Path) -> str:
    """What tells an unchanged result. Raises `OSError`."""
    status = path.stat()
    return f"{status.st_size}:{status.st_mtime_ns}"


def load_index(folder: ReviewFolder, rule: SecondRule) -> dict[str, DeskEntry]:
    """The entries of an earlier session by place; none where they are of another program or rule, or not whole."""
    try:
        root = json.loads((folder.state / _NAME).read_bytes())
        if root["made_by"] != _made_by(rule):
            return {}
        return {entry["place"]: _entry(entry) for entry in root["entries"]}
    except (OSError, ValueError, KeyError, TypeError):
        return {}


def save_index(folder: ReviewFolder, rule: SecondRule, entries: Iterable[DeskEntry]) -> None:
    """Keep the entries for the next session. Raises `OSError`."""
    root = {"made_by": _made_by(rule), "entries": [_shortened(entry) for entry in entries]}
    with replacing(folder.state / _NAME) as file:
        json.dump(root, file, ensure_ascii=False, separators=(",", ":"))


def _made_by(rule: SecondRule) -> str:
    return f"{_FORMAT} {program_version()} {rule}"


def _shortened(entry: DeskEntry) -> dict[str, Any]:
    """The entry as JSON; what its fields share is said once."""
    rows = [
        [
            *one.rank,
            one.address.form,
            one.address.path,
            one.codes,
            one.department,
            one.kind,
            one.page,
            one.text,
            one.before,
            sorted(one.barred),
            one.is_sample,
        ]
        for one in entry.fields
    ]
    return {**asdict(replace(entry, fields=())), "fields": rows}


def _entry(root: dict[str, Any]) -> DeskEntry:
    fields = tuple(
        OpenField(
            (row[0], row[1], row[2], row[3], row[4]),
            Address(root["sha256"], row[5], row[6]),
            tuple(row[7]),
            department=row[8],
            kind=row[9],
            page=row[10],
            text=row[11],
            before=row[12],
            barred=frozenset(row[13]),
            is_sample=row[14],
        )
        for row in root["fields"]
    )
    return DeskEntry(**{**root, "fields": fields})
