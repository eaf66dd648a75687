"""Bits that turn over in the ledger, the shelf and the results: the next ingest puts the same results in place again."""

from __future__ import annotations

import os
import random
import shutil
import time
from pathlib import Path

import pytest

from shenbao.cli import main
from tests.inboxes import Season, form, season


def ingest(made: Season) -> int:
    with pytest.raises(SystemExit) as exited:
        main(["ingest", str(made.inbox), "-o", str(made.output.root), "--settle", "0", "-q"])
    assert isinstance(exited.value.code, int)
    return exited.value.code


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Season:
    """A season that was read without an accident."""
    made = season(
        tmp_path_factory.mktemp("whole"), a=form("阳新县司法局"), b=form("阳新县教育局"), c="今天下午开会"
    )
    assert ingest(made) == 2
    return made


@pytest.fixture
def again(whole: Season, tmp_path: Path) -> Season:
    """The same season in a place of its own."""
    made = season(tmp_path)
    shutil.copytree(whole.inbox, made.inbox, dirs_exist_ok=True)
    shutil.rmtree(made.output.root)
    assert ingest_first(made, whole) == 2
    return made


def ingest_first(made: Season, whole: Season) -> int:
    code = ingest(made)
    assert made.results() == whole.results()
    return code


def turn(path: Path, rng: random.Random, times: int) -> None:
    data = bytearray(path.read_bytes())
    for _ in range(times):
        data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
    path.write_bytes(data)


@pytest.mark.parametrize("seed", range(4))
def test_bits_that_turn_over_in_the_ledger_lose_nothing(again: Season, whole: Season, seed: int) -> None:
    turn(again.output.ledger, random.Random(seed), 3 if seed % 2 else 40)
    ingest(again)  # an amount or a name that says another thing now is told, which has a code of its own
    assert again.results() == whole.results()


def test_bits_that_turn_over_on_the_shelf_or_in_results_lose_nothing(again: Season, whole: Season) -> None:
    rng = random.Random(1)
    touched = [path for path in again.output.root.rglob("*") if path.suffix in (".npz", ".json")]
    assert len(touched) > 5
    for path in touched:
        if path.parent != again.output.state:
            turn(path, rng, 3)
    again.output.ledger.write_bytes(b"no ledger")
    assert ingest(again) == 2
    assert again.results() == whole.results()


@pytest.mark.parametrize("moment", [time.time() + 10**6, 0.0, -(10**6)], ids=["ahead", "1970", "before"])
def test_a_file_from_another_time_is_read_once_and_its_clock_may_jump(
    again: Season, whole: Season, moment: float
) -> None:
    for path in again.inbox.iterdir():
        os.utime(path, (moment, moment))
    assert ingest(again) == 2
    assert again.results() == whole.results()
