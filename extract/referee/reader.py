"""The referee's word on a document: pages on which a second reader sees other cells than ours are named, place by place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from extract.page.furniture import without_page_number
from extract.pdf.reader import pages
from extract.referee.camelot_tables import RefereeError, pdf_to_referee_cells
from extract.referee.compare import Dispute, find_disputes
from extract.referee.plumber_chars import pdf_to_plumber_chars
from extract.referee.rival_tables import cells_to_rival
from models.document import Document, Problem, Rival, piece_page
from models.grid import Cell, Grid, Place
from models.page import Page

_MOST_TOLD = 3
"""A finding quotes no more differences than this."""
_QUOTED_CHARS = 12
"""A text is quoted up to this length."""
_CHOSEN = frozenset(
    {
        "page-annotated",
        "page-form-fields",
        "page-hidden-text",
        "page-watermark",
        "text-overprinted",
        "text-struck",
    }
)
"""On such a page we chose among what the file says, and have told so: a second reader of the file would take all of it."""


def with_referee(document: Document, path: Path, *, every_page: bool) -> Document:
    """The document read from the PDF file at `path`, with a problem for each page that the referee reads otherwise.

    What it reads there instead is a rival of the page.
    It is asked about the pages that a warning was given about, or about `every_page`.
    Only ruled tables of pages with text of their own are compared: on pages without lines camelot takes every line of
    text for a row, which says nothing about ours. Cells are camelot's, the characters in them pdfplumber's.
    """
    # the referee believes the fonts of a file: where they lie, it would contradict what is drawn
    lying = {problem.page for problem in document.problems if problem.code == "font-lies"}
    tables = {number: cells for number, cells in _tables_by_page(document).items() if number not in lying}
    if not every_page:
        tables = {n: found for n, found in tables.items() if _is_doubtful(n, document)}
    if not tables:
        return document
    chosen = {problem.page for problem in document.problems if problem.code in _CHOSEN}
    asked = (page for page in pages(path) if page.number in tables)
    problems: list[Problem] = []
    rivals: list[Rival] = []
    for page in asked:
        found, rival = _ask(path, page, tables[page.number], document, read_anew=page.number not in chosen)
        problems += found
        rivals += [rival] if rival else []
    return replace(document, problems=(*document.problems, *problems), rivals=tuple(rivals))


def _tables_by_page(document: Document) -> dict[int, list[Sequence[Cell]]]:
    """The cells of the ruled tables on each page that was not read from a picture.

    A table is on one page only, but where pages of a wide sheet were put together: the referee sees no such table.
    """
    tables: dict[int, list[Sequence[Cell]]] = defaultdict(list)
    for piece in document.pieces:
        if (
            isinstance(piece, Grid)
            and piece.cells
            and piece.spans == "ruled"
            and piece.reader == "text-layer"
        ):
            numbers = {cell.place.page for cell in piece.cells}
            number = piece.cells[0].place.page
            if number is not None and len(numbers) == 1:
                tables[number].append(piece.cells)
    return dict(tables)


def _is_doubtful(number: int, document: Document) -> bool:
    return any(problem.page == number and problem.severity != "info" for problem in document.problems)


def _ask(
    path: Path, page: Page, tables: Sequence[Sequence[Cell]], document: Document, *, read_anew: bool
) -> tuple[list[Problem], Rival | None]:
    """What the referee has to say about a page, whose characters are read a second time where `read_anew`.

    Where it sees the page otherwise, also its own reading, but where we chose among what the file says.
    """
    chars = pdf_to_plumber_chars(path, page) if read_anew else None
    page = without_page_number(page)
    try:
        theirs = pdf_to_referee_cells(path, page, chars or page.chars, "lattice")
    except RefereeError:
        what = f"第{page.number}页未能由第二种方法复核"
        return [Problem("page-unchecked", f"{what}。", "info", page.number)], None
    disputes = find_disputes(tables, theirs)
    if not disputes:
        return [], None
    here = [piece for piece in document.pieces if piece_page(piece) == page.number]
    grids = sum(isinstance(piece, Grid) for piece in here)
    rival = cells_to_rival(here, theirs, page.number) if read_anew and grids == len(tables) else None
    return [_disputes_to_problem(disputes, page.number)], rival


def _disputes_to_problem(disputes: Sequence[Dispute], number: int) -> Problem:
    told = "；".join(_quoted(dispute) for dispute in disputes[:_MOST_TOLD])
    what = f"第{number}页表格有{len(disputes)}处与第二种读法（camelot）不一致：{told}"
    places = tuple(dict.fromkeys(Place(number, dispute.box) for dispute in disputes))
    return Problem("readers-differ", f"{what}。请对照原件核对。", "warning", number, places)


def _quoted(dispute: Dispute) -> str:
    ours, theirs = (
        f"“{text[:_QUOTED_CHARS]}”" if text else "空白"
        for text in (dispute.ours.strip(), dispute.theirs.strip())
    )
    what: dict[str, str] = {"row": "所在行不同", "column": "所在列不同"}
    return f"{ours}{what[dispute.difference]}" if dispute.difference in what else f"{ours}，另读为{theirs}"
