"""Pictures that show the same print are recognised once, and only where that is safe."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import cv2
import numpy as np
import pytest

from extract.ocr.engine import Picture, Quadrilateral, Reading
from extract.ocr.look_alikes import difference, picture_to_look
from extract.ocr.sharing import Sharing
from tests.engines import certain
from tests.linepictures import photocopied, printed

PROVED = 4


@dataclass
class Counting:
    """Says what it is told, in turn and then the last again, and counts how often it is asked."""

    says: list[Reading]
    asked: int = 0
    name: str = "counting"
    version: str = "1"
    seen: list[Picture] = field(default_factory=list)

    def read(self, lines: Sequence[Picture]) -> list[Reading]:
        self.seen += lines
        return [self._next() for _ in lines]

    def detect(self, picture: Picture) -> list[Quadrilateral]:
        return []

    def _next(self) -> Reading:
        self.asked += 1
        return self.says[min(self.asked, len(self.says)) - 1]


def noisy(line: Picture, seed: int, levels: float = 4) -> Picture:
    """The same print, scanned once more."""
    noise = np.random.default_rng(seed).normal(0, levels, line.shape)
    picture: Picture = np.clip(line + noise, 0, 255).astype(np.uint8)
    return picture


def blurred(line: Picture, pixels: float) -> Picture:
    picture: Picture = np.asarray(cv2.GaussianBlur(line, (0, 0), pixels), np.uint8)
    return picture


def scans(text: str, count: int) -> list[Picture]:
    return [noisy(blurred(printed(text), 0.6), n) for n in range(count)]


def test_a_picture_that_shows_the_same_print_is_not_recognised_again() -> None:
    engine = Counting([certain("有保障")])
    readings = Sharing(engine).read(scans("有保障", 12))
    assert engine.asked == 1 + PROVED
    assert {reading.text for reading in readings} == {"有保障"}


def test_before_anything_is_shared_some_doubles_are_read_all_the_same() -> None:
    engine = Counting([certain("有保障")])
    Sharing(engine).read(scans("有保障", 1 + PROVED))
    assert engine.asked == 1 + PROVED


def test_what_one_file_showed_is_nothing_to_the_next() -> None:
    engine = Counting([certain("有保障")])
    Sharing(engine).read(scans("有保障", 12))
    Sharing(engine).read(scans("有保障", 12))
    assert engine.asked == 2 * (1 + PROVED)


def test_where_doubles_were_read_differently_such_are_not_shared() -> None:
    engine = Counting([certain("有保障"), certain("有保陪")])
    Sharing(engine).read(scans("有保障", 12))
    assert engine.asked > 1 + PROVED


def test_what_was_not_read_with_certainty_is_not_taken_for_another() -> None:
    engine = Counting([replace(certain("有保障"), confidence=0.9)])
    Sharing(engine).read(scans("有保障", 12))
    assert engine.asked == 12


def test_what_another_character_might_look_like_too_is_not_shared() -> None:
    engine = Counting([certain("未来三年")])
    Sharing(engine).read(scans("有保障", 12))
    assert engine.asked == 12


def test_other_print_is_recognised() -> None:
    engine = Counting([certain("有保障")])
    shared = Sharing(engine)
    shared.read(scans("有保障", 12))
    before = engine.asked
    shared.read([printed("设立依据充分"), printed("≥95%")])
    assert engine.asked == before + 2


def test_nothing_is_shared_on_a_noisy_page() -> None:
    engine = Counting([certain("有保障")])
    Sharing(engine).read([noisy(photocopied(printed("有保障")), n, 60) for n in range(12)])
    assert engine.asked == 12


def test_figures_must_be_more_alike_than_words() -> None:
    lines = [blurred(line, 0.9 + n % 2 * 0.4) for n, line in enumerate(scans("有保障", 12))]
    apart = difference(picture_to_look(lines[0]), picture_to_look(lines[1]))
    assert 0.08 < apart < 0.12
    words, figures = Counting([certain("有保障")]), Counting([certain("1,932")])
    Sharing(words).read([lines[0], *lines[1::2]])
    Sharing(figures).read([lines[0], *lines[1::2]])
    assert words.asked < figures.asked


def test_a_shift_of_a_pixel_or_two_is_no_difference() -> None:
    line = printed("设立依据充分")
    moved = np.roll(line, (1, 2), axis=(0, 1))
    assert difference(picture_to_look(line), picture_to_look(moved)) < 0.1


def test_a_row_of_paper_more_is_no_difference() -> None:
    line = printed("设立依据充分")
    higher = np.concatenate([line[:1], line, line[-1:]])
    assert difference(picture_to_look(line), picture_to_look(higher)) < 0.02


def test_ink_at_the_rim_that_only_one_picture_has_is_a_difference() -> None:
    line = printed("设立依据充分")
    marked = line.copy()
    marked[12:30, :3] = 0
    assert difference(picture_to_look(line), picture_to_look(marked)) > 0.3


@pytest.mark.parametrize(("one", "other"), [("无", "有保障"), ("设立依据充分", "核心业务产出完成率明显提升")])
def test_pictures_of_other_widths_are_wholly_different(one: str, other: str) -> None:
    assert difference(picture_to_look(printed(one)), picture_to_look(printed(other))) == 1.0
