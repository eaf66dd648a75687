"""PDF: what each page's text layer and drawn lines say; pages that are pictures are read as pictures.

A page that cannot be read becomes a `Problem`; the other pages are read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Literal

from extract.aligned import unruled_page_to_pieces
from extract.characters import is_garbled
from extract.hidden import HiddenText, pieces_to_problem, print_to_hidden
from extract.ocr.engine import EngineError
from extract.pieces import page_to_pieces
from extract.plumb import Print, is_locked, prints
from extract.sideways import MOST_PAGES, Imprint, page_to_imprint, sheets_wide
from models.grid import Document, Grid, Piece, Problem
from models.page import Page

Severity = Literal["error", "warning", "info"]
Scan = Callable[[int, HiddenText | None], tuple[list[Piece], list[Problem]]]
"""Reads a page, given by its number, as a picture, beneath which there may be hidden text."""

MEDIA_TYPE = "application/pdf"
PICTURE_SHARE = 0.5
"""Images over this share of a page make it a picture with a text layer on it."""
FEW_CHARS = 30
"""A picture with fewer characters over it is a scan with a stamp or a page number, not a text layer."""
MANY_OUTLINES = 100
"""Without a single character, this many curves are letters turned into outlines."""


def read_pdf(path: Path, *, max_pages: int = 2000, scan: Scan | None = None) -> Document:
    """The pieces of the PDF file at `path` in reading order, at most `max_pages` pages of it.

    Pages that are pictures, or whose text layer is not believed, are read by `scan`; without it they are unread.
    Never raises for what is in the file: what cannot be read is a problem of the document.
    Raises `OSError` when the file cannot be opened at all.
    """
    pieces: list[Piece] = []
    problems: list[Problem] = []
    imprints: list[Imprint] = []
    number = 0
    try:
        for seen in prints(path, max_pages + 1):
            if number == max_pages:
                message = f"文件超过{max_pages}页，只读取了前{max_pages}页。"
                problems.append(Problem("pdf-too-long", message, "error"))
                break
            number += 1
            found, more = read_page(seen, number, scan)
            pieces += found
            problems += more
            if seen is not None and number <= MOST_PAGES:
                imprints.append(page_to_imprint(seen.page))
    except EngineError:
        raise
    except Exception as error:  # the parser raises whatever a broken file provokes
        problems.append(_refusal(error, path))
    if not number and not problems:
        problems.append(Problem("pdf-empty", "文件为空或没有任何页面。", "error"))
    wide = sheets_wide(imprints) if number == len(imprints) else 1
    if wide > 1:
        message = (
            f"表格按{wide}页宽打印，每一行分在几页上，未读取。请缩放到一页宽后重新导出，或提交电子表格。"
        )
        return Document((), MEDIA_TYPE, number, (*problems, Problem("pdf-sideways", message, "error")))
    return Document(tuple(pieces), MEDIA_TYPE, number, tuple(problems))


def pages(path: Path, *, max_pages: int = 2000) -> Iterator[Page]:
    """The upright pages of the PDF file at `path` that can be read, one at a time.

    Raises what the parser raises for a broken file.
    """
    return (seen.page for seen in prints(path, max_pages) if seen is not None)


def read_page(seen: Print | None, number: int, scan: Scan | None = None) -> tuple[list[Piece], list[Problem]]:
    """The pieces of page `number`, and what is wrong with it; `None` is a broken page."""
    if seen is None:
        return [], [_page_problem("pdf-damaged", "已损坏，无法读取", number, "error")]
    page = seen.page
    text = "".join(char.text for char in page.chars)
    printed = text.strip()
    picture = seen.pictured > PICTURE_SHARE * page.width * page.height
    problems: list[Problem] = []
    drawn = seen.pictured > 0 or seen.outlines > MANY_OUTLINES
    if (picture and len(printed) < FEW_CHARS) or (drawn and not printed):
        if scan is not None:
            return scan(number, None)
        problems.append(_page_problem("page-unread", "是图片，没有文字层，尚未读取", number))
    elif is_garbled(text):
        return _read_garbled(number, scan)
    pieces = page_to_pieces(page)
    if any(isinstance(piece, Grid) and min(piece.rows, piece.columns) > 1 for piece in pieces):
        return list(pieces), problems
    if picture and scan is not None and not problems:
        read, found = scan(number, print_to_hidden(seen))
        if any(isinstance(piece, Grid) for piece in read):
            return read, [pieces_to_problem(read, number), *found]
    if picture and not problems:
        problems.append(_page_problem("page-pictured", "是图片，文字取自图片下的隐藏文字层", number, "info"))
        # somebody's OCR wrote this text: unlike a print's own it may be misread
        page = replace(page, reader="hidden-layer")
    pieces = unruled_page_to_pieces(page)
    if any(isinstance(piece, Grid) and piece.spans == "inferred" for piece in pieces):
        problems.append(_page_problem("page-unruled", "的表格没有框线，行列按文字位置推断，请核对", number))
    return list(pieces), problems


def _read_garbled(number: int, scan: Scan | None) -> tuple[list[Piece], list[Problem]]:
    what = "的文字层是乱码（字体缺字符对照表）"
    if scan is None:
        return [], [_page_problem("page-garbled-text", f"{what}，未采用", number)]
    pieces, problems = scan(number, None)
    return pieces, [_page_problem("page-garbled-text", f"{what}，改按图片识别", number, "info"), *problems]


def _page_problem(code: str, what: str, number: int, severity: Severity = "warning") -> Problem:
    return Problem(code, f"第{number}页{what}。", severity, number)


def _refusal(error: Exception, path: Path) -> Problem:
    if is_locked(error):
        return Problem("pdf-encrypted", "文件已加密，需要密码才能打开。请提供未加密的文件。", "error")
    with path.open("rb") as stream:
        known = b"%PDF-" in stream.read(1024)
    what = "PDF 文件已损坏，无法完整读取。" if known else "文件不是 PDF，或文件头已损坏。"
    return Problem("pdf-damaged", what, "error")
