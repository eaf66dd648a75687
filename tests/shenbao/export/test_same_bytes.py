"""Workbooks of the same content are the same bytes, whenever they are made."""

from __future__ import annotations

import time
from pathlib import Path

import openpyxl

from shenbao.export.load.write import load_workbook
from shenbao.export.results import read_chunks
from shenbao.export.workbook import xlsx_tables
from tests.results import all_kinds, write_results


def test_tables_and_load_workbook_made_twice_are_equal_and_open(tmp_path: Path) -> None:
    (chunk,) = read_chunks(write_results(tmp_path / "out", *all_kinds()), False, print)
    for folder in ("one", "other"):
        for place in (xlsx_tables, load_workbook):
            with place(tmp_path / folder, "chinese") as write:
                write(chunk)
        time.sleep(2.1)  # a zip archive tells time in steps of two seconds
    for name in ("tables.xlsx", "load.xlsx"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "other" / name).read_bytes()
        assert openpyxl.load_workbook(tmp_path / "one" / name).sheetnames
    assert sorted(path.name for path in (tmp_path / "one").iterdir()) == ["load.xlsx", "tables.xlsx"]
