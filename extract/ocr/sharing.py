"""A form says the same words again and again: pictures that show the same print are recognised once in a file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from extract.ocr.engine import Engine, Picture, Quadrilateral, Reading
from extract.ocr.look_alikes import (
    WIDEST_APART_PX,
    Look,
    difference,
    picture_to_look,
    sketch_difference,
)
from extract.ocr.recognition import is_blank

_ALIKE = 0.15
"""Words that differ by less than this are the same. Counted on scans with twelve damages: of pictures that were read with
certainty and differently, none lay below 0.26 (一 and 三); one character for another is mostly above 0.35."""
_ALIKE_FIGURES = 0.1
"""Figures that differ by less than this are the same: one digit for another makes 0.35 and more."""
_NEAR_TWINS = frozenset("土士胃胄未末井并千干己已巳于江汪占古责贵汕油坏坯刺剌")
"""What holds one of these characters is not shared: drawn in two faces, of 14,022 pairs of characters that look alike only
these lay below 0.16."""
_SURE_CONFIDENCE = 0.95
"""Only what was read with at least this confidence is taken for other pictures."""
_COMPARED = 2
"""A picture is compared with two others at most, those whose sketches are the nearest."""
_FARTHEST_SKETCH = 0.06
"""Pictures whose sketches differ by more than this are not compared; those of equal print differed by at most 0.05."""
_PROVED = 4
"""The first four pictures of a file that look like another are read all the same."""
_PROVED_AGAIN = 16
"""After that every sixteenth is read all the same."""
_MOST_KEPT = 800
"""Eight hundred pictures are remembered, some 10 kB each; of more, the older half is forgotten."""


@dataclass(frozen=True, slots=True, eq=False)
class _Known:
    """A picture that was read."""

    look: Look
    reading: Reading


@dataclass
class Sharing:
    """An engine for one file, which takes a picture's reading for others that show the same print.

    Now and then such a picture is read all the same: where the two readings differ, only pictures that are more alike than
    these two are shared from then on. So a page's own noise decides, and on a noisy one nothing is shared.
    """

    engine: Engine
    _known: list[_Known] = field(default_factory=list)
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
        alike = known is not None and apart < self._bounds[_has_figures(known.reading)]
        if known is not None and alike:
            self._alike += 1
            if self._alike > _PROVED and self._alike % _PROVED_AGAIN:
                return known.reading
        (reading,) = self.engine.read([line])
        if known is not None and alike and reading.text != known.reading.text:
            self._bounds = {figures: min(bound, apart) for figures, bound in self._bounds.items()}
        if not alike and _is_shareable(reading):
            self._remember(_Known(look, reading))
        return reading

    def _nearest(self, look: Look) -> tuple[float, _Known | None]:
        """The known picture that differs least from `look`, and by how much."""
        best: tuple[float, _Known | None] = (1.0, None)
        known = [one for one in self._known if abs(one.look.width - look.width) <= WIDEST_APART_PX]
        if not known:
            return best
        sketches = sketch_difference(look, np.stack([one.look.sketch for one in known]))
        for n in np.argsort(sketches, kind="stable")[:_COMPARED].tolist():
            if sketches[n] <= _FARTHEST_SKETCH:
                best = min(best, (difference(look, known[n].look), known[n]), key=lambda found: found[0])
        return best

    def _remember(self, known: _Known) -> None:
        if len(self._known) == _MOST_KEPT:
            del self._known[: _MOST_KEPT // 2]
        self._known.append(known)


def _is_shareable(reading: Reading) -> bool:
    """Whether a reading may stand for other pictures."""
    text = reading.text
    return bool(text) and reading.confidence >= _SURE_CONFIDENCE and not _NEAR_TWINS.intersection(text)


def _has_figures(reading: Reading) -> bool:
    return any(map(str.isdigit, reading.text))
