"""What reading in a process of its own costs: `python -m bench.isolation FILES`.

Processor seconds, not the clock's: a busy machine changes them little. The same files are read by `shenbao extract -j 1` and by
one process that reads them itself, one file and all of them. The difference for one file is what isolation costs once,
what the others add to it is what it costs a file.
"""

from __future__ import annotations

import ctypes
import os
import resource
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from shenbao.bounded.pool import ONE_THREAD

_ADOPT = 36
"""PR_SET_CHILD_SUBREAPER (prctl(2)): who is left behind by a child is ours to wait for, and counted."""
_ALONE = """
import sys
from pathlib import Path
from models.submission import submission_to_json
from shenbao.pipeline import read_submission
from shenbao.readers import Settings
from shenbao.reading import submission_to_summary
from shenbao.terminal import quiet_libraries
quiet_libraries()
folder, *files = map(Path, sys.argv[1:])
for file in files:
    submission = read_submission(file, Settings())
    (folder / f"{file.name}.json").write_text(submission_to_json(submission), "utf-8")
    print(submission_to_summary(submission, file.name))
"""


def alone(files: Sequence[Path], folder: Path) -> float:
    """Processor seconds of one process that reads the files itself."""
    return _spent("-c", _ALONE, folder, *files)


def isolated(files: Sequence[Path], folder: Path) -> float:
    """Processor seconds of `extract` and all that it starts."""
    return _spent("-m", "shenbao", "extract", *files, "-o", folder, "-j", 1)


def _spent(*arguments: object) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [sys.executable, *map(str, arguments)]
    subprocess.run(
        command,
        env={**os.environ, **ONE_THREAD},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=False,
    )
    while True:
        try:
            os.wait()
        except ChildProcessError:
            break
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def least(way: Callable[[Sequence[Path], Path], float], files: Sequence[Path], repeats: int) -> float:
    """The least of so many runs: what disturbs a run only adds to it."""
    spent = []
    for _ in range(repeats):
        with TemporaryDirectory() as folder:
            spent.append(way(files, Path(folder)))
    return min(spent)


def costs(files: Sequence[Path], repeats: int) -> tuple[float, float]:
    """What isolation costs once in seconds, and what a file in parts of its reading."""
    one, first = least(isolated, files[:1], repeats), least(alone, files[:1], repeats)
    rest, others = least(isolated, files, repeats) - one, least(alone, files, repeats) - first
    return one - first, rest / others - 1


@click.command()
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option("--repeats", default=3, show_default=True)
def main(files: tuple[Path, ...], repeats: int) -> None:
    """Print what isolation costs once and what a file."""
    ctypes.CDLL(None).prctl(_ADOPT, 1, 0, 0, 0)
    once, each = costs(files, repeats)
    click.echo(f"{len(files)} files: {once:.2f} s of processor time once, {each:+.1%} a file")


if __name__ == "__main__":
    main(prog_name="python -m bench.isolation")
