from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from models.declaration import DepartmentOverall
from models.submission import Submission, json_to_submission
from shenbao.desk.desk import Desk
from shenbao.desk.overlay.added_rows import row_columns
from shenbao.desk.overlay.fields import AnswerError, Sheet
from shenbao.desk.overlay.overlay import Final, apply_decisions
from shenbao.desk.queue.opened import GoneError, Reply
from shenbao.desk.queue.queue import Address, Filter
from shenbao.ingest.ledger.decisions import ConflictError, live_decisions
from tests.shenbao.desk.conftest import JUSTICE

NEW = {"name": "新增项目", "total_budget": "12.50", "annual_budget": "12.50", "purpose": "补录"}


def add(desk: Desk, reading: Submission, anchor: str, texts: dict[str, Any] | str, version: int = 0) -> None:
    text = texts if isinstance(texts, str) else json.dumps(texts)
    desk.decide([Reply(Address(reading.source.sha256, 0, anchor), "add", text, version, "李")])


def department(submission: Submission) -> DepartmentOverall:
    data = submission.forms[0].data
    assert isinstance(data, DepartmentOverall)
    return data


def final(out: Path) -> Submission:
    return json_to_submission((out / "final" / JUSTICE).read_text("utf-8"))


def again(desk: Desk, reading: Submission) -> Final:
    """The decisions laid over another reading of the same content."""
    return apply_decisions(reading, live_decisions(desk.log()))


def with_projects(reading: Submission, projects: tuple[Any, ...]) -> Submission:
    data = department(reading).model_copy(update={"projects": projects})
    return reading.model_copy(update={"forms": (reading.forms[0].model_copy(update={"data": data}),)})


def test_a_row_is_put_in_behind_another_and_says_whose_word_it_is(
    desk: Desk, out: Path, justice: Submission
) -> None:
    add(desk, justice, "/projects/0", NEW)
    made = final(out)
    before, after = department(justice).projects, department(made).projects
    assert [one.name for one in after] == [before[0].name, "新增项目", *(one.name for one in before[1:])]
    assert str(after[1].total_budget) == "12.50"
    assert made.forms[0].evidence["/projects/1/name"].origin == "person"
    seen = justice.forms[0].evidence["/projects/1/name"]
    assert made.forms[0].evidence["/projects/2/name"] == seen


def test_the_first_row_of_a_list_stands_before_all_others(desk: Desk, out: Path, justice: Submission) -> None:
    add(desk, justice, "/functions", {"": "补录的职能"})
    assert department(final(out)).functions == ("补录的职能", *department(justice).functions)


def test_an_added_row_is_taken_back_by_an_entry(desk: Desk, out: Path, justice: Submission) -> None:
    add(desk, justice, "/projects/0", NEW)
    desk.decide([Reply(Address(justice.source.sha256, 0, "/projects/+0"), "undo", None, 1, "李")])
    assert [one.kind for one in desk.log()] == ["add", "undo"]
    assert department(final(out)).projects == department(justice).projects


def test_an_added_budget_line_is_summed(desk: Desk, out: Path, justice: Submission) -> None:
    before = {found.code for found in justice.forms[0].findings}
    assert "sum-mismatch" not in before
    add(desk, justice, "/budget/income/1", {"item": "其他收入", "amount": "5"})
    assert "sum-mismatch" in {found.code for found in final(out).forms[0].findings}
    assert any(one.address.path.startswith("/budget/") for one in desk.fields(Filter()))


def test_decisions_beside_an_added_row_stay_where_they_are(
    desk: Desk, out: Path, justice: Submission
) -> None:
    add(desk, justice, "/annual/indicators/0", {"level3": "补录指标", "target": "≥95%"})
    path = "/annual/indicators/1/basis"
    desk.decide([Reply(Address(justice.source.sha256, 0, path), "edit", "计划标准", 0, "李")])
    rows = department(final(out)).annual.indicators
    assert (rows[1].level3, rows[2].basis) == ("补录指标", "计划标准")


def test_a_row_that_moved_takes_the_added_one_along(desk: Desk, justice: Submission) -> None:
    add(desk, justice, "/projects/1", NEW)
    rows = department(justice).projects
    names = [
        one.name for one in department(again(desk, with_projects(justice, rows[1:])).submission).projects
    ]
    assert names[:2] == [rows[1].name, "新增项目"]


def test_a_row_that_is_read_by_now_is_not_put_in_twice(desk: Desk, justice: Submission) -> None:
    add(desk, justice, "/projects/0", NEW)
    rows = department(justice).projects
    read = rows[0].model_copy(update={"name": "新增项目"})
    found = again(desk, with_projects(justice, (rows[0], read, *rows[1:])))
    assert len(department(found.submission).projects) == len(rows) + 1
    assert [one.path for one in found.stale] == ["/projects/+0"]


@pytest.mark.parametrize(
    ("anchor", "texts"),
    [
        ("/projects/0", {}),
        ("/projects/0", {"name": " "}),
        ("/projects/0", {"nothing": "x"}),
        ("/projects/0", {"name": "甲", "total_budget": "很多"}),
        ("/budget/income/0", {"amount": "5"}),
        ("/projects/0", "no JSON"),
        ("/projects/0", "[1]"),
        ("/projects/0", '{"name": 1}'),
        ("/phone", {"": "x"}),
    ],
)
def test_what_is_no_row_is_refused(desk: Desk, justice: Submission, anchor: str, texts: Any) -> None:
    with pytest.raises(AnswerError):
        add(desk, justice, anchor, texts)
    assert desk.log() == []


def test_a_row_behind_one_that_is_gone_is_refused(desk: Desk, justice: Submission) -> None:
    with pytest.raises(GoneError):
        add(desk, justice, "/projects/999", NEW)


def test_two_persons_who_add_a_row_at_once_are_told(desk: Desk, justice: Submission) -> None:
    add(desk, justice, "/projects/0", NEW)
    with pytest.raises(ConflictError):
        add(desk, justice, "/projects/0", NEW)
    add(desk, justice, "/projects/0", {**NEW, "name": "又一项目"}, 1)
    assert [one.path for one in desk.log()] == ["/projects/+0", "/projects/+1"]


def test_the_columns_that_are_asked_are_those_that_the_form_prints(justice: Submission) -> None:
    sheet = Sheet.of(justice.forms[0])
    assert "history/last_year" in row_columns(sheet, "/annual/indicators")
    assert "weight" not in row_columns(sheet, "/annual/indicators")
    assert row_columns(sheet, "/functions") == {"": "text"}
