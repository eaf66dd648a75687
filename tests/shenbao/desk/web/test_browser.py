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
from pathlib import Path
from typing import Any

import pytest

from shenbao.desk.folder import open_log
from shenbao.ingest.ledger.decisions import DecisionLog
from tests.places import ROOT
from tests.shenbao.desk.conftest import FAX, JUSTICE

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
CHROMIUM = shutil.which("chromium")
pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="Debian's chromium is not installed"),
    pytest.mark.filterwarnings("ignore"),
]


@contextmanager
def served(out: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The process of a desk and its address."""
    command = [sys.executable, "-m", "shenbao", "review", str(out), "--files", str(ROOT / "samples")]
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


def test_every_answer_that_was_acknowledged_survives_a_kill(chromium: Any, out: Path) -> None:
    chance = random.Random(7)
    acknowledged: list[str] = []
    for _ in range(3):
        with served(out) as (process, address):
            page = begin(chromium, address)
            for _ in range(chance.randint(1, 3)):
                path = page.locator("main").get_attribute("data-path")
                press(page, "Enter")
                acknowledged.append(path)
            page.keyboard.press("Enter")
            page.wait_for_timeout(chance.randint(0, 30))
            os.kill(process.pid, signal.SIGKILL)
            page.context.close()
        written = [path for path, _, _ in log(out)]
        assert set(acknowledged) <= set(written)
        assert len(written) <= len(acknowledged) + 1
        acknowledged = written
