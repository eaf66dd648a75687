"""Old workbooks read as new ones are. `form.xls` was saved by LibreOffice."""

from __future__ import annotations

from pathlib import Path

import pytest

from extract.office.legacy.excel import read_old_excel
from models.grid import Grid

FORM = Path(__file__).with_name("form.xls")


def test_values_merges_and_formats_are_those_of_the_sheet() -> None:
    (grid,) = read_old_excel(FORM).pieces
    assert isinstance(grid, Grid)
    assert [(c.text, c.place.part, c.column_span) for c in grid.cells if c.text] == [
        ("部门整体绩效目标申报表", "表!A1", 4),
        ("金额", "表!A2", 1),
        ("4516.0", "表!B2", 1),
        ("95.24%", "表!C2", 1),
        ("2025年10月22日", "表!D2", 1),
        ("TRUE", "表!C3", 1),
        ("10⁴", "表!A5", 1),
        ("1、甲\n2、乙", "表!B5", 1),
        ("x", "表!C5", 1),
        ("3", "表!D5", 1),
        ("末", "表!F5", 1),
    ]


def test_what_is_not_on_the_sheet_is_told() -> None:
    codes = [problem.code for problem in read_old_excel(FORM).problems]
    assert codes == [
        "rows-hidden",
        "columns-hidden",
        "cell-error",
        "text-struck",
        "text-hidden",
        "sheet-hidden",
    ]


@pytest.mark.parametrize("keep", [0, 600, 3000, 5000])
def test_cut_file_is_damaged(tmp_path: Path, keep: int) -> None:
    (tmp_path / "cut").write_bytes(FORM.read_bytes()[:keep])
    assert [p.code for p in read_old_excel(tmp_path / "cut").problems][:1] == ["file-damaged"]


def test_cells_are_bounded() -> None:
    assert [p.code for p in read_old_excel(FORM, max_cells=5).problems] == ["file-too-large"]


def test_defect_of_ours_is_no_damaged_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("extract.office.legacy.excel.displayed", lambda *_, **__: 1 // 0)
    with pytest.raises(ZeroDivisionError):
        read_old_excel(FORM)


def test_missing_file_raises(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read_old_excel(tmp_path / "none")


def test_chain_of_sectors_without_an_end_is_damage(tmp_path: Path) -> None:
    data = bytearray(FORM.read_bytes())
    start = 512 * (1 + int.from_bytes(data[76:80], "little"))
    data[start : start + 512] = b"".join((n % 16).to_bytes(4, "little") for n in range(128))
    (tmp_path / "loop").write_bytes(data)
    assert [p.code for p in read_old_excel(tmp_path / "loop").problems] == ["file-damaged"]
