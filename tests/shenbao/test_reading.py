"""A result that would be too long is not made, neither for a file of its own nor for one of an inbox."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from models.document import Problem
from models.submission import Submission, submission_to_json
from shenbao import reading
from shenbao.bounded.limits import RUN_LIMITS
from shenbao.file_task import FileTask
from shenbao.ingest.inbox.store import location_to_stamp
from shenbao.ingest.workers.work import work
from shenbao.pipeline import read_bytes
from shenbao.readers import Settings
from shenbao.reading import read_file, text_or_problem
from tests.inboxes import form, season

ITEMS = "部门职能概述\t" + "<br>".join(f"{n}. 甲;" for n in range(1, 400)) + "\n"
"""Four hundred items of one cell, each of which shows the whole cell as where it stands."""


def text() -> str:
    return form("甲局").replace("部门职能概述\t1. 负责全县有关工作;\n", ITEMS)


@pytest.fixture
def narrow(monkeypatch: pytest.MonkeyPatch) -> None:
    """A limit that a form with four hundred items does not keep."""
    monkeypatch.setattr(reading, "RUN_LIMITS", replace(RUN_LIMITS, result_bytes=200_000))


@pytest.mark.usefixtures("narrow")
def test_what_would_be_too_long_is_told_before_its_text_is_made() -> None:
    def encode(_: Submission) -> str:
        raise AssertionError("its text was made")

    submission = read_bytes(text().encode(), "a.md", Settings())
    found = text_or_problem(submission, encode)
    assert isinstance(found, Problem) and found.code == "result-too-large"


def test_any_other_result_has_its_text() -> None:
    submission = read_bytes(text().encode(), "a.md", Settings())
    assert text_or_problem(submission, submission_to_json) == submission_to_json(submission)


@pytest.mark.usefixtures("narrow")
def test_the_file_has_a_result_that_says_so_and_the_inbox_records_it_as_failed(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text(text(), "utf-8")
    outcome = read_file(FileTask(path, "a.md", "a.md", Settings()))
    assert outcome.code == 70 and "result-too-large" in (outcome.document or "")
    made = season(tmp_path, a=form("乙局"))
    (heard,) = made.run().outcomes
    (made.inbox / "a.md").write_text(text(), "utf-8")
    digest, stamp = sha256(text().encode()).hexdigest(), location_to_stamp(made.inbox / "a.md")
    failed = work(replace(heard.task, sha256=digest, stamp=stamp))
    assert (failed.state, failed.code, "结果过大" in failed.reason) == ("failed", 70, True)
