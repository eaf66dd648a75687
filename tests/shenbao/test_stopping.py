"""A request to end: what is finished stays, and nothing is left behind, neither files nor processes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from shenbao.stopping import hear_once
from tests.places import ROOT, SAMPLES
from tests.processes import heed_interrupts, wait_for_end


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_extract_ends_tidily_in_the_middle_of_a_file(tmp_path: Path, number: signal.Signals) -> None:
    (tmp_path / "temporary").mkdir()
    (tmp_path / "a.md").write_text("今天开会", "utf-8")
    command = [
        sys.executable,
        "-m",
        "shenbao",
        "extract",
        str(tmp_path / "a.md"),
        str(SAMPLES / "nongye-poor.pdf"),
    ]
    process = subprocess.Popen(
        [*command, "-o", str(tmp_path / "out")],
        cwd=ROOT,
        env={**os.environ, "TMPDIR": str(tmp_path / "temporary")},
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
        preexec_fn=heed_interrupts,  # noqa: PLW1509 - the tests have no threads
    )
    until = time.monotonic() + 60
    while not (tmp_path / "out" / "a.md.json").exists() and time.monotonic() < until:
        time.sleep(0.05)
    process.send_signal(number)
    _, said = process.communicate(timeout=60)
    assert (process.returncode, b"interrupted after 1 of 2 files" in said) == (130, True)
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["a.md.json"]
    assert list((tmp_path / "temporary").iterdir()) == []
    wait_for_end(process.pid)


@pytest.fixture
def handlers() -> Iterator[None]:
    """What this process does at a request to end is after the test as it was before."""
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.mark.usefixtures("handlers")
def test_a_second_request_is_not_heard() -> None:
    signal.signal(signal.SIGINT, signal.default_int_handler)
    hear_once()
    with pytest.raises(KeyboardInterrupt):
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(1)
    os.kill(os.getpid(), signal.SIGINT)
    os.kill(os.getpid(), signal.SIGTERM)


@pytest.mark.usefixtures("handlers")
def test_a_request_that_is_ignored_stays_ignored() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    hear_once()
    assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN
