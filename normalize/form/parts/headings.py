"""Headings of tables: which column is which, over one row or several, and where the table below them ends."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from normalize.form.labels import Hit, Label, label_shape
from normalize.form.layouts import YEARS
from normalize.form.parts.found import UNKNOWN_COLUMN, PrintedLabel
from normalize.form.parts.heading_columns import HeadingCell
from normalize.form.parts.told_columns import Levels, heads_levels, told_columns
from normalize.form.physical_rows import Row, RowSlot
from normalize.text.cell_values import text_to_years

_LEAST = 2
"""A row with fewer labels of headings than this heads no table."""
_MOST_ROWS = 3
"""A heading has at most this many rows."""
_HORIZONS = ("long_term", "annual")
_YEARS_BACK = ("year_before_last", "last_year")
_OF_YEARS = ("history", *_YEARS_BACK)
"""Columns that say nothing without one that says what of: years alone head no table."""
_FILLED_DOWN = ("owner", "project", "goal", "level1", "level2")
"""Columns of indicators whose cell stands once for the rows below it."""
RUNNING_NUMBER = "number"
"""The column of running numbers, which any table may have and nothing is read from."""


@dataclass(frozen=True, slots=True)
class Heading:
    """The heading in the rows from `start` to `body`, and the table's rows from there to `end`."""

    start: int
    body: int
    end: int
    table: str
    leaves: tuple[HeadingCell, ...]

    @property
    def sides(self) -> tuple[str, ...]:
        """The horizons that stand side by side, or one empty name."""
        own = {(cell.table, cell.name) for cell in self.leaves if cell.table in _HORIZONS}
        if all((h, "level3") in own for h in _HORIZONS):
            return _HORIZONS
        shared = any(cell.name == "target" and cell.table != "long_term" for cell in self.leaves)
        return _HORIZONS if ("long_term", "target") in own and shared else ("",)

    @property
    def horizon(self) -> str:
        """The horizon that its columns tell, if they tell one."""
        if self.sides != ("",):
            return ""
        return next((cell.table for cell in self.leaves if cell.table in _HORIZONS), "")

    @property
    def columns(self) -> Mapping[str, str]:
        """All columns by name, with their headings as printed."""
        return {cell.name: cell.printed for cell in self.leaves if cell.name}

    def labels(self) -> Iterator[PrintedLabel]:
        """Its columns; one that the layout does not know is called by its heading."""
        for leaf in (leaf for leaf in self.leaves if leaf.name):
            table = leaf.table or self.table
            yield PrintedLabel(Label("heading", table, "", leaf.name), leaf.printed, guessed=False)

    def side_columns(self, side: str) -> Mapping[str, str]:
        """The columns of one horizon, and those that both share."""
        return {c.name: c.printed for c in self.leaves if c.name and self._belongs(c, side)}

    def cells(self, row: Row, side: str = "") -> dict[str, RowSlot]:
        """The row's slots by column: by order where the row has as many as the heading has columns, else by place."""
        slots = row.slots
        if len(slots) == len(self.leaves):
            pairs = list(zip(self.leaves, slots, strict=True))
        else:
            pairs = [(leaf, slot) for slot in slots if (leaf := self._over(slot)) is not None]
        found: dict[str, RowSlot] = {}
        for leaf, slot in pairs:
            if (
                leaf.name
                and self._belongs(leaf, side)
                and not (leaf.name in found and found[leaf.name].filled)
            ):
                found[leaf.name] = slot
        return found

    def fill_down(self, cells: dict[str, RowSlot], above: dict[str, RowSlot]) -> None:
        """Give a row of indicators what stands above for it, too; where a cell is printed anew, those to its right begin anew."""
        columns = _FILLED_DOWN if self.table == "indicators" else ()
        for n, column in enumerate(columns):
            slot = cells.get(column)
            if slot is not None and slot.filled:
                above[column] = slot
                for right in columns[n + 1 :]:
                    above.pop(right, None)
            elif column in above:
                cells[column] = above[column]

    def _belongs(self, cell: HeadingCell, side: str) -> bool:
        """Whether a column is one of the side: its own, or a shared one of which the side has none of its own."""
        if not side or cell.table == side:
            return True
        own = any((leaf.table, leaf.name) == (side, cell.name) for leaf in self.leaves)
        return cell.table not in _HORIZONS and not own

    def _over(self, slot: RowSlot) -> HeadingCell | None:
        left = [leaf for leaf in self.leaves if leaf.start <= slot.column]
        return left[-1] if left else None


def rows_to_heading(
    rows: Sequence[Row], hits: Sequence[Sequence[Hit | None]], start: int, levels: Levels
) -> Heading | None:
    """The heading that begins in row `start`, if one does, and how far its table reaches.

    `levels` are the words by which columns of indicators are known that no heading names; none where headings name all.
    """
    if not _heads(rows[start], hits[start]) and not heads_levels(rows, hits[start], start, levels):
        return None
    body = start + 1
    while body < min(len(rows), start + _MOST_ROWS) and _goes_on(rows[start], rows[body], hits[body]):
        body += 1
    leaves = told_columns(_leaves(rows[start:body], hits[start:body]), rows, body, levels)
    if all(leaf.name in ("", *_OF_YEARS) or leaf.name.startswith(UNKNOWN_COLUMN) for leaf in leaves):
        return None
    names = [leaf.table for leaf in leaves if leaf.table and leaf.name != RUNNING_NUMBER]
    matrix = any(leaf.name == "level3" for leaf in leaves)
    table = next((name for name in names if name not in _HORIZONS and not matrix), "indicators")
    end = body
    while end < len(rows) and not _ends(rows[end], hits[end], leaves):
        end += 1
    return Heading(start, body, end, table, leaves)


