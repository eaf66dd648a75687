"""What decisions teach: wordings and names that a bureau's departments use, and which characters are taken for which.

A proposal becomes a line of the bureau's own catalogue, one by one, by hand. Nothing is learned by itself.
"""

from __future__ import annotations

import csv
import io
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from normalize.form.store import VARIABLE, data_folders, read_catalogue_text
from shenbao.batch import BatchOptions
from shenbao.desk.desk import Desk
from shenbao.desk.fields import node_to_text, row_of
from shenbao.desk.goldens import check_goldens
from shenbao.desk.opened import Opened
from shenbao.desk.overlay import form_to_layout
from shenbao.outputs import replacing

LessonKind = Literal["accepted", "aliases"]
"""The column of the catalogue that a lesson goes into: a wording of the value, or a name of the indicator."""
_COLUMNS: dict[str, LessonKind] = {
    "target": "accepted",
    "history/year_before_last": "accepted",
    "history/last_year": "accepted",
    "level3": "aliases",
}
_SEPARATOR = ";"


class LessonError(Exception):
    """A lesson that cannot be adopted; the message says why."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """A text that persons confirmed in the row of a catalogue's entry, how often, and where (file and place)."""

    catalogue: str
    code: str
    kind: LessonKind
    text: str
    usual: str
    count: int
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Confusion:
    """A character that was read where another stands, how often, and how often the other way round."""

    seen: str
    true: str
    count: int
    back: int


def lessons(desk: Desk) -> list[Lesson]:
    """What the decisions propose for the catalogues, the most frequent first."""
    found: dict[tuple[str, str, LessonKind, str, str], list[str]] = {}
    for entry in desk.entries():
        if entry.decided:
            opened = desk.opened(entry.sha256)
            for key, path in _confirmed(opened):
                found.setdefault(key, []).append(f"{entry.name} {path}")
    made = [Lesson(*key, count=len(places), places=tuple(places)) for key, places in found.items()]
    return sorted(made, key=lambda lesson: (-lesson.count, lesson.code, lesson.text))


def _confirmed(opened: Opened) -> Iterator[tuple[tuple[str, str, LessonKind, str, str], str]]:
    """The texts that persons confirmed where the catalogue has another one."""
    for (number, path), decision in opened.final.live.items():
        sheet, row = opened.sheets[number], row_of(path)
        kind = _COLUMNS.get(path[len(row) + 1 :]) if row and "/indicators/" in row else None
        layout = form_to_layout(sheet.form)
        if kind is None or layout is None or layout.catalogue is None or not decision.after:
            continue
        entry = layout.entries.by_code(node_to_text(sheet.node(f"{row}/code")))
        usual = (entry.standard if kind == "accepted" else entry.level3) if entry else None
        if entry is None or usual is None or _SEPARATOR in decision.after:
            continue
        if decision.after not in (usual, *(entry.accepted if kind == "accepted" else entry.aliases)):
            yield (layout.catalogue, entry.code, kind, decision.after, usual), path


def confusions(desk: Desk) -> list[Confusion]:
    """Single characters that persons corrected in what was read from pictures, the most frequent first."""
    counts: Counter[tuple[str, str]] = Counter()
    for entry in desk.entries():
        if not entry.decided:
            continue
        opened = desk.opened(entry.sha256)
        for (number, path), decision in opened.final.live.items():
            seen = opened.sheets[number].form.evidence.get(path)
            if seen is not None and "picture" in seen.reader:
                counts.update(_substitutions(decision.answered or "", decision.after or ""))
    pairs = sorted(counts, key=lambda pair: (-counts[pair], pair))
    return [Confusion(*pair, counts[pair], counts[pair[::-1]]) for pair in pairs]


def _substitutions(seen: str, true: str) -> Iterable[tuple[str, str]]:
    if len(seen) != len(true):
        return ()
    return [(one, other) for one, other in zip(seen, true, strict=True) if one != other]


def adopt(lesson: Lesson, folder: Path) -> Path:
    """Write the lesson into the bureau's own catalogue in its data folder; gives the file. Raises `LessonError`, `OSError`."""
    text = read_catalogue_text(lesson.catalogue, (folder, *data_folders()))
    lines = list(csv.DictReader(text.splitlines()))
    columns = list(dict.fromkeys([*(lines[0] if lines else ()), lesson.kind]))
    row = next((line for line in lines if line["code"] == lesson.code), None)
    if row is None:
        raise LessonError(f"the catalogue {lesson.catalogue} has no {lesson.code}")
    known = [one for one in (row.get(lesson.kind) or "").split(_SEPARATOR) if one]
    row[lesson.kind] = _SEPARATOR.join(dict.fromkeys([*known, lesson.text]))
    stream = io.StringIO()
    writer = csv.DictWriter(stream, columns, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(lines)
    path = folder / "catalogues" / f"{lesson.catalogue}.csv"
    path.parent.mkdir(parents=True, exist_ok=True)
    with replacing(path) as file:
        file.write(stream.getvalue())
    return path


def measured(goldens: Path, folders: Sequence[Path | None], options: BatchOptions) -> list[int]:
    """How many fields of the goldens differ with each data folder (`None`: as it is now). Raises `OSError`."""
    counts = []
    before = os.environ.get(VARIABLE)
    try:
        for folder in folders:
            if folder is not None:
                os.environ[VARIABLE] = str(folder.resolve())
            outcomes = list(check_goldens(goldens, options))
            counts.append(sum(len(one.differences) + bool(one.failure) for one in outcomes))
    finally:
        if before is None:
            os.environ.pop(VARIABLE, None)
        else:
            os.environ[VARIABLE] = before
    return counts
