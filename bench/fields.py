"""Every field of a form: what became of it, and what the result itself says about it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

from bench.compared import Compared, Json, compared
from bench.folding import fold

Outcome = Literal["exact", "wrong", "missed", "invented"]
SECTIONS = {
    "budget": "budget",
    "functions": "functions and tasks",
    "annual_tasks": "functions and tasks",
    "projects": "projects",
}


@dataclass(frozen=True, slots=True)
class Field:
    """One field of the truth beside the result's; an invented row wants `None`.

    `pointer` is the field's place in the result. `confidence` is that of all its parts together (a list has many),
    `None` where the result shows no evidence. `harmed`: a repair turned a right reading into this wrong value.
    """

    pointer: str
    want: str | None
    got: str
    flagged: bool
    confidence: float | None
    repaired: bool
    harmed: bool

    @property
    def outcome(self) -> Outcome:
        """`missed`: something stands on paper and nothing was read; `invented`: the other way round."""
        if self.want == self.got:
            return "exact"
        if not self.want:
            return "invented"
        return "wrong" if self.got else "missed"

    @property
    def silent(self) -> bool:
        return self.outcome != "exact" and not self.flagged

    @property
    def section(self) -> str:
        steps = self.pointer.split("/")
        if steps[1] in ("long_term", "annual"):
            tail = "indicators" if steps[2] == "indicators" else "goals"
            return f"{steps[1].replace('_', ' ')} {tail}" if tail == "indicators" else tail
        return SECTIONS.get(steps[1], "head")


def fields(truth: Json, result: Json) -> tuple[Field, ...]:
    """The fields of the truth in its order, invented rows between them."""
    form = department_form(result)
    flags = flags_of(form, result)
    sure = {path: one["confidence"] for path, one in (form.get("evidence") or {}).items()}
    repaired = {repair["path"].removesuffix("/text") for repair in form.get("repairs", ())}
    return tuple(
        Field(
            one.pointer,
            one.want,
            one.got,
            points_at(flags, one.pointer),
            _confidence(sure, one.pointer),
            any(path == one.pointer or path.startswith(one.pointer + "/") for path in repaired),
            one.want is not None and one.want != one.got and _is_harmed(form, one),
        )
        for one in compared(truth, form.get("data") or {})
    )


def _confidence(sure: dict[str, float], pointer: str) -> float | None:
    own = sure.get(pointer)
    if own is not None:
        return own
    parts = [value for path, value in sure.items() if path.startswith(pointer + "/")]
    return math.prod(parts) if parts else None


def points_at(flags: frozenset[str], pointer: str) -> bool:
    """A finding on the field, a part of it, its indicator or budget row, or the table of a missing row."""
    steps = pointer.split("/")
    places = {pointer, "/".join(steps[:4]) if len(steps) > 4 else pointer}
    if "None" in steps:
        places.add("/".join(steps[: steps.index("None")]))
    return any(flag in places or flag.startswith(pointer + "/") for flag in flags)


def flags_of(form: Json, result: Json) -> frozenset[str]:
    findings = [*form.get("findings", ()), *result.get("findings", ())]
    return frozenset(
        finding["path"]
        for finding in findings
        if finding.get("path")
        and finding.get("severity") in ("warning", "error")
        and finding.get("category", "reading") in ("reading", "arithmetic")
    )


def department_form(result: Json) -> Json:
    """The department's form of a result, else its first form, else nothing."""
    forms: list[Json] = result.get("forms") or []
    return next(
        (form for form in forms if str(form.get("form", "")).startswith("department")),
        forms[0] if forms else {},
    )


def _is_harmed(form: Json, field: Compared) -> bool:
    """A repair on this wrong field started from the right reading."""
    return any(
        repair.get("path") in (field.pointer, field.pointer + "/text")
        and fold(repair.get("before")) == field.want
        for repair in form.get("repairs", ())
    )
