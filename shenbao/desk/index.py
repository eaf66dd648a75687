"""What the desk knows of every submission without opening it: who handed it in, and which fields are open."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from models.submission import Submission
from shenbao.desk.folder import ReviewFolder
from shenbao.desk.overlay import Final
from shenbao.desk.queue import Address, OpenField, form_to_queue
from shenbao.outputs import replacing
from shenbao.version import program_version

_FORMAT = 1
_NAME = "desk-index.json"


@dataclass(frozen=True, slots=True)
class DeskEntry:
    """A submission as the desk lists it: the `place` of its result, whose it is, what is open, and doubts of sections.

    `stamp` tells an unchanged result, `entries` is how many entries the log has about it.
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


def final_to_entry(place: str, stamp: str, entries: int, reading: Submission, final: Final) -> DeskEntry:
    """The entry of a result with the decisions about it."""
    sha256, name = reading.source.sha256, reading.source.name
    first = final.submission.forms[0] if final.submission.forms else None
    fields = [
        one
        for number, (sheet, doubts) in enumerate(zip(final.sheets, final.doubts, strict=True))
        for one in form_to_queue(sha256, name, number, sheet, doubts.fields)
    ]
    return DeskEntry(
        *(sha256, place, stamp, entries, name),
        department=(first.data.department if first else None) or "（未读出部门名称）",
        kind=first.form if first else "",
        status=final.submission.status,
        fields=tuple(fields),
        sections=sum(len(doubts.sections) for doubts in final.doubts),
        decided=len(final.live),
    )


def result_stamp(path: Path) -> str:
    """What tells an unchanged result. Raises `OSError`."""
    status = path.stat()
    return f"{status.st_size}:{status.st_mtime_ns}"


def load_index(folder: ReviewFolder) -> dict[str, DeskEntry]:
    """The entries of an earlier session by place; none where they are of another program or not whole."""
    try:
        root = json.loads((folder.state / _NAME).read_bytes())
        if root["made_by"] != _made_by():
            return {}
        return {entry["place"]: _entry(entry) for entry in root["entries"]}
    except (OSError, ValueError, KeyError, TypeError):
        return {}


def save_index(folder: ReviewFolder, entries: Mapping[str, DeskEntry]) -> None:
    """Keep the entries for the next session. Raises `OSError`."""
    root = {"made_by": _made_by(), "entries": [_shortened(entry) for entry in entries.values()]}
    with replacing(folder.state / _NAME) as file:
        json.dump(root, file, ensure_ascii=False, separators=(",", ":"))


def _made_by() -> str:
    return f"{_FORMAT} {program_version()}"


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
            *row[8:13],
        )
        for row in root["fields"]
    )
    return DeskEntry(**{**root, "fields": fields})
