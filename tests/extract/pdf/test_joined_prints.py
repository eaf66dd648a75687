from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from reportlab.pdfgen.canvas import Canvas

from extract.pdf.reader import read_pdf
from models.document import TextLine
from tests.drawn import FONT, canvas_at, codes, grids

EDGES = (100, 120, 150, 170, 210, 230, 250, 280, 310, 330)
"""Row edges at uneven heights, in points from the upper edge of the paper."""
LEFT, RIGHT = 50, 500
"""From where to where the rows of a page run, in points."""


def rows(canvas: Canvas, word: str, left: int = LEFT, right: int = RIGHT, columns: int = 3) -> None:
    """Rows with a word in every cell, between two abscissas; numbered where it is the only one."""
    canvas.setFont(FONT, 9)
    wide = (right - left) // columns
    for y in EDGES:
        canvas.line(left, 842 - y, right, 842 - y)
    for n in range(columns + 1):
        canvas.line(left + n * wide, 842 - EDGES[0], left + n * wide, 842 - EDGES[-1])
    for row, y in enumerate(EDGES[1:]):
        for n in range(columns):
            canvas.drawString(left + 5 + n * wide, 842 - y + 5, f"{row}{word}" if columns == 1 else word)


def printed(path: Path, words: Sequence[str], right: int = RIGHT) -> Path:
    """A page for each word."""
    canvas = canvas_at(path, (595, 842))
    for word in words:
        rows(canvas, word, right=right)
        canvas.showPage()
    canvas.save()
    return path


def test_the_pages_of_a_sheet_two_pages_wide_are_put_together(tmp_path: Path) -> None:
    read = read_pdf(printed(tmp_path / "a.pdf", ["部门", "金额"]))
    (grid,) = grids(read)
    assert (grid.columns, codes(read), read.pages) == (6, ["pages-joined"], 2)
    first = [cell for cell in grid.cells if cell.row == 0]
    assert [cell.text for cell in first] == ["部门"] * 3 + ["金额"] * 3
    assert [cell.place.page for cell in first] == [1, 1, 1, 2, 2, 2]
    assert first[3].place.box
    assert 50 < first[3].place.box.x0 < 60


def test_one_page_is_a_sheet_of_its_own(tmp_path: Path) -> None:
    read = read_pdf(printed(tmp_path / "a.pdf", ["部门"]))
    assert (len(grids(read)), codes(read)) == (1, [])


def test_a_table_cut_by_the_paper_is_refused(tmp_path: Path) -> None:
    refused = read_pdf(printed(tmp_path / "a.pdf", ["部门", "金额"], right=605))
    assert refused.pieces == ()
    assert "pdf-sideways" in codes(refused)
    assert "按2页宽打印" in refused.problems[-1].message


def test_titles_that_come_again_on_every_page_are_read_once(tmp_path: Path) -> None:
    canvas = canvas_at(tmp_path / "a.pdf", (595, 842))
    for word in ("目标", "历史"):
        rows(canvas, "指标", LEFT, 150, 1)
        rows(canvas, word, 150, RIGHT, 2)
        canvas.showPage()
    canvas.save()
    (grid,) = grids(read_pdf(tmp_path / "a.pdf"))
    assert [cell.text for cell in grid.cells if cell.row == 1] == [
        "1指标",
        "目标",
        "目标",
        "历史",
        "历史",
    ]


def test_words_across_the_cut_are_drawn_on_both_pages_and_read_once(tmp_path: Path) -> None:
    canvas = canvas_at(tmp_path / "a.pdf", (595, 842))
    for word, start in (("部门", 460), ("金额", 10)):
        rows(canvas, word)
        path = canvas.beginPath()
        path.rect(LEFT, 0, RIGHT - LEFT, 842)
        canvas.clipPath(path, stroke=0)
        canvas.drawString(start, 842 - 80, "部门整体绩效目标申报表")
        canvas.showPage()
    canvas.save()
    read = read_pdf(tmp_path / "a.pdf")
    title = [piece.text for piece in read.pieces if isinstance(piece, TextLine)]
    assert (title, codes(read)) == (["部门整体绩效目标申报表"], ["pages-joined"])


def test_other_words_at_the_cut_fit_nowhere_and_the_sheet_is_refused(tmp_path: Path) -> None:
    canvas = canvas_at(tmp_path / "a.pdf", (595, 842))
    for word, start in (("部门", 470), ("金额", 53)):
        rows(canvas, word)
        canvas.drawString(start, 842 - 80, "部门整体绩效目标申报表" if start > 100 else "万元单位")
        canvas.showPage()
    canvas.save()
    refused = read_pdf(tmp_path / "a.pdf")
    assert (refused.pieces, "pdf-sideways" in codes(refused)) == ((), True)
