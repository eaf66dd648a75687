"""The other benches as tables: damaged text, what each part contributes there, grids."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Callable

from bench import ablation, damage, grids
from bench.accuracy.store import MEASURED_WITH, STORE, fingerprint, kept
from bench.damage import LEVELS, Job, read_all, tally
from bench.forge.damage import Level
from bench.report.shown import Shown, percent, rich_to_shown

ABLATED: tuple[Level, ...] = ("ocr", "worse")


def kept_text(name: str, seeds: range, make: Callable[[range], Shown]) -> Shown:
    """A table that only the sources decide: made once."""
    code = fingerprint(*MEASURED_WITH, "bench/damage.py", "bench/ablation.py", "bench/report/benches.py")
    return kept(STORE / f"text-{code}" / f"{name}-{seeds.start}-{seeds.stop}.pickle", lambda: make(seeds))


def damaged_text(seeds: range) -> Shown:
    found = tally(read_all([Job(level, seed) for level in LEVELS for seed in seeds]))
    shown = rich_to_shown(damage.to_table(found))
    note = f"`bench.damage`, all kinds of departments, seeds {seeds.start}–{seeds.stop - 1} at every level."
    return Shown("OCR text by level of damage", note, shown.columns, shown.rows)


def text_ablation(seeds: range) -> Shown:
    jobs = [Job(level, seed) for level in ABLATED for seed in seeds]
    rows = []
    for part in ablation.PARTS:
        found = tally(read_all(jobs, ablation.take_out, part))
        cells = []
        for level in ABLATED:
            sums = found[level]
            cells += [
                percent(sums.exact, sums.fields),
                str(sums.silent),
                str(sums.harmed),
                str(sums.flagged_right),
            ]
        rows.append((part, *cells))
    columns = [
        f"{level}: {name}" for level in ABLATED for name in ("exact", "silent", "harm", "right but flagged")
    ]
    note = f"`bench.ablation`, seeds {seeds.start}–{seeds.stop - 1}: each row lacks one part."
    return Shown("OCR text: without a part", note, ("part", *columns), tuple(rows))


def hard_grids() -> Shown:
    """What `bench.grids` prints; samples are timed against the same floor elsewhere, to their JSON."""
    told = io.StringIO()
    with contextlib.redirect_stdout(told):
        grids.main([])
    return Shown("Hard ruled tables: exact cells, and time", f"```text\n{told.getvalue()}```")
