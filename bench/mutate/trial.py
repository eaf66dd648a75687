"""A change made in a copy of the tree, and the tests run there."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from bench.mutate.changes import Change

_PATIENCE_S = 900
"""A change that keeps its tests from ending within this time is noticed."""
_USAGE, _NO_TESTS = 4, 5
"""Exit codes of pytest for a test that is not found, and for none at all."""
_FAILED = re.compile(r"^FAILED (\S+::\S+)", re.M)

Outcome = Literal["noticed", "survived", "equivalent", "unreached"]


class Trial:
    """Tries changes in the folder `tree`, which is as it was between two of them."""

    def __init__(self, tree: Path) -> None:
        self.tree = tree
        self.sound: set[str] = set()
        """Tests that are known to pass when nothing is changed."""

    def outcome(self, change: Change, tests: Sequence[str]) -> Outcome:
        """Whether one of `tests` fails when `change` is made and passes when it is not."""
        left = list(tests)
        while left:
            failed = self._with_change(change, left)
            if failed is None:
                return "survived"
            if not failed or self._passes(failed):
                return "noticed"
            function = failed.partition("[")[0]
            left = [test for test in left if test not in (function, function.partition("::")[0])]
        return "unreached"

    def _with_change(self, change: Change, tests: Sequence[str]) -> str | None:
        """The test that fails, "" where all do or none ends, `None` where all pass."""
        file = self.tree / change.path
        source = file.read_text("utf-8")
        file.write_text(change.apply(source), "utf-8")
        try:
            return self._run(tests)
        finally:
            file.write_text(source, "utf-8")

    def _passes(self, test: str) -> bool:
        if test not in self.sound and self._run([test]) is None:
            self.sound.add(test)
        return test in self.sound

    def _run(self, tests: Sequence[str]) -> str | None:
        chosen = self.tree / "chosen.txt"
        chosen.write_text("\n".join(tests), "utf-8")
        command = [
            sys.executable,
            "-B",
            "-m",
            "pytest",
            "-q",
            "-x",
            "-p",
            "no:cacheprovider",
            "-p",
            "no:xdist",
        ]
        try:
            done = subprocess.run(
                [*command, f"@{chosen}"],
                cwd=self.tree,
                timeout=_PATIENCE_S,
                capture_output=True,
                check=False,
                text=True,
            )
        except subprocess.TimeoutExpired:
            return ""
        if done.returncode in (_USAGE, _NO_TESTS) and "ERROR collecting" not in done.stdout:
            raise RuntimeError(done.stderr + done.stdout[-2000:])
        found = _FAILED.search(done.stdout)
        return None if done.returncode == 0 else found[1] if found else ""
