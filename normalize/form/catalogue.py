"""The canonical indicator catalogue: names at three levels, standard texts, usual basis and category."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from normalize.form.store import read_catalogue_text
from normalize.text.own_data import data_folders

NUMBER_MARK = "{n}"
BASES = ("计划标准", "历史标准", "行业标准", "预算支出标准", "其他标准")
"""指标值确定依据: the closed list of review rule C1."""
CATEGORIES = ("基本型", "发展型", "挑战型", "约束型")
"""指标分类: the form's own word and its rarer siblings."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the catalogue; `own` lines are slots for a department's own indicators.

    `accepted` are wordings of the value, beside the standard one, that a bureau has confirmed. `valid_from` and `valid_to`
    are the first and the last budget year that it is for, `None` where the catalogue does not say. `levels_free`: its
    level 2 may stand under another level 1, too.
    """

    code: str
    level1: str
    level2: str
    level3: str | None
    own: bool
    kind: Literal["quantitative", "qualitative"] | None
    direction: Literal["more", "less"] | None
    unit: str | None
    basis: str | None
    category: str | None
    standard: str | None
    aliases: tuple[str, ...]
    accepted: tuple[str, ...] = ()
    valid_from: int | None = None
    valid_to: int | None = None
    levels_free: bool = False

    def is_valid(self, year: int | None) -> bool:
        """Whether it is for the budget of this year; nobody can say that it is not for an unknown one."""
        return year is None or (self.valid_from or year) <= year <= (self.valid_to or year)


@dataclass(frozen=True, slots=True, eq=False)
class Catalogue:
    """The entries in the order in which the form prints them."""

    entries: tuple[Entry, ...]

    def by_code(self, code: str | None) -> Entry | None:
        return next((e for e in self.entries if e.code == code), None) if code else None

    @property
    def level1(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(e.level1 for e in self.entries))

    @property
    def level2(self) -> tuple[tuple[str, str], ...]:
        """Pairs (level 1, level 2) in catalogue order."""
        return tuple(dict.fromkeys((e.level1, e.level2) for e in self.entries))


def load_catalogue(name: str = "indicators-department-overall") -> Catalogue:
    """The catalogue called `name`, a bureau's own or one that ships.

    Raises `FileNotFoundError` for one that is not there, `KeyError` for a file without a catalogue's columns, and
    `ValueError` for a line whose kind or scope is unknown.
    """
    return _load(name, data_folders())


@cache
def _load(name: str, folders: tuple[Path, ...]) -> Catalogue:
    return text_to_catalogue(read_catalogue_text(name, folders))


def text_to_catalogue(text: str) -> Catalogue:
    """The catalogue that a CSV file says, without lines that wait for a person's yes in their column `signed`.

    Raises `KeyError` and `ValueError` as `load_catalogue` does.
    """
    lines = csv.DictReader(text.splitlines())
    return Catalogue(tuple(_entry(line) for line in lines if line.get("signed", "yes") == "yes"))


def _entry(line: dict[str, str]) -> Entry:
    kinds: dict[str, Literal["quantitative", "qualitative"] | None] = {
        "quantitative": "quantitative",
        "qualitative": "qualitative",
        "": None,
    }
    directions: dict[str, Literal["more", "less"] | None] = {"more": "more", "less": "less", "": None}
    if line["value_kind"] not in kinds or line["scope"] not in ("fixed", "own"):
        raise ValueError(f"catalogue line {line['code']}: unknown kind or scope")
    return Entry(
        code=line["code"],
        level1=line["level1"],
        level2=line["level2"],
        level3=line["level3"] or None,
        own=line["scope"] == "own",
        kind=kinds[line["value_kind"]],
        direction=directions[line["direction"]],
        unit=line["unit"] or None,
        basis=line["basis"] or None,
        category=line["category"] or None,
        standard=line["standard_value"] or None,
        aliases=tuple(a for a in line["aliases"].split(";") if a),
        accepted=tuple(a for a in (line.get("accepted") or "").split(";") if a),
        valid_from=int(line.get("valid_from") or 0) or None,
        valid_to=int(line.get("valid_to") or 0) or None,
        levels_free=line.get("levels") == "free",
    )
