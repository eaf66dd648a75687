"""PDF: what each page's text layer and drawn lines say; pages that are pictures are read as pictures.

A page that cannot be read becomes a `Problem`; the other pages are read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from extract.ocr.engine import EngineError
from extract.page.furniture import without_furniture, without_page_number
from extract.page.hidden_text import HiddenText
from extract.page.tables import page_to_tables
from extract.pdf.drawing.limits import TooMuchError
from extract.pdf.file_facts import document_problems
from extract.pdf.fonts.audit import FontAudit, ReadLines, font_problem
from extract.pdf.glyphs import is_garbled
from extract.pdf.hidden_layer import pieces_to_problem, print_to_hidden
from extract.pdf.joined_prints import join_prints, on_their_pages, reading_tiles
from extract.pdf.page_order import in_printed_order, sheet_in_order
from extract.pdf.pages import (
    PdfError,
    RawPage,
    file_problem,
    file_to_pages,
    library_call,
    mended_problem,
    page_problem,
)
from extract.pdf.print_reading import has_ruled_table, read_print
from extract.pdf.prints import Print, file_to_prints, page_to_print
from extract.pdf.sight.rendering import Renderer, rendering
from extract.pdf.wide_prints import (
    MOST_PAGES,
    Imprint,
    Tiles,
    page_to_imprint,
    repeat_problem,
    repeated_pages,
    wide_tiles,
)
from models.cell_reading import ReadCells
from models.document import Document, PageContent, Problem
from models.finding import Severity
from models.geometry import Box
from models.grid import Grid, Place
from models.page import Page

Scan = Callable[[int, HiddenText | None], PageContent]
"""Reads a page, given by its number, as a picture, beneath which there may be hidden text."""

MEDIA_TYPE = "application/pdf"
_PICTURE_SHARE = 0.5
"""Images over this share of a page make it a picture with a text layer on it."""
_FEW_CHARS = 30
"""A picture with fewer characters over it is a scan with a stamp or a page number, not a text layer."""
_BENEATH = frozenset(("mode", "covered", "transparent", "no-ink"))
"""How text that somebody's recogniser put beneath a picture is hidden."""
_MANY_OUTLINES = 100
"""Without a single character, this many curves are letters turned into outlines."""


def read_pdf(
    path: Path,
    *,
    max_pages: int = 2000,
    scan: Scan | None = None,
    read_cells: ReadCells | None = None,
    read_lines: ReadLines | None = None,
) -> Document:
    """The pieces of the PDF file at `path` in reading order, at most `max_pages` pages of it.

    Pages that are pictures, or whose text layer is not believed, are read by `scan`, single cells that only their
    picture can decide by `read_cells`; without them they are unread. Fonts whose glyphs look unlike the characters that
    they claim are read by `read_lines`; without it they are believed.
    What is wrong with the file is a problem of the document. A defect of ours on one page does not keep the other
    pages from being read, so that all defects are known: they are then raised together as an `ExceptionGroup`.
    Raises `OSError` when the file cannot be opened at all, and `EngineError` when pictures cannot be read here.
    """
    problems: list[Problem] = []
    with rendering(path) as renderer:
        reading = _Reading(renderer, scan, read_cells, FontAudit(read_lines) if read_lines else None)
        try:
            for raw in file_to_pages(path, max_pages + 1):
                if raw.number == 1:
                    with library_call():
                        problems += document_problems(raw.document)
                    problems += [mended_problem()] if raw.mended else []
                if raw.number > max_pages:
                    problems.append(_too_long(max_pages))
                    break
                reading.add(raw)
        except (PdfError, TooMuchError) as error:
            problems.append(file_problem(error, path))
    if reading.defects:
        raise ExceptionGroup("pages could not be read", reading.defects)
    if not reading.contents and not problems:
        problems.append(Problem("pdf-empty", "文件为空或没有任何页面。", "error"))
    return _put_together(reading, path, problems)


def _put_together(reading: _Reading, path: Path, problems: Sequence[Problem]) -> Document:
    """What was read of the file at `path` as one document, pages that lie side by side as one page each."""
    tiles = _file_tiles(reading)
    joined = _read_tiles(path, tiles, reading.read_cells) if tiles else None
    if joined is None:
        return contents_to_document(reading.contents, reading.imprints, problems, MEDIA_TYPE)
    document = contents_to_document(joined, (), problems, MEDIA_TYPE)
    return replace(document, pages=len(reading.contents))


