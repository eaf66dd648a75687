"""What is kept between runs: forms, documents and measurements, each under a print of all that made it."""

from __future__ import annotations

import contextlib
import hashlib
import importlib.metadata
import pickle
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import TypeVar

ROOT = Path(__file__).resolve().parents[2]
STORE = ROOT / ".bench"
MEASURING = ("baselines", "evidence", "extraction", "grits", "measure", "reading", "teds")
"""Modules of this bench that decide what is kept of a form; tables and plots do not."""
MEASURED_WITH = (
    *("models", "extract", "normalize", "shenbao", "bench/forge", "bench/peers"),
    *(f"bench/{name}.py" for name in ("folding", "compared", "fields", "tally")),
    *(f"bench/accuracy/{name}.py" for name in MEASURING),
)
"""Everything that a measurement depends on."""
T = TypeVar("T")


@cache
def fingerprint(*places: str) -> str:
    """Changes with every byte of these files of the project, and of the files in these folders."""
    digest = hashlib.sha256()
    for place in places:
        for path in sorted([ROOT / place, *(ROOT / place).rglob("*")]):
            if path.is_file() and "__pycache__" not in path.parts:
                digest.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    return digest.hexdigest()[:12]


def versions(packages: Iterable[str]) -> dict[str, str]:
    """The versions of those packages that are installed."""
    found = {}
    for package in packages:
        with contextlib.suppress(importlib.metadata.PackageNotFoundError):
            found[package] = importlib.metadata.version(package)
    return found


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
