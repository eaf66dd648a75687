"""Every sample gives exactly its golden, and every golden has its sample."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from shenbao.golden import (
    ROOT,
    agrees,
    golden_path,
    orphans,
    regenerate,
    regenerate_or_refuse,
    sample_to_golden,
    samples,
)

needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")


def git(root: Path, *arguments: str) -> None:
    who = ["-c", "user.name=test", "-c", "user.email=test@example.org"]
    subprocess.run(["git", "-C", str(root), *who, *arguments], check=True, capture_output=True)


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A repository with one sample, its readme, and a golden of a sample that is gone."""
    for name, text in {"samples/a.md": "无", "samples/README.md": "", "golden/gone.md.json": "{}"}.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")
    return tmp_path


@pytest.mark.parametrize("sample", samples(ROOT), ids=lambda sample: sample.name)
def test_the_sample_gives_its_golden(sample: Path) -> None:
    text, golden = sample_to_golden(sample), golden_path(ROOT, sample).read_text("utf-8")
    assert agrees(text, golden) or text == golden, "run make golden and look at the difference"


GOLDEN = """{
  "data": {"text": "12.3"},
  "evidence": {
    "text": "12.3",
    "confidence": 0.95
  }
}"""


@pytest.mark.parametrize(("confidence", "agreed"), [("0.9", True), ("1.0", True), ("0.89", False)])
def test_a_confidence_may_differ_a_little(confidence: str, agreed: bool) -> None:
    assert agrees(GOLDEN.replace("0.95", confidence), GOLDEN) is agreed


@pytest.mark.parametrize(
    "change", ['{"text": "12.5"}', '{"text": "12.30"}', '{"text": "12.3", "confidence": 1}']
)
def test_nothing_else_may_differ(change: str) -> None:
    assert not agrees(GOLDEN.replace('{"text": "12.3"}', change), GOLDEN)


def test_a_new_version_of_the_program_is_no_difference() -> None:
    made = '{\n  "made_by": {\n    "shenbao": "0.1.0",\n    "recogniser": null\n  }\n}'
    assert agrees(made.replace("0.1.0", "0.2.0"), made)
    assert not agrees(made.replace("null", '"another"'), made)


def test_there_are_samples() -> None:
    assert samples(ROOT)


def test_no_golden_is_without_its_sample() -> None:
    assert orphans(ROOT) == []


def test_files_about_the_samples_are_not_samples(checkout: Path) -> None:
    assert [path.name for path in samples(checkout)] == ["a.md"]


def test_regenerating_writes_what_is_missing_and_removes_what_is_orphaned(checkout: Path) -> None:
    assert list(regenerate(checkout)) == ["new: golden/a.md.json", "removed: golden/gone.md.json"]
    assert list(regenerate(checkout)) == []


@needs_git
def test_uncommitted_changes_stop_it(checkout: Path, capsys: pytest.CaptureFixture[str]) -> None:
    git(checkout, "init")
    assert regenerate_or_refuse(checkout) == 65
    assert "commit or stash" in capsys.readouterr().err
    assert not (checkout / "golden" / "a.md.json").exists()


@needs_git
def test_a_clean_tree_lets_it_run(checkout: Path) -> None:
    git(checkout, "init")
    git(checkout, "add", ".")
    git(checkout, "commit", "-m", "samples")
    assert regenerate_or_refuse(checkout) == 0
    assert [path.name for path in (checkout / "golden").iterdir()] == ["a.md.json"]


def test_outside_a_repository_nothing_is_written(checkout: Path) -> None:
    assert regenerate_or_refuse(checkout) == 65
    assert not (checkout / "golden" / "a.md.json").exists()
