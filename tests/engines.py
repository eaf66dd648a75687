"""Recognisers for tests: one that plays back what was recorded, one that breaks."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np

from extract.ocr.engine import EMPTY, Engine, Glyph, Picture, Quadrilateral, Reading
from extract.ocr.recognition import is_blank
from models.posteriors import Posteriors


def picture_to_hash(picture: Picture) -> str:
    """What a recording knows a picture by."""
    return sha256(repr(picture.shape).encode() + picture.tobytes()).hexdigest()


def certain(text: str) -> Reading:
    """The reading of a picture that can say nothing but `text`, its characters evenly spaced."""
    chars = "".join(dict.fromkeys(text))
    glyphs = tuple(Glyph(char, 1.0, (n + 0.5) / len(text)) for n, char in enumerate(text))
    codes = np.zeros(2 * len(text) + 1, np.int32)
    codes[1::2] = [chars.index(char) + 1 for char in text]
    starts = np.arange(len(codes) + 1, dtype=np.int32)
    return Reading(text, glyphs, Posteriors(chars, starts, codes, np.zeros(len(codes), np.float32)), 1.0)


@dataclass(frozen=True)
class RecordedEngine:
    """Plays back `readings` by the hash of the picture, blank pictures aside; an unknown picture is a `KeyError`.

    `asked` collects the hashes in the order asked for.
    """

    readings: Mapping[str, Reading]
    boxes: Sequence[Quadrilateral] = ()
    name: str = "recorded"
    version: str = "1"
    asked: list[str] = field(default_factory=list)

    def read(self, lines: Sequence[Picture]) -> list[Reading]:
        self.asked.extend(map(picture_to_hash, lines))
        return [EMPTY if is_blank(line) else self.readings[picture_to_hash(line)] for line in lines]

    def detect(self, picture: Picture) -> list[Quadrilateral]:
        return list(self.boxes)


@dataclass(frozen=True)
class CrashingEngine:
    """Breaks at the first line, as a runtime out of memory does."""

    name: str = "crashing"
    version: str = "1"

    def read(self, lines: Sequence[Picture]) -> list[Reading]:
        raise RuntimeError("bad allocation")

    def detect(self, picture: Picture) -> list[Quadrilateral]:
        raise RuntimeError("bad allocation")


def record(engine: Engine, lines: Sequence[Picture], path: Path) -> None:
    """Write what `engine` reads in `lines` to a JSON file for `load`."""
    readings = zip(map(picture_to_hash, lines), engine.read(lines), strict=True)
    document = {picture: _reading_to_json(reading) for picture, reading in readings}
    path.write_text(json.dumps(document, ensure_ascii=False), "utf-8")


def load(path: Path) -> RecordedEngine:
    """The recogniser that plays back a file written by `record`."""
    document = json.loads(path.read_text("utf-8"))
    return RecordedEngine({picture: _json_to_reading(reading) for picture, reading in document.items()})


def _reading_to_json(reading: Reading) -> dict[str, Any]:
    p = reading.posteriors
    return {
        "text": reading.text,
        "glyphs": [[glyph.char, glyph.probability, glyph.centre] for glyph in reading.glyphs],
        "chars": p.chars,
        "starts": p.starts.tolist(),
        "codes": p.codes.tolist(),
        "logs": p.logs.tolist(),
        "confidence": reading.confidence,
    }


def _json_to_reading(document: dict[str, Any]) -> Reading:
    posteriors = Posteriors(
        document["chars"],
        np.array(document["starts"], np.int32),
        np.array(document["codes"], np.int32),
        np.array(document["logs"], np.float32),
    )
    glyphs = tuple(Glyph(*glyph) for glyph in document["glyphs"])
    return Reading(document["text"], glyphs, posteriors, document["confidence"])
