from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner

from models.submission import Submission, submission_to_json
from normalize.form.store import VARIABLE
from shenbao.cli import cli
from shenbao.desk.desk import Desk
from shenbao.desk.folder import find_folder, open_log
from shenbao.desk.learn import Lesson, adopt, lessons
from shenbao.desk.opened import Reply
from shenbao.desk.queue import Address, Filter
from shenbao.ingest.ledger.decisions import DecisionLog
from shenbao.pipeline import read_bytes
from shenbao.readers import Settings
from tests.places import SAMPLES

TARGET = "/long_term/indicators/22/target"
WORDING = "符合资金管理规定，会计资料真实、准确、完整"


def submission(name: str) -> Submission:
    """A form in which a department words a value in its own way; the name makes it another file."""
    text = (SAMPLES / "yangxian-justice.md").read_text("utf-8")
    changed = text.replace(WORDING.replace("会计", ""), WORDING, 1)
    return read_bytes(f"{changed}\n\n{name}\n".encode(), name, Settings())


@pytest.fixture(scope="module")
def reworded() -> Submission:
    return submission("first.md")


@pytest.fixture
def taught(tmp_path: Path, reworded: Submission) -> Iterator[tuple[Desk, Path]]:
    """A desk at which a person confirmed that wording, and its folder."""
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / "first.md.json").write_text(submission_to_json(reworded), "utf-8")
    with closing(open_log(folder, None)) as ledger:
        desk = Desk(find_folder(folder), DecisionLog(ledger))
        desk.load()
        desk.decide([Reply(Address(reworded.source.sha256, 0, TARGET), "accept", None, 0, "李")])
        yield desk, folder


def test_a_wording_that_was_confirmed_is_proposed_for_its_entry(taught: tuple[Desk, Path]) -> None:
    (lesson,) = lessons(taught[0])
    assert (lesson.kind, lesson.text, lesson.count) == ("accepted", WORDING, 1)
    assert lesson.usual == WORDING.replace("会计", "")


def test_the_next_submission_with_the_same_wording_is_not_asked_about(
    taught: tuple[Desk, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, folder = taught
    (lesson,) = lessons(desk)
    adopt(lesson, tmp_path / "data")
    before = submission("second.md")
    monkeypatch.setenv(VARIABLE, str(tmp_path / "data"))
    after = submission("second.md")
    for name, read in (("before", before), ("after", after)):
        (folder / f"{name}.json").write_text(submission_to_json(read), "utf-8")
        desk.load()
        asked = [one.address.path for one in desk.fields(Filter(submission=read.source.sha256))]
        assert (TARGET in asked) == (name == "before")
        (folder / f"{name}.json").unlink()
    assert lessons(desk) == []


def test_two_lessons_stand_side_by_side(tmp_path: Path, taught: tuple[Desk, Path]) -> None:
    (lesson,) = lessons(taught[0])
    other = Lesson(lesson.catalogue, lesson.code, "accepted", "另一表述", lesson.usual, 1, ("x",))
    adopt(lesson, tmp_path)
    text = adopt(other, tmp_path).read_text("utf-8")
    assert f"{WORDING};另一表述" in text


def test_the_command_lists_and_adopts(taught: tuple[Desk, Path], tmp_path: Path) -> None:
    listed = CliRunner().invoke(cli, ["learn", str(taught[1])])
    assert "1 proposals" in listed.output
    CliRunner().invoke(cli, ["learn", str(taught[1]), "--adopt", "1", "--into", str(tmp_path / "data")])
    assert list((tmp_path / "data" / "catalogues").glob("*.csv"))
