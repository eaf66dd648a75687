"""The bench of repeats: the same bytes, and a reading that differs is named."""

from __future__ import annotations

from pathlib import Path

from bench.repeats import Repeats, repeat
from tests.inboxes import form, put


def test_small_files_give_the_same_bytes_in_any_order_with_one_process_and_with_two(tmp_path: Path) -> None:
    files = [put(tmp_path / f"{name}.md", form(f"阳新县{name}局")) for name in "甲乙丙"]
    found = repeat(files, 3, seed=1)
    assert found.ways == {"one": 3, "two": 3, "two that go on": 3}
    assert found.differing == []
    assert found.digest() == repeat(files, 2, seed=2).digest()


def test_a_file_that_was_read_otherwise_once_is_named() -> None:
    assert Repeats({"a.md": {"1", "2"}, "b.md": {"1"}}).differing == ["a.md"]
