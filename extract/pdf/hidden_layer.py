"""A text layer beneath a page's picture: somebody else's reading of the same paper, placed into the picture's cells."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

import numpy as np

from extract.page.hidden_text import HiddenText
from extract.pdf.prints import Print
from models.document import Piece, Problem
from models.grid import Cell, Grid

_LEAST_AGREEING_SHARE = 0.5
"""A layer that agrees with fewer of the cells is not a reading of this paper."""


def print_to_hidden(seen: Print) -> HiddenText:
    """The text of a page, which is upright, with its places on the page before it was turned."""
    centres = np.array([char.box.centre for char in seen.page.chars], np.float32).reshape(-1, 2)
    wide, high = seen.page.width, seen.page.height
    for _ in range(seen.turn):
        centres = np.stack([centres[:, 1], np.float32(wide) - centres[:, 0]], axis=1)
        wide, high = high, wide
    return HiddenText(seen.page.chars, centres)


def pieces_to_problem(pieces: Iterable[Piece], number: int) -> Problem:
    """How far the two readings of page `number` agree. What they differ in is weighed value by value, not here."""
    cells = [cell for piece in pieces if isinstance(piece, Grid) for cell in piece.cells if cell.second]
    same = sum(map(_agrees, cells))
    what = f"第{number}页是图片，下有隐藏文字层：{len(cells)}格有字，其中{same}格与图片识别结果一致"
    if same < _LEAST_AGREEING_SHARE * len(cells):
        advice = "复制粘贴得到的文字与纸面不符，请核对原件"
        return Problem("hidden-text-differs", f"{what}。以图片为准；{advice}。", "warning", number)
    return Problem("page-pictured", f"{what}，不一致处逐格择优。", "info", number)


def _agrees(cell: Cell) -> bool:
    ours, theirs = (
        "".join(unicodedata.normalize("NFKC", text).split()) for text in (cell.text, cell.second or "")
    )
    return ours == theirs
