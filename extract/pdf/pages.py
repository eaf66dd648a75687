"""The pages of a PDF file one at a time, as pdfminer reads them. What pdfminer raises becomes an `UnreadableError`."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from pdfminer.pdfdocument import PDFDocument, PDFEncryptionError, PDFPasswordIncorrect
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser

from extract.pdf.fonts.known import KnownFonts
from models.document import Problem

BATCH_PAGES = 50
"""After this many pages the file is parsed anew: the parser keeps every object it has met."""


class UnreadableError(Exception):
    """pdfminer cannot read a file, or a page of it; the cause is what it raised."""


@contextmanager
def library_call() -> Iterator[None]:
    """Stands around calls of pdfminer, and nothing else: what they raise for broken content is an `UnreadableError`.

    Too little memory and a disk that fails say nothing about the file and pass through.
    """
    try:
        yield
    except (MemoryError, OSError):
        raise
    except Exception as error:  # the parser raises whatever broken content provokes
        raise UnreadableError from error


@dataclass(frozen=True, slots=True)
class RawPage:
    """Page `number` (from 1) as pdfminer found it, with the fonts that it shares with the pages around it."""

    number: int
    source: PDFPage
    fonts: KnownFonts


def file_to_pages(path: Path, limit: int) -> Iterator[RawPage]:
    """At most `limit` pages of the PDF file at `path`; memory stays that of one batch.

    Raises `UnreadableError` where the file cannot be read, or not further, and `OSError` when it cannot be opened.
    """
    with path.open("rb") as stream:
        if not stream.read(1):
            return
        for before in range(0, limit, BATCH_PAGES):
            batch = _batch(stream, before, min(before + BATCH_PAGES, limit))
            fonts = KnownFonts()
            for number, source in enumerate(batch, start=before + 1):
                yield RawPage(number, source, fonts)
            if len(batch) < BATCH_PAGES:
                return
            # a parsed file refers to itself; its pictures would outlive many batches
            del batch, fonts
            gc.collect()


def _batch(stream: BinaryIO, first: int, end: int) -> Sequence[PDFPage]:
    with library_call():
        document = PDFDocument(PDFParser(stream))
        return list(islice(PDFPage.create_pages(document), first, end))


def file_problem(error: UnreadableError, path: Path) -> Problem:
    """Why the file at `path` cannot be read, or not further."""
    if isinstance(error.__cause__, (PDFPasswordIncorrect, PDFEncryptionError)):
        return Problem("pdf-encrypted", "文件已加密，需要密码才能打开。请提供未加密的文件。", "error")
    if isinstance(error.__cause__, RecursionError):
        return Problem("pdf-too-deep", "PDF 文件内部层层嵌套过深，未读取。请重新导出 PDF 后提交。", "error")
    with path.open("rb") as stream:
        known = b"%PDF-" in stream.read(1024)
    what = "PDF 文件已损坏，无法完整读取。" if known else "文件不是 PDF，或文件头已损坏。"
    return Problem("pdf-damaged", what, "error")


def page_problem(error: UnreadableError, number: int) -> Problem:
    """Why page `number` cannot be read."""
    if isinstance(error.__cause__, RecursionError):
        return Problem("pdf-too-deep", f"第{number}页内部层层嵌套过深，未读取。", "error", number)
    return Problem("pdf-damaged", f"第{number}页已损坏，无法读取。", "error", number)
