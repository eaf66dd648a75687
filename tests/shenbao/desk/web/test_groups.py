from __future__ import annotations

import re
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from models.submission import Submission, submission_to_json
from normalize.notes.notes import finding
from shenbao.desk.desk import Desk
from shenbao.desk.groups import FieldGroup, fields_to_groups
from shenbao.desk.queue.queue import Filter
from tests.shenbao.desk.web.conftest import TOKEN


@pytest.fixture(autouse=True)
def alike(desk: Desk, out: Path, justice: Submission) -> None:
    """Three results in which the money unit was read as the same doubtful text."""
    doubt = finding("low-confidence", "reading", "warning", "/money_unit", "“万元”识别把握不足")
    form = justice.forms[0]
    doubted = form.model_copy(update={"findings": (*form.findings, doubt)})
    for digit in "123":
        source = justice.source.model_copy(update={"sha256": digit * 64, "name": f"{digit}.md"})
        made = justice.model_copy(update={"source": source, "forms": (doubted,)})
        (out / f"{digit}.md.json").write_text(submission_to_json(made), "utf-8")
    desk.load()


def first(desk: Desk) -> FieldGroup:
    return fields_to_groups(desk.fields(Filter()))[0]


def said(group: FieldGroup, kind: str, count: int) -> dict[str, object]:
    members = [
        {"submission": one.address.sha256, "form": one.address.form, "path": one.address.path, "version": 0}
        for one in group.members[:count]
    ]
    return {"kind": kind, "members": members}


def test_fields_read_as_the_same_text_in_one_column_are_a_group(desk: Desk) -> None:
    group = first(desk)
    assert {one.text for one in group.members} == {group.text}
    assert len(group.members) >= 2


def test_the_page_of_a_group_shows_every_member(browser: TestClient, desk: Desk) -> None:
    group = first(desk)
    page = browser.get("/group", params={"key": group.key}).text
    assert len(re.findall('class="member"', page)) == len(group.members)


def test_the_rest_is_settled_and_the_odd_one_stays_open(browser: TestClient, desk: Desk) -> None:
    group = first(desk)
    before = desk.left(Filter())
    answer = browser.post("/group/decide", json=said(group, "accept", len(group.members) - 1))
    assert answer.status_code == 200
    assert desk.left(Filter()) == before - (len(group.members) - 1)


def test_a_group_in_which_somebody_was_faster_is_left_as_it_is(browser: TestClient, desk: Desk) -> None:
    group = first(desk)
    browser.post("/group/decide", json=said(group, "accept", 1))
    answer = browser.post("/group/decide", json=said(group, "accept", len(group.members)))
    assert answer.status_code == 409
    assert len(desk.log()) == 1


def test_the_list_of_groups_is_for_those_who_may(stranger: TestClient) -> None:
    assert stranger.get("/group").status_code == 401
    assert stranger.get("/group", params={"token": TOKEN}).status_code == 200
