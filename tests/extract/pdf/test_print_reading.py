from __future__ import annotations

from pathlib import Path

from extract.pdf.reader import read_pdf
from tests.drawn import FONT, canvas_at, codes, grids

HEADINGS = ("项目名称", "项目总预算", "项目用途")
ROWS = (
    ("信访救助", "310.25", "困难救助"),
    ("公益岗位", "41.00", "人员补贴"),
    ("道路养护", "28.50", "修补路面"),
)


def printed(path: Path, foot: int) -> Path:
    """A table whose headings are boxed, its frame ruled down to `foot` points from the upper edge, its rows not."""
    canvas = canvas_at(path, (595, 842))
    canvas.setFont(FONT, 10)
    for x in (50, 200, 350, 500):
        canvas.line(x, 842 - 100, x, 842 - 120)
    for x in (50, 500):
        canvas.line(x, 842 - 100, x, 842 - foot)
    for y in (100, 120, foot):
        canvas.line(50, 842 - y, 500, 842 - y)
    for n, row in enumerate((HEADINGS, *ROWS)):
        for column, word in enumerate(row):
            canvas.drawString(60 + 150 * column, 842 - 114 - 24 * n, word)
    canvas.save()
    return path


def test_rows_below_boxed_headings_are_inferred_and_the_whole_page_is_doubted(tmp_path: Path) -> None:
    read = read_pdf(printed(tmp_path / "a.pdf", 200))
    (grid,) = grids(read)
    rows = [[cell.text for cell in grid.cells if cell.row == row and cell.text] for row in range(grid.rows)]
    assert grid.spans == "inferred"
    assert [tuple(row) for row in rows if row] == [HEADINGS, *ROWS]
    assert codes(read) == ["page-unruled"]
    (place,) = read.problems[0].places
    assert place.box and (place.box.width, place.box.height) == (595, 842)
