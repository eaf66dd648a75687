"""Columns of a heading whose words alone do not say which column they are: what stands beside them says it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from normalize.form.parts.found import UNKNOWN_COLUMN
from normalize.text.fold import fold

_ONCE_A_SIDE, _TWICE = ("level3", "target"), 2
"""Columns that stand twice in a heading whose horizons stand side by side without a word of them."""

_CONTENT = "内容"
_VALUE = "值"
_COSTS = ("total_budget", "annual_budget")
"""What a column of amounts is called in a table of projects."""


@dataclass(frozen=True, slots=True)
class HeadingCell:
    """One column: from where it starts, its table, its name, its heading as printed, and which section that also names.

    `told`: its heading names it nowhere, what stands below it does. `over`: the column that a heading above it names.
    """

    start: int
    table: str
    name: str
    printed: str
    section: str = ""
    told: bool = False
    over: str = ""


def settle_columns(leaves: tuple[HeadingCell, ...]) -> tuple[HeadingCell, ...]:
    """The columns from left to right, each as what its neighbours make it."""
    return _with_horizons(_with_names_last(_with_unit(_with_name(_with_values(_with_tasks(leaves))))))


def _with_tasks(leaves: tuple[HeadingCell, ...]) -> tuple[HeadingCell, ...]:
    """Tasks are named in the column before their contents, whatever it is called, and what they cost is their amount."""
    content = next((n for n, leaf in enumerate(leaves) if (leaf.table, leaf.name) == ("tasks", "content")), 0)
    names = {leaf.name for leaf in leaves}
    found = list(leaves)
    if content and "name" not in names and "level3" not in names:
        n = next(
            (n for n in range(content) if leaves[n].printed.strip() and leaves[n].section != "tasks"), None
        )
        if n is not None:
            found[n] = replace(leaves[n], table="tasks", name="name")
    if content and "amount" not in names:
        n = next((n for n, leaf in enumerate(leaves) if leaf.name in _COSTS and n > content), None)
        if n is not None:
            found[n] = replace(leaves[n], table="tasks", name="amount")
    return tuple(found)


def _with_values(leaves: tuple[HeadingCell, ...]) -> tuple[HeadingCell, ...]:
    """Where no column has the values, the one that is headed by values and their unit has both: 指标值（单位）."""
    if any(leaf.name == "target" for leaf in leaves):
        return leaves
    units = [n for n, leaf in enumerate(leaves) if leaf.name == "unit" and _VALUE in leaf.printed]
    return (
        tuple(replace(leaf, name="target") if n in units else leaf for n, leaf in enumerate(leaves))
        if len(units) == 1
        else leaves
    )


def _with_name(leaves: tuple[HeadingCell, ...]) -> tuple[HeadingCell, ...]:
    """A form without 三级指标 may head the column of its names 绩效指标, as others call the whole table."""
    names = {leaf.name for leaf in leaves}
    if "level3" in names or "target" not in names:
        return leaves
    named = [n for n, leaf in enumerate(leaves) if leaf.name]
    between = range(named[0] + 1, named[-1])
    n = next((n for n in between if leaves[n].section == "indicators"), None)
    return (
        leaves
        if n is None
        else (*leaves[:n], replace(leaves[n], table="indicators", name="level3"), *leaves[n + 1 :])
    )


def _with_unit(leaves: tuple[HeadingCell, ...]) -> tuple[HeadingCell, ...]:
    """A column 单位 to the right of the names counts; to their left it says whose row it is."""
    right = False
    found = []
    for leaf in leaves:
        owner = right and leaf.name == "owner"
        found.append(replace(leaf, table="indicators", name="unit") if owner else leaf)
        right = right or leaf.name == "level3"
    return tuple(found)


def _with_names_last(leaves: tuple[HeadingCell, ...]) -> tuple[HeadingCell, ...]:
    """Of two columns of names beside one of targets the second names the indicators, the first is a level more.

    What is called their content, or stands behind the targets, explains them instead.
    """
    named = [n for n, leaf in enumerate(leaves) if (leaf.table, leaf.name) == ("indicators", "level3")]
    targets = [n for n, leaf in enumerate(leaves) if leaf.name == "target"]
    if len(named) != _TWICE or len(targets) != 1:
        return leaves
    found, (first, second) = list(leaves), named
    if _CONTENT in leaves[second].printed or targets[0] < second:
        explained = any(leaf.name == "explanation" for leaf in leaves)
        name = f"{UNKNOWN_COLUMN}{fold(leaves[second].printed)}" if explained else "explanation"
        found[second] = replace(leaves[second], name=name)
    else:
        found[first] = replace(leaves[first], table="", name=f"{UNKNOWN_COLUMN}{fold(leaves[first].printed)}")
    return tuple(found)


def _with_horizons(leaves: tuple[HeadingCell, ...]) -> tuple[HeadingCell, ...]:
    """Of the same columns printed twice side by side the left ones are the long term's, as the ministry's form has them."""
    names = [leaf.name if leaf.table == "indicators" else "" for leaf in leaves]
    if any(names.count(name) != _TWICE for name in _ONCE_A_SIDE):
        return leaves
    again = [n for n, name in enumerate(names) if name and name in names[:n]]
    first = {names[n] for n in again}
    left = [n for n, name in enumerate(names) if name in first and n not in again]
    if max(left) > min(again):
        return leaves
    side = dict.fromkeys(left, "long_term") | dict.fromkeys(again, "annual")
    return tuple(replace(leaf, table=side.get(n, leaf.table)) for n, leaf in enumerate(leaves))
