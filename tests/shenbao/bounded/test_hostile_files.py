"""Files that take too much: each ends soon in its named finding, within its limits, and the sound ones beside them are exact."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from shenbao.bounded.limits import WorkLimits
from shenbao.bounded.pool import Pool, in_order
from shenbao.bounded.process import Death
from shenbao.file_task import FileOutcome, FileTask
from shenbao.readers import Settings
from shenbao.reading import READING_PRELOAD, read_file
from tests.hostile import CASES
from tests.inboxes import form
from tests.places import ROOT

LIMITS = WorkLimits(30, 700 * 2**20)


@pytest.fixture(scope="module")
def ends(tmp_path_factory: pytest.TempPathFactory) -> dict[str, FileOutcome | Death]:
    """How every file ends; a sound form is read before the first and after every tenth."""
    folder = tmp_path_factory.mktemp("hostile")
    sound = folder / "sound.md"
    sound.write_text(form("甲局"), "utf-8")
    tasks = []
    for number, (name, make, _) in enumerate(CASES):
        (folder / name).write_bytes(make())
        if number % 10 == 0:
            tasks.append(_task(sound, f"sound {number}"))
        tasks.append(_task(folder / name, name))
    with Pool(read_file, 1, LIMITS, READING_PRELOAD) as pool:
        return {task.shown: answer for task, answer in in_order(pool, tasks)}


def _task(path: Path, shown: str) -> FileTask:
    return FileTask(path, shown, path.name, Settings())


@pytest.mark.parametrize(("name", "codes"), [(name, codes) for name, _, codes in CASES])
def test_a_file_that_takes_too_much_ends_in_its_finding(
    ends: dict[str, FileOutcome | Death], name: str, codes: set[str]
) -> None:
    outcome = ends[name]
    assert isinstance(outcome, FileOutcome) and outcome.document is not None, outcome
    found = {finding["code"] for finding in json.loads(outcome.document)["findings"]}
    assert found & codes, found


def test_the_sound_form_is_read_the_same_before_between_and_after(
    ends: dict[str, FileOutcome | Death],
) -> None:
    sound = [answer for name, answer in ends.items() if name.startswith("sound")]
    assert len(sound) > 5
    assert isinstance(sound[0], FileOutcome) and sound[0].document
    assert all(answer == sound[0] for answer in sound)


@pytest.mark.parametrize("size", [1, 2])
def test_a_file_gives_the_same_bytes_every_time_in_any_order(size: int) -> None:
    corpus = ROOT / "bench" / "fuzz" / "corpus"
    names = ("form.md", "page.html", "sheet.txt", "book.xlsx", "form.docx")
    tasks = [_task(corpus / name, f"{name} {time}") for time in range(25) for name in names]
    random.Random(size).shuffle(tasks)
    found: dict[str, set[str]] = {name: set() for name in names}
    with Pool(read_file, size, LIMITS, READING_PRELOAD) as pool:
        for task, answer in in_order(pool, tasks):
            assert isinstance(answer, FileOutcome) and answer.document
            found[task.path.name].add(answer.document)
    assert {name: len(documents) for name, documents in found.items()} == dict.fromkeys(names, 1)
