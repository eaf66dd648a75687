"""Rows of tables whose merged cells a text lost, or repeats: put back under the columns of their heading.

A table that was saved as text may print a merged cell only where it begins. The rows below it then hold fewer cells, and
all of them stand too far left: what a row lacks is on its left, the label of the whole table and the levels of
indicators. The words of levels, and the number of cells, say how much.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from normalize.form.labels import Hit, label_shape
from normalize.form.layouts import YEARS, Layout
from normalize.form.parts.columns.told_columns import Levels, bare_level, is_level, words_of_levels
from normalize.form.parts.money_names import is_sum_word
from normalize.form.physical_rows import EXACT_READERS, Row, RowSlot

_LEVELS = ("level1", "level2")
_SPANNING = ("history", "target", "amount")
"""The columns that a form may part into several below one heading, the likeliest first: years, values, kinds of money."""
_ENDING = ("field", "section", "title", "item")
"""Groups of labels that end a table where they stand first in a row."""


@dataclass(frozen=True, slots=True)
class _Columns:
    """The columns of a table from left to right: what each is called, where it starts, and the label beside the table."""

    names: tuple[str, ...]
    starts: tuple[int, ...]
    section: str

    @property
    def of_indicators(self) -> bool:
        return "level3" in self.names

    def first_of(self, name: str) -> int:
        return self.names.index(name)


def with_lost_cells(rows: Sequence[Row], layout: Layout) -> tuple[Row, ...]:
    """The rows of one form, those of its tables with a blank cell for every merged one that a text lost.

    Only rows of transcripts are touched: elsewhere lines and places say where a cell stands. A table of indicators is
    left as it is where one of its rows contradicts, and so are its last rows that no level proves: they are doubted.
    """
    found = list(rows)
    r = 0
    while r < len(found):
        columns = _row_to_columns(found[r], layout)
        r += 1
        if columns is None:
            continue
        if r < len(found) and (parted := _parted(found[r - 1], found[r], columns, layout)):
            found[r - 1], found[r], columns = parted
            r += 1
        elif r < len(found) and (under := _under_heading(found[r - 1], found[r], layout)):
            found[r] = under
            r += 1
        end = r
        while end < len(found) and not _ends(found[end], columns, layout):
            end += 1
        moved = _levelled if columns.of_indicators else _beside_section
        found[r:end] = moved(found[r:end], columns, layout)
        r = end
    return tuple(found)


def _row_to_columns(row: Row, layout: Layout) -> _Columns | None:
    """The columns that a row of a transcript heads: of indicators below a level, or of a table with its label beside it."""
    if not _is_transcript(row):
        return None
    slots = _without_blanks(row)
    hits = [layout.hit(slot) for slot in slots]
    heads = [hit and layout.as_group(hit, "heading") for hit in hits]
    names = [hit.label.part if hit and not hit.rest else "" for hit in heads]
    for n in range(1, len(slots)):
        names[n] = "" if slots[n].text == slots[n - 1].text else names[n]
    whole = hits[0] and layout.as_group(hits[0], "section")
    beside = bool(whole) and sum(map(bool, names[1:])) > 1
    if beside:
        names[0] = ""
    named = [name for name in names if name]
    if len(set(named)) < len(named) or (not beside and "level3" not in named):
        return None
    if "level3" in named and not ("target" in named and any(level in named for level in _LEVELS)):
        return None
    return _Columns(tuple(names), tuple(slot.column for slot in slots), slots[0].text if beside else "")


def _is_transcript(row: Row) -> bool:
    return not row.ruled and not row.line and row.reader not in EXACT_READERS


def _without_blanks(row: Row) -> tuple[RowSlot, ...]:
    """The slots of a row without the blank ones at its end, which fill a narrower row up."""
    last = max(n for n, slot in enumerate(row.slots) if slot.filled)
    return row.slots[: last + 1]


def _parted(first: Row, second: Row, columns: _Columns, layout: Layout) -> tuple[Row, Row, _Columns] | None:
    """A heading of two rows whose second one parts a column, both under all columns, where a text lost how wide that is."""
    count = len(columns.names)
    above = _without_blanks(first)
    if not _is_transcript(second) or columns.starts != tuple(range(count)):
        return None
    if any(slot.covered for slot in second.slots) or not all(slot.filled for slot in above):
        return None
    below = _between(above, second.filled)
    hits = [layout.hit(slot) for slot in below]
    if len(below) <= 1 or not all(map(_parts, below, hits)):
        return None
    at = next((columns.first_of(name) for name in _SPANNING if name in columns.names), None)
    blanks = next(n for n, slot in enumerate(second.slots) if slot.filled)
    if at is None or (blanks != at if blanks else len(_without_blanks(second)) == count):
        return None
    more = len(below) - 1
    names = (*columns.names[:at], *(columns.names[at],) * more, *columns.names[at:])
    starts = tuple(range(count + more))
    upper = (*above[: at + 1], *(replace(slot, column=slot.column + more) for slot in above[at + 1 :]))
    lower = [_at(_blank(below[0]), n) for n in starts]
    lower[at : at + more + 1] = [_at(slot, at + n) for n, slot in enumerate(below)]
    whole = _Columns(names, starts, columns.section)
    return replace(first, slots=upper), replace(second, slots=tuple(lower)), whole


def _under_heading(first: Row, second: Row, layout: Layout) -> Row | None:
    """A heading's second row that prints merged headings again, with blank cells for these; `None` for any other row."""
    above, below = _without_blanks(first), _without_blanks(second)
    if not _is_transcript(second) or len(above) != len(below):
        return None
    same = [one.text == other.text for one, other in zip(above, below, strict=True)]
    own = [slot for slot, again in zip(below, same, strict=True) if not again]
    if not any(same) or not own or not all(_parts(slot, layout.hit(slot)) for slot in own):
        return None
    slots = (_blank(slot) if again else slot for slot, again in zip(below, same, strict=True))
    return replace(second, slots=tuple(slots))


