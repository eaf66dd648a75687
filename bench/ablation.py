"""What each part contributes: `python -m bench.ablation --seeds 1:60` reads damaged forms without it.

The parts are taken out from here, by replacing functions in the worker processes; the product knows no such switch.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Container, Iterator, Mapping, Sequence

import numpy as np
from rapidfuzz.fuzz import ratio

from bench.damage import LEVELS, Job, Sums, read_all, tally, text_to_seeds
from bench.forge.damage import Level
from bench.report.shown import percent
from normalize.channel.decision import Decision, read_together
from normalize.channel.observation import Observation
from normalize.form.physical_rows import Row
from normalize.read.indicators.twins import pair_rows
from normalize.table.emissions import BLANK_TEXT, COVERED_TEXT, Emissions
from normalize.table.joined_rows import JoinedRows, row_to_spans
from normalize.table.lexicon import Costs
from normalize.table.logical_rows import LogicalRow
from normalize.table.model import CASES, RowState, TableModel
from normalize.table.table_prices import PRICES
from normalize.text.fold import skeleton

OPEN_LABEL = 4.0
"""Price of any text in a label column that knows no labels: what an own name costs."""


def replace(old: object, new: object) -> None:
    """Put `new` wherever a module of `normalize` has imported `old`."""
    for module in [m for name, m in sys.modules.items() if name.startswith("normalize.")]:
        for name in [name for name, value in vars(module).items() if value is old]:
            setattr(module, name, new)


def without_tree() -> None:
    """Entries follow each other in any order, and labels say nothing about them."""

    def label(self: Emissions, names: list[str], changed_from: int) -> Costs:
        costs = np.full((len(self.texts), CASES, len(names)), OPEN_LABEL, np.float32)
        for blank in {BLANK_TEXT, COVERED_TEXT} & set(self.index):
            costs[self.index[blank]] = PRICES.label_blank_same
        return costs

    def transition(self: TableModel, before: RowState | None, after: RowState) -> float:
        return 0.0

    setattr(Emissions, "_label", label)  # noqa: B010
    setattr(TableModel, "transition", transition)  # noqa: B010


def without_continuation() -> None:
    """Every physical row is a row of the table."""

    def alone(rows: Sequence[Row], start: int, whole: Container[str] = ()) -> Iterator[JoinedRows]:
        return (span for span in row_to_spans(rows, start, whole) if span.length == 1)

    replace(row_to_spans, alone)


def without_twins() -> None:
    """The two horizons know nothing of each other."""

    def unpaired(long: Sequence[LogicalRow], annual: Sequence[LogicalRow]) -> tuple[tuple[int, int], ...]:
        return ()

    replace(pair_rows, unpaired)


def with_threshold(least: float) -> None:
    """No channel: a text this similar to the catalogue's becomes the catalogue's."""

    def similar(
        seen: Sequence[Observation], standards: Sequence[str] = (), **priors: object
    ) -> tuple[Decision, ...]:
        return tuple(_by_threshold(cell.text, standards, least) for cell in seen)

    replace(read_together, similar)


def _by_threshold(text: str, standards: Sequence[str], least: float) -> Decision:
    best = max(standards, key=lambda standard: ratio(skeleton(text), skeleton(standard)), default=None)
    if best is None or skeleton(best) == skeleton(text) or ratio(skeleton(text), skeleton(best)) < least:
        return Decision(text, "kept", 30.0, None, False)
    return Decision(best, "typo", 30.0, text, False)


PARTS: Mapping[str, Callable[[], None]] = {
    "everything": lambda: None,
    "no tree": without_tree,
    "no continuation": without_continuation,
    "no twin": without_twins,
    "no channel: ratio ≥ 80": lambda: with_threshold(80),
    "no channel: ratio ≥ 90": lambda: with_threshold(90),
    "no channel: ratio ≥ 95": lambda: with_threshold(95),
}


def take_out(part: str) -> None:
    PARTS[part]()


def to_markdown(found: Mapping[str, Mapping[Level, Sums]], levels: Sequence[Level]) -> str:
    """Exact fields in per cent; silent, harmed and rightly read but flagged ones as counts."""
    heads = [f"{level}: {name}" for level in levels for name in ("exact", "silent", "harm", "flagged right")]
    lines = ["| | " + " | ".join(heads) + " |", "|---" + "|---:" * len(heads) + "|"]
    for part, tallies in found.items():
        cells = []
        for level in levels:
            sums = tallies[level]
            counts = (sums.silent, sums.harmed, sums.flagged_right)
            cells += [percent(sums.exact, sums.fields, 3), *map(str, counts)]
        lines.append(f"| {part} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def crashes(found: Mapping[str, Mapping[Level, Sums]]) -> Iterator[str]:
    for part, tallies in found.items():
        count = sum(sums.crashes for sums in tallies.values())
        if count:
            yield f"{part}: {count} forms could not be read at all"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.ablation", description=__doc__)
    parser.add_argument("--seeds", type=text_to_seeds, default=range(1, 61), help="FIRST:LAST, both included")
    parser.add_argument(
        "--level", choices=LEVELS, action="append", help="may be repeated (default: ocr, worse)"
    )
    options = parser.parse_args()
    levels: list[Level] = options.level or ["ocr", "worse"]
    jobs = [Job(level, seed) for level in levels for seed in options.seeds]
    found = {part: tally(read_all(jobs, take_out, part)) for part in PARTS}
    fields = next(iter(found.values()))
    print(
        "Fields: "
        + ", ".join(f"{level} {fields[level].fields} ({fields[level].forms} forms)" for level in levels)
    )
    print(to_markdown(found, levels), *crashes(found), sep="\n")


if __name__ == "__main__":
    main()
