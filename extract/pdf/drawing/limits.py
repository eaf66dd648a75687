"""What of a PDF file is unfolded, and why no more: a few bytes can stand for gigabytes, or for hours of work."""

from __future__ import annotations

from dataclasses import dataclass

from models.document import Problem


@dataclass(frozen=True, slots=True)
class PdfLimits:
    """Each limit is counted on what comes out while it comes out, not on what the file declares."""

    stream_bytes: int = 64 * 1024 * 1024
    """One stream decoded; the content of a page has 50 kB, a large font 20 MB. Flate unfolds a byte into a thousand."""
    page_bytes: int = 64 * 1024 * 1024
    """All content streams of one page decoded; a page may name the same stream ten thousand times."""
    content_streams: int = 10_000
    """Content streams of one page; a page that was edited often has a hundred."""
    filters: int = 6
    """Filters of one stream in a row; writers of PDF use one or two."""
    operations: int = 1_000_000
    """Operators that draw one page, those of forms drawn on it included; a page of a form has 3,000."""
    form_calls: int = 10_000
    """Forms drawn on one page; a form that draws another twice, thirty deep, is drawn a billion times."""
    form_depth: int = 30
    """Forms within forms; writers of PDF go four deep."""
    inner_work: int = 2_000_000_000
    """Pixels and operators behind a page's patterns, shadings and glyphs that draw others, which a renderer repeats without
    a stop; a page hatched by a fine pattern in five hundred cells has a quarter of it, and all of it takes 20 seconds."""
    mark_depth: int = 5_000
    """Marked content within each other; writers go five deep, and a renderer keeps the whole list for each."""
    characters: int = 40_000
    """Characters of one page; the fullest page of a form has 3,000. A renderer's list of them takes the square of their number
    where they lie upon each other: 17 seconds."""
    map_codes: int = 500_000
    """Codes in the maps and widths of one font; Unicode has 300,000 characters, and a range names them with two."""


PDF_LIMITS = PdfLimits()


class TooMuchError(Exception):
    """A page or a file asks for more than a limit allows; the message says for what, in Chinese."""


def demand(amount: int, limit: int, what: str) -> None:
    """Raises `TooMuchError` when `amount` of `what` (a Chinese noun) is beyond `limit`."""
    if amount > limit:
        raise TooMuchError(f"{what}超过上限 {limit}")


def too_much_problem(error: TooMuchError, number: int | None = None) -> Problem:
    """The problem of page `number`, or of the file, that asks for too much."""
    where = "PDF 文件" if number is None else f"第{number}页"
    return Problem("pdf-too-much", f"{where}的{error}，未读取。请重新导出 PDF 后提交。", "error", number)
