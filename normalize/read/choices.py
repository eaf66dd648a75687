"""Choices with boxes to tick, `☑基本型 □发展型`: what is ticked is what the cell says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from normalize.form.physical_rows import Row, RowSlot

BOXES = "□☐▢○☑☒√✓✔■●"
TICKS = "☑☒√✓✔■●"
_BOX = re.compile(f"[{BOXES}]")
_TYPED_TICK = re.compile(r"[（(]\s*[√✓✔☑]\s*[）)]|\[\s*[xX√✓✔]\s*\]")
_TYPED_BOX = re.compile(r"[（(]\s*×?\s*[）)]|\[\s*\]")
_CHOICE = re.compile(
    rf"(?:\d\s*[、.．])?\s*(?P<text>[^{BOXES}\d、.．；;，,\s][^{BOXES}]*?)\s*(?P<boxes>[{BOXES}]+)"
)
_BOX_FIRST = re.compile(rf"(?P<boxes>[{BOXES}]+)\s*(?:\d\s*[、.．])?\s*(?P<text>[^{BOXES}]+)")


def text_to_choices(text: str) -> Iterator[tuple[str, str]]:
    """Each choice with the signs of its box, which stands behind it or before it.

    >>> list(text_to_choices("☑基本型 □发展型"))
    [('基本型', '☑'), ('发展型', '□')]
    """
    first = text.lstrip()[:1] in BOXES
    for found in (_BOX_FIRST if first else _CHOICE).finditer(text):
        yield found["text"].strip(" \u3000\n；;，,、"), found["boxes"]


def _with_boxes(text: str) -> str:
    """The text with boxes for those that clerks type where a form has brackets: `（√）` and `[x]` beside `（ ）`, √ beside ×.

    >>> _with_boxes("基本型（√） 发展型（ ）")
    '基本型☑ 发展型□'
    """
    typed = _TYPED_BOX.sub("□", _TYPED_TICK.sub("☑", text))
    return typed.replace("×", "□") if "√" in typed else typed


def with_choices(rows: Sequence[Row]) -> tuple[Row, ...]:
    """The rows of a table with the one ticked choice in the stead of all: a cell with none or two stays as it is."""
    return tuple(
        replace(row, slots=tuple(map(_chosen, row.slots)))
        if any(_BOX.search(slot.raw) or _TYPED_TICK.search(slot.raw) for slot in row.slots)
        else row
        for row in rows
    )


def _chosen(slot: RowSlot) -> RowSlot:
    if _BOX.search(slot.raw) is None and not _TYPED_TICK.search(slot.raw):
        return slot
    choices = list(text_to_choices(_with_boxes(slot.raw)))
    ticked = [text for text, boxes in choices if any(box in TICKS for box in boxes)]
    return slot.part(ticked[0]) if len(ticked) == 1 and len(choices) > 1 else slot
