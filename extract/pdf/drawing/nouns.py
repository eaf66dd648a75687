"""What a page draws: glyphs, shapes and pictures, and how each was painted. Points from the page's top left corner."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Protocol

from pdfminer.pdfcolor import PDFColorSpace

from extract.pdf.drawing.content import ContentDamage

Matrix = tuple[float, float, float, float, float, float]
Point = tuple[float, float]
Rgb = tuple[float, float, float]
"""Red, green and blue from 0 to 1."""


class Clip(NamedTuple):
    """The box outside which nothing shows, in points from the page's top left corner."""

    x0: float
    top: float
    x1: float
    bottom: float

    def within(self, other: Clip) -> Clip:
        """What shows under both."""
        return Clip(
            max(self.x0, other.x0),
            max(self.top, other.top),
            min(self.x1, other.x1),
            min(self.bottom, other.bottom),
        )


_SAME_PLACE_PT = 0.1
"""Two ends of a path no further apart than this are one place."""
EVERYTHING = Clip(float("-inf"), float("-inf"), float("inf"), float("inf"))


class Paint(NamedTuple):
    """How something was painted: under which clip, how opaque (0 to 1), on a layer that is off, as a watermark, blended
    with what lies beneath, and by an annotation or a form field (its kind) rather than by the page itself.
    """

    clip: Clip = EVERYTHING
    alpha: float = 1.0
    layer_off: bool = False
    watermark: bool = False
    blended: bool = False
    annotation: str = ""


class GlyphFont(Protocol):
    """What is asked of a font once its glyphs are drawn."""

    def is_vertical(self) -> bool:
        """Whether its text runs downwards."""

    def is_multibyte(self) -> bool:
        """Whether a code of it may have several bytes, as those of ideographs do."""


@dataclass(slots=True, eq=False)
class DrawnGlyph:
    """A character drawn. `matrix` leads from its `local` box to the page; `mode` is the text rendering mode.

    `embedded`: the file holds the font's glyphs. `run` numbers the operators that show text: glyphs of one run were
    drawn by one of them. `colour` is `None` where the file names a pattern or an ink that we cannot mix.
    """

    text: str
    font: GlyphFont
    embedded: bool
    matrix: Matrix
    local: tuple[float, float, float, float]
    advance: float
    run: int
    mode: int
    colour: Rgb | None
    paint: Paint
    order: int


@dataclass(slots=True, eq=False)
class Shape:
    """One subpath drawn; `path` is the letters of its operators, `points` where they led, on the page."""

    path: str
    points: list[Point]
    stroke: bool
    fill: bool
    stroke_colour: Rgb | None
    fill_colour: Rgb | None
    line_width: float
    paint: Paint
    order: int
    _box: tuple[float, float, float, float] | None = field(default=None, init=False, repr=False)

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right and bottom of its points, which do not change any more; many ask for it."""
        if self._box is None:
            xs, ys = [x for x, _ in self.points], [y for _, y in self.points]
            self._box = min(xs), min(ys), max(xs), max(ys)
        return self._box


def is_closed(shape: Shape) -> bool:
    """Whether a path ends where it began: a frame, a ring."""
    (x0, y0), (x1, y1) = shape.points[0], shape.points[-1]
    return len(shape.points) > 2 and ("h" in shape.path or math.hypot(x1 - x0, y1 - y0) <= _SAME_PLACE_PT)


@dataclass(slots=True, eq=False)
class Image:
    """A picture drawn on a parallelogram of the page (or a shading on its clip); `opaque`: without holes."""

    corners: list[Point]
    opaque: bool
    paint: Paint
    order: int
    shading: bool = False


Drawn = DrawnGlyph | Shape | Image


@dataclass(slots=True)
class Drawing:
    """What was drawn on a page, in order, and what was wrong with its content.

    `annotated` are the boxes (left, top, right, bottom in points) of everything that lies over the page's own content;
    `reworded`: the file says of some of its text that it is to be read as other words (ISO 32000-1, 14.9.4).
    """

    items: list[Drawn] = field(default_factory=list)
    damage: ContentDamage = field(default_factory=ContentDamage)
    operations: int = 0
    form_calls: int = 0
    characters: int = 0
    annotated: list[tuple[float, float, float, float]] = field(default_factory=list)
    reworded: bool = False


_UNKNOWN_MIXTURES = frozenset(("Pattern", "Indexed", "Lab", "DeviceN", "Separation"))


def to_rgb(colour: object, space: PDFColorSpace) -> Rgb | None:
    """A colour as pdfminer has it, mixed as a screen does; `None` for patterns, spot inks and tables of colours."""
    if type(colour) is tuple and len(colour) == 3 and space.name == "DeviceRGB":
        red, green, blue = colour
        if type(red) is type(green) is type(blue) is float:
            return colour  # as nearly everything is painted
    if isinstance(space, Inks):
        black = space.is_black and isinstance(colour, (int, float))
        return (1.0 - colour,) * 3 if black else None  # type: ignore[operator]
    if space.name in _UNKNOWN_MIXTURES:
        return None
    return _mixed(colour)


def _mixed(colour: object) -> Rgb | None:
    parts = tuple(colour) if isinstance(colour, (tuple, list)) else (colour,)
    if not all(isinstance(part, (int, float)) for part in parts):
        return None
    if len(parts) == 1:
        return parts * 3
    if len(parts) == 4:
        cyan, magenta, yellow, black = parts
        return tuple(max(0.0, 1.0 - ink - black) for ink in (cyan, magenta, yellow))
    return parts if len(parts) == 3 else None


class Inks(PDFColorSpace):
    """A colour space of inks with names; `is_black` where its one ink is printer's black or all inks."""

    def __init__(self, name: str, inks: Sequence[str]) -> None:
        super().__init__(name, len(inks))
        self.is_black = len(inks) == 1 and inks[0] in ("Black", "All")


def first_colour(space: PDFColorSpace) -> Any:
    """The colour that a space begins with: black, or all of an ink (ISO 32000-1, 8.6.5.3)."""
    if space.name == "DeviceCMYK":
        return (0.0, 0.0, 0.0, 1.0)
    if isinstance(space, Inks):
        return 1.0 if space.ncomponents == 1 else (1.0,) * space.ncomponents
    return 0.0 if space.ncomponents == 1 else (0.0,) * space.ncomponents