def _between(above: Sequence[RowSlot], below: Sequence[RowSlot]) -> Sequence[RowSlot]:
    """The cells of a heading's second row without those at both ends that repeat the first row's."""
    if len(below) < len(above):
        return below
    same = [one.text == other.text for one, other in zip(above, below, strict=False)]
    first = same.index(False) if False in same else len(same)
    back = [one.text == other.text for one, other in zip(reversed(above), reversed(below), strict=False)]
    last = back.index(False) if False in back else len(back)
    return below[first : len(below) - last]


def _parts(slot: RowSlot, hit: Hit | None) -> bool:
    """Whether a text may stand below a heading: it is one itself, an item of money, or a year."""
    return label_shape(slot.text) in YEARS or (hit is not None and hit.label.group in ("heading", "item"))


def _ends(row: Row, columns: _Columns, layout: Layout) -> bool:
    """Whether a row is none of the table's: a line, another heading, or one that begins with a label of the form."""
    if not _is_transcript(row) or _row_to_columns(row, layout):
        return True
    first = row.filled[0]
    if first.text == columns.section or is_level(first.text, words_of_levels(layout)):
        return False
    hit = layout.hit(first)
    return hit is not None and not hit.misread and not hit.guessed and hit.label.group in _ENDING


def _level_of(text: str, levels: Levels) -> tuple[str, ...]:
    """The levels that have this word."""
    return tuple(level for level in _LEVELS if bare_level(text) in levels[level])


def _beside_section(rows: Sequence[Row], columns: _Columns, _: Layout) -> Iterator[Row]:
    """Rows beside the label of their table: one that has a cell for every other column lacks just that label."""
    for row in rows:
        slots = _without_section(row, columns)
        if len(slots) == len(columns.names) - 1 and slots[0].filled and slots[0].column == 0:
            yield _put(row, slots, columns, 1)
        elif sums := _sums(slots, columns):
            yield replace(row, slots=sums)
        else:
            yield replace(row, slots=(*slots, *row.slots[len(slots) :]))


