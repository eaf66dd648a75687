"""HTML and Word files → PDF by two layout engines, many files at one start of each."""

from __future__ import annotations

import base64
import json
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Literal

from bench.forge.archive import MADE

STAMP = re.compile(rb"(/(?:CreationDate|ModDate) ?\(D:)\d{14}([^)]*)\)")
RANDOM = re.compile(rb"(?:(?<=<)|(?<=/DocChecksum /))[0-9A-F]{32}(?=>|\s)")
"""Identifiers of one run, in the trailer."""
PIPES = 'exec "$@" 3<&0 4>&1 </dev/null >/dev/null 2>&1'
"""The browser takes commands from file 3 and answers on file 4."""


def print_word(files: Sequence[Path], folder: Path) -> None:
    """Print Word files into a folder as NAME.pdf, by LibreOffice; raises `RuntimeError` where it makes none.

    The same files in the same order give the same bytes: a font's subset depends on what was printed before.
    """
    for made in _converted(files, "pdf", folder):
        made.write_bytes(_timeless(made.read_bytes()))


def save_old(files: Sequence[Path], ending: Literal["doc", "xls"], folder: Path) -> None:
    """Save Word and Excel files into a folder as Office 97 had them, by LibreOffice; raises `RuntimeError` as above.

    The bytes differ from run to run.
    """
    _converted(files, ending, folder)


def _converted(files: Sequence[Path], ending: str, folder: Path) -> list[Path]:
    if not files:
        return []
    with tempfile.TemporaryDirectory() as profile:
        command = ["soffice", f"-env:UserInstallation=file://{profile}", "--headless", "--convert-to", ending]
        subprocess.run(
            [*command, "--outdir", str(folder), *map(str, files)],
            check=True,
            capture_output=True,
            timeout=3600,
        )
    found = [folder / f"{file.stem}.{ending}" for file in files]
    for made in found:
        if not made.exists():
            raise RuntimeError(f"LibreOffice made no {made.name}")
    return found


def print_html(files: Sequence[Path], margins: Sequence[tuple[str, str]], folder: Path) -> None:
    """Print HTML files into a folder as NAME.pdf, by Chromium; margins are HTML above and below every page."""
    if not files:
        return
    with Browser() as browser:
        for file, (header, footer) in zip(files, margins, strict=True):
            (folder / f"{file.stem}.pdf").write_bytes(_timeless(browser.print(file, header, footer)))


def _timeless(content: bytes) -> bytes:
    """The same file with every date replaced by `MADE` and every identifier of the run by zeros, digit for digit."""
    stamp = MADE.strftime("%Y%m%d%H%M%S").encode()
    dated = STAMP.sub(lambda found: found[1] + stamp + found[2] + b")", content)
    body, mark, trailer = dated.rpartition(b"trailer")
    return body + mark + RANDOM.sub(b"0" * 32, trailer)


class Browser:
    """A running Chromium without a window (Chrome DevTools Protocol over pipes)."""

    def __init__(self) -> None:
        self._rest, self._count, self._session, self._loaded = b"", 0, "", False

    def __enter__(self) -> Browser:
        program = shutil.which("chromium") or shutil.which("google-chrome")
        if program is None:
            raise RuntimeError("Chromium is not installed")
        with ExitStack() as stack:
            profile = stack.enter_context(tempfile.TemporaryDirectory(ignore_cleanup_errors=True))
            options = ["--headless", "--no-sandbox", "--disable-gpu", "--remote-debugging-pipe"]
            command = ["/bin/sh", "-c", PIPES, "sh", program, *options, f"--user-data-dir={profile}"]
            self._process = stack.enter_context(
                subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
            )
            target = self._ask("Target.createTarget", {"url": "about:blank"})["targetId"]
            attached = self._ask("Target.attachToTarget", {"targetId": target, "flatten": True})
            self._session = attached["sessionId"]
            self._ask("Page.enable", {})
            self._stack = stack.pop_all()
        return self

    def __exit__(self, *error: object) -> None:
        self._session = ""
        self._ask("Browser.close", {})
        self._stack.close()

    def print(self, file: Path, header: str, footer: str) -> bytes:
        """The PDF of a page, in the paper size the page asks for."""
        self._loaded = False
        self._ask("Page.navigate", {"url": file.resolve().as_uri()})
        while not self._loaded:
            self._next()
        options = {
            "preferCSSPageSize": True,
            "printBackground": True,
            "displayHeaderFooter": True,
            "headerTemplate": header,
            "footerTemplate": footer,
        }
        return base64.b64decode(self._ask("Page.printToPDF", options)["data"])

    def _ask(self, method: str, parameters: dict[str, Any]) -> dict[str, Any]:
        self._count += 1
        message: dict[str, Any] = {"id": self._count, "method": method, "params": parameters}
        if self._session:
            message["sessionId"] = self._session
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(message).encode() + b"\0")
        self._process.stdin.flush()
        while (answer := self._next()).get("id") != self._count:
            pass
        if "error" in answer:
            raise RuntimeError(f"Chromium: {method}: {answer['error'].get('message')}")
        result: dict[str, Any] = answer["result"]
        return result

    def _next(self) -> dict[str, Any]:
        """The next message; messages end with a zero byte."""
        assert self._process.stdout is not None
        while b"\0" not in self._rest:
            chunk = os.read(self._process.stdout.fileno(), 1 << 20)
            if not chunk:
                raise RuntimeError("Chromium has stopped")
            self._rest += chunk
        message, _, self._rest = self._rest.partition(b"\0")
        found: dict[str, Any] = json.loads(message)
        self._loaded = self._loaded or found.get("method") == "Page.loadEventFired"
        return found
