"""A declaration printed, damaged as readers damage it, and written down as text.

Every fault is recorded as `[name, before, after]`. The truth stays what is printed on the paper; only
`swallowed-header` loses cells for good, and there the truth becomes null.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import Any, Literal

from bench.forge.faults import FAULTS, LEVELS, ONCE
from bench.forge.faults.draft import Draft
from bench.forge.markup import to_html
from bench.forge.paper import Row, Style, random_style
from bench.forge.rows import truth_to_paper
from bench.forge.text import to_pipe, to_tab_text

Json = dict[str, Any]
Level = Literal["none", "ocr", "html", "worse"]
Format = Literal["tab", "html", "pipe"]

RENDERERS: dict[str, Callable[[Sequence[Row], Style, Random], str]] = {
    "tab": to_tab_text,
    "html": to_html,
    "pipe": to_pipe,
}


@dataclass(frozen=True, slots=True)
class Damaged:
    """A damaged form: its text, the truth it stands for, and the faults done to it."""

    text: str
    truth: Json
    faults: list[list[str | None]]


def damage(truth: Json, seed: int | str, level: Level = "ocr", format: Format | None = None) -> Damaged:
    """Print a declaration, damage it at a level and write it down as text.

    The faults and the style depend on ``seed`` and ``level`` only.
    """
    rng = Random(f"damage {level} {seed}")
    truth = copy.deepcopy(truth)
    style = random_style(rng)
    if level == "none":
        style = replace(style, label_at=0)
    draft = Draft(truth_to_paper(truth, style), truth, style, rng)
    strength = rng.choice((0.4, 0.7, 1.0, 1.0, 1.3, 1.8))
    for name, fault in FAULTS.items():
        rate = LEVELS[level].get(name, 0.0)
        fault(draft, rate if name in ONCE else rate * strength)
    written = format or ("html" if level == "html" else "tab")
    return Damaged(RENDERERS[written](draft.rows, style, rng), truth, draft.faults)
