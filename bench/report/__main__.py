"""Every bench, and its report: `python -m bench.report [--full]` prints the tables, writes bench/RESULTS.md and
the figures that the READMEs quote of it.

What was measured before with the same sources is not measured again, except times.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.markup import escape

from bench.accuracy import plan
from bench.accuracy.run import BENCH, Run, run
from bench.report import benches, readme
from bench.report.machine import machine
from bench.report.plots import draw_all
from bench.report.shown import Shown
from bench.speed.measure import measure

HEAD = """# Results

Written by `make {target}`, which took {minutes:.0f} minutes with what earlier runs had left. Forms are made up by `bench.forge`:
{forms} forms of {declarations} declarations, {layouts} layouts, {damages} damages of scans; {scans} forms are scans of {pages} pages.
Half of the kinds of departments are for development (seeds {dev}), half for tests (seeds {test}); the README quotes the test half.
*Exact*: as on paper. *Missed*: something stands there and nothing was read. *Invented*: the other way round, or a row too many.
*Silent*: not exact, and no finding points at the value or its row. *Harm*: a repair spoiled a right reading.
The null reader reads nothing; the copy-as-is reader puts our own extractor's cells into the fields below their headings
and thinks no further.
"""


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.report", description=__doc__)
    parser.add_argument("--full", action="store_true", help="more forms, and many more scans")
    full = parser.parse_args(arguments).full
    begin = time.perf_counter()
    accurate = run(plan.FULL if full else plan.SMALL)
    seeds = range(1001, 1081) if full else range(1001, 1021)
    parts = [
        *accurate.shown[:-1],
        benches.kept_text("damaged", seeds, benches.damaged_text),
        *([benches.kept_text("ablated", range(1001, 1031), benches.text_ablation)] if full else []),
        benches.hard_grids(),
        *measure(full),
        machine(),
    ]
    console = Console(width=180)
    for shown in (*parts, accurate.shown[-1]):
        console.print(shown.to_rich() if shown.columns else escape(f"{shown.title}\n{shown.note}"))
    plots = draw_all(accurate.measured, BENCH)
    head = summary(accurate, "bench-full" if full else "bench", (time.perf_counter() - begin) / 60)
    readme.RESULTS.write_text(page(head, plots, [accurate.shown[-1], *parts]), encoding="utf-8")
    readme.quote()


def summary(accurate: Run, target: str, minutes: float) -> str:
    """How much was measured."""
    cases = [one.case for one in accurate.measured]
    scans = [one for one in accurate.measured if one.case.kind == "scan"]
    seeds = {half: sorted({case.seed for case in cases if case.half == half}) for half in plan.HALVES}
    return HEAD.format(
        target=target,
        minutes=minutes,
        forms=len(cases),
        declarations=len({(case.half, case.seed) for case in cases}),
        layouts=len({case.layout for case in cases}),
        damages=len({one.case.damage for one in scans}),
        scans=len(scans),
        pages=sum(one.pages for one in scans),
        **{half: f"{found[0]}–{found[-1]}" for half, found in seeds.items()},
    )


def page(head: str, plots: Sequence[str], parts: Sequence[Shown]) -> str:
    """The report: plots first, then the tables."""
    pictures = "\n\n".join(f"![{Path(name).stem}]({name})" for name in plots)
    return "\n".join([head, pictures, "", *(shown.to_markdown(2) for shown in parts)])


if __name__ == "__main__":
    main()
