"""What of an OFD file is unfolded, and why no more."""

from __future__ import annotations

from dataclasses import dataclass

from models.document import Problem


@dataclass(frozen=True, slots=True)
class OfdLimits:
    """Each limit is counted on what comes out while it comes out, not on what the file declares."""

    objects: int = 200_000
    """Texts, paths, pictures and blocks drawn on one page, those of templates included; a page of a form has 2,000."""
    characters: int = 200_000
    """Characters of one page, as in PDF; the fullest page of a form has 3,000."""
    path_points: int = 500_000
    """Points of all paths of one page; a table's lines have 1,000, letters turned into outlines 60,000."""
    block_depth: int = 30
    """Blocks, drawn units and drawing parameters within each other; writers of OFD go four deep."""
    page_pixels: int = 200_000_000
    """Pixels of all pictures of a page that is read as one; a page of A3 at 300 dpi has 17 million."""
    picture_bytes: int = 64 * 1024 * 1024
    """One picture, font or signature unpacked; a scan of a page has 5 MB."""
    signatures: int = 200
    """Electronic seals of a file; a form has one on its first page, or one on every page."""


OFD_LIMITS = OfdLimits()


class OverOfdLimitError(Exception):
    """A page or a file asks for more than a limit allows; the message says for what, in Chinese."""


def demand_ofd(amount: int, limit: int, what: str) -> None:
    """Raises `OverOfdLimitError` when `amount` of `what` (a Chinese noun) is beyond `limit`."""
    if amount > limit:
        raise OverOfdLimitError(f"{what}超过上限 {limit}")


def over_limit_problem(error: OverOfdLimitError, number: int | None = None) -> Problem:
    """The problem of page `number`, or of the file, that asks for too much."""
    where = "OFD 文件" if number is None else f"第{number}页"
    return Problem("ofd-too-much", f"{where}的{error}，未读取。请重新导出后提交。", "error", number)


def damaged_page_problem(number: int, detail: str) -> Problem:
    """The problem of page `number` that cannot be read; `detail` says what failed, in Chinese."""
    message = f"第{number}页已损坏，无法读取（{detail}）。请重新导出 OFD 后提交。"
    return Problem("ofd-damaged", message, "error", number)
