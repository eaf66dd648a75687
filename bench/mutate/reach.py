"""Which tests reach which line: a run of all tests under coverage, a context for each test."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
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
    for file in data.measured_files():
        contexts = data.contexts_by_lineno(file)
        module = lines.setdefault(Path(file).relative_to(tree).as_posix(), {})
        for line, names in contexts.items():
            tests = frozenset(name.partition("|")[0] for name in names if name)
            module[line] = tests
            for test in tests:
                sizes[test] = sizes.get(test, 0) + 1
    return Reach(lines, sizes)
