"""What the prices of the table room should be: `python -m bench.learn --seeds 1:60` counts events on made-up damaged forms.

Every form is read as ever; the winning paths of those that were read without a silent error are counted. A price is −ln
of the share of chances that an event took, so it stands beside the price in use; a price has no count where the event
needs no chance (oddness of names, margins) or was never seen.
"""

from __future__ import annotations

import argparse
import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from bench.damage import Job, read, text_to_seeds
from bench.forge.damage import Level
from normalize.table.alignment import OFFSETS
from normalize.table.cell_margins import Alignment
from normalize.table.emissions import BLANK_TEXT, COVERED_TEXT
from normalize.table.logical_rows import Fields, LogicalRow
from normalize.table.model import CASES, RowState, TableModel
from normalize.table.span_costs import SpanReading
from normalize.table.table_prices import PRICES

LEVELS: tuple[Level, ...] = ("ocr", "html", "worse")
FACTOR = 2.0
"""A price that differs from its count by more than this factor is marked."""

Counts = Counter[tuple[str, bool]]
"""How often an event had a chance and took it (True), or did not."""
_counts: Counts = Counter()
"""What the worker process has counted in its present form."""


def price_in_use(event: str) -> float | None:
    """The price that the event has in the decoder, `None` for what only completes a sum."""
    return getattr(PRICES, event, None)


def _count(event: str, happened: bool) -> None:
    _counts[event, happened] += 1


def count_path(fields: Fields, readings: Sequence[SpanReading], rows: int) -> None:
    """Count the events of one table's winning path over `rows` rows of the page."""
    spans, states = fields.prices.spans, fields.model.states
    taken = sum(spans[reading.span].length for reading in readings)
    for n in range(rows):
        _count("foreign_row", n >= taken)
    before: SpanReading | None = None
    for reading, alignment in zip(readings, fields.prices.alignments(readings), strict=True):
        span = spans[reading.span]
        for row in fields.rows[span.start + 1 : span.start + span.length]:
            _count("split_at_gap" if row.gap else "split", True)
        for row in fields.rows[span.start : span.start + 1]:
            _count("split_at_gap" if row.gap else "split", False)
            if before is not None:
                changed = before.offset != reading.offset
                _count("offset_change_at_gap" if row.gap else "offset_change", changed)
        _count_transition(fields.model, states[before.state] if before else None, states[reading.state])
        _count_cells(fields, reading, alignment)
        before = reading


def _count_transition(model: TableModel, before: RowState | None, after: RowState) -> None:
    if before is None:
        return
    same_level2 = before.level1 == after.level1 and before.level2 == after.level2
    left_out = model.transition(before, after) >= PRICES.skip_first
    seen = {
        "variant_on": before.variant < after.variant,
        "variant_back": before.variant > after.variant,
        "repeat_own": before == after and after.own,
        "repeat_fixed": before == after and not after.own,
        "within_level2": before != after and same_level2 and (before.own or after.own),
        "back": before.variant == after.variant and after.order < before.order,
        "unusual_own": not after.usual and after.level2 is not None,
        "open_level2": not after.usual and after.level2 is None,
    }
    onward = not any(seen.values())
    for event, happened in {
        **seen,
        "next_entry": onward and not left_out,
        "skip_first": onward and left_out,
    }.items():
        _count(event, happened)


def _count_cells(fields: Fields, reading: SpanReading, alignment: Alignment) -> None:
    texts = fields.prices.spans[reading.span].texts
    columns = fields.model.variants[fields.model.states[reading.state].variant].columns
    held = {columns[c].key: text for text, taken in zip(texts, alignment.columns, strict=True) for c in taken}
    for text, taken in zip(texts, alignment.columns, strict=True):
        blank = text in (BLANK_TEXT, COVERED_TEXT)
        _count("skip_blank" if blank else "skip_filled", not taken)
        if not blank:
            _count("glued", len(taken) > 1)
    last = max((c for taken in alignment.columns for c in taken), default=-1)
    for c in range(max(0, OFFSETS[reading.offset]), len(columns)):
        _count("row_ends" if c > last else "skip_column", columns[c].key not in held)
    for level, column in enumerate(("level2", "level1")):
        if column in held:
            _count_label(held[column], changed=reading.case > level, first=level < CASES - 1)
    state = fields.model.states[reading.state]
    for column, event in (("level3", "name_blank"), ("target", "target_blank"), ("basis", "basis_blank")):
        if column in held and (column != "basis" or state.entry.basis is not None):
            _count(event, held[column] == BLANK_TEXT)
    for column in ("year_before_last", "last_year"):
        if column in held:
            _count("history_blank", held[column] == BLANK_TEXT)


def _count_label(text: str, changed: bool, first: bool) -> None:
    if changed:
        _count("label_blank_changed", text == BLANK_TEXT)
        _count("label_covered_changed", text == COVERED_TEXT)
    elif first:
        _count("label_printed_same", text not in (BLANK_TEXT, COVERED_TEXT))
        _count("label_blank_same", text == BLANK_TEXT)


def _listen(_: object = None) -> None:
    """From now on, in this process, every table that is decoded is counted."""
    write_out = Fields.logical_rows

    def counted(
        self: Fields, readings: Sequence[SpanReading], rivals: Sequence[Sequence[SpanReading]]
    ) -> tuple[LogicalRow, ...]:
        count_path(self, readings, len(self.rows))
        return write_out(self, readings, rivals)

    setattr(Fields, "logical_rows", counted)  # noqa: B010


def count_form(job: Job) -> Counts:
    """The events of a form, none where it was read with a silent error."""
    _counts.clear()
    one = read(job)
    return Counter() if one.crash or any(field.silent for field in one.fields) else Counter(_counts)


def prices(counts: Mapping[tuple[str, bool], int]) -> Iterator[tuple[str, int, int, float]]:
    """(event, how often seen, of how many chances, its price) of every event that was seen at all."""
    for event in sorted({event for event, _ in counts}):
        seen, chances = (
            counts.get((event, True), 0),
            counts.get((event, True), 0) + counts.get((event, False), 0),
        )
        if seen:
            yield event, seen, chances, -math.log(seen / chances)


def to_table(counts: Counts) -> Table:
    table = Table("event", title="counted on made-up forms", title_justify="left", box=SIMPLE_HEAD)
    for name in ("seen", "chances", "counted", "in use", ""):
        table.add_column(name, justify="right", no_wrap=True)
    for event, seen, chances, counted in prices(counts):
        price = price_in_use(event)
        apart = price is not None and max(price, counted) > FACTOR * min(price, counted)
        shown = "" if price is None else f"{price:.2f}"
        table.add_row(event, str(seen), str(chances), f"{abs(counted):.2f}", shown, "apart" if apart else "")
    return table


def count_all(jobs: Iterable[Job]) -> Counts:
    """The events of all forms, counted side by side."""
    with ProcessPoolExecutor(initializer=_listen) as pool:
        return sum(pool.map(count_form, jobs, chunksize=4), Counter())


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.learn", description=__doc__)
    parser.add_argument("--seeds", type=text_to_seeds, default=range(1, 61), help="FIRST:LAST, both included")
    options = parser.parse_args()
    counts = count_all([Job(level, seed) for level in LEVELS for seed in options.seeds])
    Console(width=100).print(to_table(counts))


if __name__ == "__main__":
    main()
