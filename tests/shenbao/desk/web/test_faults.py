"""What a desk says when the disk is full, a result is gone, or a request is not from its own page."""

from __future__ import annotations

import errno
import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from models.submission import Submission
from shenbao.desk.desk import Desk
from shenbao.desk.finals.final_writer import FinalWriter
from shenbao.desk.folder import ReviewFolder
from shenbao.ingest.ledger.decisions import DecisionLog
from shenbao.ingest.ledger.ledger import LedgerError
from tests.places import ROOT
from tests.shenbao.desk.conftest import FAX, JUSTICE
from tests.shenbao.desk.web.test_pages import attribute, said

STRANGE = (
    "<script>alert(1)</script>",
    "../../etc/passwd",
    "长" * 300,
    "\U0001f600\U0001f468\u200d\U0001f469",
    "\u202e反\u2066向\u200f",
    "'; DROP TABLE decisions; --",
    "{{ 7 * 7 }}",
    "\x00\x1b[31m",
)


class FullDisk:
    """A disk on which nothing can be written for so many times."""

    def __init__(self, times: int) -> None:
        self.times, self.tried = times, threading.Event()
        self.refused: set[str] = set()
        self.written: set[str] = set()

    def write(self, folder: ReviewFolder, place: str, submission: Submission) -> None:
        if self.times:
            self.times -= 1
            self.refused.add(place)
            self.tried.set()
            raise OSError(errno.ENOSPC, "No space left on device")
        self.written.add(place)


@pytest.fixture
def full(desk: Desk) -> Iterator[FullDisk]:
    """A desk whose finals find a full disk once."""
    disk = FullDisk(1)
    with closing(FinalWriter(desk.folder, disk.write)) as desk.writer:
        yield disk


