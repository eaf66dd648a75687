"""The output of another document parser as JSON: told by its shape, read into lines and grids that name their reader."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from extract.files.encoding import bytes_to_text
from extract.files.kinds import Kind
from extract.files.refusals import TooLargeError, UnreadableError, damaged, megabytes, too_large, unsupported
from extract.page.furniture import without_furniture
from extract.parsers.azure import results_to_pieces
from extract.parsers.docling import document_to_pieces
from extract.parsers.grids import ParsedTables
from extract.parsers.json_shapes import text_to_values, values_to_parser
from extract.parsers.mineru import PageSizes, values_to_pieces
from extract.parsers.paddleocr import pages_to_pieces
from models.document import Document, Piece, Problem
from models.grid import Grid, Place

_MOST_BYTES = 32 * 1024 * 1024
"""A parser's output for a form has 2 MB, with the places of all lines and cells; JSON takes twenty times that in memory."""
_MEDIA_TYPE = Kind.JSON.media_type


def read_parsed(data: bytes, sizes: PageSizes) -> Document:
    """The pieces in another parser's JSON; `sizes` are those of the original's pages, where it is at hand.

    What is wrong with the file is a problem; raises `RecursionError` for what is nested too deep.
    """
    if len(data) > _MOST_BYTES:
        detail = f"{megabytes(len(data))}，上限 {megabytes(_MOST_BYTES)}"
        return Document((), _MEDIA_TYPE, problems=(too_large(detail),))
    text, problems = bytes_to_text(data)
    try:
        values = text_to_values(text or "")
        parser = values_to_parser(values)
        if parser is None:
            message = "JSON 不是 MinerU、PaddleOCR、docling 或 Azure 的输出"
            return Document((), _MEDIA_TYPE, problems=(*problems, unsupported(message)))
        tables = ParsedTables(parser)
        pieces = list(_pieces(parser, values, tables, sizes))
    except UnreadableError as error:
        return Document((), _MEDIA_TYPE, problems=(*problems, damaged(str(error))))
    except TooLargeError as error:
        return Document((), _MEDIA_TYPE, problems=(*problems, too_large(str(error))))
    if not pieces:
        empty = Problem("file-empty", "解析结果中没有文字或表格，请检查后重新提交。", "error")
        return Document((), _MEDIA_TYPE, problems=(*problems, empty))
    pages = max((page for place in _places(pieces) if (page := place.page) is not None), default=None)
    return Document(without_furniture(pieces), _MEDIA_TYPE, pages, (*problems, *tables.problems))


def _pieces(parser: str, values: list[Any], tables: ParsedTables, sizes: PageSizes) -> Iterator[Piece]:
    if parser == "mineru":
        yield from values_to_pieces(values, tables, sizes)
    elif parser == "paddleocr":
        yield from pages_to_pieces(values, tables, sizes)
    elif parser == "docling":
        yield from document_to_pieces(values, tables)
    else:
        yield from results_to_pieces(values, tables)


def _places(pieces: list[Piece]) -> Iterator[Place]:
    for piece in pieces:
        if isinstance(piece, Grid):
            yield from (cell.place for cell in piece.cells)
        else:
            yield piece.place
