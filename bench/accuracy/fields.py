"""Every field of a form: what became of it, and what the result itself says about it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Literal

from bench.outcomes import compared, department_form, flags_of, is_harmed, points_at

Json = dict[str, Any]
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

    `pointer` is the field's place in the result. `confidence` is of the least sure of its parts (a list has many),
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
            one.want is not None and one.want != one.got and is_harmed(form, one),
        )
        for one in compared(truth, form.get("data") or {})
    )


def _confidence(sure: dict[str, float], pointer: str) -> float | None:
    own = sure.get(pointer)
    if own is not None:
        return own
    parts = [value for path, value in sure.items() if path.startswith(pointer + "/")]
    return math.prod(parts) if parts else None
