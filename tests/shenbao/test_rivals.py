"""Of two readings of a page the one is taken that leaves clearly less to doubt, and the result says whose it is."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from extract.pdf.reader import read_pdf
from extract.referee.rival_tables import REFEREE
from models.document import Document, Rival, TextLine, piece_page
from models.grid import Cell, Grid, Place
from models.submission import Submission
from shenbao.pipeline import document_to_submission, file_to_source
from shenbao.rivals import with_rival
from tests.places import SAMPLES

PRINT = SAMPLES / "jiaotong-writer.pdf"


@pytest.fixture(scope="module")
def right() -> Document:
    return read_pdf(PRINT)


def decoded(document: Document, path: Path = PRINT) -> Submission:
    return document_to_submission(document, file_to_source(path, path.name, document))


def codes(submission: Submission) -> list[str]:
    return [finding.code for finding in submission.findings]


def with_rows_joined(document: Document) -> tuple[Document, int]:
    """The document with two figures of its first table joined into one cell, and the page of that table."""
    at = next(n for n, piece in enumerate(document.pieces) if isinstance(piece, Grid))
    grid = document.pieces[at]
    assert isinstance(grid, Grid)
    upper, lower = next(
        (a, b)
        for a in grid.cells
        for b in grid.cells
        if (a.column, a.column_span, a.row + a.row_span) == (b.column, b.column_span, b.row)
        and a.text.replace(".", "").isdigit()
        and b.text.replace(".", "").isdigit()
    )
    both = replace(upper, text=f"{upper.text}\n{lower.text}", row_span=upper.row_span + lower.row_span)
    cells = tuple(both if cell is upper else cell for cell in grid.cells if cell is not lower)
    pieces = list(document.pieces)
    pieces[at] = replace(grid, cells=cells)
    page = piece_page(grid)
    assert page is not None
    return replace(document, pieces=tuple(pieces)), page


def rival_of(document: Document, page: int) -> Rival:
    """A page as it is in `document`, read by the referee."""
    here = [piece for piece in document.pieces if piece_page(piece) == page]
    return Rival(page, tuple(replace(p, reader=REFEREE) if isinstance(p, Grid) else p for p in here))


def test_a_reading_with_clearly_fewer_doubts_is_taken_and_named(right: Document) -> None:
    faulty, page = with_rows_joined(right)
    submission = decoded(replace(faulty, rivals=(rival_of(right, page),)))
    assert [form.data for form in submission.forms] == [form.data for form in decoded(right).forms]
    assert "second-reading-taken" in codes(submission)
    assert {one.reader for one in submission.forms[0].evidence.values() if one.page == page} >= {REFEREE}


def test_a_right_reading_stays_where_its_rival_is_faulty(right: Document) -> None:
    faulty, page = with_rows_joined(right)
    assert decoded(replace(right, rivals=(rival_of(faulty, page),))) == decoded(right)


def test_of_two_readings_as_good_as_each_other_ours_stays(right: Document) -> None:
    _, page = with_rows_joined(right)
    assert decoded(replace(right, rivals=(rival_of(right, page),))) == decoded(right)


def test_a_rival_stands_where_its_page_stood() -> None:
    first, second, third = (TextLine(text, Place(page)) for page, text in ((1, "一"), (2, "二"), (3, "三")))
    other = Grid((Cell(0, 0, "贰", Place(2)),), 1, 1)
    assert with_rival((first, second, second, third), Rival(2, (other,))) == (first, other, third)
