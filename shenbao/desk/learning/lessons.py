"""What decisions teach, as proposals: a text of the catalogue, a label of a layout, a confusion of readers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from models.submission import Form
from shenbao.desk.pages.lying import is_print, page_turn
from shenbao.desk.queue.opened import Opened
from shenbao.desk.view import Corners
from shenbao.places import place_in_words

TextColumn = Literal["accepted", "aliases"]
"""The column of the catalogue that a text goes into: a wording of the value, or a name of the indicator."""
_COLUMNS_IN_CHINESE: dict[TextColumn, str] = {"accepted": "指标值的表述", "aliases": "指标的别名"}


class LessonError(Exception):
    """A lesson that cannot be adopted; the message says why."""


@dataclass(frozen=True, slots=True)
class LessonPlace:
    """Where a person taught it: the content, its file's name, the field in words, what was read and what it is.

    `page` and `box` (in points) say where its picture is cut; a Word or Excel file has none. `is_print` and `turn` (quarters
    clockwise) say which way the page lies.
    """

    sha256: str
    name: str
    field: str
    seen: str
    true: str
    page: int | None = None
    box: Corners | None = None
    is_print: bool = False
    turn: int = 0

    @classmethod
    def of(cls, opened: Opened, number: int, path: str) -> LessonPlace:
        """The place of a field that was read."""
        sheet = opened.sheets[number]
        seen = sheet.form.evidence.get(path)
        decision = opened.final.live[number, path]
        place = cls(
            *(opened.entry.sha256, opened.entry.name, place_in_words(sheet.tree, path)),
            *(decision.read or decision.answered or "", decision.after or ""),
        )
        return place.cut_at(sheet.form, seen.page, seen.bbox) if seen and seen.page else place

    def cut_at(self, form: Form, page: int, box: Corners | None) -> LessonPlace:
        """The place with its picture cut from there; `form` was read on that page."""
        return replace(self, page=page, box=box, is_print=is_print([form], page), turn=page_turn(form, page))


@dataclass(frozen=True, slots=True)
class TextLesson:
    """A text that persons confirmed in the row of a catalogue's entry; `usual` is what the catalogue has there."""

    catalogue: str
    code: str
    column: TextColumn
    text: str
    usual: str
    places: tuple[LessonPlace, ...]

    def words(self) -> str:
        """The proposal in a line."""
        what = "a wording" if self.column == "accepted" else "a name"
        return f"{self.code} {self.usual}: “{self.text}” as {what}"

    def chinese(self) -> str:
        """The proposal for a clerk."""
        what = _COLUMNS_IN_CHINESE[self.column]
        return f"目录 {self.catalogue} {self.code}“{self.usual}”：把“{self.text}”收作{what}"


@dataclass(frozen=True, slots=True)
class LabelLesson:
    """What a form prints beside a field that its layout calls otherwise (`usual`).

    `group` is a key of the layout's file: `fields`, or the table whose column `field` is.
    """

    layout: str
    group: str
    field: str
    text: str
    usual: str
    places: tuple[LessonPlace, ...]

    def words(self) -> str:
        """The proposal in a line."""
        return f"layout {self.layout} {self.group}.{self.field}: “{self.text}” beside “{self.usual}”"

    def chinese(self) -> str:
        """The proposal for a clerk."""
        return f"版式 {self.layout}：把“{self.text}”认作“{self.usual}”（{self.group}.{self.field}）"


@dataclass(frozen=True, slots=True)
class ConfusionLesson:
    """A character that readers took for another one; `back`: how often persons corrected it the other way round."""

    seen: str
    true: str
    back: int
    places: tuple[LessonPlace, ...]

    def words(self) -> str:
        """The proposal in a line."""
        return f"“{self.seen}” read for “{self.true}”, the other way {self.back} ×"

    def chinese(self) -> str:
        """The proposal for a clerk."""
        return f"易混字：“{self.true}”会被读成“{self.seen}”（反过来 {self.back} 次）"


Lesson = TextLesson | LabelLesson | ConfusionLesson
"""A proposal; nothing is learned before a person adopts it."""


def in_their_order(lessons: list[Lesson]) -> list[Lesson]:
    """Texts first, then labels, then confusions, the most frequent of each first: a number means the same at each call."""
    kinds = (TextLesson, LabelLesson, ConfusionLesson)
    return sorted(lessons, key=lambda one: (kinds.index(type(one)), -len(one.places), one.words()))
