"""A form says the same words again and again: pictures that show the same print are recognised once in a file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from extract.ocr.engine import Engine, Picture, Quadrilateral, Reading
from extract.ocr.look_alikes import (
    SKETCH_NUMBERS,
    Look,
    difference,
    may_be_alike,
    picture_to_look,
    sketch_difference,
)
from extract.ocr.recognition import is_blank

_ALIKE = 0.12
"""Words that differ by less than this are the same. Counted on scans with twelve damages: of pictures that were read with
certainty and differently, none lay below 0.16 (目 and 日 on a fax), and on other than faxes none below 0.2 (一 and 三)."""
_ALIKE_FIGURES = 0.08
"""Figures that differ by less than this are the same: half of what the nearest digits, 6 and 8, make in ten faces; on scans one
digit for another makes 0.2 and more."""
_NEAR_TWINS = frozenset("士土贵责末未迸进并井巳已己干于千橇撬溃渍汕油柬束睛晴胃胄占古")
"""What holds one of these characters is not shared: drawn in three faces and two sizes, of all pairs of the 3,755 usual characters
only these lay below 0.15."""
_SURE_CONFIDENCE = 0.95
"""Only what was read with at least this confidence is taken for other pictures."""
_COMPARED = 2
"""A picture is compared with two others at most, those whose sketches are the nearest."""
_FARTHEST_SKETCH = 0.06
"""Pictures whose sketches differ by more than this are not compared; of a thousand of equal print one differed by more."""
_PROVED = 4
"""The first four pictures of a file that look like another are read all the same."""
_PROVED_AGAIN = 32
"""After that every thirty-second is read all the same."""
_MOST_KEPT = 800
"""Eight hundred pictures are remembered, some 6 kB each; of more, the older half is forgotten."""


@dataclass(frozen=True, slots=True, eq=False)
class _Known:
    """A picture that was read."""

    look: Look
    reading: Reading


@dataclass
class _Shelf:
    """The pictures of a file that were read, their sizes and sketches side by side, so that a few are found at once."""

    known: list[_Known] = field(default_factory=list)
    _sizes: NDArray[np.intp] = field(default_factory=lambda: np.zeros((_MOST_KEPT, 2), np.intp))
    _sketches: NDArray[np.float32] = field(
        default_factory=lambda: np.zeros((_MOST_KEPT, SKETCH_NUMBERS), np.float32)
    )

    def add(self, known: _Known) -> None:
        if len(self.known) == _MOST_KEPT:
            old = _MOST_KEPT // 2
            del self.known[:old]
            for rows in (self._sizes, self._sketches):
                rows[: len(self.known)] = rows[old:].copy()
        self._sizes[len(self.known)] = known.look.grey.shape
        self._sketches[len(self.known)] = known.look.sketch
        self.known.append(known)

    def near(self, look: Look) -> Iterator[_Known]:
        """The few known pictures whose sketches are the nearest to that of `look`."""
        of_one_size = np.flatnonzero(may_be_alike(look, self._sizes[: len(self.known)]))
        apart = sketch_difference(look, self._sketches[of_one_size])
        for n in np.argsort(apart, kind="stable")[:_COMPARED].tolist():
            if apart[n] <= _FARTHEST_SKETCH:
                yield self.known[of_one_size[n]]


@dataclass
class Sharing:
    """An engine for one file, which takes a picture's reading for others that show the same print.

    Now and then such a picture is read all the same: where the two readings differ, only pictures that are more alike than
    these two are shared from then on. So a page's own noise decides, and on a noisy one nothing is shared.
    """

    engine: Engine
    _shelf: _Shelf = field(default_factory=_Shelf)
    _bounds: dict[bool, float] = field(default_factory=lambda: {False: _ALIKE, True: _ALIKE_FIGURES})
    _alike: int = 0

    @property
    def name(self) -> str:
        return self.engine.name

    @property
    def version(self) -> str:
        return self.engine.version

    def read(self, lines: Sequence[Picture]) -> list[Reading]:
        """One reading for each picture; those that show the same print share one."""
        return [self._read_line(line) for line in lines]

    def detect(self, picture: Picture) -> list[Quadrilateral]:
        """Where text lines stand, as the engine says."""
        return self.engine.detect(picture)

    def _read_line(self, line: Picture) -> Reading:
        if is_blank(line):
            return self.engine.read([line])[0]
        look = picture_to_look(line)
        apart, known = self._nearest(look)
        alike = self._is_alike(apart, known)
        if known is not None and alike:
            self._alike += 1
            if self._alike > _PROVED and self._alike % _PROVED_AGAIN:
                return known.reading
        (reading,) = self.engine.read([line])
        if known is not None and alike and reading.text != known.reading.text:
            self._bounds = {figures: min(bound, apart) for figures, bound in self._bounds.items()}
        if not alike and _is_shareable(reading):
            self._shelf.add(_Known(look, reading))
        return reading

    def _nearest(self, look: Look) -> tuple[float, _Known | None]:
        """The first known picture that shows the same print as `look`, or the one that differs least; and by how much."""
        best: tuple[float, _Known | None] = (1.0, None)
        for known in self._shelf.near(look):
            best = min(best, (difference(look, known.look), known), key=lambda found: found[0])
            if self._is_alike(*best):
                break
        return best

    def _is_alike(self, apart: float, known: _Known | None) -> bool:
        """Whether a picture that differs so much from a known one shows the same print."""
        return known is not None and apart < self._bounds[_has_figures(known.reading)]


def _is_shareable(reading: Reading) -> bool:
    """Whether a reading may stand for other pictures."""
    text = reading.text
    return bool(text) and reading.confidence >= _SURE_CONFIDENCE and not _NEAR_TWINS.intersection(text)


def _has_figures(reading: Reading) -> bool:
    return any(map(str.isdigit, reading.text))
