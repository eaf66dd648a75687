"""One row's cells onto a table's columns, in order: an edit alignment.

Cells match a column, or are skipped; columns are skipped; one cell may hold two glued columns. Blank cells
are evidence and stay. `backward` prices every start offset of many rows and all states at once; the winner for one
row and one state is written out in `normalize.table.cell_margins`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from normalize.table.emissions import Emissions
from normalize.table.lexicon import Costs
from normalize.table.model import CASES
from normalize.table.table_prices import PRICES

OFFSETS = (-3, -2, -1, 0, 1, 2, 3, 4)


@dataclass(frozen=True, slots=True)
class Stretch:
    """What is aligned as one logical row: for every cell the number of its text and of its cuts (0: none)."""

    texts: tuple[int, ...]
    glued: tuple[int, ...]
    price: float


def skip_prices(emissions: Emissions) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """For each text the price of skipping its cell, within the columns and after the last one."""
    within = np.where(emissions.idle, PRICES.skip_blank, PRICES.skip_filled)
    return within, np.where(emissions.idle, PRICES.trailing_blank, PRICES.skip_filled)


def backward(variants: Sequence[Emissions], stretches: Sequence[Stretch]) -> Costs:
    """[stretches, cases, offsets, states of all variants]: the price of each stretch for every case, offset and state."""
    order = np.argsort([-len(stretch.texts) for stretch in stretches], kind="stable")
    longest_first, back = [stretches[g] for g in order], np.argsort(order)
    bounds = np.cumsum([0, *(len(emissions.states) for emissions in variants)])
    result = np.full((len(stretches), CASES, len(OFFSETS), bounds[-1]), PRICES.impossible, np.float32)
    for emissions, (start, end) in zip(variants, pairwise(bounds), strict=True):
        for o, costs in _by_offset(emissions, longest_first):
            result[:, :, o, start:end] = costs.take(back, axis=0)
    result += np.array([stretch.price for stretch in stretches], np.float32)[:, None, None, None]
    return result


def _by_offset(emissions: Emissions, stretches: Sequence[Stretch]) -> Iterator[tuple[int, Costs]]:
    """The number of each possible offset, and [stretches, cases, states] for it; the longest stretches come first."""
    lengths = [len(stretch.texts) for stretch in stretches]
    texts, glued = _padded([s.texts for s in stretches]), _padded([s.glued for s in stretches])
    within, after = (prices.astype(np.float32).take(texts) for prices in skip_prices(emissions))
    suffix = _ended(emissions, len(stretches))
    lead = np.where(within > PRICES.skip_blank, within, 0.0) * (
        np.arange(texts.shape[1]) < np.array(lengths)[:, None]
    )
    for i in reversed(range(texts.shape[1] + 1)):
        if i < texts.shape[1]:
            count = sum(length > i for length in lengths)
            match = [single.take(texts[:count, i], axis=0) for single in emissions.single]
            cut = [pair.take(glued[:count, i], axis=0) for pair in emissions.pair]
            skips = within[:count, i, None, None], after[:count, i, None, None]
            _advance([column[:count] for column in suffix], match, cut, emissions.blank, *skips)
        if -i in OFFSETS and i:
            # leading blank cells before the first column cost nothing: the offset's own price covers them
            yield OFFSETS.index(-i), suffix[0] + lead[:, :i].sum(axis=1).astype(np.float32)[:, None, None]
    missing = np.zeros((1, 1), np.float32)
    for offset, costs in enumerate(suffix[: OFFSETS[-1] + 1]):
        yield OFFSETS.index(offset), costs + missing
        missing = missing + (emissions.blank[offset] if offset < len(emissions.blank) else 0.0)


def _padded(rows: Sequence[tuple[int, ...]]) -> NDArray[np.intp]:
    """Rows of numbers, longest first, as one array; what a row lacks is 0."""
    padded = np.zeros((len(rows), max(map(len, rows), default=0)), np.intp)
    for n, row in enumerate(rows):
        padded[n, : len(row)] = row
    return padded


def _ended(emissions: Emissions, count: int) -> list[Costs]:
    """By column [stretches, cases, states]: the price of the columns from there on, when no cell is left."""
    ended = [np.zeros((1, 1), np.float32)]
    for blank in reversed(emissions.blank):
        ended.append(ended[-1] + (blank + PRICES.row_ends))
    return [np.repeat(costs[None], count, axis=0) for costs in reversed(ended)]


def _advance(
    suffix: list[Costs],
    match: list[Costs],
    cut: list[Costs],
    blank: list[Costs],
    within: Costs,
    after: Costs,
) -> None:
    """Turn the prices of the cells after one into those from that cell on, in place; lists are by column."""
    for j, price in enumerate(match):
        best = np.minimum(price + suffix[j + 1], suffix[j] + within)
        if j < len(cut):
            np.minimum(best, cut[j] + suffix[j + 2], out=best)
        suffix[j][...] = best
    suffix[-1] += after
    for j in reversed(range(len(match))):
        np.minimum(suffix[j], suffix[j + 1] + (blank[j] + PRICES.skip_column), out=suffix[j])
