"""Amounts in the same cell as their names, one behind a number or 其中, or several, a line each; and which beside one is meant."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from normalize.form.labels import Hit
from normalize.form.layouts import Layout
from normalize.form.parts.cell_lines import rest_behind, slot_to_item, slot_to_lines
from normalize.form.parts.found import Answer
from normalize.form.parts.money_names import line_to_item
from normalize.form.physical_rows import Row, RowSlot
from normalize.text.cell_values import is_amount, text_to_years
from normalize.text.fold import fold

_COLON = re.compile(r"[:：]")
_PAST = re.compile(r"上一?年|去年|前年|往年|以前年度|前[一二两三]年")
"""What a heading says of amounts that are not those of the budget's year."""
_TOTALS = frozenset({"total", "annual_total"})
_FIRST = {"project": "sources", "department-overall": "income"}
"""What an unknown name is where no known one stands before it."""


def slot_to_named_amount(slot: RowSlot, layout: Layout) -> Hit | None:
    """The name of an amount behind its number or behind 其中, or with its amount behind it; `None` for any other text."""
    named = slot_to_item(slot)
    if named is None:
        return None
    name, amount = named
    hit = layout.hit(name)
    hit = hit and layout.as_group(hit, "item")
    if hit is None or hit.misread:
        return None
    return replace(hit, rest=amount) if amount else hit


def slot_to_amounts(slot: RowSlot, layout: Layout) -> tuple[Answer, ...]:
    """The answers in a cell each of whose lines is `name：amount`; none where one of them is not."""
    slots = slot_to_lines(slot, layout)
    named = [slot_to_named_amount(piece, layout) for piece in slots]
    # 部门预算总额986万元 is an amount, not 部门预算 with a text behind it
    hits = [n if n and n.rest else layout.hit(piece) or n for n, piece in zip(named, slots, strict=True)]
    items = list(_items(slots, [hit and layout.as_group(hit, "item") for hit in hits], layout.form))
    if len(items) < len(slots) or not items or (len(slots) == 1 and not items[0].rest.strip()):
        return ()
    found = zip(slots, items, strict=True)
    return tuple(Answer(hit.label, piece.raw, rest_behind(piece, hit)) for piece, hit in found)


def _items(slots: Sequence[RowSlot], hits: Sequence[Hit | None], form: str) -> Iterator[Hit]:
    """The names in the lines of a cell; beside a known one an unknown one with an amount is one, too.

    Without a colon only an amount stands behind a name: 年度预算收入 is no 年度预算.
    """
    known = [hit for hit in hits if hit]
    before = next((hit.label.name for hit in known if hit.label.name not in _TOTALS), _FIRST[form])
    for slot, hit in zip(slots, hits, strict=True) if known else ():
        found = hit or line_to_item(slot, form, before)
        if found and (_COLON.search(slot.raw) or not found.rest.strip() or is_amount(fold(found.rest))):
            before = before if found.label.name in _TOTALS else found.label.name
            yield found


def without_past_years(slots: Sequence[RowSlot], rows: Sequence[Row], r: int) -> tuple[RowSlot, ...]:
    """Of several amounts beside a name in row `r` those that stand under no heading of a past year, where there are such."""
    budget = max(
        (year for row in rows[:r] if row.line for year in text_to_years(row.slots[0].text)), default=0
    )
    left = tuple(slot for slot in slots if not _is_past(_heading_over(slot, rows, r), budget))
    return left or tuple(slots)


def _is_past(heading: str, budget: int) -> bool:
    return _PAST.search(heading) is not None or 0 < max(text_to_years(heading), default=0) < budget


def _heading_over(slot: RowSlot, rows: Sequence[Row], r: int) -> str:
    """The nearest text above an amount in its column that is none itself."""
    for row in reversed(rows[:r]):
        if row.line or row.table != rows[r].table:
            break
        text = next((s.text for s in row.slots if s.column == slot.column and s.filled), "")
        if text and not is_amount(text):
            return text
    return ""
