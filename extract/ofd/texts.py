"""Texts of an OFD page → where each of their characters stands (GB/T 33190, 11)."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extract.ofd.parts import child_elements, first_number
from extract.ofd.placing import combined
from extract.office.package import Element
from extract.pdf.drawing.nouns import Matrix

_ASCENT_SIZES = 0.88
"""A character reaches this share of the type size above its base line, as Chinese fonts have it."""
_DESCENT_SIZES = 0.12
"""It reaches this share below."""
_NARROW_SIZES = 0.5
"""Letters and digits are this share of the type size wide where the file does not say."""
_LEAST_ADVANCE_SIZES = 0.2
"""A step to the next character that is smaller says nothing of the character's width."""
_USUAL_SIZE_MM = 3.5
"""The type size of a text that does not say which: ten points."""
_MARGIN = re.compile(r"^\s*\n\s*|\s*\n\s*$")
_TOKEN = re.compile(r"g|[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?")
_MOST_STEPS = 100_000
"""Steps that a text may have; `g` can ask for any number of them in three words."""


@dataclass(frozen=True, slots=True)
class PlacedChar:
    """A character: what leads its `local` box (left, top, right, bottom from its origin) into the text's own space."""

    text: str
    matrix: Matrix
    local: tuple[float, float, float, float]
    advance: float


def text_object_to_runs(element: Element) -> Iterator[list[PlacedChar]]:
    """The characters of each TextCode of a TextObject, in the object's own space (millimetres before its CTM)."""
    size = first_number(element.get("Size"), _USUAL_SIZE_MM)
    scale = first_number(element.get("HScale"), 1.0)
    turn = _turn(first_number(element.get("CharDirection"), 0.0))
    runs_down = first_number(element.get("ReadDirection"), 0.0) % 180 == 90
    x, y = 0.0, 0.0
    for code in child_elements(element, "TextCode"):
        x, y = first_number(code.get("X"), x), first_number(code.get("Y"), y)
        text = _MARGIN.sub("", code.text or "")
        widths = [_width(char, size) * scale for char in text]
        across, down = _steps(code.get("DeltaX")), _steps(code.get("DeltaY"))
        places = _places(widths, across, down, size, runs_down=runs_down)
        yield [
            _placed(char, (x + dx, y + dy), size, _drawn_width(width, across, n, size), turn)
            for n, (char, width, (dx, dy)) in enumerate(zip(text, widths, places, strict=True))
        ]


def _placed(char: str, at: tuple[float, float], size: float, width: float, turn: Matrix) -> PlacedChar:
    local = (0.0, -_ASCENT_SIZES * size, width, _DESCENT_SIZES * size)
    return PlacedChar(char, combined(turn, (1.0, 0.0, 0.0, 1.0, *at)), local, width)


def _places(
    widths: Sequence[float], across: Sequence[float], down: Sequence[float], size: float, *, runs_down: bool
) -> list[tuple[float, float]]:
    """Where each character begins, from the first one's place; steps that the file leaves out are guessed."""
    x = y = 0.0
    places = []
    for n, width in enumerate(widths):
        places.append((x, y))
        guessed = not across and not down
        x += across[n] if n < len(across) else width if across or (guessed and not runs_down) else 0.0
        y += down[n] if n < len(down) else size if (down and not across) or (guessed and runs_down) else 0.0
    return places


def _drawn_width(usual: float, across: Sequence[float], n: int, size: float) -> float:
    """A character's width: the step to the next one, unless that is wider than any character or next to nothing."""
    step = across[n] if n < len(across) else usual
    return step if _LEAST_ADVANCE_SIZES * size <= step <= size else usual


def _width(char: str, size: float) -> float:
    return size if unicodedata.east_asian_width(char) in "WFA" else _NARROW_SIZES * size


def _turn(degrees: float) -> Matrix:
    """A character turned about its origin, clockwise."""
    cos, sin = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    return (cos, sin, -sin, cos, 0.0, 0.0)


def _steps(text: str | None) -> list[float]:
    """The steps of DeltaX or DeltaY; `g 3 2.5` stands for three of 2.5.

    >>> _steps("g 2 3 1.5")
    [3.0, 3.0, 1.5]
    """
    steps: list[float] = []
    tokens = iter(_TOKEN.findall(text or ""))
    for token in tokens:
        if token == "g":
            count, step = next(tokens, "0"), next(tokens, "0")
            if "g" in (count, step):
                break
            steps += [float(step)] * max(0, min(int(float(count)), _MOST_STEPS - len(steps)))
        elif len(steps) < _MOST_STEPS:
            steps.append(float(token))
    return steps
