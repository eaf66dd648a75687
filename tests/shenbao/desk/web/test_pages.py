from __future__ import annotations

import re
from html import unescape
from typing import Any

from fastapi.testclient import TestClient
from httpx2 import Response

from models.submission import Submission
from shenbao.desk.desk import Desk
from tests.shenbao.desk.web.conftest import TOKEN


def attribute(answer: Response, name: str) -> str:
    found = re.search(rf'data-{name}="([^"]*)"', answer.text)
    assert found, name
    return unescape(found[1])


def said(answer: Response, kind: str, **more: Any) -> dict[str, Any]:
    """What a key says about the field that is on screen."""
    at = {"submission": attribute(answer, "submission"), "form": 0, "path": attribute(answer, "path")}
    return {"at": at, "kind": kind, "version": int(attribute(answer, "version")), **more}


def test_the_token_of_the_address_lets_in_and_leaves_the_address(stranger: TestClient) -> None:
    answer = stranger.get("/", params={"token": TOKEN})
    assert answer.status_code == 200
    assert "token" not in str(answer.url)
    assert attribute(answer, "left") == "27"


def test_without_or_with_a_wrong_token_nothing_is_shown(stranger: TestClient) -> None:
    assert stranger.get("/field").status_code == 401
    assert stranger.get("/", params={"token": "wrong"}).status_code == 401
    assert stranger.post("/field/show", json={}).status_code == 401


def test_another_host_or_origin_is_refused(browser: TestClient) -> None:
    assert browser.get("/", headers={"Host": "evil.example"}).status_code == 421
    assert browser.post("/field/show", json={}, headers={"Origin": "http://evil.example"}).status_code == 403
    assert browser.post("/field/show", json={}, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403


def test_every_answer_forbids_scripts_of_others(stranger: TestClient) -> None:
    policy = stranger.get("/login").headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


def test_a_key_is_written_down_and_answers_with_the_next_field(browser: TestClient, desk: Desk) -> None:
    first = browser.get("/field")
    answer = browser.post("/field/decide", json=said(first, "accept"))
    assert answer.text.startswith('<div id="desk"')
    assert attribute(answer, "left") == "26"
    assert attribute(answer, "path") != attribute(first, "path")
    assert [(one.kind, one.person) for one in desk.log()] == [("accept", "李复核")]


def test_the_same_answer_twice_is_told(browser: TestClient, desk: Desk) -> None:
    body = said(browser.get("/field"), "accept")
    browser.post("/field/decide", json=body)
    answer = browser.post("/field/decide", json=body)
    assert answer.status_code == 409
    assert attribute(answer, "path") == body["at"]["path"]
    assert len(desk.log()) == 1


def test_an_answer_that_does_not_fit_says_why_and_nothing_is_written(browser: TestClient, desk: Desk) -> None:
    body = said(browser.get("/field"), "edit", text="   ")
    answer = browser.post("/field/decide", json=body)
    assert answer.status_code == 422
    assert "空白请按 0" in answer.text
    assert desk.log() == []


def test_undo_shows_the_field_again(browser: TestClient) -> None:
    first = browser.get("/field")
    browser.post("/field/decide", json=said(first, "blank"))
    answer = browser.post("/field/undo", json={})
    assert attribute(answer, "path") == attribute(first, "path")
    assert attribute(answer, "left") == "27"


def test_later_shows_another_field_and_decides_nothing(browser: TestClient, desk: Desk) -> None:
    first = browser.get("/field")
    answer = browser.post("/field/later", json={"at": said(first, "accept")["at"]})
    assert attribute(answer, "path") != attribute(first, "path")
    assert attribute(answer, "left") == "27"


def test_a_part_of_the_queue_holds_that_part_only(browser: TestClient, justice: Submission) -> None:
    answer = browser.get("/field", params={"department": justice.forms[0].data.department})
    assert attribute(answer, "left") == "4"
    assert attribute(answer, "submission") == justice.source.sha256


def test_a_text_that_looks_like_a_page_is_text(browser: TestClient) -> None:
    first = browser.get("/field")
    body = said(first, "edit", text="<script>alert(1)</script>\u202e../\U0001f600")
    browser.post("/field/decide", json=body)
    at = f"{body['at']['submission']}:0:{body['at']['path']}"
    page = browser.get("/field", params={"at": at}).text
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page
    assert "\u202e" not in page


def test_a_field_that_is_not_there_is_said(browser: TestClient) -> None:
    sha256 = "0" * 64
    for path in ("/phone", "/../../etc/passwd", "/annual/indicators/999/target"):
        assert browser.get("/field", params={"at": f"{sha256}:0:{path}"}).status_code == 410
