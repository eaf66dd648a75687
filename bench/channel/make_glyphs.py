"""Draws the table of glyph shapes, extract/data/glyph_shapes.csv: `python -m bench.channel.make_glyphs`.

Digits in several faces, the signs beside them, and the characters most used by the words of the channel
(normalize/data/channel/words.csv) in one face with serifs and one without.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from extract.pdf.fonts.shapes import LEVELS, ink_to_fields

ROOT = Path(__file__).resolve().parents[2]
CHARS = 1200
SIGNS = "≥≤%‰"
SIZE = 48
SANS = ("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc", 2)
SERIF = ("/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc", 2)
MING = ("/usr/share/fonts/truetype/arphic/uming.ttc", 0)
LATIN = (
    "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf",
    "/usr/share/fonts/truetype/liberation/LiberationSans-Regular.ttf",
    "/usr/share/fonts/truetype/liberation/LiberationSerif-Regular.ttf",
)


def most_used(count: int) -> list[str]:
    """The characters most used in the channel's words, the most used first."""
    seen: Counter[str] = Counter()
    with (ROOT / "normalize/data/channel/words.csv").open(encoding="utf-8", newline="") as stream:
        for line in csv.DictReader(stream):
            for char in line["word"]:
                seen[char] += int(line["count"])
    return [char for char, _ in seen.most_common(count)]


def steps(char: str, face: ImageFont.FreeTypeFont) -> str:
    """A character's shape in a face, a hexadecimal digit a field."""
    picture = Image.new("L", (2 * SIZE, 2 * SIZE))
    ImageDraw.Draw(picture).text((SIZE // 2, SIZE // 3), char, font=face, fill=255)
    fields = ink_to_fields(np.asarray(picture, np.float32) / np.float32(255))
    return "".join(f"{round(float(field) * LEVELS):x}" for field in fields)


def rows() -> Iterator[tuple[str, str]]:
    """Every character with its shape."""
    faces = {
        name: ImageFont.truetype(path, SIZE, index=n)
        for name, (path, n) in (("sans", SANS), ("serif", SERIF), ("ming", MING))
    }
    latin = [ImageFont.truetype(path, SIZE) for path in LATIN]
    for digit in "0123456789":
        yield from ((digit, steps(digit, face)) for face in (*faces.values(), *latin))
    for sign in SIGNS:
        yield from ((sign, steps(sign, face)) for face in (*faces.values(), *latin))
    for char in most_used(CHARS):
        yield from ((char, steps(char, faces[name])) for name in ("sans", "serif"))


if __name__ == "__main__":
    with (ROOT / "extract/data/glyph_shapes.csv").open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(("char", "fields"))
        writer.writerows(rows())
