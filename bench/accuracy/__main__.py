"""Accuracy on made-up forms of every kind: `python -m bench.accuracy [--full]`; what was done before is not done again."""

from __future__ import annotations

import argparse

from rich.console import Console

from bench.accuracy.plan import FULL, SMALL
from bench.accuracy.run import run


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.accuracy", description=__doc__)
    parser.add_argument("--full", action="store_true", help="more forms, and six times as many scans")
    options = parser.parse_args()
    console = Console(width=200)
    for shown in run(FULL if options.full else SMALL).shown:
        console.print(shown.to_rich())


if __name__ == "__main__":
    main()
