"""What is unusual about a declaration: long texts, rows left out, rows added, no or many projects."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from bench.forge.words import CLAUSES

Json = dict[str, Any]
ENDS = "；。"


@dataclass(frozen=True, slots=True)
class Traits:
    """The default leaves everything to the usual chance."""

    long_texts: bool = False
    omissions: int | None = None  # rows of the catalogue left out
    additions: int = 0  # own indicators beyond the usual ones
    projects: int | None = None


def random_traits(seed: int) -> Traits:
    """Of three forms one is usual, the others have one or more traits."""
    rng = Random(f"traits {seed}")
    if rng.random() < 0.33:
        return Traits()
    return Traits(
        long_texts=rng.random() < 0.4,
        omissions=rng.choice((None, None, 0, 5, 12, 20)),
        additions=rng.choice((0, 0, 1, 3, 6)),
        projects=rng.choice((None, None, None, 0, 1, 14)),
    )


def lengthen(truth: Json, business: str, rng: Random) -> None:
    """Put clauses behind functions, tasks, purposes, goals, summaries and judged values of own indicators."""

    def long(text: str, most: int = 3) -> str:
        bare = text.rstrip(ENDS)
        clauses = rng.sample(CLAUSES, rng.randint(1, most))
        return "，".join([bare, *(c.format(business=business) for c in clauses)]) + text[len(bare) :]

    def some(texts: Sequence[str], most: int = 3) -> list[str]:
        return [long(text, most) if rng.random() < 0.7 else text for text in texts]

    truth["functions"], truth["annual_tasks"] = some(truth["functions"], 4), some(truth["annual_tasks"])
    for project in truth["projects"]:
        project["purpose"] = long(project["purpose"])
    for horizon in (truth["long_term"], truth["annual"]):
        horizon["goals"] = some(horizon["goals"])
        horizon["summary"] = horizon["summary"] and long(horizon["summary"], 4)
    _lengthen_values(truth, long)


def _lengthen_values(truth: Json, long: Any) -> None:
    """The judged values of own social effects, alike in both tables."""
    rows = [*truth["long_term"]["indicators"], *truth["annual"]["indicators"]]
    own = [row for row in rows if row["level1"] == "社会效益" and row["target"].isalpha()]
    longer: dict[str, str] = {}
    for row in own:
        text = row["target"]
        if len(text) > 1:
            row["target"] = longer.setdefault(text, long(text, 1))
