"""Submissions at a desk, and decisions about them, for what is learned of these."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from models.submission import Submission, submission_to_json
from normalize.channel.misreading import misread_or_slipped, misreading
from normalize.channel.own_confusions import own_confusions
from normalize.text.own_data import VARIABLE
from shenbao.desk.desk import Desk
from shenbao.desk.folder import find_folder, open_log
from shenbao.desk.queue.opened import Reply
from shenbao.desk.queue.queue import Address, Filter
from shenbao.ingest.ledger.decisions import DecisionLog, DeskDecisionKind
from shenbao.pipeline import read_bytes
from shenbao.readers import Settings
from tests.places import SAMPLES

Change = tuple[str, str]
JUSTICE = (SAMPLES / "yangxian-justice.md").read_text("utf-8")


def submission_text(name: str, *changes: Change) -> str:
    """The justice bureau's form with texts replaced where they stand first; the name makes it another file."""
    text = JUSTICE
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    return f"{text}\n\n{name}\n"


def read_text(name: str, *changes: Change) -> Submission:
    return read_bytes(submission_text(name, *changes).encode(), name, Settings())


class Taught:
    """A desk of a folder `out`, whose originals lie in `files`."""

    def __init__(self, root: Path, desk: Desk) -> None:
        self.root, self.desk = root, desk

    def hand_in(self, name: str, *changes: Change) -> str:
        """Read a submission as the program reads it now; gives its hash."""
        reading = read_text(name, *changes)
        (self.root / "files" / name).write_text(submission_text(name, *changes), "utf-8")
        (self.root / "out" / f"{name}.json").write_text(submission_to_json(reading), "utf-8")
        self.desk.load()
        return reading.source.sha256

    def say(self, sha256: str, path: str, kind: DeskDecisionKind, text: str | None = None) -> None:
        self.desk.decide([Reply(Address(sha256, 0, path), kind, text, 0, "李")])

    def asked(self, sha256: str) -> set[str]:
        return {one.address.path for one in self.desk.fields(Filter(submission=sha256))}


@pytest.fixture
def taught(tmp_path: Path) -> Iterator[Taught]:
    for name in ("out", "files"):
        (tmp_path / name).mkdir()
    with closing(open_log(tmp_path / "out", None)) as ledger:
        yield Taught(tmp_path, Desk(find_folder(tmp_path / "out"), DecisionLog(ledger)))


@pytest.fixture
def use_data(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[Path], None]]:
    """Read with a data folder from now on, as another process would."""

    def forget() -> None:
        for remembered in (own_confusions, misreading, misread_or_slipped):
            remembered.cache_clear()

    def use(folder: Path) -> None:
        monkeypatch.setenv(VARIABLE, str(folder))
        forget()

    yield use
    monkeypatch.undo()
    forget()