def _heads(row: Row, hits: Sequence[Hit | None]) -> bool:
    """Whether the row's texts are headings: two at least, and nothing that could answer a label."""
    if row.line:
        return False
    heads = sum(hit is not None and hit.label.group == "heading" for hit in hits)
    filled = [hit for slot, hit in zip(row.slots, hits, strict=True) if slot.filled]
    other = sum(hit is None for hit in filled)
    labels = sum(hit is not None and hit.label.group in ("field", "item", "title") for hit in filled)
    return heads >= _LEAST and heads > other + labels and not any(hit and hit.rest.strip() for hit in filled)


def _goes_on(first: Row, row: Row, hits: Sequence[Hit | None]) -> bool:
    """Whether a row is one more of the heading: it holds only labels of headings, items or years, under others."""
    if row.line or row.table != first.table:
        return False
    filled = [hit for slot, hit in zip(row.slots, hits, strict=True) if slot.filled]
    under = any(slot.covered or not slot.filled for slot in row.slots)
    return (
        bool(filled) and under and all(h is not None and h.label.group in ("heading", "item") for h in filled)
    )


def _leaves(rows: Sequence[Row], hits: Sequence[Sequence[Hit | None]]) -> tuple[HeadingCell, ...]:
    """The lowest heading over each column, from left to right; a section's label beside the table has no name."""
    found: dict[int, HeadingCell] = {}
    for row, labels in zip(rows, hits, strict=True):
        above = sorted(found.values(), key=lambda leaf: leaf.start)
        for n, (slot, hit) in enumerate(zip(row.slots, labels, strict=True)):
            if slot.covered and row is not rows[0]:
                continue
            column = slot.column
            if slot.filled or column not in found:
                over = next((leaf.name for leaf in reversed(above) if leaf.name and leaf.start <= column), "")
                found[column] = replace(_leaf(slot, hit, column if slot.column or not n else n), over=over)
    return _with_years([found[column] for column in sorted(found)])


def _with_years(leaves: Sequence[HeadingCell]) -> tuple[HeadingCell, ...]:
    """Two columns of earlier years are the year before last and the last one; below a heading of targets the last is its own."""
    targets = [leaf for leaf in leaves if leaf.over == "target" and label_shape(leaf.printed) in YEARS]
    if len(targets) > 1:
        last = [leaf for leaf in targets if _year(leaf) < max(map(_year, targets))][-len(_YEARS_BACK) :]
        past = dict(zip(map(id, reversed(last)), reversed(_YEARS_BACK), strict=False))
        names = {id(leaf): past.get(id(leaf), "target") for leaf in targets}
        return tuple(
            replace(leaf, table="indicators", name=names[id(leaf)]) if id(leaf) in names else leaf
            for leaf in leaves
        )
    years = [leaf for leaf in leaves if leaf.name == "history"]
    names = dict(zip(map(id, years), _YEARS_BACK, strict=False)) if len(years) == len(_YEARS_BACK) else {}
    return tuple(replace(leaf, name=names.get(id(leaf), leaf.name)) for leaf in leaves)


def _year(leaf: HeadingCell) -> int:
    return max(text_to_years(leaf.printed), default=0)


def _leaf(slot: RowSlot, hit: Hit | None, column: int) -> HeadingCell:
    if not slot.filled or (hit and hit.label.group == "section"):
        return HeadingCell(column, "", "", slot.raw, hit.label.name if hit else "")
    if hit and hit.label.group == "heading":
        return HeadingCell(column, hit.label.name, hit.label.part, slot.raw)
    return HeadingCell(column, "", f"{UNKNOWN_COLUMN}{slot.text}", slot.raw)


def _ends(row: Row, hits: Sequence[Hit | None], leaves: Sequence[HeadingCell]) -> bool:
    """Whether a row is none of the table's: a line, another heading, or a label of a field or section on its left.

    A label further to the right is the name of an indicator that begins like one (绩效目标合理性). One that is only guessed
    ends a table beside it, or in a cell as wide as the table.
    """
    if row.line or _heads(row, hits):
        return True
    first = next((n for n, slot in enumerate(row.slots) if slot.filled), None)
    hit = None if first is None else hits[first]
    if first is not None and hit is None and _is_beside(row, first, leaves):
        return True
    if first is None or hit is None or hit.misread:
        return False
    beside = [leaf.start for leaf in leaves if leaf.name]
    outside = bool(beside) and row.slots[first].column < beside[0]
    within = bool(beside) and row.slots[first].column > beside[0]
    alone = len(row.slots) == 1 and hit.label.group == "section"
    if within or (hit.guessed and not outside and not alone):
        return False
    return hit.label.group in ("field", "section", "title") or (outside and hit.label.group != "heading")


def _is_beside(row: Row, first: int, leaves: Sequence[HeadingCell]) -> bool:
    """Whether a text stands where the label of the indicators stands, and so is another label, known or not."""
    own = [leaf for leaf in leaves if leaf.section == "indicators" and leaf.start == row.slots[first].column]
    answered = sum(slot.filled for slot in row.slots) > 1
    return answered and any(leaf.printed != row.slots[first].raw for leaf in own)
