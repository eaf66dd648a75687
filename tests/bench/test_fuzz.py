"""The fuzzer: the same seed makes the same files, and every grave end is seen for what it is."""

from __future__ import annotations

import random
from itertools import islice
from pathlib import Path
from zipfile import ZipFile

import pytest

import bench.fuzz.files
import bench.fuzz.parsers
from bench.fuzz.__main__ import CORPUS
from bench.fuzz.files import GRAVE, FilesRun, WatchedOutcome, fuzz_files, outcome_to_end, read_watched
from bench.fuzz.mutation import Mutant, mutants, part_changed
from bench.fuzz.parsers import TARGETS, Target, fuzz_parser, input_to_fault
from shenbao.bounded.limits import WorkLimits
from shenbao.bounded.process import Death
from shenbao.file_task import FileOutcome, FileTask
from shenbao.readers import Settings
from tests.places import SAMPLES

TEXT, WORD = SAMPLES / "yangxian-justice.md", SAMPLES / "jiaotong-word.docx"


def test_a_seed_makes_the_same_files_and_another_one_others() -> None:
    one, again, other = (list(islice(mutants([TEXT, WORD], seed), 20)) for seed in (1, 1, 2))
    assert one == again != other


def test_a_part_of_a_package_is_changed_inside_of_a_whole_package(tmp_path: Path) -> None:
    for seed in range(5):
        path = tmp_path / f"{seed}.docx"
        path.write_bytes(part_changed(WORD.read_bytes(), random.Random(seed)) or b"")
        with ZipFile(path) as package:
            assert package.testzip() is None
    assert part_changed(b"PK no package", random.Random(1)) is None


def accepted(department: str) -> WatchedOutcome:
    document = f'{{"status": "accepted", "forms": [{{"data": {{"department": "{department}"}}}}]}}'
    return WatchedOutcome(FileOutcome("a", 0, "", document))


@pytest.mark.parametrize(
    ("answer", "mutant", "end"),
    [
        (accepted("甲局"), Mutant(WORD, b""), "accepted"),
        (accepted("乙局"), Mutant(WORD, b""), "silent"),
        (accepted("乙局"), Mutant(WORD, b"", inside=True), "accepted"),
        (accepted("乙局"), Mutant(TEXT, b""), "accepted"),
        (WatchedOutcome(FileOutcome("a", 70, "internal error")), Mutant(WORD, b""), "unclassified"),
        (WatchedOutcome(FileOutcome("a", 66, "not read"), ("open /etc/a",)), Mutant(WORD, b""), "outside"),
        (Death("died", "exit code -11"), Mutant(WORD, b""), "crashed"),
        (Death("timed_out", "60 s"), Mutant(WORD, b""), "timed_out"),
        (WatchedOutcome(FileOutcome("a", 66, "not read")), Mutant(WORD, b""), "not read"),
    ],
)
def test_every_end_is_seen_for_what_it_is(answer: WatchedOutcome | Death, mutant: Mutant, end: str) -> None:
    assert outcome_to_end(answer, mutant, [{"department": "甲局"}]) == end


def writing_elsewhere(task: FileTask) -> FileOutcome:
    """A reader that writes beside the file that it was given, as none may."""
    task.path.with_name("elsewhere").write_text("x")
    return FileOutcome("a", 0, "")


def test_a_file_written_outside_of_the_process_is_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bench.fuzz.files, "read_file", writing_elsewhere)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "own"))
    watched = read_watched(FileTask(tmp_path / "a.md", "a.md", "a.md", Settings()))
    assert watched.outside == (f"open {tmp_path / 'elsewhere'}",)


def test_a_moment_of_fuzzing_finds_nothing_grave(tmp_path: Path) -> None:
    samples = [path for path in sorted(CORPUS.iterdir()) if path.suffix in (".md", ".docx", ".xlsx", ".pdf")]
    counts = fuzz_files(FilesRun(samples, 1, 0.1, WorkLimits(60, 2**31), 2, tmp_path / "kept"))
    assert counts.total() == 64
    assert not any(counts[end] for end in GRAVE)
    assert not (tmp_path / "kept").exists()


@pytest.mark.parametrize("name", sorted(TARGETS))
def test_a_parser_keeps_to_what_it_declares(name: str) -> None:
    assert fuzz_parser(TARGETS[name], CORPUS, 30, 1) == []


def test_what_a_parser_falls_over_is_kept_with_its_number() -> None:
    def fall(data: bytes) -> object:
        return [][len(data)]

    first, *_ = fuzz_parser(Target(fall, (".csv",)), CORPUS, 3, 1)
    assert (first.number, "IndexError" in first.said, len(first.data) > 0) == (0, True, True)
    assert input_to_fault(Target(fall, (), (IndexError,)), b"") == ""


def test_a_parser_that_takes_too_long_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bench.fuzz.parsers, "_LIMIT_S", 0.01)

    def hang(data: bytes) -> object:
        while True:
            data = data[::-1]

    assert "SlowError" in input_to_fault(Target(hang, ()), b"a")
