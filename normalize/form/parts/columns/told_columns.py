"""Columns of indicators that no heading names: what stands below them says which they are, and that a row heads them at all."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cache

from normalize.form.labels import Hit, label_shape
from normalize.form.layouts import Layout
from normalize.form.parts.columns.heading_columns import RUNNING_NUMBER, HeadingCell, settle_columns
from normalize.form.parts.found import UNKNOWN_COLUMN
from normalize.form.physical_rows import Row
from normalize.text.cell_values import is_amount, is_measured, text_to_amount, text_to_value
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
_LONGEST_UNIT = 6
"""A unit has at most this many characters: 万立方米, 个工作日."""
_HORIZONS = ("long_term", "annual")
_OF_INDICATORS = ("indicators", *_HORIZONS)
_GOALS = ("summary", "long_goals", "annual_goals", "indicators")
"""Sections whose label over a column says nothing but that it belongs to them: 年度目标, 年度指标."""
_SIGNS = frozenset({"≥", "≤", "=", ">", "<", "≧", "≦", ">=", "<=", "大于等于", "小于等于", "等于"})
_IN_WORDS = "定性"
"""What a column of signs says of a value in words."""
_COLON = re.compile(r"[:：]")
_SCORE = re.compile(r"\s*(?:%|分)$")
_WHOLE = (100, 90)
"""What the weights of a form make up; ten of a hundred may be left for the execution of the budget."""
_PAST = re.compile(r"上年|去年|前年|实际|完成")
_LONG = re.compile(r"[三五]年|总|长期|中期|规划|实施|周期|全")
"""What the heading of a column says of the whole period."""
_OF_STATE = re.compile(r"财政|拨款")
"""What the heading of a column says of the part of a task's money that the state pays."""

Levels = Mapping[str, frozenset[str]]
"""The words of `level1` and `level2` that forms print, without 指标 behind them."""


@cache
def layout_to_levels(layout: Layout) -> Levels:
    """The words of both levels, where the layout reads forms that nobody described; elsewhere a column is what its heading says."""
    return words_of_levels(layout) if layout.by_labels else {}


@cache
def words_of_levels(layout: Layout) -> Levels:
    """The words of both levels that the layout and its catalogue have."""
    level1 = {label.text for label in layout.levels} | {entry.level1 for entry in layout.entries.entries}
    level2 = {entry.level2 for entry in layout.entries.entries if entry.level2}
    return {"level1": frozenset(map(bare_level, level1)), "level2": frozenset(map(bare_level, level2))}


def bare_level(text: str) -> str:
    """A level's word as words of levels are compared: 产出指标 and 产出 are one."""
    return label_shape(text).removesuffix(_INDICATOR)


def heads_levels(rows: Sequence[Row], hits: Sequence[Hit | None], start: int, levels: Levels) -> bool:
    """Whether row `start` heads indicators though few of its words are known: short texts over a column of levels.

    `hits` are its labels.
    """
    row = rows[start]
    if row.line or len(row.filled) < _LEAST_HEADINGS or not levels or start + 1 == len(rows):
        return False
    words = levels["level1"] | levels["level2"]
    answered = any(_COLON.search(slot.raw) for slot in row.filled)
    if answered or not all(_may_head(slot.text, words) for slot in row.filled):
        return False
    below = _below(rows, start + 1)
    columns = (slot.column for slot in row.filled)
    return any(_level_of(below, column, levels) for column in columns) and _begins_with_level(below, words)


def _may_head(text: str, words: frozenset[str]) -> bool:
    return is_chinese(text[:1] or " ") and len(text) <= _LONGEST and bare_level(text) not in words


def _begins_with_level(below: Sequence[Row], words: frozenset[str]) -> bool:
    """Whether the first row below holds a level: above it may stand what the form says of itself."""
    return bool(below) and any(bare_level(slot.text) in words for slot in below[0].filled)


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
    texts = [bare_level(text) for text in _texts(below, column)]
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
        if level and level not in {cell.name for cell in found} and leaf.name not in levels:
            found[n] = _as_told(leaf, level)
    of_levels = any(cell.name in levels for cell in found)
    if of_levels:
        _tell_values(found, {leaf.start: _texts(below, leaf.start) for leaf in leaves})
    found = list(settle_columns(tuple(found)))
    if of_levels or any(cell.name == "target" and cell.table in _OF_INDICATORS for cell in found):
        last = next((n for n, cell in enumerate(found) if cell.name == "target"), len(found))
        _tell(found[:last], found, "level3", lambda leaf: _holds_names(_texts(below, leaf.start)))
    return tuple(found)


def _as_told(leaf: HeadingCell, name: str, table: str = "indicators") -> HeadingCell:
    return replace(leaf, table=table, name=name, section="", told=True)


def _tell_values(found: list[HeadingCell], texts: Mapping[int, Sequence[str]]) -> None:
    """Call the columns of weights, signs, values and units by what they hold, where the heading has none of them."""
    _tell(found, found, "weight", lambda leaf: _holds_weights(texts[leaf.start]))
    _tell(found, found, "comparator", lambda leaf: _holds_signs(texts[leaf.start]))
    if not any(cell.name == "target" for cell in found):
        values = [n for n, leaf in enumerate(found) if _is_open(leaf) and _holds_values(texts[leaf.start])]
        horizons = _HORIZONS if len(values) == len(_HORIZONS) and _are_horizons(found, values) else ()
        for n, table in zip(values, horizons or ("indicators",), strict=False):
            found[n] = _as_told(found[n], "target", table)
    target = next((n for n, leaf in enumerate(found) if leaf.name == "target"), len(found))
    bare = (
        all(text_to_amount(text) is not None for text in texts[found[target].start][:_LEAST])
        if found[target:]
        else False
    )
    if bare:
        _tell(found[target:], found, "unit", lambda leaf: _holds_units(texts[leaf.start]))


