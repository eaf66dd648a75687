"""Faults of readers by name, and how often they happen at each level of damage."""

from __future__ import annotations

from collections.abc import Callable

from bench.forge.faults.breaks import interleaved_goals, page_break, split_row
from bench.forge.faults.cells import drop_blank, glue, shift_left, shift_right, spurious_blank
from bench.forge.faults.characters import drop_character, stray, typo_shape, typo_sound
from bench.forge.faults.draft import Draft
from bench.forge.faults.labels import (
    late_label,
    lost_annual_heading,
    lost_label,
    slipped_label,
    swallowed_header,
)

Fault = Callable[[Draft, float], None]
FAULTS: dict[str, Fault] = {  # in the order in which they are done
    "typo-sound": typo_sound,
    "typo-shape": typo_shape,
    "drop-character": drop_character,
    "stray": stray,
    "swallowed-header": swallowed_header,
    "lost-label": lost_label,
    "late-label": late_label,
    "lost-annual-heading": lost_annual_heading,
    "page-break": page_break,
    "interleaved-goals": interleaved_goals,
    "split-row": split_row,
    "shift-left": shift_left,
    "shift-right": shift_right,
    "slipped-label": slipped_label,
    "spurious-blank": spurious_blank,
    "glue": glue,
    "drop-blank": drop_blank,
}

OCR = {  # rates: per character for typo-shape, a chance for the once-a-form ones, else how many a form
    "typo-sound": 0.5,
    "typo-shape": 0.007,
    "swallowed-header": 0.2,
    "late-label": 0.5,
    "page-break": 1.0,
    "interleaved-goals": 0.6,
    "split-row": 3.5,
    "shift-left": 3.0,
    "shift-right": 1.0,
    "slipped-label": 0.4,
    "spurious-blank": 0.6,
}
LEVELS: dict[str, dict[str, float]] = {
    "none": {"page-break": 1.0},
    "ocr": OCR,
    "html": OCR,
    "worse": OCR
    | {
        "drop-character": 1.0,
        "stray": 2.5,
        "lost-label": 1.2,
        "lost-annual-heading": 0.25,
        "late-label": 1.0,
        "spurious-blank": 1.5,
        "glue": 2.5,
        "drop-blank": 1.5,
    },
}
ONCE = ("page-break", "swallowed-header", "interleaved-goals", "lost-annual-heading")


def level_to_rates(level: str) -> dict[str, float]:
    """The rates of a level, or of one fault alone; raises `KeyError` for a name that is neither."""
    if level in LEVELS:
        return LEVELS[level]
    return {"page-break": 1.0, level: 1.0 if level in ONCE else LEVELS["worse"][level]}
