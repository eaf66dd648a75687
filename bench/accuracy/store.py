"""What is kept between runs: forms, documents and measurements, each under a print of all that made it."""

from __future__ import annotations

import hashlib
import pickle
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TypeVar

ROOT = Path(__file__).resolve().parents[2]
STORE = ROOT / ".bench"
T = TypeVar("T")


@cache
def fingerprint(*folders: str) -> str:
    """Changes with every byte of the sources and data in these folders of the project."""
    digest = hashlib.sha256()
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                digest.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    return digest.hexdigest()[:12]


def kept(path: Path, make: Callable[[], T]) -> T:
    """What `make` gave when it was first called for `path`; only files of our own are ever unpickled."""
    if path.exists():
        found: T = pickle.loads(path.read_bytes())
        return found
    made = make()
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    part.write_bytes(pickle.dumps(made))
    part.rename(path)
    return made
