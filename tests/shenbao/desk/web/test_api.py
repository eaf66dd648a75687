from __future__ import annotations

import time
from typing import Any

import pytest
import schemathesis
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings

from models.submission import Submission
from shenbao.desk.web.api import openapi_to_json
from tests.places import ROOT, SAMPLES
from tests.shenbao.desk.web.conftest import HOST, TOKEN

BEARER = {"Authorization": f"Bearer {TOKEN}"}
BASIS = "/annual/indicators/0/basis"


def wait_for(client: TestClient, place: str) -> dict[str, Any]:
    for _ in range(600):
        answer: dict[str, Any] = client.get(place, headers=BEARER).json()
        if answer["state"] in ("done", "failed"):
            return answer
        time.sleep(0.1)
    raise AssertionError(answer)


def test_a_file_is_handed_in_read_and_asked_for(stranger: TestClient) -> None:
    name = "jiaotong-sheet.xlsx"
    with (SAMPLES / name).open("rb") as file:
        handed = stranger.post("/api/submissions", files={"file": (f"../{name}", file)}, headers=BEARER)
    assert handed.status_code == 202
    answer = wait_for(stranger, handed.headers["Location"])
    assert (answer["state"], answer["status"], answer["name"]) == ("done", "accepted", name)
    assert answer["result"]["forms"][0]["data"]["department"]


def test_a_table_and_the_log_of_a_submission(stranger: TestClient, justice: Submission) -> None:
    place = f"/api/submissions/{justice.source.sha256}"
    asked = {"path": BASIS, "kind": "edit", "text": "计划标准", "version": 0}
    assert stranger.post(f"{place}/decisions", json=asked, headers=BEARER).status_code == 201
    assert stranger.post(f"{place}/decisions", json=asked, headers=BEARER).status_code == 409
    log = stranger.get(f"{place}/decisions", headers=BEARER).json()
    assert [(one["path"], one["after"]) for one in log] == [(BASIS, "计划标准")]
    table = stranger.get(f"{place}/tables/indicators", headers=BEARER).json()
    basis = table["columns"].index("basis")
    assert "计划标准" in {row[basis] for row in table["rows"]}
    assert stranger.get(f"{place}/tables/nothing", headers=BEARER).status_code == 404


def test_nobody_asks_without_the_token(stranger: TestClient) -> None:
    assert stranger.get("/api/submissions").status_code == 401
    assert stranger.get("/api/openapi.json", headers={"Authorization": "Bearer wrong"}).status_code == 401


def test_the_description_in_the_repository_is_the_one_that_holds() -> None:
    written = (ROOT / "docs" / "openapi.json").read_text("utf-8")
    assert written == openapi_to_json(), "run `make docs`"


@pytest.mark.filterwarnings("ignore")
def test_no_request_that_the_description_allows_makes_the_server_fail(stranger: TestClient) -> None:
    schema = schemathesis.openapi.from_asgi(
        "/api/openapi.json", stranger.app, headers={**BEARER, "Host": HOST}
    )
    quick = settings(max_examples=12, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    for found in schema.get_all_operations():
        operation: Any = found.ok()  # type: ignore[union-attr]

        @quick
        @given(case=operation.as_strategy())
        def ask(case: Any) -> None:
            answer = case.call(headers={**BEARER, "Host": HOST})
            assert answer.status_code < 500 or answer.status_code == 507, answer.text

        ask()
