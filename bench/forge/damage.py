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

from bench.forge.faults import FAULTS, ONCE, level_to_rates
from bench.forge.faults.draft import Draft
from bench.forge.form import Row, Style, random_style
from bench.forge.layouts import LAYOUTS, PaperLayout, labels_above
from bench.forge.markup import to_html
from bench.forge.rows import truth_to_paper
from bench.forge.text import to_pipe, to_tab_text

Json = dict[str, Any]
Level = Literal["none", "ocr", "html", "worse"]
Format = Literal["tab", "html", "pipe"]
STANDARD = LAYOUTS["standard"]

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


def damage(
    truth: Json,
    seed: int | str,
    level: str = "ocr",
    format: Format | None = None,
    layout: PaperLayout = STANDARD,
) -> Damaged:
    """Print a declaration, damage it at a level, or with one named fault, and write it down as text.

    The faults and the style depend on `seed` and `level` only.
    """
    rng = Random(f"damage {level} {seed}")
    truth = copy.deepcopy(truth)
    style = random_style(rng)
    if level == "none" or layout.above:
        style = replace(style, label_at=0)
    if layout.repeated:
        style = replace(style, repeat_header=True)
    draft = Draft(truth_to_paper(truth, style), truth, style, rng)
    strength = rng.choice((0.4, 0.7, 1.0, 1.0, 1.3, 1.8))
    rates = level_to_rates(level)
    for name, fault in FAULTS.items():
        rate = rates.get(name, 0.0)
        fault(draft, rate if name in ONCE else rate * strength)
    written = format or ("html" if level == "html" else "tab")
    return Damaged(
        RENDERERS[written](list(labels_above(draft.rows, layout.above)), style, rng), truth, draft.faults
    )
