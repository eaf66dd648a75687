from __future__ import annotations

import json
import re
from typing import Any

from fastapi.testclient import TestClient

from models.submission import Submission
from shenbao.desk.desk import Desk

PROJECTS = "/projects/0"


def body(reading: Submission, texts: dict[str, str], version: int = 0) -> dict[str, Any]:
    at = {"submission": reading.source.sha256, "form": 0, "path": PROJECTS}
    return {"at": at, "text": json.dumps(texts), "version": version}


def test_every_table_of_a_form_can_take_a_row(browser: TestClient, justice: Submission) -> None:
    page = browser.get(f"/submission/{justice.source.sha256}").text
    links = re.findall(r'href="(/row\?at=[^"]+)"', page)
    assert len(links) >= 8
    for link in links:
        answer = browser.get(link)
        assert answer.status_code == 200
        assert "data-column=" in answer.text


def test_the_page_of_a_row_has_the_columns_of_its_table_and_the_rows_it_may_follow(
    browser: TestClient, justice: Submission
) -> None:
    page = browser.get("/row", params={"at": f"{justice.source.sha256}:0:/annual/indicators/3"}).text
    assert re.search('<option value="/annual/indicators/3" selected>', page)
    assert 'data-column="history/last_year"' in page
    level1 = justice.forms[0].data.annual.indicators[3].level1
    assert f'data-column="level1" value="{level1}"' in page


def test_a_row_is_written_down_listed_and_taken_back(
    browser: TestClient, desk: Desk, justice: Submission
) -> None:
    assert browser.post("/row/add", json=body(justice, {"name": "补录的项目"})).status_code == 200
    page = browser.get(f"/submission/{justice.source.sha256}").text
    assert "补录的项目" in page
    assert 'data-section="/projects/+0"' in page
    undone = browser.post("/field/undo", json={})
    assert undone.status_code == 200
    assert [one.kind for one in desk.log()] == ["add", "undo"]


def test_what_cannot_be_put_in_is_said_and_nothing_is_written(
    browser: TestClient, desk: Desk, justice: Submission
) -> None:
    assert "至少填写一栏" in browser.post("/row/add", json=body(justice, {})).text
    assert browser.post("/row/add", json=body(justice, {"total_budget": "很多"})).status_code == 422
    assert desk.log() == []
    assert browser.post("/row/add", json=body(justice, {"name": "甲"})).status_code == 200
    assert browser.post("/row/add", json=body(justice, {"name": "乙"})).status_code == 409


def test_a_row_of_nothing_is_refused(browser: TestClient, justice: Submission) -> None:
    for at in ("", "x", f"{justice.source.sha256}:7:/projects", f"{justice.source.sha256}:0:/phone"):
        assert browser.get("/row", params={"at": at}).status_code == 410


def test_a_text_that_looks_like_a_page_is_a_text_of_the_row(browser: TestClient, justice: Submission) -> None:
    browser.post("/row/add", json=body(justice, {"name": "<script>alert(1)</script>"}))
    page = browser.get(f"/submission/{justice.source.sha256}").text
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page
