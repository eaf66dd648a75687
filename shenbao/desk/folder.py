"""What is reviewed: a season of `shenbao ingest`, or a folder of `shenbao extract`; where its results and finals lie."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from shenbao.ingest.inbox.store import is_output
from shenbao.ingest.ledger.ledger import Ledger
from shenbao.ingest.place import Output

FINAL = "final"
"""The folder of finals: results with persons' decisions applied, under the names of the results."""
_STATE = ".shenbao"


class NothingToReviewError(Exception):
    """A folder in which there is nothing that could be reviewed; the message says why."""


@dataclass(frozen=True, slots=True)
class ReviewFolder:
    """`results` hold the readings, `final` the readings with decisions applied; `root` is the folder of both.

    `is_season`: made by `shenbao ingest`, which knows where each file lies.
    """

    root: Path
    results: Path
    is_season: bool

    @property
    def final(self) -> Path:
        return self.root / FINAL

    @property
    def state(self) -> Path:
        return self.root / _STATE

    @property
    def ledger(self) -> Path:
        return self.state / "ledger.sqlite"

    def places(self) -> Iterator[str]:
        """The results' names below `results`, a folder's files before its folders, in the order of their names."""
        for parent, folders, names in os.walk(self.results):
            here = Path(parent)
            folders[:] = sorted(n for n in folders if not n.startswith(".") and here / n != self.final)
            for name in sorted(names):
                if name.endswith(".json") and not name.startswith("."):
                    yield (here / name).relative_to(self.results).as_posix()


def find_folder(root: Path, ledger: Ledger | None = None) -> ReviewFolder:
    """The folder at `root` as one to review; a season's `ledger` may know that its results lie elsewhere.

    Raises `NothingToReviewError` for an object store, which a desk cannot write its finals beside, and for no folder.
    """
    root = root.resolve()
    if not root.is_dir():
        raise NothingToReviewError(f"{root} is not a folder")
    if not is_output(root):
        return ReviewFolder(root, root, False)
    store = ledger.notes().get("results", "") if ledger else ""
    if "://" in store:
        raise NothingToReviewError(f"the results lie in {store}: copy them into a folder and review that")
    base = Path(store) if store else root
    return ReviewFolder(root, Path(str(Output(base).results)), True)


def open_log(folder: Path, url: str | None) -> Ledger:
    """The ledger that holds the decisions about a folder's results, made where there is none. Raises `LedgerError`, `OSError`."""
    if url:
        return Ledger(url)
    path = folder.resolve() / _STATE / "ledger.sqlite"
    path.parent.mkdir(exist_ok=True)
    return Ledger(path)


def has_log(folder: Path) -> bool:
    """Whether a ledger lies in the folder."""
    return (folder / _STATE / "ledger.sqlite").is_file()
