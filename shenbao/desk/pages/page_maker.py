"""Pages drawn ahead: by one process of its own, the page that somebody waits for before those that come next."""

from __future__ import annotations

import itertools
import json
import queue
import threading
from concurrent.futures import Future
from pathlib import Path
from typing import Any

from shenbao.bounded.deaths import death_to_problem
from shenbao.bounded.limits import WorkLimits
from shenbao.bounded.pool import Pool
from shenbao.bounded.process import Death
from shenbao.desk.pages.originals import Originals
from shenbao.desk.pages.page_jobs import PAGE_PRELOAD, PageTask, make_page

_LIMITS = WorkLimits(60.0, 2 * 2**30)
"""What one page may cost; the largest picture that is read takes 1 GB."""
_WAIT_SECONDS = 65.0
_NOW, _AHEAD = 0, 1


class NoPageError(Exception):
    """A page that cannot be shown; the message says why in Chinese."""


class PageMaker:
    """Draws pages into a folder, each once. Any thread may ask; `close` ends the process."""

    def __init__(self, folder: Path, originals: Originals) -> None:
        self._folder, self._originals = folder, originals
        self._waiting: queue.PriorityQueue[tuple[int, int, PageTask | None]] = queue.PriorityQueue()
        self._made: dict[Path, Future[str]] = {}
        self._lock = threading.Lock()
        self._count = itertools.count()
        self._thread = threading.Thread(target=self._work, daemon=True)
        self._thread.start()

    def close(self) -> None:
        """End when the page at hand is done."""
        self._waiting.put((_NOW, -1, None))
        self._thread.join()

    def page(self, sha256: str, name: str, number: int, is_print: bool = False) -> Path:
        """The picture of a page as it was handed in, of a print upright, when it is drawn. Raises `NoPageError`."""
        return self._wait(self._ask(sha256, name, number, _NOW, is_print))

    def grids(self, sha256: str, name: str) -> list[dict[str, Any]]:
        """The tables of a file without pages. Raises `NoPageError`."""
        path = self._wait(self._ask(sha256, name, 0, _NOW))
        grids: list[dict[str, Any]] = json.loads(path.read_bytes())["grids"]
        return grids

    def ahead(self, sha256: str, name: str, number: int, is_print: bool) -> None:
        """Have the page drawn when nobody waits for another."""
        self._ask(sha256, name, number, _AHEAD, is_print)

    def _ask(
        self, sha256: str, name: str, number: int, urgency: int, is_print: bool = False
    ) -> tuple[Path, Future[str]]:
        target = self._folder / (f"{sha256}-{number}{'p' * is_print}.jpg" if number else f"{sha256}.json")
        with self._lock:
            made = self._made.get(target)
            if made is not None and urgency == _AHEAD and not (made.done() and not made.result()):
                return target, made  # it is on its way, or was tried in vain
            if made is None or made.done():
                made = self._made[target] = Future()
                if target.is_file():
                    made.set_result("")
                    return target, made
            original = self._originals.find(sha256, name)
            if original is None:
                made.set_result(f"没有找到原件“{name}”，可用 --files 指明其所在文件夹")
            else:
                self._waiting.put((urgency, next(self._count), PageTask(original, number, target, is_print)))
            return target, made

    def _wait(self, asked: tuple[Path, Future[str]]) -> Path:
        target, made = asked
        try:
            wrong = made.result(_WAIT_SECONDS)
        except TimeoutError:
            wrong = "此页画得太久"
        if wrong:
            raise NoPageError(wrong)
        return target

    def _work(self) -> None:
        pool: Pool[PageTask, str]
        with Pool(make_page, 1, _LIMITS, PAGE_PRELOAD) as pool:
            while True:
                _, _, task = self._waiting.get()
                if task is None:
                    return
                made = self._made[task.target]
                if made.done():
                    continue
                made.set_result(_run(pool, task))


def _run(pool: Pool[PageTask, str], task: PageTask) -> str:
    if task.target.is_file():
        return ""
    pool.begin(task)
    while True:
        for _, answer in pool.finished():
            return death_to_problem(answer).message if isinstance(answer, Death) else answer
