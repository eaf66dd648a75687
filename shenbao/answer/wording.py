"""The words of a return memo: ours in `memo.yaml`, and what a bureau says otherwise in `templates/memo.yaml` of `--data DIR`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib.resources import files
from pathlib import Path
from string import Formatter
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError, field_validator

from normalize.text.own_data import data_folders
from shenbao.answer.points import MemoPoint

Group = Literal["correct", "complete", "explain"]
_IN_LETTER = frozenset({"department", "project", "form", "file", "count", "reply_by", "date"})
_IN_POINT = frozenset({"where", "says", "value"})
_NAME = "memo.yaml"


class WordingError(ValueError):
    """A bureau's template that cannot be used; the message names the file and what is wrong."""


class _Words(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


def _with_places(text: str, known: frozenset[str]) -> str:
    """The text; raises `ValueError` where it names a place that nothing fills."""
    for _, place, form, conversion in Formatter().parse(text):
        if place is not None and (place not in known or form or conversion):
            raise ValueError(f"{{{place}}} is not filled in here; there are {', '.join(sorted(known))}")
    return text


class PointWords(_Words):
    """How a point of one code is said, and what is asked for. `{says}` is the finding's own message."""

    group: Group
    asks: str
    says: str = "{says}"

    @field_validator("asks", "says")
    @classmethod
    def _places(cls, text: str) -> str:
        return _with_places(text, _IN_POINT)


class ColumnWords(_Words):
    """The headings of the columns of points."""

    place: str
    says: str
    asks: str


class MemoWords(_Words):
    """All words of a memo; `points` by the code of the finding."""

    title: str
    salutation: str
    opening: str
    opening_without_points: str
    held: str
    closing: str
    reply_by: str
    bureau: str
    reviewer: str
    date: str
    headings: ColumnWords
    groups: Mapping[Group, str]
    points: Mapping[str, PointWords]

    @field_validator("salutation", "opening", "opening_without_points", "held", "closing", "bureau", "date")
    @classmethod
    def _places(cls, text: str) -> str:
        return _with_places(text, _IN_LETTER)

    def said(self, point: MemoPoint) -> str:
        """What is said of a point."""
        return self._filled(self.points[point.code].says, point)

    def asked(self, point: MemoPoint) -> str:
        """What is asked for."""
        return self._filled(self.points[point.code].asks, point)

    def grouped(self, points: tuple[MemoPoint, ...]) -> Iterator[tuple[str, list[MemoPoint]]]:
        """The heading of every group that has points, with its points."""
        for group, heading in self.groups.items():
            found = [point for point in points if self.points[point.code].group == group]
            if found:
                yield heading, found

    @staticmethod
    def _filled(text: str, point: MemoPoint) -> str:
        return text.format(where=point.where or "全表", says=point.says, value=point.value)


def load_words() -> MemoWords:
    """The words that hold now. Raises `WordingError` for a bureau's file that is wrong."""
    node = _node(_NAME, files("shenbao").joinpath("answer", _NAME).read_text("utf-8"))
    path = None
    for own in (folder / "templates" / _NAME for folder in data_folders()):
        if own.is_file():
            path, node = own, _laid_over(node, _own_node(own))
    try:
        return MemoWords.model_validate(node)
    except ValidationError as error:
        first = error.errors()[0]
        raise WordingError(f"{path}: {'.'.join(map(str, first['loc']))}: {first['msg']}") from error


def _own_node(path: Path) -> dict[str, Any]:
    try:
        return _node(str(path), path.read_text("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise WordingError(f"{path}: not UTF-8 (byte {error.start}); save it as UTF-8") from error


def _node(name: str, text: str) -> dict[str, Any]:
    try:
        node = yaml.safe_load(text)
    except yaml.MarkedYAMLError as error:
        line = f":{error.problem_mark.line + 1}" if error.problem_mark else ""
        raise WordingError(f"{name}{line}: not YAML: {error.problem}") from error
    if node is None:
        return {}
    if not isinstance(node, dict):
        raise WordingError(f"{name}: a template is keys and values: title: …, points: …")
    return node


def _laid_over(base: dict[str, Any], own: dict[str, Any]) -> dict[str, Any]:
    """A bureau's words over ours, key by key."""
    merged = {**base, **own}
    for key, value in own.items():
        if isinstance(value, dict) and isinstance(base.get(key), dict):
            merged[key] = _laid_over(base[key], value)
    return merged
