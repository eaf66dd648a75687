"""Make seeded changes in lines of the four packages and list those that no test notices.

Modules are drawn by their length, changes evenly within one. Each is made in a copy of the tree and tried with the
tests that reach its line; goldens do not count. `equivalents.csv` names changes that change nothing, with the reason.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import random
import shutil
import subprocess
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from bench.mutate.changes import Change, source_to_changes
from bench.mutate.reach import LEFT_OUT, PACKAGES, Reach, measure, own_tests, read_reach
from bench.mutate.trial import Outcome, Trial, load_libraries

_ROOT = Path(__file__).resolve().parents[2]
_WORK = _ROOT / ".bench" / "mutate"
_RESULTS = _WORK / "results.json"
_EQUIVALENTS = Path(__file__).with_name("equivalents.csv")


@dataclass(frozen=True, slots=True)
class Tried:
    """A change, the text before and after, and what came of it with how many tests."""

    path: str
    line: int
    before: str
    after: str
    outcome: Outcome
    tests: int


def draw(seed: int, count: int, under: Sequence[str]) -> list[Change]:
    """`count` different changes of modules below the paths `under`."""
    modules = {}
    for package in PACKAGES:
        for file in sorted((_ROOT / package).rglob("*.py")):
            path = file.relative_to(_ROOT).as_posix()
            if path.startswith(tuple(under)) and (
                changes := source_to_changes(path, file.read_text("utf-8"))
            ):
                modules[path] = changes, len(file.read_text("utf-8").splitlines())
    rng = random.Random(seed)
    names, lengths = list(modules), [length for _, length in modules.values()]
    drawn: dict[Change, None] = {}
    while len(drawn) < min(count, sum(len(changes) for changes, _ in modules.values())):
        drawn[rng.choice(modules[rng.choices(names, lengths)[0]][0])] = None
    return list(drawn)


def copy_tree(tree: Path) -> None:
    """Bring the folder `tree` up to date with the working tree's files that git knows or would add."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=_ROOT,
        check=True,
        capture_output=True,
    )
    names = {name for name in os.fsdecode(listed.stdout).split("\0") if (_ROOT / name).is_file()}
    for folder in (*PACKAGES, "tests", "bench"):
        for old in [
            path for path in (tree / folder).rglob("*.py") if path.relative_to(tree).as_posix() not in names
        ]:
            old.unlink()
    for name in names:
        (tree / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(_ROOT / name, tree / name)


def known_equivalents() -> dict[tuple[str, str, str], str]:
    """Changes that change nothing, by path and text before and after, with the reason."""
    with _EQUIVALENTS.open(encoding="utf-8", newline="") as file:
        return {(row["path"], row["before"], row["after"]): row["reason"] for row in csv.DictReader(file)}


def trials(changes: Iterable[Change], reach: Reach, most: int) -> list[Tried]:
    """What comes of each change, told as it goes."""
    equivalents, trial, tried = known_equivalents(), Trial(_WORK), []
    for change in changes:
        before, after = change.shown((_WORK / change.path).read_text("utf-8"))
        own = [test for test in own_tests(_WORK, change.path) if test not in LEFT_OUT]
        reached = [test for test in reach.tests(change) if not test.startswith(tuple(own))]
        tests = [*own, *reached[:most]]
        known = (change.path, before, after) in equivalents
        outcome: Outcome = "equivalent" if known else trial.outcome(change, tests)
        tried.append(Tried(change.path, change.start[0], before, after, outcome, len(tests)))
        _RESULTS.write_text(json.dumps([asdict(t) for t in tried], ensure_ascii=False, indent=1), "utf-8")
        print(
            f"{outcome:10} {change.path}:{change.start[0]}: {before}  →  {after}  ({len(tests)} tests)",
            flush=True,
        )
    return tried


def again() -> list[Change]:
    """The changes that survived an earlier run and can still be made."""
    survived = [Tried(**row) for row in json.loads(_RESULTS.read_text("utf-8"))]
    wanted = {(t.path, t.before, t.after) for t in survived if t.outcome in ("survived", "unreached")}
    found = []
    for path in sorted({path for path, _, _ in wanted if (_ROOT / path).is_file()}):
        source = (_ROOT / path).read_text("utf-8")
        for change in source_to_changes(path, source):
            if (path, *change.shown(source)) in wanted:
                found.append(change)
    return found


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line; exit code 1 where a change was not noticed."""
    parser = argparse.ArgumentParser(prog="python -m bench.mutate", description=__doc__)
    parser.add_argument("under", nargs="*", default=PACKAGES, help="paths of packages, folders or modules")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=100, help="changes to make (default 100)")
    parser.add_argument("--most", type=int, default=300, help="tests to try a change with (default 300)")
    parser.add_argument("--processes", type=int, default=2, help="for the run that measures what tests reach")
    parser.add_argument("--measure", action="store_true", help="measure anew what tests reach")
    parser.add_argument("--again", action="store_true", help="try those that survived the last run")
    chosen = parser.parse_args(arguments)
    copy_tree(_WORK)
    if chosen.measure or not (_WORK / ".coverage").is_file():
        measure(_WORK, chosen.processes)
    load_libraries()
    changes = again() if chosen.again else draw(chosen.seed, chosen.count, chosen.under)
    tried = trials(changes, read_reach(_WORK), chosen.most)
    count = {outcome: sum(t.outcome == outcome for t in tried) for outcome in ("noticed", "equivalent")}
    telling = len(tried) - count["equivalent"]
    print(f"{count['noticed']} of {telling} changes noticed; {count['equivalent']} known to change nothing")
    return int(count["noticed"] < telling)


if __name__ == "__main__":
    raise SystemExit(main())
