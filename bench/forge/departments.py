"""What the departments of a fictional county do: 30 kinds, half of them for development, half for tests."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

import yaml

HERE = Path(__file__).parent
Half = Literal["dev", "test"]


@dataclass(frozen=True, slots=True)
class Measure:
    """A department's own indicator: counted (unit, magnitude, sign) or judged (a usual text)."""

    name: str
    unit: str = ""
    magnitude: Decimal | None = None
    sign: str = ""
    usual: str | None = None


@dataclass(frozen=True, slots=True)
class Department:
    """The texts a department may put into its declaration."""

    name: str
    business: str
    half: Half
    functions: tuple[str, ...]
    tasks: tuple[str, ...]
    projects: tuple[tuple[str, str], ...]
    core: tuple[Measure, ...]
    economic: tuple[Measure, ...]
    social: tuple[Measure, ...]
    ecological: tuple[Measure, ...]
    long_goals: tuple[str, ...]
    annual_goals: tuple[str, ...]
    long_summary: tuple[str, ...]
    annual_summary: tuple[str, ...]


def line_to_measure(line: str) -> Measure:
    """`name|unit|magnitude|sign`, `name=usual value` or `name`.

    >>> line_to_measure("修建道路|公里|2.5|≥")
    Measure(name='修建道路', unit='公里', magnitude=Decimal('2.5'), sign='≥', usual=None)
    """
    if "|" in line:
        name, unit, magnitude, sign = line.split("|")
        return Measure(name, unit, Decimal(magnitude), sign)
    name, _, usual = line.partition("=")
    return Measure(name, usual=usual or None)


def line_to_project(line: str) -> tuple[str, str]:
    """`name|purpose`."""
    name, purpose = line.split("|")
    return name, purpose


def load(file: str) -> Any:
    """A YAML file beside this code."""
    return yaml.safe_load((HERE / file).read_text("utf-8"))


def _department(node: dict[str, Any]) -> Department:
    made: dict[str, Any] = {key: tuple(value) for key, value in node.items() if isinstance(value, list)}
    for key in ("core", "economic", "social", "ecological"):
        made[key] = tuple(map(line_to_measure, made[key]))
    made["projects"] = tuple(map(line_to_project, made["projects"]))
    return Department(name=node["name"], business=node["business"], half=node["half"], **made)


DEPARTMENTS: tuple[Department, ...] = tuple(map(_department, load("departments.yaml")))


def half_to_departments(half: Half | Literal["all"]) -> tuple[Department, ...]:
    """The kinds of one half of the split, or all."""
    return tuple(one for one in DEPARTMENTS if half in ("all", one.half))
