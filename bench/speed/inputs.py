"""Files to be timed: the samples by kind, a scan of one of them, and longer ones whose pages come again."""

from __future__ import annotations

from pathlib import Path

import pdfplumber
import pypdfium2

from bench.accuracy.store import ROOT
from bench.forge.batch import QUALITY
from bench.forge.scans import DAMAGES, render, save_pdf, scan

SAMPLES = ROOT / "samples"
PRINT = SAMPLES / "jiaotong-writer.pdf"
DAMAGE = "degraded"
FILES = {
    "OCR text": SAMPLES / "jiaotong-ocr.md",
    "Word": SAMPLES / "jiaotong-word.docx",
    "Excel": SAMPLES / "jiaotong-sheet.xlsx",
    "web page": SAMPLES / "minzheng-page.html",
    "PDF by LibreOffice": PRINT,
    "PDF by Chromium": SAMPLES / "jiaotong-chrome.pdf",
}


def page_count(path: Path) -> int:
    """Pages of a PDF file; any other file counts as one."""
    if path.suffix != ".pdf":
        return 1
    with pypdfium2.PdfDocument(path) as document:
        return len(document)


def born_digital(path: Path) -> bool:
    """Every page of the PDF file has characters, and no picture."""
    with pdfplumber.open(path) as document:
        return all(page.chars and not page.images for page in document.pages)


def make_scan(path: Path) -> Path:
    """A scan of the printed sample, as `bench.forge` makes them."""
    dpi = DAMAGES[DAMAGE].dpi
    save_pdf(scan(render(PRINT, dpi), DAMAGE, 1, dpi, "交通运输局"), path, dpi, QUALITY)
    return path


def one_page(path: Path, out: Path) -> Path:
    """A PDF file with the first page of `path`."""
    with pypdfium2.PdfDocument(path) as source, pypdfium2.PdfDocument.new() as made:
        made.import_pages(source, [0])
        made.save(out)
    return out


def repeated(path: Path, times: int, out: Path) -> Path:
    """A PDF file with the pages of `path`, all of them `times` over."""
    with pypdfium2.PdfDocument(path) as source, pypdfium2.PdfDocument.new() as made:
        for _ in range(times):
            made.import_pages(source)
        made.save(out)
    return out