def _file_tiles(reading: _Reading) -> Tiles:
    """How the pages of a file lie that is a sheet printed several pages wide, all of them with text that is believed."""
    believed = all(problem.code != "font-lies" for one in reading.contents for problem in one.problems)
    whole = len(reading.contents) == len(reading.imprints)
    tiles = wide_tiles(reading.imprints) if believed and whole else ()
    return tiles if len({len(row) for row in tiles}) == 1 else ()


def _read_tiles(path: Path, tiles: Tiles, read_cells: ReadCells | None) -> list[PageContent] | None:
    """The sheet whose pages lie so, put together; `None` where their columns do not fit."""
    prints = [one for one in file_to_prints(path, MOST_PAGES) if one is not None]
    if len(prints) < sum(map(len, tiles)):
        return None
    sheets = join_prints([[prints[n] for n in row] for row in tiles])
    if sheets is None:
        return None
    contents = []
    for sheet in sheets:
        read = reading_tiles(read_cells, sheet.tiles) if read_cells else None
        contents.append(on_their_pages(read_page(sheet.seen, None, read), sheet.tiles))
    message = f"表格按{len(tiles[0])}页宽打印，各页的列相接，已拼成整表读取。"
    contents[0] = replace(
        contents[0], problems=(Problem("pages-joined", message, "info"), *contents[0].problems)
    )
    return contents


@dataclass(slots=True)
class _Reading:
    """How the pages of a file are read, and what was read of them so far; `defects` are ours."""

    renderer: Renderer
    scan: Scan | None
    read_cells: ReadCells | None
    audit: FontAudit | None
    contents: list[PageContent] = field(default_factory=list)
    imprints: list[Imprint] = field(default_factory=list)
    defects: list[Exception] = field(default_factory=list)

    def add(self, raw: RawPage) -> None:
        """Reads the next page."""
        try:
            self.contents.append(self._read(raw))
        except (PdfError, TooMuchError) as error:
            self.contents.append(PageContent(problems=(page_problem(error, raw.number),)))
        except (EngineError, MemoryError, OSError):
            raise
        except Exception as error:  # a defect of ours
            error.add_note(f"on page {raw.number}")
            self.defects.append(error)

    def _read(self, raw: RawPage) -> PageContent:
        seen = page_to_print(raw, self.renderer)
        lies = self.audit.look(raw.fonts, seen.page.chars) if self.audit else ()
        if lies:
            seen = page_to_print(raw, self.renderer)
        if raw.number <= MOST_PAGES:
            self.imprints.append(page_to_imprint(seen.page))
        content = sheet_in_order(read_page(seen, self.scan, self.read_cells))
        return (
            replace(content, problems=(font_problem(lies, raw.number), *content.problems))
            if lies
            else content
        )


def _too_long(max_pages: int) -> Problem:
    return Problem("pdf-too-long", f"文件超过{max_pages}页，只读取了前{max_pages}页。", "error")


def contents_to_document(
    contents: Sequence[PageContent],
    imprints: Sequence[Imprint],
    file_problems: Sequence[Problem],
    media_type: str,
) -> Document:
    """The pages of a file as one document: without what every page has, and with what is wrong with the whole."""
    pages = len(contents)
    compared = imprints if len(imprints) == pages else ()
    read = [*contents]
    for again, repeat in repeated_pages(compared).items():
        read[again] = PageContent(problems=(repeat_problem(again + 1, repeat),))
    problems = [*(problem for content in read for problem in content.problems), *file_problems]
    tiles = wide_tiles(compared)
    if tiles:
        wide = max(map(len, tiles))
        message = (
            f"表格按{wide}页宽打印，每一行分在几页上，未读取。请缩放到一页宽后重新导出，或提交电子表格。"
        )
        return Document((), media_type, pages, (*problems, Problem("pdf-sideways", message, "error")))
    ordered, disorder = in_printed_order(
        read, [imprint.number for imprint in compared], [imprint.titled for imprint in compared]
    )
    problems += disorder
    pieces = [piece for content in ordered for piece in content.pieces]
    seals = tuple(seal for content in read for seal in content.seals)
    return Document(without_furniture(pieces), media_type, pages, tuple(problems), seals)


