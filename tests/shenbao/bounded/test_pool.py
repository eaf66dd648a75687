"""Processes with limits: one that hangs, swells or dies costs its own task and nothing else."""

from __future__ import annotations

import gc
import json
import os
import pickle
import resource
import subprocess
import sys
import tempfile
import time
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from shenbao.bounded.limits import RUN_LIMITS, WorkLimits
from shenbao.bounded.pool import Pool, in_order
from shenbao.bounded.process import Death
from shenbao.bounded.temporary import run_folder
from shenbao.ingest.workers.plan import INGEST_PRELOAD
from tests.places import ROOT

MEGABYTE = 2**20
HELD: list[bytearray] = []


def obey(order: str) -> str:  # noqa: PLR0911, PLR0912 - a task each
    match order:
        case "hang":
            time.sleep(60)
        case "swell":
            held = bytearray(600 * MEGABYTE)
            held[::4096] = b"x" * len(held[::4096])
            time.sleep(60)
        case "crash":
            os.abort()
        case "leak":
            while True:
                HELD.append(bytearray(64 * MEGABYTE))
        case "keep":
            HELD.append(bytearray(b"x") * (250 * MEGABYTE))
        case "nest":
            return obey(order)
        case "litter":
            Path(tempfile.mkdtemp(), "unpacked").write_bytes(b"x" * MEGABYTE)
            os.abort()
        case "babble":
            return "x" * (300 * MEGABYTE)
        case "pid":
            return str(os.getpid())
        case "data":
            return os.environ.get("SHENBAO_DATA", "")
        case "limits":
            kinds = (resource.RLIMIT_CORE, resource.RLIMIT_FSIZE, resource.RLIMIT_DATA)
            return str([resource.getrlimit(kind)[0] for kind in kinds])
        case "folder":
            return tempfile.gettempdir()
    return order


def answer(pool: Pool[str, str]) -> str | Death:
    while True:
        for _, found in pool.finished():
            return found


def run(*orders: str, size: int = 1, seconds: float = 20.0) -> dict[str, str | Death]:
    waiting = list(orders)
    ended: dict[str, str | Death] = {}
    with Pool(obey, size, WorkLimits(seconds, 400 * MEGABYTE), INGEST_PRELOAD) as pool:
        while waiting or pool.busy:
            while waiting and pool.room:
                pool.begin(waiting.pop(0))
            ended |= dict(pool.finished())
    return ended


@pytest.mark.parametrize(
    ("order", "cause"),
    [("swell", "out_of_memory"), ("leak", "out_of_memory"), ("nest", "too_deep"), ("crash", "died")],
)
def test_a_process_beyond_its_limits_is_ended_and_the_others_go_on(order: str, cause: str) -> None:
    ended = run(order, "a", "b")
    death = ended[order]
    assert isinstance(death, Death)
    assert death.cause == cause
    assert (ended["a"], ended["b"]) == ("a", "b")


def test_a_process_that_hangs_is_ended() -> None:
    ended = run("hang", "a", size=2, seconds=0.5)
    assert ended == {"hang": Death("timed_out", "0.5 s"), "a": "a"}


def test_a_process_that_died_idle_is_replaced_before_the_next_task() -> None:
    with Pool(obey, 1, WorkLimits(20, 2**40), INGEST_PRELOAD) as pool:
        pool.begin("pid")
        pid = answer(pool)
        assert isinstance(pid, str)
        os.kill(int(pid), 9)
        time.sleep(0.2)
        pool.begin("a")
        assert answer(pool) == "a"


def test_no_process_outlives_its_pool() -> None:
    with Pool(obey, 1, WorkLimits(20, 2**40), INGEST_PRELOAD) as pool:
        pool.begin("pid")
        pid = answer(pool)
        assert isinstance(pid, str)
        pool.begin("hang")
    with pytest.raises(ProcessLookupError):
        os.kill(int(pid), 0)


def test_an_answer_that_is_too_long_is_not_taken() -> None:
    with Pool(obey, 1, WorkLimits(60, 2**40), INGEST_PRELOAD) as pool:
        pool.begin("babble")
        assert answer(pool) == Death("too_large", "256 MB")
        pool.begin("a")
        assert answer(pool) == "a"


def test_what_a_process_had_unpacked_goes_with_it() -> None:
    with Pool(obey, 1, WorkLimits(20, 2**40), INGEST_PRELOAD) as pool:
        pool.begin("litter")
        assert isinstance(answer(pool), Death)
        assert [path.name for path in pool.folder.iterdir()] == ["lock"]
        pool.begin("folder")
        assert Path(str(answer(pool))).parent == pool.folder
    assert not pool.folder.exists()


