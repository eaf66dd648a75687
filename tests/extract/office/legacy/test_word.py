"""Old Word files read as new ones are. `form.doc` was saved by LibreOffice."""

from __future__ import annotations

from pathlib import Path

import pytest

from extract.office.legacy.word import read_old_word
from models.document import TextLine
from models.grid import Grid

FORM = Path(__file__).with_name("form.doc")


def test_lines_and_tables_are_those_of_the_page() -> None:
    line, grid = read_old_word(FORM).pieces
    assert isinstance(line, TextLine) and line.text == "部门整体绩效目标申报表"
    assert isinstance(grid, Grid)
    assert [(c.text, c.row, c.column, c.column_span) for c in grid.cells] == [
        ("部门名称", 0, 0, 2), ("审计局", 0, 2, 1), ("1、甲\n2、乙", 1, 0, 1), ("95%", 1, 1, 1), ("", 1, 2, 1),
    ]  # fmt: skip


def test_what_was_left_out_and_what_the_conversion_lost_is_told() -> None:
    document = read_old_word(FORM)
    assert document.media_type == "application/msword"
    assert [(p.code, p.severity) for p in document.problems] == [
        ("text-struck", "warning"),
        ("conversion-loss", "info"),
    ]


@pytest.mark.parametrize("keep", [0, 600, 4000, 12000])
def test_cut_file_is_damaged(tmp_path: Path, keep: int) -> None:
    (tmp_path / "cut").write_bytes(FORM.read_bytes()[:keep])
    document = read_old_word(tmp_path / "cut")
    assert (document.pieces, [p.code for p in document.problems]) == ((), ["file-damaged"])


def test_defect_of_ours_is_no_damaged_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("extract.office.legacy.word.read_word", lambda path: 1 // 0)
    with pytest.raises(ZeroDivisionError):
        read_old_word(FORM)
