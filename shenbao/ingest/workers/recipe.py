"""What a result depends on beside the file: settings, programs, catalogue and layouts, as one fingerprint."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import extract
import models
import normalize
from shenbao.readers import Settings

LIBRARIES = (
    *("camelot-py", "lxml", "numpy", "olefile", "onnxruntime", "opencv-python-headless", "openpyxl"),
    *("openvino", "pdfminer.six", "pillow", "pillow-heif", "pypdfium2", "python-docx", "rapidocr"),
)
"""Whose versions may change what is read from a file."""
SOURCES = frozenset({".py", ".csv", ".yaml"})
HERE = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Recipe:
    """`reading`: what the pieces of a document depend on; `whole`: what its result depends on."""

    reading: str
    whole: str


def settings_to_recipe(settings: Settings) -> Recipe:
    """The fingerprints that a result made now with `settings` has."""
    code = [_folder(models.__file__), _folder(extract.__file__), _files([HERE / "readers.py"])]
    reading = _digest([repr(settings), *code, *(f"{name} {_version(name)}" for name in LIBRARIES)])
    whole = _digest([reading, _folder(normalize.__file__), _files([HERE / "pipeline.py"])])
    return Recipe(reading, whole)


@cache
def _folder(package: str | None) -> str:
    """The digest of a package's code, catalogue and layouts."""
    if package is None:
        raise ValueError("a package without files has no digest")
    return _files(sorted(p for p in Path(package).parent.rglob("*") if p.suffix in SOURCES))


def _files(paths: Iterable[Path]) -> str:
    return _digest(f"{path.name} {hashlib.sha256(path.read_bytes()).hexdigest()}" for path in paths)


def _digest(parts: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _version(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:
        return "missing"
