"""Indicators that a bureau's departments share: level-3 names that occur in several accepted forms, to be read and signed.

Nothing of it counts before a person writes `yes` into the column `signed` of a line.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from io import StringIO

from models.declaration import Indicator
from models.submission import Submission
from normalize.form.catalogue import NUMBER_MARK

HEADER = (
    "code", "level1", "level2", "level3", "scope", "value_kind", "direction", "unit", "basis", "category",
    "standard_value", "formula", "aliases", "signed", "count", "sources",
)  # fmt: skip
"""The columns of a catalogue, and whether a person has signed the line, in how many forms it stood and in which."""
_USUAL_SHARE = 0.6
"""Chosen: a unit, basis or text is the usual one where this share of the forms has it."""
_SOURCES = 5
"""So many files are named as sources of a line."""
_DIRECTIONS = {">=": "more", ">": "more", "<=": "less", "<": "less"}

_Names = tuple[str, str, str]


@dataclass
class _Seen:
    """What forms say of one indicator: each form counts once."""

    sources: list[str] = field(default_factory=list)
    kinds: Counter[str] = field(default_factory=Counter)
    directions: Counter[str] = field(default_factory=Counter)
    units: Counter[str] = field(default_factory=Counter)
    bases: Counter[str] = field(default_factory=Counter)
    categories: Counter[str] = field(default_factory=Counter)
    texts: Counter[str] = field(default_factory=Counter)


def learn_catalogue(submissions: Iterable[Submission], least: int) -> tuple[str, int]:
    """The text of a catalogue of own indicators that stand in at least `least` accepted forms, and how many there are."""
    seen: dict[_Names, _Seen] = {}
    for submission in (one for one in submissions if one.status == "accepted"):
        for form in submission.forms:
            rows = {
                _names(row): row for row in (*form.data.long_term.indicators, *form.data.annual.indicators)
            }
            for names, row in rows.items():
                if row.code is None and all(names):
                    _note(seen.setdefault(names, _Seen()), row, submission.source.name)
    learned = sorted((names, one) for names, one in seen.items() if len(one.sources) >= least)
    table = StringIO()
    writer = csv.writer(table, lineterminator="\n")
    writer.writerow(HEADER)
    writer.writerows(_line(n, names, one) for n, (names, one) in enumerate(learned, 1))
    return table.getvalue(), len(learned)


def _names(row: Indicator) -> _Names:
    """The levels of an indicator; a number that only counts (核心业务产出3) is the catalogue's mark for one."""
    return row.level1 or "", re.sub(r"\d+$", NUMBER_MARK, row.level2 or ""), row.level3 or ""


def _note(seen: _Seen, row: Indicator, source: str) -> None:
    seen.sources.append(source)
    target = row.target
    if target is not None:
        measured = target.number is not None
        seen.kinds["quantitative" if measured else "qualitative"] += 1
        seen.directions[_DIRECTIONS.get(target.comparator or "", "")] += 1
        seen.units[target.unit or ""] += 1
        seen.texts["" if measured else target.text] += 1
    seen.bases[row.basis or ""] += 1
    seen.categories[row.category or ""] += 1


def _line(number: int, names: _Names, seen: _Seen) -> Iterator[str]:
    yield f"L{number:03}"
    yield from names
    yield "fixed"
    for counted in (seen.kinds, seen.directions, seen.units, seen.bases, seen.categories, seen.texts):
        yield _usual(counted, len(seen.sources))
    yield from ("", "", "no", str(len(seen.sources)), ";".join(seen.sources[:_SOURCES]))


def _usual(counted: Counter[str], forms: int) -> str:
    text, count = counted.most_common(1)[0] if counted else ("", 0)
    return text if count >= _USUAL_SHARE * forms else ""
