"""What is told of pages that stand twice in a file, and of rows between which a rule is missing."""

from __future__ import annotations

from pathlib import Path

from extract.pdf.reader import read_pdf
from tests.drawn import FONT, canvas_at, codes, grids
from tests.extract.pdf.test_joined_prints import printed


def test_a_page_that_comes_twice_is_read_once(tmp_path: Path) -> None:
    words = "农村公路列养率和优良中等路率"
    twice = read_pdf(printed(tmp_path / "a.pdf", [words, words]))
    assert codes(twice) == ["page-repeated"]
    assert len(grids(twice)) == 1


def test_rows_without_a_rule_between_them_are_parted_and_told(tmp_path: Path) -> None:
    canvas = canvas_at(tmp_path / "a.pdf", (595, 842))
    canvas.setFont(FONT, 9)
    for y in (100, 140, 180):
        canvas.line(50, 842 - y, 410, 842 - y)
    for x in range(50, 411, 90):
        canvas.line(x, 842 - 100, x, 842 - 180)
    columns = (("养护率", "完好率"), ("95%", "90%"), ("无", "无"), ("计划标准", "历史标准"))
    for n, texts in enumerate(columns):
        for row, text in enumerate(texts):
            canvas.drawString(55 + 90 * n, 842 - 114 - 18 * row, text)
        canvas.drawString(55 + 90 * n, 842 - 164, "合计")
    canvas.save()
    read = read_pdf(tmp_path / "a.pdf")
    assert "rows-joined" in codes(read)
    (grid,) = grids(read)
    assert [cell.text for cell in grid.cells if cell.column == 0] == ["养护率", "完好率", "合计"]
