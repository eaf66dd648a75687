"""PDF: what each page's text layer and drawn lines say; pages that are pictures are read as pictures.

A page that cannot be read becomes a `Problem`; the other pages are read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Literal

from extract.ocr.engine import EngineError
from extract.page.furniture import without_furniture, without_page_number
from extract.page.tables import page_to_pieces
from extract.pdf.glyphs import is_garbled
from extract.pdf.hidden_layer import HiddenText, pieces_to_problem, print_to_hidden
from extract.pdf.pages import Print, is_locked, prints
from extract.pdf.wide_prints import MOST_PAGES, Imprint, page_to_imprint, sheets_wide
from extract.unruled.reader import unruled_page_to_pieces
from models.document import Document, PageContent, Piece, Problem, Seal
from models.grid import Grid
from models.page import Page

Severity = Literal["error", "warning", "info"]
Scan = Callable[[int, HiddenText | None], PageContent]
"""Reads a page, given by its number, as a picture, beneath which there may be hidden text."""

MEDIA_TYPE = "application/pdf"
PICTURE_SHARE = 0.5
"""Images over this share of a page make it a picture with a text layer on it."""
TAIL = 0.3
"""A table's single row that is no higher than this share of its page is a row, not a frame around many."""
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
    seals: list[Seal] = []
    imprints: list[Imprint] = []
    number = 0
    try:
        for seen in prints(path, max_pages + 1):
            if number == max_pages:
                message = f"文件超过{max_pages}页，只读取了前{max_pages}页。"
                problems.append(Problem("pdf-too-long", message, "error"))
                break
            number += 1
            content = read_page(seen, number, scan)
            pieces += content.pieces
            problems += content.problems
            seals += content.seals
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
    return Document(without_furniture(pieces), MEDIA_TYPE, number, tuple(problems), tuple(seals))


def pages(path: Path, *, max_pages: int = 2000) -> Iterator[Page]:
    """The upright pages of the PDF file at `path` that can be read, one at a time.

    Raises what the parser raises for a broken file.
    """
    return (seen.page for seen in prints(path, max_pages) if seen is not None)


def read_page(seen: Print | None, number: int, scan: Scan | None = None) -> PageContent:
    """What stands on page `number`; `None` is a broken page."""
    if seen is None:
        return PageContent(problems=(_page_problem("pdf-damaged", "已损坏，无法读取", number, "error"),))
    page = without_page_number(seen.page)
    text = "".join(char.text for char in page.chars)
    printed = text.strip()
    picture = seen.pictured > PICTURE_SHARE * page.width * page.height
    drawn = seen.pictured > 0 or seen.outlines > MANY_OUTLINES
    if (picture and len(printed) < FEW_CHARS) or (drawn and not printed):
        if scan is not None:
            return scan(number, None)
        unread = _page_problem("page-unread", "是图片，没有文字层，尚未读取", number)
        return PageContent(page_to_pieces(page), (unread,))
    if is_garbled(text):
        return _read_garbled(number, scan)
    pieces = page_to_pieces(page)
    if any(isinstance(piece, Grid) and _is_ruled(piece, page) for piece in pieces):
        return PageContent(pieces)
    return _read_pictured(seen, scan) if picture else _read_unruled(page)


def _read_garbled(number: int, scan: Scan | None) -> PageContent:
    what = "的文字层是乱码（字体缺字符对照表）"
    if scan is None:
        return PageContent(problems=(_page_problem("page-garbled-text", f"{what}，未采用", number),))
    content = scan(number, None)
    problem = _page_problem("page-garbled-text", f"{what}，改按图片识别", number, "info")
    return replace(content, problems=(problem, *content.problems))


def _read_pictured(seen: Print, scan: Scan | None) -> PageContent:
    """A picture with text hidden beneath it: the picture is read if it shows a table, else the text is."""
    page = seen.page
    if scan is not None:
        content = scan(page.number, print_to_hidden(seen))
        if any(isinstance(piece, Grid) for piece in content.pieces):
            problem = pieces_to_problem(content.pieces, page.number)
            return replace(content, problems=(problem, *content.problems))
    # somebody's OCR wrote this text: unlike a print's own it may be misread
    content = _read_unruled(replace(page, reader="hidden-layer"))
    problem = _page_problem("page-pictured", "是图片，文字取自图片下的隐藏文字层", page.number, "info")
    return replace(content, problems=(problem, *content.problems))


def _read_unruled(page: Page) -> PageContent:
    pieces = unruled_page_to_pieces(page)
    if not any(isinstance(piece, Grid) and piece.spans == "inferred" for piece in pieces):
        return PageContent(pieces)
    what = "的表格没有框线，行列按文字位置推断，请核对"
    return PageContent(pieces, (_page_problem("page-unruled", what, page.number),))


def _is_ruled(grid: Grid, page: Page) -> bool:
    """Whether rules part a table's rows and columns; a row alone may be the tail of the page before."""
    if min(grid.rows, grid.columns) > 1:
        return True
    walls = [rule for rule in page.rules if rule.axis == "vertical"]
    drawn = max((rule.end for rule in walls), default=0.0) - min((rule.start for rule in walls), default=0.0)
    closed = any(rule.axis == "horizontal" for rule in page.rules)
    return grid.columns > 1 and closed and drawn <= TAIL * page.height


def _page_problem(code: str, what: str, number: int, severity: Severity = "warning") -> Problem:
    return Problem(code, f"第{number}页{what}。", severity, number)


def _refusal(error: Exception, path: Path) -> Problem:
    if is_locked(error):
        return Problem("pdf-encrypted", "文件已加密，需要密码才能打开。请提供未加密的文件。", "error")
    with path.open("rb") as stream:
        known = b"%PDF-" in stream.read(1024)
    what = "PDF 文件已损坏，无法完整读取。" if known else "文件不是 PDF，或文件头已损坏。"
    return Problem("pdf-damaged", what, "error")
