"""The bench of repeats: the same bytes, and a reading that differs is named."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
from PIL import Image

from bench.repeats import Repeats, repeat
from extract.ocr.engine import Picture
from tests.inboxes import form, put
from tests.linepictures import printed


def test_small_files_give_the_same_bytes_in_any_order_with_one_process_and_with_two(tmp_path: Path) -> None:
    files = [put(tmp_path / f"{name}.md", form(f"阳新县{name}局")) for name in "甲乙丙"]
    found = repeat(files, 3, seed=1)
    assert found.ways == {"one": 3, "two": 3, "two that go on": 3}
    assert found.differing == []
    assert found.digest() == repeat(files, 2, seed=2).digest()


def test_a_scan_whose_lines_share_their_readings_gives_the_same_bytes_alone_and_beside_another(
    tmp_path: Path,
) -> None:
    scans = [tmp_path / f"{name}.png" for name in "甲乙"]
    for n, path in enumerate(scans):
        Image.fromarray(table(n)).save(path, dpi=(200, 200))
    found = repeat(scans, 2, seed=1)
    assert found.ways == {"one": 2, "two": 2}
    assert found.differing == [] and len(set(map(str, found.digests.values()))) == 2


def table(seed: int) -> Picture:
    """A page with a table whose cells say the same three texts again and again, scanned with some noise."""
    page = np.full((700, 1000, 3), 250, np.uint8)
    lines = [printed(text) for text in ("设立依据充分", "≥95%", "有保障")]
    for row in range(8):
        cv2.line(page, (50, 60 + 70 * row), (950, 60 + 70 * row), (0, 0, 0), 3)
        for column, line in enumerate(lines if row < 7 else ()):
            top, left = 72 + 70 * row, 70 + 300 * column
            page[top : top + line.shape[0], left : left + line.shape[1]] = line
    for x in (50, 350, 650, 950):
        cv2.line(page, (x, 60), (x, 550), (0, 0, 0), 3)
    noise = np.random.default_rng(seed).normal(0, 3, page.shape)
    picture: Picture = np.clip(page + noise, 0, 255).astype(np.uint8)
    return picture


def test_a_file_that_was_read_otherwise_once_is_named() -> None:
    assert Repeats({"a.md": {"1", "2"}, "b.md": {"1"}}).differing == ["a.md"]
