"""PDF: what each page's text layer and drawn lines say; pages that are pictures are read as pictures.

A page that cannot be read becomes a `Problem`; the other pages are read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from extract.ocr.engine import EngineError
from extract.page.furniture import without_furniture, without_page_number
from extract.page.hidden_text import HiddenText
from extract.page.tables import page_to_pieces
from extract.pdf.fonts.audit import FontAudit, ReadLines, font_problem
from extract.pdf.glyphs import is_garbled
from extract.pdf.hidden_layer import pieces_to_problem, print_to_hidden
from extract.pdf.pages import RawPage, UnreadableError, file_problem, file_to_pages, page_problem
from extract.pdf.prints import Print, file_to_prints, page_to_print
from extract.pdf.wide_prints import MOST_PAGES, Imprint, page_to_imprint, sheets_wide
from extract.unruled.reader import unruled_page_to_pieces
from models.document import Document, PageContent, Problem
from models.finding import Severity
from models.grid import Grid
from models.page import Page

Scan = Callable[[int, HiddenText | None], PageContent]
"""Reads a page, given by its number, as a picture, beneath which there may be hidden text."""

MEDIA_TYPE = "application/pdf"
_PICTURE_SHARE = 0.5
"""Images over this share of a page make it a picture with a text layer on it."""
_TAIL_SHARE = 0.3
"""A table's single row that is no higher than this share of its page is a row, not a frame around many."""
_FEW_CHARS = 30
"""A picture with fewer characters over it is a scan with a stamp or a page number, not a text layer."""
_MANY_OUTLINES = 100
"""Without a single character, this many curves are letters turned into outlines."""


def read_pdf(
    path: Path, *, max_pages: int = 2000, scan: Scan | None = None, read_lines: ReadLines | None = None
) -> Document:
    """The pieces of the PDF file at `path` in reading order, at most `max_pages` pages of it.

    Pages that are pictures, or whose text layer is not believed, are read by `scan`; without it they are unread.
    Fonts whose glyphs look unlike the characters that they claim are read by `read_lines`; without it they are believed.
    What is wrong with the file is a problem of the document. A defect of ours on one page does not keep the other
    pages from being read, so that all defects are known: they are then raised together as an `ExceptionGroup`.
    Raises `OSError` when the file cannot be opened at all, and `EngineError` when pictures cannot be read here.
    """
    contents: list[PageContent] = []
    imprints: list[Imprint] = []
    problems: list[Problem] = []
    defects: list[Exception] = []
    audit = FontAudit(read_lines) if read_lines else None
    number = 0
    try:
        for raw in file_to_pages(path, max_pages + 1):
            if raw.number > max_pages:
                problems.append(_too_long(max_pages))
                break
            number = raw.number
            try:
                contents.append(_read_raw(raw, scan, audit, imprints))
            except (EngineError, MemoryError, OSError):
                raise
            except Exception as error:  # a defect of ours
                error.add_note(f"on page {number}")
                defects.append(error)
    except UnreadableError as error:
        problems.append(file_problem(error, path))
    if defects:
        raise ExceptionGroup("pages could not be read", defects)
    return _contents_to_document(contents, imprints, problems, number)


def _too_long(max_pages: int) -> Problem:
    return Problem("pdf-too-long", f"文件超过{max_pages}页，只读取了前{max_pages}页。", "error")


def _read_raw(
    raw: RawPage, scan: Scan | None, audit: FontAudit | None, imprints: list[Imprint]
) -> PageContent:
    """What stands on a page; its imprint joins those of the pages before it."""
    try:
        seen = page_to_print(raw)
        lies = audit.look(raw.fonts) if audit else ()
        if lies:
            seen = page_to_print(raw)
    except UnreadableError as error:
        return PageContent(problems=(page_problem(error, raw.number),))
    if raw.number <= MOST_PAGES:
        imprints.append(page_to_imprint(seen.page))
    content = read_page(seen, scan)
    return replace(content, problems=(font_problem(lies, raw.number), *content.problems)) if lies else content


def _contents_to_document(
    contents: Sequence[PageContent], imprints: Sequence[Imprint], file_problems: Sequence[Problem], pages: int
) -> Document:
    problems = [problem for content in contents for problem in content.problems] + list(file_problems)
    if not pages and not problems:
        problems.append(Problem("pdf-empty", "文件为空或没有任何页面。", "error"))
    wide = sheets_wide(imprints) if pages == len(imprints) else 1
    if wide > 1:
        message = (
            f"表格按{wide}页宽打印，每一行分在几页上，未读取。请缩放到一页宽后重新导出，或提交电子表格。"
        )
        return Document((), MEDIA_TYPE, pages, (*problems, Problem("pdf-sideways", message, "error")))
    pieces = [piece for content in contents for piece in content.pieces]
    seals = tuple(seal for content in contents for seal in content.seals)
    return Document(without_furniture(pieces), MEDIA_TYPE, pages, tuple(problems), seals)


def pages(path: Path, *, max_pages: int = 2000) -> Iterator[Page]:
    """The upright pages of the PDF file at `path` that can be read, one at a time.

    Raises `UnreadableError` for a broken file.
    """
    return (seen.page for seen in file_to_prints(path, max_pages) if seen is not None)


def read_page(seen: Print, scan: Scan | None = None) -> PageContent:
    """What stands on a page."""
    number = seen.page.number
    page = without_page_number(seen.page)
    text = "".join(char.text for char in page.chars)
    printed = text.strip()
    picture = seen.pictured > _PICTURE_SHARE * page.width * page.height
    drawn = seen.pictured > 0 or seen.outlines > _MANY_OUTLINES
    if (picture and len(printed) < _FEW_CHARS) or (drawn and not printed):
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
    return grid.columns > 1 and closed and drawn <= _TAIL_SHARE * page.height


def _page_problem(code: str, what: str, number: int, severity: Severity = "warning") -> Problem:
    return Problem(code, f"第{number}页{what}。", severity, number)
