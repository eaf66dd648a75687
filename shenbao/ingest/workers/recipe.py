"""What a result depends on beside the file: settings, our code and data, and every installed library, as one fingerprint."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, distributions, requires, version
from pathlib import Path

import extract
import models
import normalize
from normalize.text.own_data import data_folders
from shenbao import readers
from shenbao.readers import Settings

_PROJECT = "shenbao"
NOT_FOR_READING = frozenset(
    {
        *("click", "filelock", "pandas", "psutil", "pyarrow", "pydantic", "rich", "sqlalchemy"),
        *("fastapi", "jinja2", "python-multipart", "uvicorn"),
    }
)
"""Requirements that the readers do not use: a new version of these decodes anew and does not read the pixels again."""
_OPTIONAL = "heic"
"""The extra that decides results: with it a telephone's picture is read."""
_REQUIREMENT = re.compile(r"(?P<name>[\w.-]+)[^;]*(;.*extra == ['\"](?P<extra>[\w-]+)['\"])?")
_UNSEEN = frozenset({".pyc", ".pyo"})


@dataclass(frozen=True, slots=True)
class Recipe:
    """`reading`: what the pieces of a document depend on; `whole`: what its result depends on."""

    reading: str
    whole: str


def settings_to_recipe(settings: Settings) -> Recipe:
    """The fingerprints that a result made now with `settings` has."""
    needed = requirements()
    code = [_folder(models.__file__), _folder(extract.__file__), _file(Path(readers.__file__))]
    reading = _digest([repr(settings), *code, *_versions(needed - NOT_FOR_READING)])
    code = [_folder(normalize.__file__), _folder(readers.__file__)]
    whole = _digest([reading, *code, *_versions(needed), *_user_data()])
    return Recipe(reading, whole)


def _user_data() -> list[str]:
    """The digests of a bureau's own files: they decide what is decoded, wherever they lie."""
    found = (path for folder in data_folders() for path in sorted(folder.glob("*/*")) if path.is_file())
    return [f"{path.parent.name}/{path.name} {_file(path)}" for path in found]


def requirements() -> set[str]:
    """The libraries that shenbao asks for; of a checkout that is not installed, everything that is."""
    try:
        return _required(_PROJECT, _OPTIONAL)
    except PackageNotFoundError:
        return {_plain(found.name) for found in distributions()}


def _required(library: str, optional: str | None = None) -> set[str]:
    found = (_REQUIREMENT.match(text) for text in requires(library) or ())
    return {_plain(match["name"]) for match in found if match and match["extra"] in (None, optional)}


def _versions(libraries: Iterable[str]) -> list[str]:
    """The versions of these libraries and of all that they ask for in turn."""
    seen: dict[str, str] = {}
    waiting = set(libraries)
    while waiting:
        library = waiting.pop()
        try:
            seen[library] = version(library)
            waiting |= _required(library) - seen.keys()
        except PackageNotFoundError:
            seen[library] = "missing"
    return [f"{library} {number}" for library, number in sorted(seen.items())]


def _plain(name: str) -> str:
    """The one spelling of a distribution's name (PEP 503).

    >>> _plain("Pillow_HEIF")
    'pillow-heif'
    """
    return re.sub(r"[-_.]+", "-", name).lower()


@cache
def _folder(package: str | None) -> str:
    """The digest of a package's code and data."""
    if package is None:
        raise ValueError("a package without files has no digest")
    root = Path(package).parent
    paths = sorted(path for path in root.rglob("*") if path.is_file() and path.suffix not in _UNSEEN)
    return _digest(f"{path.relative_to(root).as_posix()} {_file(path)}" for path in paths)


def _file(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _digest(parts: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()
