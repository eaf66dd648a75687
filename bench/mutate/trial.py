"""A change made in a copy of the tree, and the tests run there."""

from __future__ import annotations

import os
import re
import signal
import sys
import time
import traceback
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Literal

import pytest

from bench.mutate.changes import Change
from bench.mutate.reach import PACKAGES

_PATIENCE_S = 900
"""A change that keeps its tests from ending within this time is noticed."""
_USAGE, _NO_TESTS, _DEFECT = 4, 5, 70
"""Exit codes of a trial: a test that is not found, none at all, a defect of this program."""
_FAILED = re.compile(r"^FAILED ([^\s:]+::[^\s\[]+)", re.M)

_LIBRARIES = (
    *(
        "numpy",
        "cv2",
        "lxml.etree",
        "lxml.html",
        "pydantic",
        "yaml",
        "rapidfuzz",
        "click",
        "rich.console",
        "PIL.Image",
    ),
    *(
        "openpyxl",
        "docx",
        "pdfminer.high_level",
        "pypdfium2",
        "onnxruntime",
        "olefile",
        "pandas",
        "pyarrow.parquet",
    ),
    *(
        "sqlalchemy",
        "duckdb",
        "psycopg",
        "psutil",
        "filelock",
        "reportlab.pdfgen.canvas",
        "hypothesis",
        "xdist",
    ),
)

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
            left = [test for test in left if test not in (failed, failed.partition("::")[0])]
        return "unreached"

    def _with_change(self, change: Change, tests: Sequence[str]) -> str | None:
        """The test function that fails, "" where all do or none ends, `None` where all pass."""
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
        chosen, said = self.tree / "chosen.txt", self.tree / "said.txt"
        chosen.write_text("\n".join(tests), "utf-8")
        code = _in_child(partial(_pytest, self.tree, chosen, said), _PATIENCE_S)
        text = said.read_text("utf-8", "replace")
        if code in (_USAGE, _NO_TESTS, _DEFECT) and "ERROR collecting" not in text:
            raise RuntimeError(text[-2000:])
        found = _FAILED.search(text)
        return None if code == 0 else found[1] if found else ""


def _pytest(tree: Path, chosen: Path, said: Path) -> int:
    """Run the chosen tests of `tree` in this process, which has loaded nothing of the project."""
    output = os.open(said, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    for stream in (1, 2):
        os.dup2(output, stream)
    os.chdir(tree)
    for name in [name for name in sys.modules if name.partition(".")[0] in ("bench", "tests", *PACKAGES)]:
        del sys.modules[name]
    sys.path.insert(0, str(tree))
    sys.dont_write_bytecode = True
    loaded_before = ("-W", "ignore::pytest.PytestAssertRewriteWarning")
    return int(
        pytest.main(["-q", "-x", "-p", "no:cacheprovider", "-p", "no:xdist", *loaded_before, f"@{chosen}"])
    )


def _in_child(work: Callable[[], int], patience: float) -> int:
    """The exit code of `work` in a process forked from this one, so that libraries are loaded once for all trials."""
    child = os.fork()
    if child == 0:
        os.setsid()
        code = _DEFECT
        try:
            code = work()
        except BaseException:
            traceback.print_exc()
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(code)
    end = time.monotonic() + patience
    while time.monotonic() < end:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.05)
    os.killpg(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return 1


def load_libraries() -> None:
    """Load what most tests need and is none of ours; a trial then begins in half a second."""
    for name in _LIBRARIES:
        with suppress(ImportError):
            import_module(name)
