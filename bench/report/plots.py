"""Two plots of the test half: what becomes of fields under each damage, and confidence against truth."""

# ruff: noqa: PLC0415

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bench.accuracy.measure import Measured, of_half
from bench.accuracy.review import reliability
from bench.accuracy.tables import all_fields, groups
from bench.accuracy.tally import total

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
    axes.legend(loc="lower right", frameon=False)
    return figure


def _confidences(scans: Sequence[Measured]) -> Any:
    """Claimed confidence against the share that is right, on scales that show the sure end."""
    bins = reliability(all_fields(scans))
    figure, axes = _figure(4.5)
    axes.plot([0, 1], [0, 1], color="grey", linewidth=1, label="calibrated")
    axes.scatter(
        [one.claimed for one in bins],
        [one.right for one in bins],
        s=[12 + 8 * len(str(one.count)) ** 2 for one in bins],
        color=RIGHT,
        label="fields of a scan",
    )
    for one in bins:
        axes.annotate(f"{one.count:,}", (one.claimed, one.right), textcoords="offset points", xytext=(8, -10))
    axes.set_xlabel("claimed confidence (mean of the bin)")
    axes.set_ylabel("share that is right")
    axes.set_title("Reliability of confidences, test half")
    axes.legend(loc="upper left", frameon=False)
    return figure
