"""Time and memory: `python -m bench.speed [--full]`; part of `make bench`.

Figures of different machines say little: compare the ratios, whose two sides are measured in the same run.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from rich.console import Console

from bench.speed.measure import measure


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.speed", description=__doc__)
    parser.add_argument("--full", action="store_true", help="also a scan of 42 and one of 300 pages")
    full = parser.parse_args(arguments).full
    console = Console(width=140)
    for shown in measure(full):
        console.print(shown.to_rich(), shown.note, "", markup=False)


if __name__ == "__main__":
    main()
