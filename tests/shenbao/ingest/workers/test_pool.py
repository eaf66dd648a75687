"""Processes with limits: one that hangs, swells or dies costs its own task and nothing else."""

from __future__ import annotations

import os
import time

import pytest

from shenbao.ingest.run import PRELOAD
from shenbao.ingest.workers.pool import Death, Limits, Pool

MEGABYTE = 2**20


def obey(order: str) -> str:
    match order:
        case "hang":
            time.sleep(60)
        case "swell":
            held = bytearray(600 * MEGABYTE)
            held[::4096] = b"x" * len(held[::4096])
            time.sleep(60)
        case "crash":
            os.abort()
        case "pid":
            return str(os.getpid())
    return order


def answer(pool: Pool[str, str]) -> str | Death:
    while True:
        for _, found in pool.finished():
            return found


def run(*orders: str, size: int = 1, seconds: float = 20.0) -> dict[str, str | Death]:
    waiting = list(orders)
    ended: dict[str, str | Death] = {}
    with Pool(obey, size, Limits(seconds, 400 * MEGABYTE), PRELOAD) as pool:
        while waiting or pool.busy:
            while waiting and pool.room:
                pool.begin(waiting.pop(0))
            ended |= dict(pool.finished())
    return ended


@pytest.mark.parametrize(("order", "cause"), [("swell", "swollen"), ("crash", "died")])
def test_a_process_beyond_its_limits_is_ended_and_the_others_go_on(order: str, cause: str) -> None:
    ended = run(order, "a", "b")
    death = ended[order]
    assert isinstance(death, Death)
    assert death.cause == cause
    assert (ended["a"], ended["b"]) == ("a", "b")


def test_a_process_that_hangs_is_ended() -> None:
    ended = run("hang", "a", size=2, seconds=0.5)
    assert ended == {"hang": Death("hung", "0.5 s"), "a": "a"}


def test_a_process_that_died_idle_is_replaced_before_the_next_task() -> None:
    with Pool(obey, 1, Limits(20, 2**40), PRELOAD) as pool:
        pool.begin("pid")
        pid = answer(pool)
        assert isinstance(pid, str)
        os.kill(int(pid), 9)
        time.sleep(0.2)
        pool.begin("a")
        assert answer(pool) == "a"


def test_no_process_outlives_its_pool() -> None:
    with Pool(obey, 1, Limits(20, 2**40), PRELOAD) as pool:
        pool.begin("pid")
        pid = answer(pool)
        assert isinstance(pid, str)
        pool.begin("hang")
    with pytest.raises(ProcessLookupError):
        os.kill(int(pid), 0)
