"""The indicator catalogue as departments print it: names, usual basis and usual text."""

from __future__ import annotations

import csv
from dataclasses import dataclass

from bench.forge.departments import HERE

BASES = ("计划标准", "历史标准", "行业标准", "预算支出标准", "其他标准")


@dataclass(frozen=True, slots=True)
class Entry:
    """An indicator of the catalogue; ``standard`` is the usual text of a judged one, else ``None``."""

    level1: str
    level2: str
    level3: str
    basis: str | None
    standard: str | None = None


def _catalogue() -> tuple[Entry, ...]:
    with (HERE / "catalogue.csv").open(encoding="utf-8", newline="") as file:
        return tuple(
            Entry(row["level1"], row["level2"], row["level3"], row["basis"] or None, row["standard"] or None)
            for row in csv.DictReader(file)
        )


CATALOGUE = _catalogue()
NAMES = frozenset(entry.level3 for entry in CATALOGUE)
STANDARDS = {entry.level3: entry.standard for entry in CATALOGUE}
