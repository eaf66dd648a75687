"""How fast the desk is with a season's doubts: `python -m bench.desk FOLDER`, on an idle machine.

FOLDER gets 300 results of the sample that is a bad fax, each with its own file and department, and 10,000 open fields in all;
then a headless Chromium opens the desk and presses keys as a person would. The wall times are of the machine and what
else it does; the processor's seconds are of the desk alone.
"""

from __future__ import annotations

import hashlib
import json
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
import psutil
from playwright.sync_api import Page, sync_playwright

_ROOT = Path(__file__).resolve().parents[1]
_SAMPLE = "qixiang-fax.tif"
_NEXT = (
    "([at, left]) => { const main = document.querySelector('main[data-path]'); "
    "return !main || main.dataset.submission + main.dataset.path !== at "
    "|| +document.querySelector('[data-left]').dataset.left !== left }"
)
"""Whether another field is on screen, or as many are not open any more."""
_PICTURE = "() => { const cell = document.querySelector('figure.cell svg'); return !cell || !!cell.querySelector('image') }"
"""Whether the field's picture stands on the page, where it has one."""


def write_season(folder: Path, submissions: int, fields: int) -> None:
    """Write results and files; what is there stays."""
    root = json.loads((_ROOT / "golden" / f"{_SAMPLE}.json").read_bytes())
    scan = (_ROOT / "samples" / _SAMPLE).read_bytes()
    results, files = folder / "out", folder / "files"
    results.mkdir(parents=True, exist_ok=True)
    files.mkdir(exist_ok=True)
    for number in range(submissions):
        name = f"{number:04}-{_SAMPLE}"
        if (results / f"{name}.json").is_file():
            continue
        data = scan + f"{number:04}".encode()
        (files / name).write_bytes(data)
        share = fields * (number + 1) // submissions - fields * number // submissions
        made = _as_another(root, name, data, share)
        (results / f"{name}.json").write_text(json.dumps(made, ensure_ascii=False, indent=2) + "\n", "utf-8")


def _as_another(root: dict[str, Any], name: str, data: bytes, fields: int) -> dict[str, Any]:
    """The result as that of another department's file, in which so many fields are doubted."""
    form = json.loads(json.dumps(root["forms"][0]))
    number = int(name[:4])
    form["data"]["department"] = f"第{number + 1}局"
    findings = [one for one in form["findings"] if one["severity"] == "info" or one["path"] is None]
    paths = [path for path in form["evidence"] if not path.endswith("/code")]
    for path in paths[number % 7 :: max(1, (len(paths) - 7) // fields)][:fields]:
        message = "识别把握不足，请对照原件"
        findings.append(
            {"code": "low-confidence", "category": "reading", "severity": "warning", "path": path}
            | {"message": message, "expected": None, "actual": None}
        )
    form["findings"] = findings
    source = {**root["source"], "name": name, "sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data)}
    return {**root, "status": "review", "source": source, "forms": [form]}


@contextmanager
def _served(folder: Path) -> Iterator[tuple[psutil.Process, str, float]]:
    """The desk's process, its address, and the seconds until it said it."""
    command = [
        sys.executable,
        "-m",
        "shenbao",
        "review",
        str(folder / "out"),
        "--files",
        str(folder / "files"),
    ]
    began = time.perf_counter()
    with subprocess.Popen(command, cwd=_ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        address = process.stdout.readline().strip()
        try:
            yield psutil.Process(process.pid), address, time.perf_counter() - began
        finally:
            process.terminate()
            process.wait(120)


def _cpu(process: psutil.Process) -> float:
    times = process.cpu_times()
    return times.user + times.system


def _size(process: psutil.Process) -> float:
    """Megabytes of the desk and of those that draw its pages, shared ones counted once."""
    return sum(one.memory_full_info().pss for one in (process, *process.children(recursive=True))) / 2**20


def _press(page: Page, turn: int) -> tuple[float, float]:
    """Press Enter; milliseconds until the next field, and until its picture, are on screen."""
    main = page.locator("main[data-path]")
    at = (main.get_attribute("data-submission") or "") + (main.get_attribute("data-path") or "")
    left = int(page.locator("[data-left]").first.get_attribute("data-left") or 0)
    began = time.perf_counter()
    page.keyboard.press("0" if turn % 5 == 4 else "Enter")
    page.wait_for_function(_NEXT, arg=[at, left])
    shown = time.perf_counter()
    page.wait_for_function(_PICTURE)
    return 1000 * (shown - began), 1000 * (time.perf_counter() - began)


def _spread(values: list[float]) -> str:
    ordered = sorted(values)
    return f"median {statistics.median(ordered):.0f} ms, p95 {ordered[int(0.95 * (len(ordered) - 1))]:.0f} ms"


def _work(folder: Path, keys: int, pace: float) -> None:
    with _served(folder) as (process, address, seconds), sync_playwright() as started:
        click.echo(f"address said after {seconds:.2f} s, {_cpu(process):.2f} s of the processor")
        browser = started.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        began, spent = time.perf_counter(), _cpu(process)
        page.goto(address)
        page.wait_for_selector("[data-left]")
        click.echo(
            f"queue on screen after {time.perf_counter() - began:.2f} s, {_cpu(process) - spent:.2f} s of the processor"
        )
        began = time.perf_counter()
        page.keyboard.press("n")
        page.wait_for_selector("main[data-path]")
        click.echo(f"first field after {time.perf_counter() - began:.2f} s")
        page.wait_for_function(_PICTURE)
        spent, waits, most = _cpu(process), [], 0.0
        for turn in range(keys):
            page.wait_for_timeout(1000 * pace)
            waits.append(_press(page, turn))
            most = max(most, _size(process))
        browser.close()
        click.echo(f"key to next field: {_spread([wait[0] for wait in waits])}")
        click.echo(f"key to its picture: {_spread([wait[1] for wait in waits])}")
        click.echo(
            f"{1000 * (_cpu(process) - spent) / keys:.1f} ms of the processor a key; {most:.0f} MB at most"
        )


@click.command(help=__doc__)
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--submissions", default=300, show_default=True)
@click.option("--fields", default=10_000, show_default=True)
@click.option("--keys", default=120, show_default=True)
@click.option("--pace", default=0.7, show_default=True, help="Seconds that a field is looked at.")
def main(folder: Path, submissions: int, fields: int, keys: int, pace: float) -> None:
    write_season(folder, submissions, fields)
    for name in ("the first time", "again"):
        click.echo(f"— {name}")
        _work(folder, keys, pace)


if __name__ == "__main__":
    main()
