"""The desk as a person uses it, in Debian's chromium: keys only, two persons at once, a server that is killed."""

from __future__ import annotations

import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from shenbao.desk.folder import open_log
from shenbao.desk.web.users import add_user
from shenbao.ingest.ledger.decisions import DecisionLog
from tests.places import ROOT
from tests.shenbao.desk.conftest import FAX, JUSTICE

KILLS = int(os.environ.get("DESK_KILLS", "2"))
"""How often the desk is killed; more take two seconds each."""
PASSWORD = "geheim-genug"
playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
CHROMIUM = shutil.which("chromium")
pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="Debian's chromium is not installed"),
    pytest.mark.filterwarnings("ignore"),
]


@contextmanager
def served(out: Path, *options: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The process of a desk and its address."""
    command = [
        sys.executable,
        "-m",
        "shenbao",
        "review",
        str(out),
        "--files",
        str(ROOT / "samples"),
        *options,
    ]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        address = process.stdout.readline().strip()
        try:
            yield process, address
        finally:
            process.terminate()
            process.wait(30)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


def begin(chromium: Any, address: str, hosts: set[str] | None = None) -> Any:
    """A page on which the first field is shown."""
    page = chromium.new_context().new_page()
    if hosts is not None:
        page.on("request", lambda request: hosts.add(re.sub(r"^\w+://([^/:]+).*", r"\1", request.url)))
    page.goto(address)
    page.keyboard.press("n")
    page.wait_for_selector("main[data-path]")
    return page


def left(page: Any) -> int:
    return int(page.locator("[data-left]").first.get_attribute("data-left"))


def press(page: Any, key: str) -> None:
    """Press a key and wait for another field."""
    before = (page.locator("main").get_attribute("data-path"), left(page))
    page.keyboard.press(key)
    page.wait_for_function(
        "([path, left]) => document.querySelector('main').dataset.path !== path"
        " || +document.querySelector('[data-left]').dataset.left !== left",
        arg=before,
    )


def log(out: Path) -> list[tuple[str, str, str | None]]:
    ledger = open_log(out, None)
    entries: list[tuple[str, str, str | None]] = [
        (one.path, one.kind, one.after) for one in DecisionLog(ledger).all()
    ]
    ledger.close()
    return entries


def test_doubts_are_settled_with_the_keyboard_and_no_other_host_is_asked(chromium: Any, out: Path) -> None:
    (out / FAX).unlink()
    hosts: set[str] = set()
    with served(out) as (_, address):
        page = begin(chromium, address, hosts)
        press(page, "0")
        page.keyboard.press("e")
        page.keyboard.type("约束型x0e")  # keys in a text field are text
        press(page, "Enter")
        press(page, "u")
        assert left(page) == 3
        press(page, "x")
        press(page, "Enter")
        press(page, "0")
        assert left(page) == 0
        page.context.close()
    kinds = [kind for _, kind, _ in log(out)]
    assert kinds == ["blank", "edit", "undo", "illegible", "accept", "blank"]
    assert log(out)[1][2] == "约束型x0e"
    assert hosts == {"127.0.0.1"}
    assert json.loads((out / "final" / JUSTICE).read_text("utf-8"))["status"] == "review"


def test_a_key_does_nothing_while_an_input_method_composes(chromium: Any, out: Path) -> None:
    with served(out) as (_, address):
        page = begin(chromium, address)
        page.evaluate(
            "document.body.dispatchEvent(new KeyboardEvent('keydown',"
            " {key: 'Enter', isComposing: true, bubbles: true}))"
        )
        press(page, " ")
        page.context.close()
    assert log(out) == []


def more_of_them(out: Path) -> None:
    """The fax handed in by four departments more, for as many keys as are pressed."""
    root = json.loads((out / FAX).read_text("utf-8"), parse_float=Decimal)
    for digit in "1234":
        text = (out / FAX).read_text("utf-8").replace(root["source"]["sha256"], digit * 64)
        (out / f"{digit}{FAX}").write_text(text, "utf-8")


def fields_of_log(out: Path) -> list[tuple[str, str]]:
    ledger = open_log(out, None)
    entries = [(one.sha256, one.path) for one in DecisionLog(ledger).all()]
    ledger.close()
    return entries


def test_two_persons_at_once_lose_nothing(chromium: Any, out: Path) -> None:
    with served(out) as (_, address):
        first, second = begin(chromium, address), begin(chromium, address)
        same = first.locator("main").get_attribute("data-path")
        assert second.locator("main").get_attribute("data-path") == same
        press(first, "Enter")
        second.keyboard.press("0")  # the same person in two windows: the second is told
        second.wait_for_function("() => document.getElementById('said').textContent.includes('他人')")
        assert second.locator("main").get_attribute("data-path") == same
        press(second, "0")
        for page in (first, second):
            page.context.close()
    assert [(path, kind) for path, kind, _ in log(out)] == [(same, "accept"), (same, "blank")]


def logged_in(chromium: Any, address: str, name: str) -> Any:
    """The browser of a named user, who has opened the queue."""
    page = chromium.new_context().new_page()
    page.goto(address)
    page.get_by_label("用户名").fill(name)
    page.get_by_label("密码").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-left]")
    return page


def test_two_named_users_are_shown_different_fields_and_the_slower_one_is_told(
    chromium: Any, out: Path, tmp_path: Path
) -> None:
    users = tmp_path / "users.json"
    for name in ("李复核", "王复核"):
        add_user(users, name, PASSWORD)
    with served(out, "--listen", "127.0.0.1:0", "--users", str(users)) as (_, address):
        pages = [logged_in(chromium, address, name) for name in ("李复核", "王复核")]
        for page in pages:
            page.keyboard.press("n")
            page.wait_for_selector("main[data-path]")
        first, second = (page.locator("main").get_attribute("data-path") for page in pages)
        assert first != second
        for _ in range(3):
            for page in pages:
                press(page, "Enter")
        # the second opens by its address what the first looks at, and both answer
        at = pages[0].evaluate(
            "(({ submission, form, path }) => `${submission}:${form}:${path}`)"
            "(document.querySelector('main').dataset)"
        )
        pages[1].goto(f"{address}field?{urlencode({'at': at})}")
        press(pages[0], "Enter")
        pages[1].keyboard.press("0")
        pages[1].wait_for_function("() => document.getElementById('said').textContent.includes('他人')")
        for page in pages:
            page.context.close()
    written = log(out)
    assert len(written) == 7
    assert len({path for path, _, _ in written}) == 7
    assert {kind for _, kind, _ in written} == {"accept"}


def test_a_row_that_was_not_read_is_put_in_with_the_keyboard(chromium: Any, out: Path) -> None:
    (out / FAX).unlink()
    with served(out) as (_, address):
        page = begin(chromium, address)
        page.keyboard.press("a")
        page.wait_for_selector("[data-column=level1]:focus")
        page.keyboard.press("Tab")
        page.keyboard.press("Tab")
        page.keyboard.type("补录指标a0x")
        page.keyboard.press("Enter")
        page.wait_for_selector("main.queue")
        assert "补录指标a0x" in page.content()
        page.get_by_role("button", name="撤销").click()
        page.wait_for_function("() => !document.querySelector('[data-take-back]')")
        page.context.close()
    assert [(path, kind) for path, kind, _ in log(out)] == [
        ("/annual/indicators/+0", "add"),
        ("/annual/indicators/+0", "undo"),
    ]


def test_every_answer_that_was_acknowledged_survives_a_kill(chromium: Any, out: Path) -> None:
    more_of_them(out)
    chance = random.Random(7)
    acknowledged: list[tuple[str, str]] = []
    for _ in range(KILLS):
        with served(out) as (process, address):
            page = begin(chromium, address)
            for _ in range(chance.randint(1, 3)):
                shown = page.locator("main")
                field = (shown.get_attribute("data-submission"), shown.get_attribute("data-path"))
                press(page, "Enter")
                acknowledged.append(field)
            page.keyboard.press("Enter")
            page.wait_for_timeout(chance.randint(0, 30))
            os.kill(process.pid, signal.SIGKILL)
            page.context.close()
        written = fields_of_log(out)
        assert set(acknowledged) <= set(written)
        assert len(written) <= len(acknowledged) + 1
        acknowledged = written
