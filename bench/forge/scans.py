"""Pages as a bureau gets them: `python -m bench.forge.scans IN.pdf OUT.pdf --damage NAME --seed N`."""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

import click
import cv2
import numpy as np

from bench.forge.copiers import broken_strokes, fax_header, lost_lines, one_bit, speckle
from bench.forge.paper import (
    Effect,
    Picture,
    Sheet,
    blur,
    dark_margins,
    fade,
    fold,
    jpeg,
    noise,
    punch_holes,
    show_through,
    skew,
    turn,
    uneven_light,
)
from bench.forge.photo import photograph
from bench.forge.pictures import render, save_jpeg, save_pdf, save_png, save_tiff
from bench.forge.seals import BLACK, RED, handwriting, seal

__all__ = ["DAMAGES", "Damage", "render", "save_jpeg", "save_pdf", "save_png", "save_tiff", "scan"]


@dataclass(frozen=True, slots=True)
class Damage:
    """What befalls a page, in this order; `dpi` is the resolution of its pictures, in and out."""

    effects: tuple[Effect, ...]
    dpi: int = 200


# an office scanner in good order
SCANNER = (fade(0, 252), blur(0.5), noise(2.5), jpeg(75))

DAMAGES: Mapping[str, Damage] = MappingProxyType(
    {
        "clean": Damage((skew(0.3), *SCANNER)),
        "degraded": Damage((seal(RED, 0.9), skew(1.5), fade(0, 252), blur(0.8), noise(8), jpeg(50))),
        "poor": Damage((seal(RED, 0.8), skew(1.5), blur(0.65), fade(90, 251), noise(6), jpeg(50))),
        "photocopy150": Damage((skew(0.6), broken_strokes(0.31), speckle(2e-4), noise(4), jpeg(35)), dpi=150),
        "fold": Damage((fold(0.35), skew(0.5), *SCANNER)),
        "black-seal": Damage((seal(BLACK, 0.75), skew(0.5), *SCANNER)),
        "photo": Damage((photograph(0.035, 2.0, 0.7), blur(0.6), noise(4), jpeg(70))),
        "show-through": Damage((show_through(0.2), skew(0.4), *SCANNER)),
        "handwriting": Damage((handwriting(2), skew(0.4), *SCANNER)),
        "fax": Damage((fax_header, skew(0.6), blur(0.6), speckle(5e-5), one_bit(160, 25), lost_lines(25))),
        "turned-90": Damage((skew(0.4), turn(90), *SCANNER)),
        "turned-180": Damage((skew(0.4), turn(180), *SCANNER)),
        "turned-270": Damage((skew(0.4), turn(270), *SCANNER)),
        "dpi300": Damage((skew(0.4), *SCANNER), dpi=300),
        "uneven-light": Damage((skew(0.5), uneven_light(0.5), *SCANNER)),
        "two-sided-noise": Damage(
            (
                show_through(0.12),
                punch_holes,
                skew(0.8),
                dark_margins(6),
                fade(10, 245),
                blur(0.6),
                speckle(2e-4),
                noise(9),
                jpeg(60),
            )
        ),
    }
)


def resample(picture: Picture, dpi: int, wanted: int) -> Picture:
    if dpi == wanted:
        return picture
    size = [round(side * wanted / dpi) for side in picture.shape[1::-1]]
    way = cv2.INTER_AREA if wanted < dpi else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(picture, size, interpolation=way), np.uint8)


def other_side(pages: Sequence[Picture], place: int) -> Picture:
    """The page printed on the back: pages lie in pairs; the last of an odd number has the one before it."""
    partner = place ^ 1
    return pages[partner if partner < len(pages) else max(place - 1, 0)]


def suffer(picture: Picture, effects: Sequence[Effect], sheet: Sheet, rng: np.random.Generator) -> Picture:
    for effect in effects:
        picture = effect(picture, sheet, rng)
    return picture


def scan(pages: Sequence[Picture], damage: str, seed: int, dpi: int, unit: str) -> list[Picture]:
    """Damaged pictures of printed pages, the same for the same seed; none of the given ones is changed.

    `pages` are at `dpi` pixels an inch, what comes back at `DAMAGES[damage].dpi` (best rendered so from the start).
    `unit` is the name in the seal. KeyError for a damage of no such name.
    """
    recipe = DAMAGES[damage]
    printed = [resample(page, dpi, recipe.dpi) for page in pages]
    scanned = []
    for place, page in enumerate(printed):
        rng = np.random.default_rng((seed, zlib.crc32(damage.encode()), place))
        sheet = Sheet(place + 1, recipe.dpi, unit, other_side(printed, place))
        scanned.append(suffer(page, recipe.effects, sheet, rng))
    return scanned


@click.command()
@click.argument("source", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("target", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--damage", type=click.Choice(list(DAMAGES)), required=True)
@click.option("--seed", type=int, default=1, show_default=True)
@click.option("--unit", default="江阳县交通运输局", show_default=True, help="The name in the seal.")
@click.option("--quality", type=int, default=75, show_default=True, help="Of the JPEG pictures in a PDF.")
def main(source: Path, target: Path, damage: str, seed: int, unit: str, quality: int) -> None:
    """Print SOURCE, damage it, and scan it into TARGET, a PDF or TIFF of pictures only."""
    dpi = DAMAGES[damage].dpi
    pages = scan(render(source, dpi), damage, seed, dpi, unit)
    if target.suffix.lower() in {".tif", ".tiff"}:
        save_tiff(pages, target, dpi)
    else:
        save_pdf(pages, target, dpi, quality)


if __name__ == "__main__":
    main()
