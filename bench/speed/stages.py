"""The way of a file in stages: reading, decoding, repair, checks, writing, each with its CPU time.

The clock stands outside the program: functions are replaced by timed ones while a file is read.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import wraps
from pathlib import Path
from typing import Any
from unittest import mock

from models.submission import submission_to_json
from normalize.channel.decision import read_closed, read_together
from normalize.check.arithmetic import check_budget
from normalize.check.checks import check_declaration
from normalize.check.seal_owner import check_seals
from normalize.notes.certainty import note_unsure
from normalize.read.indicators.twins import pair_rows
from shenbao.pipeline import open_document, read_submission
from shenbao.readers import Settings

STAGES = ("read", "decode", "repair", "check", "write")
PARTS: dict[str, tuple[Callable[..., Any], ...]] = {
    "read": (open_document,),
    "repair": (read_together, read_closed, pair_rows, check_budget),
    "check": (check_declaration, check_seals, note_unsure),
}
"""Which functions make a stage; what none of them does on the way to a result is decoding."""


class Stopwatch:
    """CPU seconds by stage; a stage within another stops the other's clock."""

    def __init__(self, stages: Sequence[str] = STAGES) -> None:
        self.spent = dict.fromkeys(stages, 0.0)
        self._running: list[str] = []
        self._since = time.process_time()

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        self._account()
        self._running.append(name)
        try:
            yield
        finally:
            self._account()
            self._running.pop()

    def _account(self) -> None:
        now = time.process_time()
        if self._running:
            self.spent[self._running[-1]] += now - self._since
        self._since = now

    def timed(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(function)
        def within(*given: Any, **named: Any) -> Any:
            with self.stage(name):
                return function(*given, **named)

        return within


def file_to_stages(path: Path) -> dict[str, float]:
    """CPU seconds of every stage on the way from `path` to its JSON."""
    watch = Stopwatch()
    with ExitStack() as patches:
        for name, functions in PARTS.items():
            for function in functions:
                timed = watch.timed(name, function)
                for module, attribute in _places(function):
                    patches.enter_context(mock.patch.object(module, attribute, timed))
        with watch.stage("decode"):
            submission = read_submission(path, Settings())
        with watch.stage("write"):
            submission_to_json(submission)
    return watch.spent


def _places(function: Callable[..., Any]) -> list[tuple[object, str]]:
    """Wherever a module of the program has `function`."""
    ours = [module for name, module in sys.modules.items() if name.startswith(("normalize.", "shenbao."))]
    return [(module, name) for module in ours for name, value in vars(module).items() if value is function]
