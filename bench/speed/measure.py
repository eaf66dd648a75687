"""Every table of speed, in the order of the report."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.report.shown import Shown
from bench.speed import growth, kinds
from bench.speed.inputs import FILES, PRINT, born_digital, make_scan
from bench.speed.one import taken

PRINTED, SCANNED = "PDF with text", "scan"
PDF_TIMES = (1, 10, 40)
SCAN_TIMES = (1, 4)
SCAN_TIMES_FULL = (1, 14, 100)
"""How often three pages come: up to 120 of a PDF, 12 of a scan, and with `--full` 42 and 300."""


def measure(full: bool) -> Iterator[Shown]:
    """`full`: a scan of 300 pages too."""
    with TemporaryDirectory(prefix="speed-") as name:
        folder = Path(name)
        scan = make_scan(folder / "scan.pdf")
        beside = taken(scan, "--bare")
        yield kinds.kinds(FILES, beside)
        yield kinds.scan_floor(beside)
        yield kinds.pdf_floor(
            [path for path in FILES.values() if path.suffix == ".pdf" and born_digital(path)]
        )
        yield growth.decoding()
        long = {PRINTED: (PRINT, PDF_TIMES), SCANNED: (scan, SCAN_TIMES_FULL if full else SCAN_TIMES)}
        yield growth.pages(long, folder)
        yield growth.processes({PRINTED: (PRINT, 24), SCANNED: (scan, 4 if full else 2)})
        yield kinds.text_forms()
        yield kinds.start_up()
