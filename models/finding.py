"""What a reviewer must see: findings and repairs, each at a JSON Pointer into the form's data."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Severity = Literal["error", "warning", "info"]
Category = Literal["reading", "arithmetic", "import", "audit"]
Origin = Literal["cell", "catalogue", "person"]
"""Whose word a value is: its own cell's, the catalogue's beside another row's cell, or a reviewer's."""
UNKNOWN_READER = "unknown"
READERS = (
    *("text-layer", "camelot", "hidden-layer", "picture", "form-field", "annotation"),
    *("word", "excel", "markup", "ofd", "docling", "mineru", "paddleocr", "azure", UNKNOWN_READER),
)
"""Who can have read a value; `unknown` in a result of version 1, which did not say."""
READER_PATTERN = "^({0})(; ({0}))*$".format("|".join(READERS))
"""Several readers of one value are parted by `; `."""


RepairKind = Literal["typo", "slip", "twin", "label", "digit"]
"""Why a value differs from what was read: misread, a clerk's slip, told by the other table, a printed label, the sums."""


class Noun(BaseModel):
    """Base of everything that enters or leaves the program: frozen, no unknown fields, no coercion of types."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


Score = Annotated[float, Field(ge=0, le=1)]
"""A confidence from 0 to 1."""
Coordinate = float
"""A length in points."""


class Finding(Noun):
    """One thing a reviewer should look at. `path` is a JSON Pointer into `data`, `null` for the whole file."""

    code: str
    category: Category
    severity: Severity
    path: str | None
    message: str
    expected: str | None = None
    actual: str | None = None


class Repair(Noun):
    """One value that differs from what was read, and why we are sure enough to change it."""

    path: str
    kind: RepairKind
    before: str | None
    after: str
    because: str
    confidence: Score
    runner_up: str | None = None


class Evidence(Noun):
    """Where a value was read, what stood there, and who read it. `bbox` in points: x0, top, x1, bottom.

    `reader` is one of `READERS`, or several, parted by `; `.
    """

    page: int | None = None
    bbox: tuple[Coordinate, Coordinate, Coordinate, Coordinate] | None = None
    part: str | None = None
    text: str
    reader: str
    origin: Origin = "cell"
    confidence: Score
