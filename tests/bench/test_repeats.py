"""The bench of repeats: the same bytes, and a reading that differs is named."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pypdfium2
import pytest

from bench.repeats import Repeats, read_in_order, repeat
from extract.scan.pixels.ink import Pixels
from tests.inboxes import form, put

_SCAN = Path(__file__).parents[2] / "samples" / "nongye-poor.pdf"
_HEAD_PX = 330
"""So much of the page is read: its title and the first rows of its table."""


def test_small_files_give_the_same_bytes_in_any_order_with_one_process_and_with_two(tmp_path: Path) -> None:
    files = [put(tmp_path / f"{name}.md", form(f"阳新县{name}局")) for name in "甲乙丙"]
    found = repeat(files, 3, seed=1)
    assert found.ways == {"one": 3, "two": 3, "two that go on": 3}
    assert found.differing == []
    assert found.digest() == repeat(files, 2, seed=2).digest()


def test_a_file_that_was_read_otherwise_once_is_named() -> None:
    assert Repeats({"a.md": {"1", "2"}, "b.md": {"1"}}).differing == ["a.md"]


@pytest.fixture(scope="module")
def scans(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Two scans of the head of one form, with other noise: nearly every word of one is in the other, too."""
    with pypdfium2.PdfDocument(_SCAN) as document:
        picture = next(document[0].get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE]))
        head = picture.get_bitmap(render=False).to_numpy()[:_HEAD_PX]
    folder = tmp_path_factory.mktemp("scans")
    return [_noisy(head, seed, folder / f"{seed}.png") for seed in (1, 2)]


def _noisy(picture: Pixels, seed: int, path: Path) -> Path:
    noise = np.random.default_rng(seed).normal(0, 4, picture.shape)
    cv2.imwrite(str(path), np.clip(picture + noise, 0, 255).astype(np.uint8))
    return path


def test_a_scan_gives_the_same_bytes_alone_and_after_another_in_either_order_and_beside_it(
    scans: list[Path],
) -> None:
    first, second = scans
    alone = {**read_in_order([first], 1), **read_in_order([second], 1)}
    assert alone[first.name] != alone[second.name]
    assert "图片" not in alone[first.name] and '"pages": 1' in alone[first.name]
    assert read_in_order([first, second], 1) == alone
    assert read_in_order([second, first], 1) == alone
    assert read_in_order([first, second], 2) == alone
