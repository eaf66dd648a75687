"""Columns of indicators that no heading names: what stands below them says which they are, and that a row heads them at all."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cache

from normalize.form.labels import Hit, label_shape
from normalize.form.layouts import Layout
from normalize.form.parts.found import UNKNOWN_COLUMN
from normalize.form.parts.heading_columns import HeadingCell, settle_columns
from normalize.form.physical_rows import Row
from normalize.text.cell_values import is_measured, text_to_value
from normalize.text.fold import is_chinese

_INDICATOR = "指标"
_LOOKED_AT = 12
"""At most this many rows below a heading say what its columns hold, chosen: the usual form has eight indicators or more."""
_LEAST = 2
"""So many cells of a column must hold words of a level, or values: one may be anything."""
_LEAST_HEADINGS = 3
"""A heading of indicators has at least a level, a name and a value."""
_LONGEST = 14
"""A text with more characters than this is no heading of a column."""
_OF_INDICATORS = ("indicators", "long_term", "annual")

Levels = Mapping[str, frozenset[str]]
"""The words of `level1` and `level2` that forms print, without 指标 behind them."""


@cache
def layout_to_levels(layout: Layout) -> Levels:
    """The words of both levels, where the layout reads forms that nobody described; elsewhere a column is what its heading says."""
    if not layout.by_labels:
        return {}
    level1 = {label.text for label in layout.levels} | {entry.level1 for entry in layout.entries.entries}
    level2 = {entry.level2 for entry in layout.entries.entries if entry.level2}
    return {"level1": frozenset(map(_bare, level1)), "level2": frozenset(map(_bare, level2))}


def _bare(text: str) -> str:
    return label_shape(text).removesuffix(_INDICATOR)


def heads_levels(rows: Sequence[Row], hits: Sequence[Hit | None], start: int, levels: Levels) -> bool:
    """Whether row `start` heads indicators though few of its words are known: short texts over a column of levels.

    `hits` are its labels.
    """
    row = rows[start]
    if row.line or len(row.filled) < _LEAST_HEADINGS or not levels or start + 1 == len(rows):
        return False
    words = levels["level1"] | levels["level2"]
    answered = any(hit and hit.rest.strip() for hit in hits)
    if answered or not all(_may_head(slot.text, words) for slot in row.filled):
        return False
    below = _below(rows, start + 1)
    columns = (slot.column for slot in row.filled)
    return any(_level_of(below, column, levels) for column in columns) and _begins_with_level(below, words)


def _may_head(text: str, words: frozenset[str]) -> bool:
    return is_chinese(text[:1] or " ") and len(text) <= _LONGEST and _bare(text) not in words


def _begins_with_level(below: Sequence[Row], words: frozenset[str]) -> bool:
    """Whether the first row below holds a level: above it may stand what the form says of itself."""
    return bool(below) and any(_bare(slot.text) in words for slot in below[0].filled)


def _below(rows: Sequence[Row], body: int) -> tuple[Row, ...]:
    """The rows of the same table from `body` on that say what its columns hold."""
    found = []
    for row in rows[body : body + _LOOKED_AT]:
        if row.line or row.table != rows[body - 1].table:
            break
        found.append(row)
    return tuple(found)


def _texts(below: Sequence[Row], column: int) -> list[str]:
    return [slot.text for row in below for slot in row.slots if slot.column == column and slot.text]


def _level_of(below: Sequence[Row], column: int, levels: Levels) -> str | None:
    """The level whose words a column holds from its first cell on; what stands below the indicators may hold others."""
    texts = [_bare(text) for text in _texts(below, column)]
    for level, words in levels.items():
        run = next((n for n, text in enumerate(texts) if text not in words), len(texts))
        if run >= _LEAST or (run and run == len(texts)):
            return level
    return None


def told_columns(
    leaves: Sequence[HeadingCell], rows: Sequence[Row], body: int, levels: Levels
) -> tuple[HeadingCell, ...]:
    """The columns of a heading whose rows begin at `body`, settled; those that no word names are what they hold, which `told` says."""
    if not levels or body >= len(rows):
        return settle_columns(tuple(leaves))
    below = _below(rows, body)
    found = list(leaves)
    for n, leaf in enumerate(leaves):
        level = _level_of(below, leaf.start, levels)
        if level and level not in {cell.name for cell in found} and leaf.table not in _OF_INDICATORS:
            found[n] = replace(leaf, table="indicators", name=level, section="", told=True)
    of_levels = any(cell.name in levels for cell in found)
    if of_levels:
        _tell(found, "target", lambda leaf: _holds_values(_texts(below, leaf.start)), ("level3", "level2"))
    found = list(settle_columns(tuple(found)))
    if of_levels or any(cell.name == "target" and cell.table in _OF_INDICATORS for cell in found):
        _tell(found, "level3", lambda leaf: _holds_names(_texts(below, leaf.start)), ("level2", "level1"))
    return tuple(found)


def _tell(
    found: list[HeadingCell], name: str, holds: Callable[[HeadingCell], bool], behind: Sequence[str]
) -> None:
    """Call the first column that no word names and that holds such texts by `name`, where the heading has none of it."""
    names = [cell.name for cell in found]
    if name in names:
        return
    first = next((names.index(column) + 1 for column in behind if column in names), 0)
    last = names.index("target") if name == "level3" and "target" in names else len(found)
    n = next((n for n in range(first, last) if _is_open(found[n]) and holds(found[n])), None)
    if n is not None:
        found[n] = replace(found[n], table="indicators", name=name, section="", told=True)


def _is_open(leaf: HeadingCell) -> bool:
    """Whether no word says which column of indicators it is."""
    return leaf.table not in _OF_INDICATORS and (leaf.name.startswith(UNKNOWN_COLUMN) or bool(leaf.table))


def _holds_values(texts: Sequence[str]) -> bool:
    measured = sum(is_measured(text_to_value(text)) for text in texts)
    return measured >= _LEAST and 2 * measured >= len(texts)


def _holds_names(texts: Sequence[str]) -> bool:
    """Whether the texts are names: Chinese, and each another one."""
    names = [text for text in texts if is_chinese(text[:1])]
    return len(names) >= _LEAST and len(names) == len(texts) and len(set(names)) > 1
