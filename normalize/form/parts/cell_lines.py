"""Several labels in one cell or line, each with its text, and items of money with what stands around their names."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from itertools import pairwise

from normalize.form.labels import ANY, Hit
from normalize.form.layouts import Layout
from normalize.form.physical_rows import Row, RowSlot
from normalize.text.fold import fold

_NEXT = (
    r"[ \u3000]{2,}(?=[^\s:：]{2,16}\s*[:：])"
    r"|(?<=[\d元])\s*[，,；;]?\s*(?=(?:其中\s*[:：]\s*)?[^\s:：\d、.．，,；;元]{2,16}\s*[:：]\s*\d)"
)
_LINES = re.compile(rf"\n|{_NEXT}")
"""Where a cell with several labels, each with its text, falls apart."""
_AFTER_ITEM = re.compile(rf"(?<=[\d元:：])\s*\n\s*(?=[^\s:：]{{2,16}}\s*[:：])|{_NEXT}")
"""Where an item and its amount end before another one that the layout does not name."""
_FIELDS = re.compile(r"[\s\u3000]+(?=[^\s:：]{2,12}\s*[:：])|(?<=[)）])(?=[^\s:：()（）]{2,12}\s*[:：])")
"""Where a line outside the table with several labels falls apart."""
_ORDINAL = re.compile(
    r"^\s*(?:\d+[、.．]\s*[^\s:：（(]{2,8}[:：]\s*(?=[（(]))?"
    r"(?:(?:\d+|[一二三四五六七八九十]+)[、.．]|[（(](?:\d+|[一二三四五六七八九十]+)[)）]|其中\s*[:：])+\s*"
)
"""What stands before an item of money: （1）, 其中：, or both and a heading (1、资金来源：（1）)."""
_WITHIN_NAME = r"[\s:：、（）()]*"
"""What may stand between two characters of an item's name: labels are compared without it."""
_BETWEEN = "，,；;、。 \u3000\n"
"""What may stand between two items in one cell."""
_NEXT_NUMBER = re.compile(
    r"[\s，,；;。](?:(?:\d+|[一二三四五六七八九十]+)[、.．]|[（(](?:\d+|[一二三四五六七八九十]+)[)）])\s*$"
)
"""The number of the next item, which stands before its name."""
_AMOUNT = re.compile(r"[:：]?\s*(\d[\d,]*(?:\.\d+)?\s*(?:万?元)?)\s*$")


def line_to_fields(row: Row) -> Row:
    """A row that is a line with several labels, taken apart into slots; any other row as it is."""
    if len(row.filled) != 1 or not row.line:
        return row
    slot = row.filled[0]
    parts = [part for part in _FIELDS.split(slot.raw.strip()) if part]
    return replace(row, slots=tuple(replace(slot, raw=part, text=fold(part)) for part in parts))


def slot_to_lines(slot: RowSlot, layout: Layout) -> list[RowSlot]:
    """The lines of a cell, each as a slot of its own: parted at the layout's items, else where such lines end."""
    starts = [found.start() for found in _item_words(layout).finditer(slot.raw)]
    if len(starts) > 1 and not slot.raw[: starts[0]].strip():
        whole = (slot.raw[a:b] for a, b in pairwise((*starts, len(slot.raw))))
        pieces = (piece for item in whole for piece in _AFTER_ITEM.split(item))
        found = [_NEXT_NUMBER.sub("", piece).strip(_BETWEEN) for piece in pieces]
    else:
        found = [piece.strip() for piece in _LINES.split(slot.raw)]
    return [slot.part(piece) for piece in found if piece]


@cache
def _item_words(layout: Layout) -> re.Pattern[str]:
    """Where an item of the layout begins in a text: its name, also one that runs over a line's end, before a colon or amount."""
    names = {label.text for label in layout.labels if label.group == "item" and ANY not in label.text}
    texts = sorted(names, key=lambda name: (-len(name), name))
    words = "|".join(
        _WITHIN_NAME.join(map(re.escape, text)).replace(re.escape("#"), r"\d+") for text in texts
    )
    return re.compile(
        rf"(?<![^\s\d元，,；;：:。、.)）])(?:其中\s*[:：]?\s*)?(?:{words or '(?!)'})(?=\s*[:：]|\s*\d)"
    )


def slot_to_item(slot: RowSlot) -> tuple[RowSlot, str] | None:
    """The name of an item behind its number or behind 其中, and the amount behind it ("" for none); `None` for a bare text."""
    bare = without_ordinal(slot.raw)
    amount = _AMOUNT.search(bare)
    if not slot.text or (bare == slot.raw and not amount):
        return None
    name = bare[: amount.start()] if amount else bare
    return replace(slot, raw=name, text=fold(name)), amount[1] if amount else ""


def without_ordinal(raw: str) -> str:
    """The name of an item without its number, the heading that it shares a cell with, and 其中."""
    return _ORDINAL.sub("", raw)


def rest_behind(slot: RowSlot, hit: Hit) -> tuple[RowSlot, ...]:
    """The text behind a label in its own cell."""
    raw = hit.rest.strip()
    return (replace(slot, raw=raw, text=fold(raw), posteriors=None),) if raw else ()
