"""A recogniser that crashes, hangs, leaks or lies costs its own file, which is not blamed for it; the next one is read."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

import shenbao.readers
from extract.ocr.engine import Guarded, Picture, Quadrilateral, Reading
from shenbao.bounded.limits import WorkLimits
from shenbao.bounded.pool import Pool, in_order
from shenbao.bounded.process import Death
from shenbao.exits import UNAVAILABLE
from shenbao.file_task import FileOutcome, FileTask
from shenbao.readers import Settings
from shenbao.reading import READING_PRELOAD, read_file
from tests.engines import certain
from tests.inboxes import form

HELD: list[bytearray] = []


class FaultyEngine:
    """Does what it is told by its name."""

    version = "1"

    def __init__(self, name: str) -> None:
        self.name = name

    def read(self, lines: Sequence[Picture]) -> list[Reading]:
        match self.name:
            case "aborts":
                os.abort()
            case "hangs":
                time.sleep(60)
            case "leaks":
                while True:
                    HELD.append(bytearray(64 * 2**20))
            case "raises":
                raise RuntimeError("bad allocation")
            case "forgets":
                return []
            case "boasts":
                return [replace(certain("1"), confidence=float("nan"))] * len(lines)
        return [certain("\x1b[2J\u202e1")] * len(lines)

    def detect(self, picture: Picture) -> list[Quadrilateral]:
        return []


def read_with_fault(task: FileTask) -> FileOutcome:
    shenbao.readers.recogniser = lambda: Guarded(FaultyEngine(task.shown))
    return read_file(task)


@pytest.fixture(scope="module")
def ends(tmp_path_factory: pytest.TempPathFactory) -> dict[str, FileOutcome | Death]:
    """How the same picture ends with every recogniser; after each of them a text is read."""
    folder = tmp_path_factory.mktemp("pictures")
    picture, text = folder / "a.png", folder / "a.md"
    image = Image.new("L", (600, 400), 255)
    for at in (20, 200, 380):
        ImageDraw.Draw(image).line((20, at, 580, at), fill=0, width=3)
        ImageDraw.Draw(image).line((at, 20, at, 380), fill=0, width=3)
    ImageDraw.Draw(image).text((60, 80), "1932", fill=0, font_size=40)
    image.save(picture)
    text.write_text(form("甲局"), "utf-8")
    tasks = []
    for name in ("aborts", "hangs", "leaks", "raises", "forgets", "boasts", "steers"):
        tasks += [_task(picture, name), _task(text, f"after {name}")]
    with Pool(read_with_fault, 1, WorkLimits(5, 700 * 2**20), READING_PRELOAD) as pool:
        return {task.shown: answer for task, answer in in_order(pool, tasks)}


def _task(path: Path, shown: str) -> FileTask:
    return FileTask(path, shown, path.name, Settings())


@pytest.mark.parametrize(
    ("name", "cause"), [("aborts", "died"), ("hangs", "timed_out"), ("leaks", "out_of_memory")]
)
def test_one_that_takes_its_process_along_is_ended(
    ends: dict[str, FileOutcome | Death], name: str, cause: str
) -> None:
    death = ends[name]
    assert isinstance(death, Death)
    assert death.cause == cause


@pytest.mark.parametrize("name", ["raises", "forgets", "boasts"])
def test_one_that_breaks_or_cannot_be_right_is_said_and_the_file_is_not_blamed(
    ends: dict[str, FileOutcome | Death], name: str
) -> None:
    outcome = ends[name]
    assert isinstance(outcome, FileOutcome)
    assert (outcome.code, outcome.document, "shenbao doctor" in outcome.line) == (UNAVAILABLE, None, True)


def test_characters_that_steer_stay_out_of_the_result(ends: dict[str, FileOutcome | Death]) -> None:
    outcome = ends["steers"]
    assert isinstance(outcome, FileOutcome) and outcome.document
    assert "\x1b" not in outcome.document and "\u202e" not in outcome.document


def test_the_next_file_is_read_after_every_fault(ends: dict[str, FileOutcome | Death]) -> None:
    after = [answer for name, answer in ends.items() if name.startswith("after")]
    assert len(after) == 7
    assert all(isinstance(answer, FileOutcome) and answer.document for answer in after)
