"""What is wrong with the file of a catalogue, line by line, before anything is read with it."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator

_COLUMNS = (
    "code", "level1", "level2", "level3", "scope", "value_kind", "direction",
    "unit", "basis", "category", "standard_value", "aliases",
)  # fmt: skip
_WORDS = {
    "scope": ("fixed", "own"),
    "value_kind": ("quantitative", "qualitative", ""),
    "direction": ("more", "less", ""),
    "signed": ("yes", "no", ""),
    "levels": ("fixed", "free", ""),
}
"""The words that a column may hold."""
_YEARS = ("valid_from", "valid_to")
_YEAR = re.compile(r"(?:19|20)\d{2}")
_FILLED = ("code", "level1", "level2")


def check_catalogue(text: str) -> Iterator[tuple[int, str]]:
    """Every mistake in the text of a catalogue: its line (from 1), and what would be right."""
    reader = csv.DictReader(text.splitlines())
    missing = [name for name in _COLUMNS if name not in (reader.fieldnames or ())]
    if missing:
        yield 1, f"the columns {', '.join(missing)} are missing; there must be {', '.join(_COLUMNS)}"
        return
    seen: dict[tuple[str, ...], int] = {}
    for line in reader:
        number = reader.line_num
        if None in line or None in line.values():
            yield (
                number,
                f"the line has not {len(reader.fieldnames or ())} values; put texts with commas between quotes",
            )
            continue
        yield from ((number, message) for message in _line_mistakes(line))
        # a later year may name the same indicator again, under another code
        years = tuple((line.get(name) or "").strip() for name in _YEARS)
        names = tuple(line[name].strip() for name in ("level1", "level2", "level3"))
        for key, what in (
            (("code", line["code"]), f"code {line['code']}"),
            ((*names, *years), "、".join(filter(None, names))),
        ):
            if key in seen:
                yield number, f"{what} stands in line {seen[key]} already"
            seen.setdefault(key, number)


def _line_mistakes(line: dict[str, str]) -> Iterator[str]:
    for name in _FILLED:
        if not line[name].strip():
            yield f"{name} is empty"
    for name, words in _WORDS.items():
        if line.get(name, "") not in words:
            yield f"{name} “{line[name]}” is not known; there are {', '.join(filter(None, words))} or nothing"
    yield from _year_mistakes(line)
    if line["scope"] == "fixed" and not line["level3"].strip():
        yield "a line of scope fixed needs a level3; a slot for own indicators is of scope own"
    if line["scope"] == "own" and line["level3"].strip():
        yield "a line of scope own has no level3: departments name it; or write fixed"


def _year_mistakes(line: dict[str, str]) -> Iterator[str]:
    years = {name: (line.get(name) or "").strip() for name in _YEARS}
    wrong = [name for name, year in years.items() if year and not _YEAR.fullmatch(year)]
    for name in wrong:
        yield f"{name} “{years[name]}” is no year; write one of four digits, as 2026, or nothing"
    first, last = years.values()
    if not wrong and first and last and first > last:
        yield f"valid_from {first} is after valid_to {last}"
