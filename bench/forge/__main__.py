"""`python -m bench.forge OUT`: made-up declarations with their truth, in any layout and format."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from pathlib import Path

import click

from bench.forge.batch import FORMATS, Engine, Order, damage_names, fill
from bench.forge.departments import Half
from bench.forge.layouts import LAYOUTS
from bench.forge.parsed import PARSERS
from bench.forge.traits import Traits


def text_to_seeds(text: str) -> range:
    """`3` → 3, `1:200` → 1 to 200, both included; raises `ValueError` for anything else."""
    first, _, last = text.partition(":")
    return range(int(first), int(last or first) + 1)


class Seeds(click.ParamType[range]):
    """A run of seeds on the command line."""

    name = "first:last"

    def convert(
        self, value: str | range, param: click.Parameter | None, context: click.Context | None
    ) -> range:
        if isinstance(value, range):
            return value
        try:
            return text_to_seeds(value)
        except ValueError:
            self.fail(f"{value!r} is not FIRST:LAST", param, context)


@click.command()
@click.argument("out", type=click.Path(file_okay=False, path_type=Path))
@click.option("--seeds", type=Seeds(), default="1:20", show_default=True, help="FIRST:LAST, both included.")
@click.option(
    "--layout",
    "layouts",
    type=click.Choice([*LAYOUTS, "all"]),
    multiple=True,
    default=("standard",),
    show_default=True,
    help="How the paper is laid out; may be repeated.",
)
@click.option(
    "--format",
    "formats",
    type=click.Choice([*FORMATS, "all"]),
    multiple=True,
    default=("docx",),
    show_default=True,
    help="chrome and writer are PDF by two layout engines, text is undamaged; may be repeated.",
)
@click.option(
    "--damage",
    "damages",
    multiple=True,
    help="Of a scan (default: clean), a level or fault of OCR text (default: ocr), a fault of a parser; may be repeated.",
)
@click.option(
    "--dpi", type=click.IntRange(72, 600), help="Of scans; as is usual for the damage where not given."
)
@click.option(
    "--engine",
    type=click.Choice(["writer", "chrome"]),
    default="writer",
    show_default=True,
    help="Whose print is scanned.",
)
@click.option(
    "--split",
    "half",
    type=click.Choice(["dev", "test", "all"]),
    default="all",
    show_default=True,
    help="Half of the kinds of departments.",
)
@click.option("--varied", is_flag=True, help="Draw the four traits below for every seed.")
@click.option("--long-texts", is_flag=True, help="Functions, goals, purposes and judged values run long.")
@click.option("--omissions", type=click.IntRange(0, 33), help="Rows of the catalogue left out.")
@click.option("--additions", type=click.IntRange(0, 20), default=0, help="Own indicators beyond the usual.")
@click.option("--projects", type=click.IntRange(0, 11), help="How many projects.")
def main(
    out: Path,
    seeds: range,
    layouts: Sequence[str],
    formats: Sequence[str],
    damages: Sequence[str],
    dpi: int | None,
    engine: Engine,
    half: Half,
    varied: bool,
    long_texts: bool,
    omissions: int | None,
    additions: int,
    projects: int | None,
) -> None:
    """Write made-up forms into OUT/forms and their truth into OUT/truth.

    The same seed gives the same truth in every format; the same command gives the same bytes on a machine.

    Example: python -m bench.forge /tmp/forms --seeds 1:50 --layout standard --format writer --split dev
    """
    traits = None if varied else Traits(long_texts, omissions, additions, projects)
    for layout, format_ in product(LAYOUTS if "all" in layouts else layouts, _plain(formats)):
        for damage in _damages(format_, damages):
            order = Order(seeds, layout, format_, half, traits, damage, dpi, engine)
            click.echo(f"{len(fill(order, out))} × {layout} {format_} {damage} → {out}", err=True)


def _plain(formats: Sequence[str]) -> Sequence[str]:
    """The formats asked for; `all` are all that need no damage."""
    return [name for name in FORMATS if name != "scan"] if "all" in formats else formats


def _damages(format_: str, wanted: Sequence[str]) -> Sequence[str]:
    """The damages of a format that were asked for, or its usual one; raises a usage error for an unknown name."""
    if format_ not in ("ocr", "scan", *PARSERS):
        return [""]
    known = damage_names(format_)
    for name in wanted:
        if name not in known:
            raise click.UsageError(f"{format_} has no damage {name!r}; it has {', '.join(known)}")
    return wanted or [{"ocr": "ocr", "scan": "clean"}.get(format_, "none")]


if __name__ == "__main__":
    main()
