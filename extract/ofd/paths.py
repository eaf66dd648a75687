"""Paths of an OFD page: AbbreviatedData → the letters and points of each subpath (GB/T 33190, 9.1)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.pdf.drawing.nouns import Point

_TOKEN = re.compile(r"[A-Za-z]|[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?")
_NUMBERS = {"S": 2, "M": 2, "L": 2, "Q": 4, "B": 6, "A": 7, "C": 0}
"""How many numbers each operator takes."""
_LETTERS = {"S": "m", "M": "m", "L": "l", "Q": "c", "B": "c", "A": "c", "C": "h"}
"""The operators as a drawing has them, in the letters of PDF."""


def data_to_subpaths(data: str) -> Iterator[tuple[str, list[Point]]]:
    """The subpaths of a path in its own space: a letter and a point for each operator; curves by where they end.

    What means nothing ends the path: a viewer shows what came before.
    """
    letters, points = "", list[Point]()
    for operator, numbers in _operations(data):
        letter = _LETTERS[operator]
        if letter == "m":
            if len(letters) > 1:
                yield letters, points
            letters, points = "m", [(numbers[-2], numbers[-1])]
        elif letters:
            letters += letter
            points.append(points[0] if letter == "h" else (numbers[-2], numbers[-1]))
    if len(letters) > 1:
        yield letters, points


def _operations(data: str) -> Iterator[tuple[str, list[float]]]:
    """Each operator with its numbers; a line's further points are lines of their own."""
    tokens = _TOKEN.findall(data)
    at = 0
    while at < len(tokens):
        operator = tokens[at].upper()
        if operator not in _NUMBERS:
            return
        at += 1
        count = _NUMBERS[operator]
        while True:
            taken = tokens[at : at + count]
            if len(taken) < count or any(token[0].isalpha() for token in taken):
                return
            yield operator, [float(token) for token in taken]
            at += count
            if not count or at >= len(tokens) or tokens[at][0].isalpha():
                break
