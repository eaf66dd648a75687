"""What a recogniser of lines promises: its readings, and who it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from models.posteriors import NOTHING, Posteriors

Picture = NDArray[np.uint8]
"""Height × width × 3, in the order blue, green, red."""
Quadrilateral = tuple[tuple[float, float], tuple[float, float], tuple[float, float], tuple[float, float]]
"""Corners in pixels: top left, top right, bottom right, bottom left of the text."""


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character read, how probable it is where it stands (0 to 1), and its centre as a part of the picture's width."""

    char: str
    probability: float
    centre: float


@dataclass(frozen=True, slots=True)
class Reading:
    """What a line says.

    `confidence` is the probability of `text` given the picture, summed over all alignments; `posteriors` is
    what else it could say.
    """

    text: str
    glyphs: tuple[Glyph, ...]
    posteriors: Posteriors
    confidence: float


_MOST = 1.001
"""A probability summed over alignments in single precision may come out a little above 1."""
_LYING = "文字识别引擎给出的结果不合理（行数或置信度不符），未采用：请执行 shenbao doctor 检查识别引擎，或重新安装。"

EMPTY = Reading("", (), NOTHING, 1.0)
"""The reading of a blank picture."""


class Engine(Protocol):
    """A recogniser of lines of text."""

    @property
    def name(self) -> str:
        """Which recogniser it is, in one word."""
        ...

    @property
    def version(self) -> str:
        """Everything that decides its output, packages and weights, in one line."""
        ...

    def read(self, lines: Sequence[Picture]) -> list[Reading]:
        """One reading for each picture of a line of text, upright, cropped to the line; any height."""
        ...

    def detect(self, picture: Picture) -> list[Quadrilateral]:
        """Where text lines stand in a picture of a page or of a part of one, from the top to the bottom."""
        ...


class EngineError(Exception):
    """The recogniser cannot run here; the message says in Chinese what to install or repair."""


@dataclass(frozen=True, slots=True)
class Guarded:
    """An engine whose crashes, and answers that cannot be, are `EngineError`s: nothing is then said about the file."""

    engine: Engine

    @property
    def name(self) -> str:
        return self.engine.name

    @property
    def version(self) -> str:
        return self.engine.version

    def read(self, lines: Sequence[Picture]) -> list[Reading]:
        with _crashes():
            readings = self.engine.read(lines)
        if len(readings) != len(lines) or not all(0.0 <= one.confidence <= _MOST for one in readings):
            raise EngineError(_LYING)
        return readings

    def detect(self, picture: Picture) -> list[Quadrilateral]:
        with _crashes():
            return self.engine.detect(picture)


@contextmanager
def _crashes() -> Iterator[None]:
    try:
        yield
    except EngineError:
        raise
    except Exception as error:  # a runtime raises whatever its native code reports
        advice = "请执行 shenbao doctor 检查识别引擎，内存不足时请逐个文件重试"
        raise EngineError(f"文字识别引擎出错（{type(error).__name__}: {error}）：{advice}。") from error
