"""A proposal becomes a line of the bureau's own data: of a catalogue, a layout, or the confusions."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import yaml

from normalize.channel.own_confusions import CONFUSION_COLUMNS, CONFUSIONS_FILE, file_to_confusions
from normalize.form.layout_text import LayoutFileError, file_to_text, text_to_node
from normalize.form.store import LayoutFile, read_catalogue_text, read_layout_files
from normalize.text.own_data import data_folders
from shenbao.desk.learning.lessons import ConfusionLesson, LabelLesson, Lesson, LessonError, TextLesson
from shenbao.desk.learning.texts import SEPARATOR
from shenbao.outputs import replacing

_OWN = "-own"
"""What the layout with a bureau's own labels is called, behind the name of the layout that it is like."""


def adopt(lesson: Lesson, folder: Path) -> Path:
    """Write the lesson into the data folder; gives the file. Raises `LessonError`, `OSError`."""
    if isinstance(lesson, TextLesson):
        return _adopt_text(lesson, folder)
    return (
        _adopt_label(lesson, folder) if isinstance(lesson, LabelLesson) else _adopt_confusion(lesson, folder)
    )


def _adopt_text(lesson: TextLesson, folder: Path) -> Path:
    text = read_catalogue_text(lesson.catalogue, (*data_folders(), folder))
    lines = list(csv.DictReader(text.splitlines()))
    columns = list(dict.fromkeys([*(lines[0] if lines else ()), lesson.column]))
    row = next((line for line in lines if line["code"] == lesson.code), None)
    if row is None:
        raise LessonError(f"the catalogue {lesson.catalogue} has no {lesson.code}")
    known = [one for one in (row.get(lesson.column) or "").split(SEPARATOR) if one]
    row[lesson.column] = SEPARATOR.join(dict.fromkeys([*known, lesson.text]))
    stream = io.StringIO()
    writer = csv.DictWriter(stream, columns, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(lines)
    return _written(folder / "catalogues" / f"{lesson.catalogue}.csv", stream.getvalue())


def _adopt_confusion(lesson: ConfusionLesson, folder: Path) -> Path:
    path = folder / CONFUSIONS_FILE
    try:
        rows = file_to_confusions(path) if path.is_file() else []
    except ValueError as error:
        raise LessonError(f"{path}: {error}") from error
    kept = [row for row in rows if row[:2] != (lesson.seen, lesson.true)]
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(CONFUSION_COLUMNS)
    writer.writerows([*kept, (lesson.seen, lesson.true, len(lesson.places), lesson.back)])
    return _written(path, stream.getvalue())


def _adopt_label(lesson: LabelLesson, folder: Path) -> Path:
    """Add the label to the layout with the bureau's own labels: it is like the form's layout, and needs one of them.

    So a form that prints none of them is read as before.
    """
    base = lesson.layout.removesuffix(_OWN)
    path = folder / "layouts" / f"{base}{_OWN}.yaml"
    try:
        shipped, _ = read_layout_files((*data_folders(), folder))
        node = text_to_node(str(path), file_to_text(path)) if path.is_file() else {}
    except LayoutFileError as error:
        raise LessonError(str(error)) from error
    if base not in shipped:
        raise LessonError(f"there is no layout {base} any more")
    if shipped[base].titled:  # by which the new layout would claim every form of the old one
        raise LessonError(f"the layout {base} claims forms by their titles: add the label to its own file")
    text = yaml.safe_dump(_with_label(node, shipped[base], lesson), allow_unicode=True, sort_keys=False)
    return _written(
        path, f"# Labels that persons confirmed, beside those of {base} (`shenbao learn`).\n{text}"
    )


def _with_label(node: Mapping[str, Any], base: LayoutFile, lesson: LabelLesson) -> dict[str, Any]:
    own = node.get("needs", [[]])[-1]
    fields: dict[str, Any] = dict(node.get("fields", {}))
    tables: dict[str, Any] = dict(node.get("tables", {}))
    if lesson.group == "fields":
        before = fields.get(lesson.field) or base.fields[lesson.field]  # type: ignore[index]
        fields[lesson.field] = _added(before, lesson.text)
    else:
        columns = dict(tables.get(lesson.group, {}))
        before = columns.get(lesson.field) or base.tables[lesson.group][lesson.field]  # type: ignore[index]
        tables[lesson.group] = {**columns, lesson.field: _added(before, lesson.text)}
    return {
        "name": f"{base.name}{_OWN}",
        "like": base.name,
        "form": base.form,
        "about": base.about,
        "needs": [*base.needs, _added(own, lesson.text)],
        **({"fields": fields} if fields else {}),
        **({"tables": tables} if tables else {}),
    }


def _added(texts: Iterable[str], text: str) -> list[str]:
    return list(dict.fromkeys([*texts, text]))


def _written(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with replacing(path) as file:
        file.write(text)
    return path
