"""Speed, stages and memory by kind of file, start-up, and the floors: what no reader built on the same parts can undercut."""

from __future__ import annotations

import statistics
import subprocess
import sys
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

from bench.accuracy.store import ROOT
from bench.damage import Job, make
from bench.grids import bare_plumber
from bench.report.shown import Shown, percent
from bench.speed.clock import cpu, least_cpus, milliseconds, wall
from bench.speed.growth import read_file
from bench.speed.inputs import page_count
from bench.speed.one import Taken
from bench.speed.stages import STAGES
from shenbao.pipeline import read_bytes
from shenbao.readers import Settings

FORMS = 12
STARTS = 5


def kinds(taken: Mapping[str, Taken]) -> Shown:
    """What each kind takes a page, beside the first one, and where it goes."""
    rows = []
    first = next(iter(taken.values()))
    for name, found in taken.items():
        each = found.seconds / found.pages
        shares = (percent(found.stages[stage], found.seconds, 1) for stage in STAGES)
        ratio = f"{each * first.pages / first.seconds:.2f}"
        rows.append((name, str(found.pages), milliseconds(each), ratio, *shares, f"{found.memory:.0f}"))
    note = (
        "The sample form, each file in a fresh process after another form was read there; CPU time. A file without "
        "pages counts as one. *read*: the file to cells; *repair*: texts against the catalogue and each other, sums; "
        "*check*: findings; *write*: JSON; *decode*: all else, layout and rows."
    )
    columns = ("kind", "pages", "a page", "ratio to the first", *STAGES, "peak MB")
    return Shown("Speed and stages by kind of file", note, columns, tuple(rows))


def scan_floor(scan: Taken) -> Shown:
    note = (
        "The pictures of all lines through the recogniser's network alone, as wide as it was trained, in the same process "
        "and runtime, one thread. *recognised*: lines that were read by the network and not as the double of another. CPU time."
    )
    row = (
        *(str(scan.pages), str(scan.lines), str(scan.recognised)),
        *(f"{scan.seconds:.1f} s", f"{scan.bare:.1f} s"),
        f"{scan.seconds / scan.bare:.2f}",
    )
    columns = ("pages", "lines", "recognised", "ours", "bare network", "ratio")
    return Shown("Scans against the bare recogniser", note, columns, (row,))


def scan_parts(scan: Taken) -> Shown:
    """Where the time of reading a scan goes."""
    rows = tuple(
        (name, f"{spent / scan.pages:.2f} s", percent(spent, scan.seconds, 1), percent(spent, scan.bare, 1))
        for name, spent in scan.parts.items()
    )
    note = (
        "CPU seconds a page. *picture*: the file to pixels; *page*: upright, without seals, its rules found; *doubles*: lines "
        "compared with each other; *recogniser*: lines through the network; *detection*: lines outside tables; *cells*: all else "
        "from the grid to its texts. What is lacking to the whole is decoding, repair, checks and writing."
    )
    return Shown("Scans by part", note, ("part", "a page", "of the whole", "of the bare network"), rows)


def pdf_floor(paths: Sequence[Path]) -> Shown:
    """The whole way to JSON against pdfplumber's tables alone; every file is read before."""
    rows = []
    for path in paths:
        read_file(path)
        whole, bare = least_cpus(partial(read_file, path), partial(bare_plumber, path))
        pages = str(page_count(path))
        rows.append((path.name, pages, milliseconds(whole), milliseconds(bare), f"{whole / bare:.2f}"))
    note = "pdfplumber's tables and their texts, which is where every reader built on it begins. CPU time, the least of three."
    columns = ("file", "pages", "ours, to JSON", "bare pdfplumber", "ratio")
    return Shown("PDF against bare pdfplumber", note, columns, tuple(rows))


def text_forms() -> Shown:
    """CPU time per text form; the first one also loads word list, catalogue and transitions."""
    texts = [make(Job("ocr", seed)).text.encode() for seed in range(1, FORMS + 1)]
    spent = [cpu(partial(read_bytes, text, "a.md", Settings())) for text in texts]
    rows = (
        ("first form", milliseconds(spent[0])),
        ("later forms, median", milliseconds(statistics.median(spent[1:]))),
        ("later forms, slowest", milliseconds(max(spent[1:]))),
    )
    return Shown(f"Text forms, CPU ({FORMS} made-up ones, level ocr)", "", ("", "time"), rows)


def start_up() -> Shown:
    """Wall time until the help is printed, beside an interpreter that does nothing."""
    commands = {
        "shenbao --help": [sys.executable, "-m", "shenbao", "--help"],
        "python alone": [sys.executable, "-c", ""],
    }
    run = partial(subprocess.run, cwd=ROOT, stdout=subprocess.DEVNULL, check=True)
    rows = tuple(
        (name, milliseconds(statistics.median(wall(partial(run, command)) for _ in range(STARTS))))
        for name, command in commands.items()
    )
    return Shown(f"Start-up, median of {STARTS}", "", ("", "time"), rows)
