"""The PDF or picture that another parser read, held beside what it read: the original is a witness, and lost text is told."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pypdfium2

from extract.files.kinds import Kind, identify
from extract.ocr.engine import Engine
from extract.parsers.mineru import PageSizes
from extract.pdf.reader import read_pdf
from extract.scan.cell_pictures import boxes_to_readings, read_pdf_cells
from extract.scan.page_picture import PagePicture
from extract.scan.pictures import file_to_pictures
from models.cell_reading import CellReading
from models.document import Document, Piece, Problem
from models.geometry import Box
from models.grid import Cell, Grid, Place

_PICTURES = frozenset((Kind.PNG, Kind.JPEG, Kind.TIFF))
_MOST_PAGES = 200
"""Pages of an original that are looked at; a form has ten."""
_SURE_CONFIDENCE = 0.9
"""A picture that says something else with this probability is a doubt about the cell."""
_LISTED = 5
"""A finding quotes this many texts; the rest it counts."""
_QUOTED = 20
"""No more characters than this of a text are quoted in a message."""


def original_page_sizes(path: Path) -> PageSizes:
    """Width and height in points of the original's pages; none of a file that cannot be drawn. Raises `OSError`."""
    kind = identify(path)
    if kind is Kind.PDF:
        try:
            document = pypdfium2.PdfDocument(path)
        except pypdfium2.PdfiumError:
            return {}
        try:
            return {n + 1: document.get_page_size(n) for n in range(min(len(document), _MOST_PAGES))}
        finally:
            document.close()
    if kind in _PICTURES:
        return {one.number: _size(one) for one in _pictures(path)}
    return {}


def with_original(document: Document, path: Path, engine: Callable[[], Engine]) -> Document:
    """The document with what the pictures of its cells say, and with what the original says and it does not.

    Raises `OSError`.
    """
    kind = identify(path)
    if kind is Kind.PDF:
        read = _with_pictures(document, lambda page, boxes: read_pdf_cells(path, page, 0, boxes, engine()))
        return replace(read, problems=(*read.problems, *_lost(document.pieces, read_pdf(path).pieces)))
    if kind in _PICTURES:
        pages = {one.number: one for one in _pictures(path)}

        def from_picture(page: int, boxes: Sequence[Box]) -> Sequence[CellReading]:
            if page not in pages:
                return []
            picture = pages[page]
            return boxes_to_readings(picture.pixels, [box.scaled(picture.density) for box in boxes], engine())

        return _with_pictures(document, from_picture)
    message = "原件不是 PDF 或图片，未能用于核对。"
    return replace(document, problems=(*document.problems, Problem("original-differs", message)))


def _pictures(path: Path) -> Iterator[PagePicture]:
    return (one for one in file_to_pictures(path, _MOST_PAGES) if isinstance(one, PagePicture))


def _size(picture: PagePicture) -> tuple[float, float]:
    high, wide = picture.pixels.shape[:2]
    return wide / picture.density, high / picture.density


def _with_pictures(
    document: Document, read: Callable[[int, Sequence[Box]], Sequence[CellReading]]
) -> Document:
    """The document whose cells, where they have a box of their own, know what its picture shows."""
    readings: dict[Place, CellReading] = {}
    for page, places in _cell_places(document.pieces).items():
        boxes = [place.box for place in places if place.box is not None]
        readings.update(zip(places, read(page, boxes), strict=False))
    differing: list[Cell] = []

    def witnessed(cell: Cell) -> Cell:
        reading = readings.get(cell.place)
        if reading is None:
            return cell
        same = _bare(reading.text) == _bare(cell.text)
        if reading.text and not same and (reading.confidence or 0.0) >= _SURE_CONFIDENCE:
            differing.append(cell)
        return replace(
            cell, posteriors=reading.posteriors, confidence=reading.confidence if same else cell.confidence
        )

    pieces = tuple(
        replace(piece, cells=tuple(map(witnessed, piece.cells))) if isinstance(piece, Grid) else piece
        for piece in document.pieces
    )
    problems = [_differs(cell, readings[cell.place]) for cell in differing]
    return replace(document, pieces=pieces, problems=(*document.problems, *problems))


def _cell_places(pieces: Iterable[Piece]) -> dict[int, list[Place]]:
    """The places of cells with boxes of their own, by their pages."""
    found: dict[int, list[Place]] = {}
    for piece in pieces:
        for cell in piece.cells if isinstance(piece, Grid) else ():
            place = cell.place
            if place.page is not None and place.box is not None and place.part is None:
                found.setdefault(place.page, []).append(place)
    return found


def _differs(cell: Cell, reading: CellReading) -> Problem:
    ours, theirs = reading.text[:_QUOTED], cell.text[:_QUOTED]
    message = f"原件图片上是“{ours}”，解析结果是“{theirs}”，请核对原件。"
    return Problem("original-differs", message, "warning", cell.place.page, (cell.place,))


def _lost(parsed: Iterable[Piece], original: Iterable[Piece]) -> Iterator[Problem]:
    """What stands on the original's pages and nowhere in the parsed document."""
    said = "\0".join(_bare(text) for text, _ in _texts(parsed))
    lost: dict[int, list[tuple[str, Place]]] = {}
    for text, place in _texts(original):
        if _bare(text) and _bare(text) not in said:
            lost.setdefault(place.page or 0, []).append((text, place))
    for page, found in sorted(lost.items()):
        quoted = "、".join(f"“{text[:_QUOTED]}”" for text, _ in found[:_LISTED])
        message = f"原件第{page}页有{len(found)}处文字与解析结果不符或没有读到：{quoted}。请核对原件。"
        yield Problem("original-differs", message, "warning", page, tuple(place for _, place in found))


def _texts(pieces: Iterable[Piece]) -> Iterator[tuple[str, Place]]:
    for piece in pieces:
        if isinstance(piece, Grid):
            yield from ((cell.text, cell.place) for cell in piece.cells)
        else:
            yield piece.text, piece.place


def _bare(text: str) -> str:
    """A text without what two readers write differently and mean alike."""
    return "".join(unicodedata.normalize("NFKC", text).split())
