"""Where things stand on an OFD page: millimetres from its top left corner, and what leads them to points."""

from __future__ import annotations

from extract.ofd.parts import text_to_numbers
from extract.office.package import Element
from extract.pdf.drawing.nouns import Matrix, Point

POINTS_A_MM = 72 / 25.4
"""Points (1/72 inch) in a millimetre."""
UNCHANGED: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_FURTHEST_MM = 1e6
"""A number beyond this is a slip of the writer; a kilometre is no place on paper."""


def combined(first: Matrix, then: Matrix) -> Matrix:
    """The matrix that does `first` and `then` the other one (row vectors, as OFD and PDF have them)."""
    a, b, c, d, e, f = first
    p, q, r, s, t, u = then
    return (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u)


def moved(point: Point, matrix: Matrix) -> Point:
    """Where `matrix` leads a point."""
    a, b, c, d, e, f = matrix
    x, y = point
    return (a * x + c * y + e, b * x + d * y + f)


def object_matrix(element: Element, outer: Matrix) -> Matrix:
    """From an object's own space to where `outer` leads: its CTM, then the corner of its Boundary."""
    x, y, _, _ = boundary(element)
    beside = shifted(x, y, outer)
    return combined(own_matrix(element), beside) if element.get("CTM") else beside


def shifted(x: float, y: float, outer: Matrix) -> Matrix:
    """From a space whose corner stands at `x`, `y` to where `outer` leads."""
    a, b, c, d, e, f = outer
    return (a, b, c, d, a * x + c * y + e, b * x + d * y + f)


def own_matrix(element: Element) -> Matrix:
    """An object's CTM; the unchanged one where it has none or a broken one."""
    numbers = text_to_numbers(element.get("CTM"))
    return _six(numbers) if len(numbers) == 6 and _are_sane(numbers) else UNCHANGED


def boundary(element: Element) -> tuple[float, float, float, float]:
    """An object's Boundary: left, top, width and height; zeros where it has none."""
    numbers = text_to_numbers(element.get("Boundary"))
    if len(numbers) < 4 or not _are_sane(numbers):
        return (0.0, 0.0, 0.0, 0.0)
    return (numbers[0], numbers[1], numbers[2], numbers[3])


def _are_sane(numbers: list[float]) -> bool:
    return min(numbers) >= -_FURTHEST_MM and max(numbers) <= _FURTHEST_MM


def _six(numbers: list[float]) -> Matrix:
    a, b, c, d, e, f = numbers
    return (a, b, c, d, e, f)
