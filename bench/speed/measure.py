"""Every table of speed, in the order of the report."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.report.shown import Shown
from bench.speed import growth, kinds
from bench.speed.inputs import FILES, PRINT, born_digital, make_scan, one_page
from bench.speed.one import taken

PRINTED, SCANNED = "PDF with text", "scan"
PDF_TIMES = (10, 40)
SCAN_TIMES = (3,)
SCAN_TIMES_FULL = (14, 100)
"""How often three pages come: up to 120 of a PDF, 9 of a scan, and with `--full` 42 and 300."""
COPIES = 12
"""How often a PDF file is read with one process and with two; a page of a scan a sixth of it."""


def measure(full: bool) -> Iterator[Shown]:
    """`full`: a scan of 300 pages too. No file is read twice for two tables."""
    with TemporaryDirectory(prefix="speed-") as name:
        folder = Path(name)
        scan = make_scan(folder / "scan.pdf")
        found = {**{kind: taken(path) for kind, path in FILES.items()}, SCANNED: taken(scan, "--bare")}
        yield kinds.kinds(found)
        yield kinds.scan_floor(found[SCANNED])
        yield kinds.scan_parts(found[SCANNED])
        yield kinds.pdf_floor(
            [path for path in FILES.values() if path.suffix == ".pdf" and born_digital(path)]
        )
        yield growth.decoding()
        printed = next(found[kind] for kind, path in FILES.items() if path == PRINT)
        times = SCAN_TIMES_FULL if full else SCAN_TIMES
        longer = {PRINTED: (PRINT, printed, PDF_TIMES), SCANNED: (scan, found[SCANNED], times)}
        yield growth.pages(longer, folder)
        page = one_page(scan, folder / "page.pdf")
        yield growth.processes({PRINTED: (PRINT, COPIES), "page of a scan": (page, COPIES // 6)})
        yield kinds.text_forms()
        yield kinds.start_up()
