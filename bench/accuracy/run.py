"""The whole bench: forms made, read, compared, summed into tables, plots and pictures."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from bench import grids
from bench.accuracy import tables, trust
from bench.accuracy.ablation import ablate
from bench.accuracy.extraction import Read, drawn_tables
from bench.accuracy.measure import Measured, measure_all
from bench.accuracy.plan import Size, cases
from bench.accuracy.worst import worst, worst_elsewhere
from bench.report.shown import Shown

BENCH = Path(__file__).resolve().parents[1]
WORST = "worst"
"""Folder of the pictures of the worst fields, beside the report."""


@dataclass(frozen=True, slots=True)
class Run:
    """What a run found: everything measured, and its tables."""

    measured: tuple[Measured, ...]
    shown: tuple[Shown, ...]


def run(size: Size) -> Run:
    """Do what has not been done before, and sum up."""
    planned = cases(size)
    measured = measure_all(planned)
    known = {one.case: one for one in measured}
    scans = [one for one in measured if one.case.kind == "scan" and one.case.half == "test"]
    shown = (
        *tables.kinds_tables(measured),
        *tables.damage_tables(measured),
        tables.layout_table(measured),
        tables.section_table(measured),
        tables.repairs_table(measured),
        trust.review_table(measured),
        *trust.reliability_tables(measured),
        trust.evidence_table(measured),
        trust.extraction_table(measured, drawn_tables(_readers())),
        trust.ablation_table(ablate(scans)),
        trust.elsewhere_table(worst_elsewhere(known, "test", 10)),
        trust.worst_table(worst(known, "test", 10, BENCH / WORST), WORST),
    )
    return Run(tuple(measured), shown)


def _readers() -> dict[str, Read]:
    return {"ours": grids.ours, "pdfplumber": grids.plumbers}
