"""Two plots of the test half: what becomes of fields under each damage, and confidence against truth."""

# ruff: noqa: PLC0415

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bench.accuracy.measure import Measured, of_half
from bench.accuracy.review import reliability
from bench.accuracy.tables import all_fields, groups
from bench.tally import total

WIDTH, DPI = 7.0, 100
"""Inches, and pixels an inch."""
FLAGGED, SILENT, RIGHT = "#d99a2b", "#b3261e", "#3b6ea5"


def draw_all(measured: Sequence[Measured], folder: Path) -> list[str]:
    """Write the plots into `folder`; gives their file names."""
    scans = [one for one in of_half(measured, "test") if one.case.kind == "scan"]
    _save(_damages(scans), folder / "damages.png")
    _save(_confidences(scans), folder / "reliability.png")
    return ["damages.png", "reliability.png"]


def _figure(height: float) -> tuple[Any, Any]:
    """A figure of its own, without a window or any state of the library."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(WIDTH, height), layout="constrained")
    FigureCanvasAgg(figure)
    return figure, figure.add_subplot()


def _save(figure: Any, path: Path) -> None:
    # without the library's version in it, the same figures give the same bytes
    figure.savefig(path, dpi=DPI, metadata={"Software": None})


def _damages(scans: Sequence[Measured]) -> Any:
    """Bars of fields not exact, flagged or silent, by damage."""
    sums = {name: total(all_fields(group)) for name, group in groups(scans, lambda c: c.damage).items()}
    order = sorted(sums, key=lambda name: sums[name].exact / sums[name].fields)
    silent = [sums[name].share(sums[name].silent) for name in order]
    other = [
        sums[name].share(sums[name].wrong + sums[name].missed + sums[name].invented - sums[name].silent)
        for name in order
    ]
    figure, axes = _figure(1.2 + 0.25 * len(order))
    axes.barh(order, other, color=FLAGGED, label="not exact, a finding points at it")
    axes.barh(order, silent, left=other, color=SILENT, label="silent")
    axes.set_xlabel("fields in per cent")
    axes.set_title("Scans of the test half: fields not read exactly")
    axes.legend(loc="upper right", frameon=False)
    return figure


def _confidences(scans: Sequence[Measured]) -> Any:
    """Bin by bin, for most of them lie near 1: what the confidences claim, and the share that is right."""
    bins = reliability(all_fields(scans))
    places = range(len(bins))
    figure, axes = _figure(4.0)
    axes.bar(places, [one.right for one in bins], color=RIGHT, width=0.6, label="share that is right")
    axes.plot(places, [one.claimed for one in bins], "_", color=SILENT, markersize=38, label="claimed (mean)")
    names = [f"{one.low:g}–{one.high:g}" if one.low < one.high else "1" for one in bins]
    axes.set_xticks(places, [f"{name}\n{one.count:,}" for name, one in zip(names, bins, strict=True)])
    axes.set_xlabel("confidence, and how many fields have it")
    axes.set_ylim(0, 1.18)
    axes.set_title("Reliability of confidences: scans of the test half")
    axes.legend(loc="upper left", frameon=False, ncols=2)
    return figure