def _are_horizons(found: Sequence[HeadingCell], values: Sequence[int]) -> bool:
    """Whether of two columns of values the first is the whole period's and the second the year's, by their headings."""
    first, second = (found[n].printed for n in values)
    return not _PAST.search(first) and bool(_LONG.search(first)) and not _LONG.search(second)


def _tell(
    among: Sequence[HeadingCell], found: list[HeadingCell], name: str, holds: Callable[[HeadingCell], bool]
) -> None:
    """Call the first column `among` those that no word names and that holds such texts `name`, where the heading has none of it."""
    if any(cell.name == name for cell in found):
        return
    open_ = next((leaf for leaf in among if _is_open(leaf) and holds(leaf)), None)
    if open_ is not None:
        found[found.index(open_)] = _as_told(open_, name)


def _is_open(leaf: HeadingCell) -> bool:
    """Whether no word says which column of indicators it is."""
    if leaf.table in _OF_INDICATORS:
        return False
    return leaf.name.startswith(UNKNOWN_COLUMN) or bool(leaf.table) or leaf.section in _GOALS


def column_of_levels(
    leaves: Sequence[HeadingCell], rows: Sequence[Row], body: int, levels: Levels
) -> int | None:
    """Where the level 1 of a table whose rows begin at `body` stands, if its first cell is a word that such forms use."""
    start = next((leaf.start for leaf in leaves if leaf.name == "level1"), None)
    first = _texts(_below(rows, body), start)[:1] if start is not None and body < len(rows) else []
    return start if first and is_level(first[0], levels) else None


def is_level(text: str, levels: Levels) -> bool:
    """Whether a text is a word of either level."""
    return any(bare_level(text) in words for words in levels.values())


def _holds_values(texts: Sequence[str]) -> bool:
    measured = sum(is_measured(text_to_value(text)) for text in texts)
    return measured >= _LEAST and 2 * measured >= len(texts) and not _holds_weights(texts)


def _holds_weights(texts: Sequence[str]) -> bool:
    """Whether the texts are numbers that make up a hundred, or what is left of it beside the execution of the budget."""
    numbers = [text_to_amount(_SCORE.sub("", text)) for text in texts]
    return (
        len(numbers) > _LEAST and None not in numbers and sum(n for n in numbers if n is not None) in _WHOLE
    )


def _holds_signs(texts: Sequence[str]) -> bool:
    signs = sum(text in _SIGNS for text in texts)
    return signs >= _LEAST and all(text in _SIGNS or text == _IN_WORDS for text in texts)


def _holds_units(texts: Sequence[str]) -> bool:
    return len(texts) >= _LEAST and all(
        len(text) <= _LONGEST_UNIT and not text[:1].isdigit() for text in texts
    )


def _holds_names(texts: Sequence[str]) -> bool:
    """Whether the texts are names: Chinese, and each another one."""
    names = [text for text in texts if is_chinese(text[:1])]
    return len(names) >= _LEAST and len(names) == len(texts) and len(set(names)) > 1


def heads_tasks(
    rows: Sequence[Row], hits: Sequence[Hit | None], start: int, levels: Levels, known: bool
) -> bool:
    """Whether row `start` heads tasks whatever its words are: short texts behind the label of the tasks, and rows below that.

    `known`: enough of its words are known ones of headings, so that only a section's label is no heading of a column.
    """
    row = rows[start]
    if row.line or not levels or len(row.filled) < _LEAST_HEADINGS or start + 1 == len(rows):
        return False
    label = next(n for n, slot in enumerate(row.slots) if slot.filled)
    hit, below = hits[label], rows[start + 1]
    if (
        hit is None
        or hit.label.name != "tasks"
        or hit.rest.strip()
        or (known and hit.label.group != "section")
    ):
        return False
    under = next((slot for slot in below.slots if slot.column == row.slots[label].column), None)
    beside = under is not None and not under.filled and below.table == row.table and not below.line
    texts = [slot.text for slot in row.filled[1:]]
    return beside and len(below.filled) >= _LEAST and all(_may_head(text, frozenset()) for text in texts)


def told_tasks(leaves: Sequence[HeadingCell], rows: Sequence[Row], body: int) -> tuple[HeadingCell, ...]:
    """The columns of a heading of tasks: the texts are names and contents, the first amounts what they cost."""
    label = next(n for n, leaf in enumerate(leaves) if leaf.printed.strip())
    found = [
        *leaves[:label],
        replace(leaves[label], table="", name="", section="tasks"),
        *leaves[label + 1 :],
    ]
    first = {leaf.start: next(iter(_texts(_below(rows, body), leaf.start)), "") for leaf in leaves}
    for names, holds in ((("name", "content"), _is_text), (("amount",), is_amount)):
        left = [name for name in names if not any(leaf.name == name for leaf in found)]
        for n, leaf in enumerate(found):
            open_ = leaf.name not in ("", RUNNING_NUMBER) and leaf.table != "tasks"
            if left and open_ and holds(first[leaf.start]):
                found[n] = _as_told(leaf, left.pop(0), "tasks")
    for n, leaf in enumerate(found):
        if (
            leaf.name.startswith(UNKNOWN_COLUMN)
            and _OF_STATE.search(leaf.printed)
            and is_amount(first[leaf.start])
        ):
            found[n] = _as_told(leaf, "fiscal", "tasks")
    return settle_columns(tuple(found))


def _is_text(text: str) -> bool:
    return is_chinese(text[:1])
