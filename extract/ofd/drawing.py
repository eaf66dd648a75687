"""An OFD page → what it draws, in order: glyphs, shapes and pictures, in points from its top left corner."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from extract.ofd.limits import OFD_LIMITS, demand_ofd
from extract.ofd.parts import child, child_elements, child_text, first_number, local_name
from extract.ofd.paths import data_to_subpaths
from extract.ofd.placing import boundary, combined, moved, object_matrix, own_matrix, shifted
from extract.ofd.resources import OfdFont, Resources, opacity
from extract.ofd.texts import text_object_to_runs
from extract.office.package import Element
from extract.pdf.drawing.nouns import (
    Clip,
    Drawing,
    DrawnGlyph,
    Image,
    Matrix,
    Paint,
    Point,
    Shape,
)

_USUAL_LINE_MM = 0.353
"""The width of a line that does not say which (GB/T 33190, table 26): one point."""
_BLOCKS = frozenset(("Layer", "PageBlock", "Content", "Appearance"))
_OBJECTS = _BLOCKS | {"TextObject", "PathObject", "ImageObject", "CompositeObject"}
_CORNERS: tuple[Point, ...] = ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0))
"""A picture is drawn on the unit square, which its CTM leads to its place (GB/T 33190, 10)."""
_PLAIN_FONT = OfdFont()


@dataclass(frozen=True, slots=True)
class PlacedPicture:
    """A picture of a page: the key of its part, and where its corners stand in points, clockwise from the top left."""

    part: str
    image: Image


class _Scope(NamedTuple):
    """What holds for the objects of a block: where they are led to, how they are painted, by which parameters."""

    matrix: Matrix
    paint: Paint
    params: str | None = None
    depth: int = 0


@dataclass(slots=True)
class OfdPainter:
    """Draws blocks and objects; `drawing` and `pictures` are what was drawn, `lost` what could not be."""

    resources: Resources
    drawing: Drawing = field(default_factory=Drawing)
    pictures: list[PlacedPicture] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    objects: int = 0
    characters: int = 0
    points: int = 0
    runs: int = 0

    def draw(self, objects: Iterable[Element], matrix: Matrix, paint: Paint) -> None:
        """Draws objects and blocks of them, `matrix` leading from their millimetres to points.

        Raises `OverOfdLimitError`.
        """
        self._all(objects, _Scope(matrix, paint))

    def _all(self, objects: Iterable[Element], scope: _Scope) -> None:
        demand_ofd(scope.depth, OFD_LIMITS.block_depth, "图元嵌套层数")
        for one in objects:
            name = local_name(one)
            if name not in _OBJECTS:
                continue
            self.objects += 1
            demand_ofd(self.objects, OFD_LIMITS.objects, "图元数")
            self._one(name, one, scope)

    def _one(self, name: str, one: Element, scope: _Scope) -> None:
        params, paint = one.get("DrawParam") or scope.params, scope.paint
        if one.get("Visible", "true").strip().lower() in ("false", "0"):
            paint = paint._replace(layer_off=True)
        if name in _BLOCKS:
            self._all(one, _Scope(scope.matrix, paint, params, scope.depth + 1))
            return
        matrix = object_matrix(one, scope.matrix)
        clips = child(one, "Clips")
        if clips is not None:
            inner = shifted(*boundary(one)[:2], scope.matrix) if clips.get("TransFlag") == "false" else matrix
            paint = paint._replace(clip=_clip(clips, inner, paint.clip))
        if one.get("Alpha"):
            paint = paint._replace(alpha=paint.alpha * opacity(one))
        scope = _Scope(matrix, paint, params, scope.depth + 1)
        if name == "TextObject":
            self._text(one, scope)
        elif name == "PathObject":
            self._path(one, scope)
        elif name == "ImageObject":
            self._picture(one, scope)
        else:
            self._unit(one, scope)

    def _text(self, one: Element, scope: _Scope) -> None:
        colour, alpha = self._colour(one, scope, "FillColor")
        paint = scope.paint if alpha == 1.0 else scope.paint._replace(alpha=scope.paint.alpha * alpha)
        filled = one.get("Fill", "true") != "false" or one.get("Stroke", "false") == "true"
        font = self.resources.fonts.get(one.get("Font", ""), _PLAIN_FONT)
        for run in text_object_to_runs(one):
            self.runs += 1
            self.characters += len(run)
            demand_ofd(self.characters, OFD_LIMITS.characters, "字符数")
            for char in run:
                self.drawing.items.append(
                    DrawnGlyph(
                        char.text if not char.text.isspace() else " ",
                        font,
                        font.embedded,
                        combined(char.matrix, scope.matrix),
                        char.local,
                        char.advance,
                        self.runs,
                        0 if filled else 3,
                        colour,
                        paint,
                        len(self.drawing.items),
                    )
                )

    def _path(self, one: Element, scope: _Scope) -> None:
        data = child_text(one, "AbbreviatedData")
        self.points += data.count(" ") // 2
        demand_ofd(self.points, OFD_LIMITS.path_points, "路径点数")
        stroke, stroke_alpha = self._colour(one, scope, "StrokeColor")
        fill, fill_alpha = self._colour(one, scope, "FillColor")
        strokes, fills = one.get("Stroke", "true") != "false", one.get("Fill", "false") == "true"
        alpha = stroke_alpha if strokes else fill_alpha
        paint = scope.paint if alpha == 1.0 else scope.paint._replace(alpha=scope.paint.alpha * alpha)
        width = first_number(self._param(one, scope, "LineWidth"), _USUAL_LINE_MM)
        a, b, c, d, _, _ = scope.matrix
        scale = abs(a * d - b * c) ** 0.5
        for letters, points in data_to_subpaths(data):
            self.drawing.items.append(
                Shape(
                    letters,
                    [moved(point, scope.matrix) for point in points],
                    strokes,
                    fills,
                    stroke if strokes else None,
                    fill if fills else None,
                    width * scale,
                    paint,
                    len(self.drawing.items),
                )
            )

    def _picture(self, one: Element, scope: _Scope) -> None:
        matrix = scope.matrix
        if not one.get("CTM"):
            _, _, wide, high = boundary(one)
            matrix = combined((wide, 0.0, 0.0, high, 0.0, 0.0), matrix)
        part = self.resources.pictures.get(one.get("ResourceID", ""))
        if part is None:
            self.lost.append(one.get("ResourceID", "?"))
            return
        opaque = part.endswith((".jpg", ".jpeg", ".bmp", ".jb2", ".gbig2", ".tif", ".tiff"))
        corners = [moved(corner, matrix) for corner in _CORNERS]
        image = Image(corners, opaque, scope.paint, len(self.drawing.items))
        self.drawing.items.append(image)
        self.pictures.append(PlacedPicture(part, image))

    def _unit(self, one: Element, scope: _Scope) -> None:
        """A drawn unit of the resources; some writers put its content into the object itself."""
        unit = self.resources.units.get(one.get("ResourceID", ""))
        content = child(unit, "Content") if unit is not None else child(one, "Content")
        if content is None:
            self.lost.append(one.get("ResourceID", "?"))
            return
        self._all(content, scope)

    def _param(self, one: Element, scope: _Scope, name: str) -> str | None:
        """An attribute of an object, or of the drawing parameters that hold for it."""
        own = one.get(name)
        return own or next((p.get(name) for p in self.resources.chain(scope.params) if p.get(name)), None)

    def _colour(
        self, one: Element, scope: _Scope, name: str
    ) -> tuple[tuple[float, float, float] | None, float]:
        candidates: Iterable[Element] = (one, *self.resources.chain(scope.params))
        return self.resources.colour(
            next((found for c in candidates for found in child_elements(c, name)), None)
        )


def _clip(clips: Element, inner: Matrix, found: Clip) -> Clip:
    """The box outside which an object does not show, in points: what all of its clips leave of `found`."""
    for clip in child_elements(clips, "Clip"):
        corners = [point for area in child_elements(clip, "Area") for point in _area_points(area, inner)]
        if corners:
            xs, ys = [x for x, _ in corners], [y for _, y in corners]
            found = found.within(Clip(min(xs), min(ys), max(xs), max(ys)))
    return found


def _area_points(area: Element, matrix: Matrix) -> list[Point]:
    """The points of a clip's paths; a clip of text is not followed."""
    outer = combined(own_matrix(area), matrix)
    return [
        moved(point, object_matrix(path, outer))
        for path in child_elements(area, "Path")
        for _, points in data_to_subpaths(child_text(path, "AbbreviatedData"))
        for point in points
    ]