def _sums(slots: Sequence[RowSlot], columns: _Columns) -> tuple[RowSlot, ...]:
    """The cells of a row of sums under the columns of amounts, where its name was merged with what stands beside names."""
    name, *amounts = [slot for slot in slots if slot.filled]
    at = [n for n, column in enumerate(columns.names) if column == "amount"]
    gap = any(not slot.filled for slot in slots[slots.index(name) :])
    if gap or len(at) != len(amounts) or len(slots) >= len(columns.names) or not is_sum_word(name.text):
        return ()
    found = [_at(_blank(name), start) for start in columns.starts]
    found[1] = _at(name, columns.starts[1])
    for n, slot in zip(at, amounts, strict=True):
        found[n] = _at(slot, columns.starts[n])
    return tuple(found)


def _levelled(rows: Sequence[Row], columns: _Columns, layout: Layout) -> Sequence[Row]:
    """Rows of indicators with their levels under the columns of levels, as far as a level proves them."""
    levels = words_of_levels(layout)
    found, proved = list(rows), 0
    for n, row in enumerate(rows):
        slots = _without_section(row, columns)
        lacks = len(columns.names) - len(slots)
        if lacks < 0 or (lacks and any(slot.covered for slot in slots[1:])):
            continue
        lost = _lost(row, slots, columns, levels)
        if lost is None:
            return rows
        found[n] = _put(row, slots, columns, lost)
        texts = _under(slots, columns, lost)
        if any(level in _level_of(texts.get(level, ""), levels) for level in _LEVELS):
            proved = n + 1
    return (*found[:proved], *rows[proved:])


def _without_section(row: Row, columns: _Columns) -> tuple[RowSlot, ...]:
    """The slots of a row without blank ones at its end, the label of the whole table blank where it is printed again."""
    slots = _without_blanks(row)
    if columns.section and len(slots) > 1 and slots[0].text == columns.section:
        return (_blank(slots[0]), *slots[1:])
    return slots


def _blank(slot: RowSlot) -> RowSlot:
    return replace(slot, raw="", text="", covered=True, posteriors=None, rival=None)


def _lost(row: Row, slots: Sequence[RowSlot], columns: _Columns, levels: Levels) -> int | None:
    """How many cells a row lacks on its left: all that it lacks, or, where it ends with blanks, as many as its level says."""
    lacks = len(columns.names) - len(slots)
    if _fits(_under(slots, columns, lacks), levels):
        return lacks
    if len(row.slots) == len(slots):
        return None
    firsts = (0, *(columns.first_of(level) for level in _LEVELS if level in columns.names))
    return next((n for n in firsts if n < lacks and _fits(_under(slots, columns, n), levels)), None)


def _put(row: Row, slots: Sequence[RowSlot], columns: _Columns, lost: int) -> Row:
    """The row with that many blank cells before its own, all under the columns."""
    every = (*(_blank(slots[0]) for _ in range(lost)), *slots, *row.slots[len(slots) :])
    return replace(row, slots=tuple(map(_at, every, columns.starts)))


def _at(slot: RowSlot, column: int) -> RowSlot:
    return replace(slot, column=column)


def _under(slots: Sequence[RowSlot], columns: _Columns, lost: int) -> dict[str, str]:
    """The texts by column of a row that lacks so many cells on its left."""
    return dict(zip(columns.names[lost:], (slot.text for slot in slots), strict=False))


def _fits(texts: dict[str, str], levels: Levels) -> bool:
    """Whether words of levels stand where they may among these texts, and a name beside them."""
    first, second, name = (texts.get(column, "") for column in ("level1", "level2", "level3"))
    own = not first or "level1" in _level_of(first, levels)
    other = not first and _level_of(second, levels) == ("level1",)
    moved = is_level(name, levels) and bare_level(name) != name
    return own and not other and bool(name) and not moved