def test_a_ledger_on_a_full_disk_leaves_the_field_on_screen(
    browser: TestClient, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = browser.get("/field")

    def refuse(*_: Any) -> list[int]:
        raise LedgerError("the ledger cannot be used: database or disk is full; make room and run it again")

    with monkeypatch.context() as patch:
        patch.setattr(DecisionLog, "add", refuse)
        answer = browser.post("/field/decide", json=said(first, "accept"))
    # the page's script shows what is no part of a page and leaves the field as it is
    assert answer.status_code == 507
    assert answer.text.startswith("没有保存")
    assert "disk is full" in answer.text
    assert desk.log() == []
    assert browser.post("/field/decide", json=said(first, "accept")).status_code == 200


def test_a_final_that_finds_a_full_disk_is_said_and_written_later(
    browser: TestClient, desk: Desk, full: FullDisk
) -> None:
    first = browser.get("/field")
    second = browser.post("/field/decide", json=said(first, "accept"))
    assert full.tried.wait(10)
    time.sleep(0.1)  # until what was tried is noted
    third = browser.post("/field/decide", json=said(second, "accept"))
    assert "final/ 未能写入：No space left on device" in attribute(third, "message")
    fourth = browser.post("/field/decide", json=said(third, "accept"))
    assert attribute(fourth, "message") == ""
    assert desk.writer
    desk.writer.close()
    assert full.refused
    assert full.refused <= full.written
    assert len(desk.log()) == 3


@pytest.mark.parametrize("text", STRANGE)
def test_a_strange_text_is_a_text(browser: TestClient, desk: Desk, justice: Submission, text: str) -> None:
    at = {"submission": justice.source.sha256, "form": 0, "path": "/preparer"}
    answer = browser.post("/field/decide", json={"at": at, "kind": "edit", "text": text, "version": 0})
    assert answer.status_code == 200
    for place in (
        "/",
        f"/field?at={justice.source.sha256}:0:/preparer",
        f"/submission/{justice.source.sha256}",
    ):
        page = browser.get(place).text
        assert "<script>alert" not in page
        assert not {"\u202e", "\u2066", "\x00", "\x1b"} & set(page)
    assert desk.log()[0].after


def test_a_result_that_vanished_is_said_where_its_field_was(
    browser: TestClient, out: Path, fax: Submission, justice: Submission
) -> None:
    at = {"submission": justice.source.sha256, "form": 0, "path": "/phone"}
    (out / JUSTICE).unlink()
    answer = browser.post("/field/decide", json={"at": at, "kind": "accept", "version": 0})
    assert answer.status_code == 410
    assert "可能已重新导入" in attribute(answer, "message")
    assert attribute(answer, "submission") == fax.source.sha256
    assert browser.get(f"/submission/{justice.source.sha256}").status_code == 410


def test_a_field_that_is_not_there_is_said_and_nobody_is_told_to_wait(
    browser: TestClient, fax: Submission
) -> None:
    answer = browser.get("/field", params={"at": f"{fax.source.sha256}:0:/no_such_field"})
    assert answer.status_code == 410
    assert "<h1>读取结果中已没有此栏" in answer.text
    assert "正由他人处理" not in answer.text


def test_a_result_made_anew_while_its_field_is_on_screen_is_answered_as_it_is_now(
    browser: TestClient, out: Path, desk: Desk
) -> None:
    first = browser.get("/field")
    name = FAX if attribute(first, "submission") != _sha(JUSTICE) else JUSTICE
    shutil.copy(ROOT / "golden" / name, out / f"{name}.new")
    (out / f"{name}.new").replace(out / name)
    assert browser.post("/field/decide", json=said(first, "accept")).status_code == 200
    assert len(desk.log()) == 1


def _sha(name: str) -> str:
    text = (ROOT / "golden" / name).read_text("utf-8")
    return text.partition('"sha256": "')[2][:64]


def test_a_picture_that_vanished_is_said(browser: TestClient, desk: Desk, out: Path, fax: Submission) -> None:
    address = f"/page/{fax.source.sha256}/1.jpg"
    assert browser.get(address).status_code == 200
    shutil.rmtree(out / ".shenbao" / "pages")
    answer = browser.get(address)
    assert answer.status_code == 200, "it is drawn again"
    assert browser.get("/page/" + "0" * 64 + "/1.jpg").status_code == 404


@pytest.mark.parametrize(
    "place",
    [
        "/static/../app.py",
        "/static/%2e%2e/app.py",
        "/static/..%5capp.py",
        "//etc/passwd",
        "/field/../../x",
        "/%00",
    ],
)
def test_a_path_trick_leads_nowhere(browser: TestClient, place: str) -> None:
    answer = browser.get(place)
    assert answer.status_code in (401, 404)
    assert "import" not in answer.text


@pytest.mark.parametrize(
    "place", ["/", "/field", "/group", "/report", "/row?at=x", "/api/submissions", "/page/x/1.jpg"]
)
def test_nothing_is_shown_without_the_token(stranger: TestClient, place: str) -> None:
    assert stranger.get(place).status_code == 401
    assert stranger.get(place, headers={"Authorization": "Bearer wrong"}).status_code == 401


@pytest.mark.parametrize(
    "place", ["/field/decide", "/row/add", "/group/decide", "/field/undo", "/logout", "/api/submissions"]
)
@pytest.mark.parametrize(
    "headers", [{"Origin": "http://evil.example"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"}]
)
def test_no_other_page_may_decide(browser: TestClient, place: str, headers: dict[str, str]) -> None:
    assert browser.post(place, json={}, headers=headers).status_code == 403


def test_the_answers_and_pictures_may_be_anything_and_nothing_fails(browser: TestClient) -> None:
    bodies: tuple[Any, ...] = (
        {},
        {"at": 1},
        {"at": {"submission": "x", "form": -1, "path": ""}},
        [],
        "x",
        None,
    )
    for body in bodies:
        for place in (
            "/field/decide",
            "/field/show",
            "/field/next",
            "/field/later",
            "/row/add",
            "/group/decide",
        ):
            assert browser.post(place, json=body).status_code < 500
