"""`shenbao ingest` as a process of its own, which a test may stop at any moment, and an inbox to keep it busy."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from tests.inboxes import form, put
from tests.places import ROOT


def heed_interrupts() -> None:
    """A shell that runs the tests in the background hands down that SIGINT is ignored; processes of ours would too."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def start(*arguments: object) -> subprocess.Popen[str]:
    heed_interrupts()
    command = [sys.executable, "-m", "shenbao", *map(str, arguments)]
    return subprocess.Popen(
        command,
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def run(*arguments: object) -> tuple[int, str]:
    """The exit code, and all that was printed."""
    process = start(*arguments)
    out, err = process.communicate(timeout=120)
    return process.returncode, out + err


def tree(output: Path) -> dict[str, bytes]:
    folder = output / "results"
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def forty(inbox: Path) -> None:
    for n in range(40):
        put(inbox / f"{n % 3}处" / f"{n:02}.md", form(f"阳新县第{n}局", f"{1000 + n}.41"))
    put(inbox / "坏.md", "今天下午开会")
    put(inbox / "重复.md", form("阳新县第7局", "1007.41"))


def wait_for_lines(log: Path, count: int) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        if log.exists() and log.read_text("utf-8").count('"event": "read"') >= count:
            return
        time.sleep(0.01)
    raise AssertionError("the ingest does not get on")


def wait_for_end(group: int) -> None:
    """No process of a killed ingest goes on for long."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return
        time.sleep(0.01)
    raise AssertionError("a process outlives the ingest that was killed")