def test_what_a_killed_run_left_is_cleared_and_a_living_one_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    dead = tmp_path / "shenbao-run-dead"
    dead.mkdir()
    (dead / "lock").touch()
    with run_folder() as living:
        assert not dead.exists()
        with run_folder() as other:
            assert living.exists()
            assert other != living
    assert list(tmp_path.iterdir()) == []


def test_answers_come_in_the_order_of_the_tasks() -> None:
    orders = [f"{n}" for n in range(9)]
    with Pool(obey, 2, WorkLimits(20, 2**40), INGEST_PRELOAD) as pool:
        answered = [*in_order(pool, [*orders, "crash", "last"])]
    crash = ("crash", Death("died", "exit code -6"))
    assert answered == [*((order, order) for order in orders), crash, ("last", "last")]


def test_a_script_that_uses_the_pool_is_not_run_again_by_its_processes(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(
        "from shenbao.bounded.pool import Pool, in_order\n"
        "from shenbao.bounded.process import WorkLimits\n"
        "print('once')\n"
        "with Pool(str, 1, WorkLimits(20, 2**40)) as pool:\n"
        "    print([answer for _, answer in in_order(pool, [1, 2])])\n"
    )
    command = [sys.executable, str(script)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    assert done.stdout == "once\n['1', '2']\n"


def test_a_module_beside_the_submissions_is_not_run(tmp_path: Path) -> None:
    started, script = tmp_path / "inbox", tmp_path / "code" / "start.py"
    started.mkdir()
    script.parent.mkdir()
    (started / "dis.py").write_text("open('was-run', 'w')\n")
    (started / "a.md").write_text("no form\n")
    script.write_text("from shenbao.cli import main\nif __name__ == '__main__':\n    main()\n")
    command = [sys.executable, str(script), "extract", "a.md", "-o", "out"]
    subprocess.run(
        command, cwd=started, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, check=False
    )
    assert (started / "out" / "a.md.json").exists()
    assert not (started / "was-run").exists()


def test_the_environment_of_the_program_that_imports_us_stays_as_it_is() -> None:
    before = dict(os.environ)
    run("a")
    assert dict(os.environ) == before


def test_a_process_knows_how_shenbao_is_told_to_work_now(monkeypatch: pytest.MonkeyPatch) -> None:
    for folder in ("one", "other"):
        monkeypatch.setenv("SHENBAO_DATA", folder)
        assert run("data") == {"data": folder}
    monkeypatch.delenv("SHENBAO_DATA")
    assert run("data") == {"data": ""}


def test_a_long_path_for_temporary_files_is_no_hindrance(tmp_path: Path) -> None:
    folder = tmp_path / ("long" * 25)
    folder.mkdir()
    command = [
        sys.executable,
        "-m",
        "shenbao",
        "extract",
        str(ROOT / "README.md"),
        "-o",
        str(tmp_path / "out"),
    ]
    done = subprocess.run(
        command,
        cwd=ROOT,
        env={**os.environ, "TMPDIR": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (2, "")
    assert list(folder.iterdir()) == []


class Taken:
    """What would run in the process that keeps the ledger, if answers were pickles."""

    def __reduce__(self) -> tuple[object, ...]:
        return (os.abort, ())


def lie(order: str) -> str:
    """A process that a file has taken over: it writes into the pipe itself."""
    if order != "a":
        gc.unfreeze()
        data = b"null" if order == "nothing" else pickle.dumps(Taken())
        pipe = next(held for held in gc.get_objects() if isinstance(held, Connection) and held.writable)
        pipe.send_bytes(data)
    return order


@pytest.mark.parametrize("order", ["nothing", "pickle"])
def test_a_process_that_answers_what_it_never_declared_is_ended(order: str) -> None:
    with Pool(lie, 1, WorkLimits(20, 2**40), INGEST_PRELOAD) as pool:
        pool.begin(order)
        found = answer(pool)
        assert isinstance(found, Death)
        assert (found.cause, "no answer" in found.detail) == ("died", True)
        pool.begin("a")
        assert answer(pool) == "a"


def test_a_process_that_kept_too_much_of_one_task_is_replaced_before_the_next() -> None:
    with Pool(obey, 1, WorkLimits(20, 400 * MEGABYTE), INGEST_PRELOAD) as pool:
        pids = []
        for order in ("pid", "pid", "keep", "pid"):
            pool.begin(order)
            pids.append(answer(pool))
    assert pids[0] == pids[1] != pids[3]


def test_the_system_bounds_a_process_too_and_no_memory_of_it_is_written_to_the_disk() -> None:
    core, file, data = json.loads(str(run("limits")["limits"]))
    assert core == 0
    assert 0 < file == RUN_LIMITS.file_bytes
    assert data == 400 * MEGABYTE + RUN_LIMITS.slack_bytes
