"""Labels that a form prints and its layout does not know: found where persons filled in what was not read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any, get_args

from normalize.form.labels import label_shape
from normalize.form.layouts import Layout, frame_words, layouts
from normalize.form.store import FieldName
from normalize.text.fold import fold, is_chinese
from shenbao.desk.desk import Desk
from shenbao.desk.learning.lessons import LabelLesson, LessonPlace
from shenbao.desk.overlay.fields import AnswerError, Sheet, answer_to_node, node_to_text, row_of
from shenbao.desk.overlay.overlay import form_to_layout
from shenbao.desk.pages.page_maker import NoPageError, PageMaker
from shenbao.desk.queue.opened import Opened

_SHORTEST, _LONGEST = 2, 16
"""Characters of a label, chosen: the longest that ships has fourteen."""
_FIELDS = frozenset(get_args(FieldName)) - {"other"}

_Key = tuple[str, str, str, str, str]
_Cell = Mapping[str, Any]


def label_lessons(desk: Desk, maker: PageMaker | None) -> list[LabelLesson]:
    """The labels that the decisions propose. `maker` gives the tables of the files; without it columns only are proposed."""
    found: dict[_Key, list[LessonPlace]] = {}
    for entry in desk.entries():
        if entry.decided:
            for key, place in _named(desk.opened(entry.sha256), maker):
                found.setdefault(key, []).append(place)
    return [LabelLesson(*key, places=tuple(places)) for key, places in found.items()]


def _named(opened: Opened, maker: PageMaker | None) -> Iterator[tuple[_Key, LessonPlace]]:
    for (number, path), decision in opened.final.live.items():
        sheet = opened.sheets[number]
        layout = form_to_layout(sheet.form)
        if layout is None or layout.by_labels or not decision.after or sheet.text(path) is not None:
            continue
        group, field = _column(sheet, layout, path) or ("fields", path[1:])
        place = LessonPlace.of(opened, number, path)
        found: tuple[str, LessonPlace] | None = None
        if group != "fields":
            found = _heading(sheet, path, place)
        elif field in _FIELDS and maker is not None:
            found = _beside(maker, sheet, path, place)
        usual = _usual(layout, group, field)
        if found is not None and usual and not _is_known(layout, found[0], field):
            yield (layout.name, group, field, found[0], usual), found[1]


def _column(sheet: Sheet, layout: Layout, path: str) -> tuple[str, str] | None:
    """The table of the layout and the column that a field of an indicator stands in."""
    row = row_of(path)
    if row is None or "/indicators/" not in row:
        return None
    column = path[len(row) + 1 :]
    horizon = row.split("/")[1]
    tables = (name for name in (horizon, "indicators") if column in layout.file.tables.get(name, {}))  # type: ignore[call-overload]
    table = next(tables, None)
    return (table, column) if table else None


def _heading(sheet: Sheet, path: str, place: LessonPlace) -> tuple[str, LessonPlace] | None:
    """The heading that no layout names under which the row holds what the person says."""
    row = row_of(path)
    extra = sheet.node(f"{row}/extra") or {}
    headings = [heading for heading, text in extra.items() if fold(text) == fold(place.true)]
    if len(headings) != 1 or not _may_be_label(headings[0]):
        return None
    seen = sheet.form.evidence.get(f"{row}/extra/{headings[0]}")
    return headings[0], place.cut_at(sheet.form, seen.page, seen.bbox) if seen and seen.page else place


def _beside(maker: PageMaker, sheet: Sheet, path: str, place: LessonPlace) -> tuple[str, LessonPlace] | None:
    """The one text of the file that stands to the left of what the person says, as a label does."""
    try:
        grids = maker.grids(place.sha256, place.name)
    except NoPageError:
        return None
    said = {
        label_shape(label): (label, cells)
        for grid in grids
        for label, cells in _labels_of(grid, sheet, path, place.true)
        if _may_be_label(label)
    }
    if len(said) != 1:
        return None
    ((label, cells),) = said.values()
    boxes = [cell["bbox"] for cell in cells if cell["bbox"]]
    if not boxes:
        return label, place
    left, top, right, bottom = zip(*boxes, strict=True)
    box = (min(left), min(top), max(right), max(bottom))
    return label, place.cut_at(sheet.form, cells[0]["page"], box)


def _labels_of(grid: _Cell, sheet: Sheet, path: str, answer: str) -> Iterator[tuple[str, Sequence[_Cell]]]:
    """Texts of a table that stand before the answer, in the cell to its left or before a colon, with their cells."""
    rows: dict[int, list[_Cell]] = {}
    for cell in sorted(grid["cells"], key=lambda one: (one["row"], one["column"])):
        if cell["text"]:
            rows.setdefault(cell["row"], []).append(cell)
    for cells in rows.values():
        for left, right in pairwise(cells):
            if _says(sheet, path, fold(right["text"]), answer):
                yield fold(left["text"]).rstrip("："), (left, right)
        for cell in cells:
            label, colon, rest = fold(cell["text"]).partition("：")
            if colon and _says(sheet, path, rest, answer):
                yield label, (cell,)


def _says(sheet: Sheet, path: str, text: str, answer: str) -> bool:
    """Whether a text of the file is what the person filled in, as the field holds it."""
    try:
        return node_to_text(answer_to_node(sheet.kinds[path], text, None)) == answer
    except AnswerError:
        return False


def _may_be_label(text: str) -> bool:
    shape = label_shape(text)
    return _SHORTEST <= len(shape) <= _LONGEST and any(map(is_chinese, shape)) and shape not in frame_words()


def _usual(layout: Layout, group: str, field: str) -> str | None:
    """What the layout calls the field first."""
    named: Mapping[str, Sequence[str]] = (
        layout.file.fields if group == "fields" else layout.file.tables.get(group, {})  # type: ignore[call-overload, assignment]
    )
    texts = named.get(field)
    return texts[0] if texts else None


def _is_known(layout: Layout, label: str, field: str) -> bool:
    """Whether the layout prints it for something, or one that is like it knows it already."""
    shape = label_shape(label)
    if any(one.text == shape for one in (*layout.labels, *layout.levels)):
        return True
    alike = (one for one in layouts() if one.file.like == layout.name)
    return any(one.text == shape and field in (one.name, one.part) for other in alike for one in other.labels)
