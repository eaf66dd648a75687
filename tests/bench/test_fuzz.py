"""The fuzzer: the same seed makes the same files, and every grave end is seen for what it is."""

from __future__ import annotations

import random
from itertools import islice
from pathlib import Path
from zipfile import ZipFile

import pytest

from bench.fuzz import GRAVE, fuzz, mutants, mutate, outcome_to_end
from shenbao.bounded.limits import WorkLimits
from shenbao.bounded.process import Death
from shenbao.file_task import FileOutcome
from tests.places import SAMPLES

TEXT, WORD = SAMPLES / "yangxian-justice.md", SAMPLES / "jiaotong-word.docx"


def test_a_seed_makes_the_same_files_and_another_one_others() -> None:
    one, again, other = (list(islice(mutants([TEXT, WORD], seed), 20)) for seed in (1, 1, 2))
    assert one == again != other


def test_a_part_of_a_package_is_changed_inside_of_a_whole_package(tmp_path: Path) -> None:
    whole = 0
    for seed in range(20):
        path = tmp_path / f"{seed}.docx"
        path.write_bytes(mutate(WORD.read_bytes(), random.Random(seed)))
        try:
            with ZipFile(path) as package:
                whole += package.testzip() is None
        except Exception:
            continue
    assert whole >= 5


def accepted(department: str) -> FileOutcome:
    document = f'{{"status": "accepted", "forms": [{{"data": {{"department": "{department}"}}}}]}}'
    return FileOutcome("a", 0, "", document)


@pytest.mark.parametrize(
    ("answer", "sample", "end"),
    [
        (accepted("甲局"), WORD, "accepted"),
        (accepted("乙局"), WORD, "silent"),
        (accepted("乙局"), TEXT, "accepted"),
        (FileOutcome("a", 70, "internal error"), WORD, "unclassified"),
        (Death("died", "exit code -11"), WORD, "crashed"),
        (Death("timed_out", "60 s"), WORD, "timed_out"),
        (FileOutcome("a", 66, "not read"), WORD, "not read"),
    ],
)
def test_every_end_is_seen_for_what_it_is(answer: FileOutcome | Death, sample: Path, end: str) -> None:
    assert outcome_to_end(answer, sample, [{"department": "甲局"}]) == end


def test_a_moment_of_fuzzing_finds_nothing_grave(tmp_path: Path) -> None:
    counts = fuzz([TEXT, WORD], 1, 0.1, WorkLimits(60, 2**31), 2, tmp_path / "kept")
    assert counts.total() == 64
    assert not any(counts[end] for end in GRAVE)
    assert not (tmp_path / "kept").exists()
