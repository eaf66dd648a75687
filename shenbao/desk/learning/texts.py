"""Wordings and names that a bureau's departments use: proposals for its catalogue."""

from __future__ import annotations

from collections.abc import Iterator

from shenbao.desk.desk import Desk
from shenbao.desk.learning.lessons import LessonPlace, TextColumn, TextLesson
from shenbao.desk.overlay.fields import node_to_text, row_of
from shenbao.desk.overlay.overlay import form_to_layout
from shenbao.desk.queue.opened import Opened

SEPARATOR = ";"
"""What stands between the texts of one column of a catalogue."""
_COLUMNS: dict[str, TextColumn] = {
    "target": "accepted",
    "history/year_before_last": "accepted",
    "history/last_year": "accepted",
    "level3": "aliases",
}


def text_lessons(desk: Desk) -> list[TextLesson]:
    """The texts that the decisions propose for the catalogues."""
    found: dict[tuple[str, str, TextColumn, str, str], list[LessonPlace]] = {}
    for entry in desk.entries():
        if entry.decided:
            for key, place in _confirmed(desk.opened(entry.sha256)):
                found.setdefault(key, []).append(place)
    return [TextLesson(*key, places=tuple(places)) for key, places in found.items()]


def _confirmed(opened: Opened) -> Iterator[tuple[tuple[str, str, TextColumn, str, str], LessonPlace]]:
    """The texts that persons confirmed where the catalogue has another one."""
    for (number, path), decision in opened.final.live.items():
        sheet, row = opened.sheets[number], row_of(path)
        column = _COLUMNS.get(path[len(row) + 1 :]) if row and "/indicators/" in row else None
        layout = form_to_layout(sheet.form)
        if column is None or layout is None or layout.catalogue is None or not decision.after:
            continue
        entry = layout.entries.by_code(node_to_text(sheet.node(f"{row}/code")))
        usual = (entry.standard if column == "accepted" else entry.level3) if entry else None
        if entry is None or usual is None or SEPARATOR in decision.after:
            continue
        if decision.after not in (usual, *(entry.accepted if column == "accepted" else entry.aliases)):
            key = (layout.catalogue, entry.code, column, decision.after, usual)
            yield key, LessonPlace.of(opened, number, path)
