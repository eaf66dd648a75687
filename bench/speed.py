"""Time and memory: `make bench`, or `python -m bench.speed [PDF…]`.

Figures of different machines say little: compare the ratios, whose two sides are measured in the same run.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bench.damage import Job, make
from extract.markup import text_to_pieces
from models.grid import Document
from models.submission import Submission, submission_to_json
from normalize.catalogue import load_catalogue
from normalize.declaration import claim_layout, read_declaration
from normalize.decoder import decode
from normalize.indicators import indicator_model
from normalize.layout import split_forms
from normalize.stream import pieces_to_rows
from shenbao.pipeline import read_bytes, read_submission
from shenbao.readers import Settings

ROOT = Path(__file__).resolve().parent.parent
FORMS = 12
ROWS = (40, 400, 4_000)
STARTS = 5
REPEATS = 5
TEXT_SAMPLE = ROOT / "samples" / "yangxian-justice.md"


def cpu(work: Callable[[], object]) -> float:
    """Seconds of this process's CPU time."""
    begin = time.process_time()
    work()
    return time.process_time() - begin


def least_cpu(work: Callable[[], object]) -> float:
    """The least of several times: what the others on the machine do only ever adds."""
    return min(cpu(work) for _ in range(REPEATS))


def wall(work: Callable[[], object]) -> float:
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def table(title: str, *columns: str) -> Table:
    made = Table(columns[0], title=title, title_justify="left")
    for column in columns[1:]:
        made.add_column(column, justify="right")
    return made


def milliseconds(seconds: float) -> str:
    return f"{1000 * seconds:.0f} ms"


def text_forms() -> Table:
    """CPU time per text form; the first one also loads word list, catalogue and transitions."""
    texts = [make(Job("ocr", seed)).text.encode() for seed in range(1, FORMS + 1)]
    spent = [cpu(partial(read_bytes, text, "a.md", Settings())) for text in texts]
    made = table(f"text forms, CPU ({FORMS} made-up ones, level ocr)", "", "time")
    made.add_row("first form", milliseconds(spent[0]))
    made.add_row("later forms, median", milliseconds(statistics.median(spent[1:])))
    made.add_row("later forms, slowest", milliseconds(max(spent[1:])))
    return made


def start_up() -> Table:
    """Wall time until the help is printed, beside an interpreter that does nothing."""
    help_page = [sys.executable, "-m", "shenbao", "--help"]
    nothing = [sys.executable, "-c", ""]
    run = partial(subprocess.run, cwd=ROOT, stdout=subprocess.DEVNULL, check=True)
    made = table(f"start-up, median of {STARTS}", "", "time")
    for name, command in (("shenbao --help", help_page), ("python alone", nothing)):
        made.add_row(
            name, milliseconds(statistics.median(wall(partial(run, command)) for _ in range(STARTS)))
        )
    return made


PEAK = """
import re, resource, sys
from pathlib import Path
{work}
status = Path("/proc/self/status")  # a child inherits its parent's ru_maxrss, but not this
seen = re.search(r"VmHWM:\\s+(\\d+)", status.read_text()) if status.exists() else None
unit = 1 if sys.platform != "darwin" else 1024
print(int(seen[1]) if seen else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // unit)
"""
READ = """
from shenbao.pipeline import read_submission
from shenbao.readers import Settings
read_submission(Path(sys.argv[1]), Settings())
"""


def memory() -> Table:
    """Peak resident memory of a fresh process that reads one form."""
    made = table("peak memory of a fresh process", "", "MB")
    for name, work in (("reads one text form", READ), ("reads nothing", "")):
        command = [sys.executable, "-c", PEAK.format(work=work), str(TEXT_SAMPLE)]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
        made.add_row(name, f"{int(done.stdout) / 1024:.0f}")
    return made


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


def decoding() -> Table:
    """Decoding alone; a ratio near 1 means that time grows with the rows."""
    model = indicator_model(load_catalogue())
    made = table("decoding indicator rows, CPU", "rows", "time", "per row", f"ratio to {ROWS[0]} rows")
    first = 0.0
    for count in ROWS:
        rows = pieces_to_rows(text_to_pieces(indicator_lines(count)))
        decode(model, rows[: ROWS[0]])
        each = cpu(partial(decode, model, rows)) / count
        first = first or each
        made.add_row(str(count), milliseconds(each * count), f"{1000 * each:.2f} ms", f"{each / first:.2f}")
    return made


def pdf_files(paths: Sequence[Path]) -> Table:
    """The whole way to JSON against pdfplumber's tables alone, and what comes after extraction per page.

    Every file is read before: its texts are known to the channel, as those of the tenth form of a batch mostly are.
    """
    from extract.pdf import read_pdf  # noqa: PLC0415

    made = table("PDF", "file", "pages", "ours", "bare pdfplumber", "ratio", "decode and repair per page")
    for path in paths:
        read_file(path)
        whole, bare = least_cpu(partial(read_file, path)), least_cpu(partial(bare_tables, path))
        decoded = least_cpu(partial(decode_and_repair, read_pdf(path), read_submission(path, Settings())))
        pages = page_count(path)
        each = milliseconds(decoded / pages)
        made.add_row(
            path.name, str(pages), milliseconds(whole), milliseconds(bare), f"{whole / bare:.2f}", each
        )
    return made


def decode_and_repair(document: Document, submission: Submission) -> None:
    """Everything after extraction: the document's forms read, and the result written as JSON."""
    for rows in split_forms(pieces_to_rows(document.pieces)):
        layout, _ = claim_layout(rows)
        if layout:
            read_declaration(rows, layout)
    submission_to_json(submission)


def bare_tables(path: Path) -> int:
    """What everyone does first: the tables of every page and their texts."""
    import pdfplumber  # noqa: PLC0415

    with pdfplumber.open(path) as document:
        return sum(len(found.extract()) for page in document.pages for found in page.find_tables())


def page_count(path: Path) -> int:
    import pdfplumber  # noqa: PLC0415

    with pdfplumber.open(path) as document:
        return len(document.pages)


def read_file(path: Path) -> None:
    submission_to_json(read_submission(path, Settings()))


def throughput(paths: Sequence[Path], copies: int = 4) -> Table:
    """Pages a second with one process and with two, start-up of the processes aside."""
    work = [path for path in paths for _ in range(copies)]
    pages = copies * sum(map(page_count, paths))
    made = table("PDF throughput", "processes", "pages a second")
    for processes in (1, 2):
        with ProcessPoolExecutor(processes) as pool:
            list(pool.map(read_file, [paths[0]] * 2 * processes))
            spent = wall(lambda: list(pool.map(read_file, work)))
        made.add_row(str(processes), f"{pages / spent:.1f}")
    return made


def main(arguments: Sequence[str]) -> None:
    console = Console(width=100)
    paths = [Path(name) for name in arguments] or sorted((ROOT / "samples").glob("*.pdf"))
    for measure in (text_forms, decoding, start_up, memory):
        console.print(measure())
    if paths:
        console.print(pdf_files(paths))
        console.print(throughput(paths))


if __name__ == "__main__":
    main(sys.argv[1:])