def pages(path: Path, *, max_pages: int = 2000) -> Iterator[Page]:
    """The upright pages of the PDF file at `path` that can be read, one at a time.

    Raises `PdfError` for a broken file.
    """
    return (seen.page for seen in file_to_prints(path, max_pages) if seen is not None)


def read_page(seen: Print, scan: Scan | None = None, read_cells: ReadCells | None = None) -> PageContent:
    """What stands on a page."""
    seen = replace(seen, page=without_page_number(seen.page))
    if seen.damaged:
        return _read_damaged(seen, scan)
    page = seen.page
    if seen.pictured > _PICTURE_SHARE * page.width * page.height:
        return _read_picture_page(seen, scan, read_cells)
    text = "".join(char.text for char in page.chars)
    drawn = seen.pictured > 0 or seen.outlines > _MANY_OUTLINES
    if drawn and not text.strip():
        return _read_as_picture(page, scan)
    if is_garbled(text):
        return _read_garbled(page.number, scan)
    return read_print(seen, read_cells)


def _read_damaged(seen: Print, scan: Scan | None) -> PageContent:
    """A page of which a part was lost: its picture is read, if a viewer can still draw it; nothing on it is sure."""
    page = seen.page
    whole = Place(page.number, Box(0.0, 0.0, page.width, page.height))
    message = f"第{page.number}页的内容已损坏，部分文字可能丢失，请核对原件并重新导出。"
    problem = Problem("pdf-damaged", message, "warning", page.number, (whole,))
    if scan is not None:
        content = scan(page.number, print_to_hidden(seen))
        if any(isinstance(piece, Grid) for piece in content.pieces):
            return replace(content, problems=(problem, *content.problems))
    content = read_print(seen, None)
    return replace(content, problems=(problem, *content.problems))


def _read_as_picture(page: Page, scan: Scan | None) -> PageContent:
    if scan is not None:
        return scan(page.number, None)
    unread = _page_problem("page-unread", "是图片，没有文字层，尚未读取", page.number)
    return PageContent(page_to_tables(page).pieces, (unread,))


def _read_picture_page(seen: Print, scan: Scan | None, read_cells: ReadCells | None) -> PageContent:
    """A page that is mostly picture: a scan, with or without text beneath it, or print on a picture of paper."""
    page = seen.page
    beneath = (char for char, why in seen.unseen if why in _BENEATH)
    whole = replace(page, chars=(*page.chars, *beneath))
    text = "".join(char.text for char in whole.chars)
    if len(text.strip()) < _FEW_CHARS:
        return _read_as_picture(page, scan)
    if is_garbled(text):
        return _read_garbled(page.number, scan)
    if has_ruled_table(page_to_tables(page).pieces, page):
        return read_print(seen, read_cells)
    return _read_pictured(replace(seen, page=whole), scan)


def _read_pictured(seen: Print, scan: Scan | None) -> PageContent:
    """A picture with text hidden beneath it: the picture is read if it shows a table, else the text is."""
    page = seen.page
    if scan is not None:
        content = scan(page.number, print_to_hidden(seen))
        if any(isinstance(piece, Grid) for piece in content.pieces):
            problem = pieces_to_problem(content.pieces, page.number)
            return replace(content, problems=(problem, *content.problems))
    # somebody's OCR wrote this text: unlike a print's own it may be misread
    content = read_print(replace(seen, page=replace(page, reader="hidden-layer"), unseen=()), None)
    problem = _page_problem("page-pictured", "是图片，文字取自图片下的隐藏文字层", page.number, "info")
    return replace(content, problems=(problem, *content.problems))


def _read_garbled(number: int, scan: Scan | None) -> PageContent:
    what = "的文字层是乱码（字体缺字符对照表）"
    if scan is None:
        return PageContent(problems=(_page_problem("page-garbled-text", f"{what}，未采用", number),))
    content = scan(number, None)
    problem = _page_problem("page-garbled-text", f"{what}，改按图片识别", number, "info")
    return replace(content, problems=(problem, *content.problems))


def _page_problem(code: str, what: str, number: int, severity: Severity = "warning") -> Problem:
    return Problem(code, f"第{number}页{what}。", severity, number)
