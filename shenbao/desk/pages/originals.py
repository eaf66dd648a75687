"""Where the file lies that a result was made from: by its name, believed only if its content is the same."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from shenbao.desk.folder import ReviewFolder
from shenbao.ingest.ledger.ledger import Ledger

_MOST_FOLDERS = 200
"""Folders beside each other in which a file is looked for; more is a disk, not a place where somebody works."""


@dataclass(frozen=True, slots=True)
class Original:
    """A file on this machine, or, with `member`, the file of that name in the archive at `path`."""

    path: Path
    member: str = ""


class Originals:
    """Finds originals, and remembers where they were."""

    def __init__(self, folder: ReviewFolder, ledger: Ledger, beside: Sequence[Path] = ()) -> None:
        """`beside`: folders to look in first, for results that do not know where their files lie."""
        self._folder, self._ledger, self._beside = folder, ledger, tuple(beside)
        self._found: dict[str, Original] = {}

    def find(self, sha256: str, name: str) -> Original | None:
        """The file with this content, called `name` in its result; `None` where it is not found or is another one now."""
        known = self._found.get(sha256)
        if known is not None and known.path.is_file():
            return known
        places = self._of_season(sha256) if self._folder.is_season else self._of_folder(name)
        for place in places:
            if place.member or _is_same(place.path, sha256):
                self._found[sha256] = place
                return place
        return None

    def _of_season(self, sha256: str) -> Iterator[Original]:
        inbox = self._ledger.notes().get("inbox", "")
        if not inbox or "://" in inbox:
            return
        for file in self._ledger.files().values():
            if file.sha256 == sha256:
                yield from _in_inbox(Path(inbox), file.name)

    def _of_folder(self, name: str) -> Iterator[Original]:
        roots = [*self._beside, self._folder.root.parent, Path.cwd()]
        for root in dict.fromkeys(path.resolve() for path in roots):
            here = [root, *sorted(path for path in root.iterdir() if path.is_dir())[:_MOST_FOLDERS]]
            yield from (Original(path / name) for path in here if _is_file(path / name))


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:
        return False


def _in_inbox(inbox: Path, name: str) -> Iterator[Original]:
    """The file of this name, or the archive above it that holds it."""
    steps = name.split("/")
    for cut in range(len(steps), 0, -1):
        path = inbox.joinpath(*steps[:cut])
        if _is_file(path):
            yield Original(path, "/".join(steps[cut:]))


def _is_same(path: Path, sha256: str) -> bool:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == sha256
    except OSError:
        return False
