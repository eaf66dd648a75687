"""How time and memory grow: with rows, with pages, and what a second process brings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

from bench.report.shown import Shown
from bench.speed.clock import cpu, milliseconds, wall
from bench.speed.inputs import page_count, repeated
from bench.speed.one import Taken, taken
from extract.transcripts.markup import text_to_pieces
from models.submission import submission_to_json
from normalize.form.catalogue import load_catalogue
from normalize.form.physical_rows import pieces_to_rows
from normalize.read.indicators.reader import indicator_model
from normalize.table.decoder import decode
from shenbao.pipeline import read_submission
from shenbao.readers import Settings

ROWS = (40, 400, 4_000)


def indicator_lines(count: int) -> str:
    """Rows of an annual table, the catalogue over and over with other figures."""
    entries = [entry for entry in load_catalogue().entries if entry.level3]
    lines = []
    for n in range(count):
        entry = entries[n % len(entries)]
        value = entry.standard or f"{50 + n % 4_999 / 100:.2f}%"
        cells = [
            "",
            entry.level1,
            entry.level2,
            entry.level3 or "",
            value,
            value,
            value,
            entry.basis,
            entry.category,
        ]
        lines.append("\t".join(cell or "" for cell in cells))
    return "\n".join(lines) + "\n"


def decoding() -> Shown:
    """Decoding alone; a ratio near 1 means that time grows with the rows."""
    model = indicator_model(load_catalogue())
    made = []
    first = 0.0
    for count in ROWS:
        rows = pieces_to_rows(text_to_pieces(indicator_lines(count)))
        decode(model, rows[: ROWS[0]])
        each = cpu(partial(decode, model, rows)) / count
        first = first or each
        time = (milliseconds(each * count), f"{1000 * each:.2f} ms")
        made.append((str(count), *time, f"{each / first:.2f}"))
    columns = ("rows", "time", "per row", f"ratio to {ROWS[0]} rows")
    return Shown("Growth with rows: decoding indicators, CPU", "", columns, tuple(made))


def pages(files: Mapping[str, tuple[Path, Taken, Sequence[int]]], folder: Path) -> Shown:
    """What each file took, and what it takes when its pages come more often, each in a fresh process."""
    made = []
    for name, (path, once, repetitions) in files.items():
        first = once.seconds / once.pages
        longer = (taken(repeated(path, times, folder / f"{times}-{path.name}")) for times in repetitions)
        for found in (once, *longer):
            each = found.seconds / found.pages
            made.append(
                (name, str(found.pages), f"{each:.3f} s", f"{each / first:.2f}", f"{found.memory:.0f}")
            )
    note = "The same pages again and again, which are as many forms. CPU seconds; memory of the whole process at most."
    columns = ("file", "pages", "a page", "ratio to the first", "peak MB")
    return Shown("Growth with pages", note, columns, tuple(made))


def processes(files: Mapping[str, tuple[Path, int]]) -> Shown:
    """Pages a second with one process and with two, start-up of the processes aside."""
    made = []
    for name, (path, copies) in files.items():
        first = 0.0
        for count in (1, 2):
            with ProcessPoolExecutor(count) as pool:
                _read_all(pool, [path] * count)
                spent = wall(partial(_read_all, pool, [path] * copies))
            speed = copies * page_count(path) / spent
            first = first or speed
            made.append((name, str(count), f"{speed:.2f}", f"{speed / first:.2f}"))
    columns = ("file", "processes", "pages a second", "ratio to one process")
    return Shown(
        "Growth with processes", "Wall time; one thread a process reads lines.", columns, tuple(made)
    )


def _read_all(pool: ProcessPoolExecutor, paths: Sequence[Path]) -> None:
    list(pool.map(read_file, paths))


def read_file(path: Path) -> None:
    submission_to_json(read_submission(path, Settings()))
