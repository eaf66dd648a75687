"""A folder of two results as `shenbao extract` leaves it, and decisions about them."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from models.submission import Submission, json_to_submission
from shenbao.desk.desk import Desk
from shenbao.desk.folder import find_folder, open_log
from shenbao.desk.overlay.overlay import apply_decisions
from shenbao.ingest.ledger.decisions import DecisionLog
from tests.places import ROOT

JUSTICE = "yangxian-justice.md.json"
FAX = "qixiang-fax.tif.json"


def open_fields(name: str) -> int:
    """How many fields of a golden are open: a better reading leaves fewer."""
    reading = json_to_submission((ROOT / "golden" / name).read_text("utf-8"))
    return sum(len(doubts.fields) for doubts in apply_decisions(reading, {}).doubts)


FAX_OPEN = open_fields(FAX)
ALL_OPEN = open_fields(JUSTICE) + FAX_OPEN


@pytest.fixture(scope="session")
def justice() -> Submission:
    """A text in which four cells of one row were not read."""
    return json_to_submission((ROOT / "golden" / JUSTICE).read_text("utf-8"))


@pytest.fixture(scope="session")
def fax() -> Submission:
    """A bad fax with many doubts."""
    return json_to_submission((ROOT / "golden" / FAX).read_text("utf-8"))


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """The folder of both results."""
    folder = tmp_path / "out"
    folder.mkdir()
    for name in (JUSTICE, FAX):
        shutil.copy(ROOT / "golden" / name, folder / name)
    return folder


@pytest.fixture
def desk(out: Path) -> Iterator[Desk]:
    """The desk of that folder."""
    ledger = open_log(out, None)
    made = Desk(find_folder(out), DecisionLog(ledger))
    made.load()
    yield made
    ledger.close()
