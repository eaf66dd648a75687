"""Which tests reach which line: a run of all tests under coverage, a context for each test."""

from __future__ import annotations

import ast
import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

from coverage import CoverageData

from bench.mutate.changes import Change

PACKAGES = ("models", "extract", "normalize", "shenbao")
LEFT_OUT = (
    # it looks at where the project is installed, and a trial runs in a copy
    "tests/shenbao/test_project.py",
    # a golden differs without saying what is wanted
    "tests/shenbao/test_golden.py",
)
"""Tests that do not count."""
_DATA = ".coverage"
_MEASURED = ".measured"
"""The folder for the modules as they were when the tests were run."""


@dataclass(frozen=True, slots=True)
class Reach:
    """`lines`: the tests that reach a line of a module; `sizes`: how many lines a test reaches in all."""

    lines: Mapping[str, Mapping[int, frozenset[str]]]
    sizes: Mapping[str, int]

    def tests(self, change: Change) -> list[str]:
        """The tests that reach what is changed, those first that reach least; they are quick and say most.

        A line that runs only when its module is loaded is reached by every test that reaches the module.
        """
        module = self.lines.get(change.path, {})
        run = [module[line] for line in range(change.first, change.last + 1) if line in module]
        reached = _union(run) or (_union(module.values()) if run else ())
        return sorted(reached, key=lambda test: (self.sizes[test], test))


def _union(sets: Iterable[frozenset[str]]) -> set[str]:
    return {test for tests in sets for test in tests}


def measure(tree: Path, processes: int) -> None:
    """Run the tests of the project in the folder `tree` and leave there which line each of them reaches."""
    measured = [f"--cov={package}" for package in PACKAGES]
    left_out = [f"--ignore={path}" for path in LEFT_OUT]
    for package in PACKAGES:
        shutil.copytree(tree / package, tree / _MEASURED / package, dirs_exist_ok=True)
    side_by_side = ["-n", str(processes), "--dist", "loadscope"] if processes > 1 else ["-p", "no:xdist"]
    subprocess.run(
        [
            *(
                sys.executable,
                "-m",
                "pytest",
                "-q",
                "-p",
                "no:cacheprovider",
                "--cov-context=test",
                "--cov-report=",
            ),
            *measured,
            *left_out,
            *side_by_side,
        ],
        cwd=tree,
        check=False,
    )


def read_reach(tree: Path) -> Reach:
    """What `measure` left in `tree`. Raises `FileNotFoundError` where it was not run."""
    path = tree / _DATA
    if not path.is_file():
        raise FileNotFoundError(path)
    data = CoverageData(str(path))
    data.read()
    lines: dict[str, dict[int, frozenset[str]]] = {}
    sizes: dict[str, int] = {}
    there = _functions(tree)
    for file in data.measured_files():
        contexts = data.contexts_by_lineno(file)
        name = Path(file).relative_to(tree).as_posix()
        before = {
            line: frozenset(name.partition("|")[0].partition("[")[0] for name in names if name) & there
            for line, names in contexts.items()
        }
        if (tree / name).is_file():
            lines[name] = carried(before, *(base / name for base in (tree / _MEASURED, tree)))
        for test in (test for tests in before.values() for test in tests):
            sizes[test] = sizes.get(test, 0) + 1
    return Reach(lines, sizes)


def carried(before: Mapping[int, frozenset[str]], old: Path, new: Path) -> dict[int, frozenset[str]]:
    """The tests by lines of the module `new`, which was `old` when they were measured."""
    was, now = (path.read_text("utf-8").splitlines() for path in (old, new))
    after = {}
    for _, first, last, start, end in SequenceMatcher(None, was, now, autojunk=False).get_opcodes():
        same = last - first == end - start
        run = [n for n in range(first + 1, last + 1) if n in before]
        for n in range(start + 1, end + 1):
            if not same and run:
                after[n] = frozenset(_union(before[m] for m in run))
            elif same and n - start + first in before:
                after[n] = before[n - start + first]
    return after


def _functions(tree: Path) -> frozenset[str]:
    """Every test function of the tree as `path::name`."""
    return frozenset(
        f"{path.relative_to(tree).as_posix()}::{node.name}"
        for path in (tree / "tests").rglob("test_*.py")
        for node in ast.parse(path.read_text("utf-8")).body
        if isinstance(node, ast.FunctionDef)
    )


def own_tests(tree: Path, module: str) -> list[str]:
    """The tests of a module's own: those in the file, or else the folder, that mirrors it, however new they are."""
    path = Path(module)
    file = Path("tests") / path.parent / f"test_{path.name}"
    if (tree / file).is_file():
        return [file.as_posix()]
    return sorted(found.relative_to(tree).as_posix() for found in (tree / file).parent.glob("test_*.py"))
