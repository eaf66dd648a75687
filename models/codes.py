"""The closed list of finding codes: every code that a result can hold, and what it means in one sentence.

To add a code, add a line to `codes.csv` beside this module and run `make docs`.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from types import MappingProxyType
from typing import get_args

from models.finding import Category, Severity

_CATEGORIES: Mapping[Category, tuple[str, str]] = {
    "reading": ("读取", "Was it read right?"),
    "arithmetic": ("勾稽", "Do the figures agree?"),
    "import": ("导入", "Will the budget system take it?"),
    "audit": ("审核", "Is it a good target?"),
}


@dataclass(frozen=True, slots=True)
class FindingCode:
    """One line of the list. `severity` is the usual one; a finding may be graver or lighter than that."""

    code: str
    category: Category
    severity: Severity
    chinese: str
    english: str


def _read_codes() -> Iterator[FindingCode]:
    categories: dict[str, Category] = {name: name for name in get_args(Category)}
    severities: dict[str, Severity] = {name: name for name in get_args(Severity)}
    text = files("models").joinpath("codes.csv").read_text("utf-8")
    for line in csv.DictReader(text.splitlines()):
        category, severity = categories[line["category"]], severities[line["severity"]]
        yield FindingCode(line["code"], category, severity, line["chinese"], line["english"])


CODES: Mapping[str, FindingCode] = MappingProxyType({one.code: one for one in _read_codes()})
"""Every finding code, in alphabetical order."""


def codes_to_markdown() -> str:
    """The page `docs/findings.md`: the codes by category, each with its sentence in Chinese and in English."""
    lines = [
        "# Finding codes",
        "",
        "Made by `make docs` from `models/codes.csv`; do not edit by hand.",
    ]
    for category, (chinese, question) in _CATEGORIES.items():
        lines += ["", f"## {category} ({chinese}): {question}", ""]
        lines += ["| code | usually | 说明 | meaning |", "|---|---|---|---|"]
        lines += [
            f"| `{one.code}` | {one.severity} | {one.chinese} | {one.english} |"
            for one in CODES.values()
            if one.category == category
        ]
    return "\n".join(lines) + "\n"
