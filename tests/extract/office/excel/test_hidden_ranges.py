from __future__ import annotations

import time
from pathlib import Path

from extract.office.excel.hidden_ranges import spans_to_numbers
from extract.office.excel.reader import read_excel
from tests.hostile import sheet


def test_spans_that_overlap_in_any_order_are_gone_through_once() -> None:
    assert spans_to_numbers([(9, 12), (2, 3), (1, 2), (10, 11), (5, 4)]) == {1, 2, 3, 9, 10, 11, 12}


def seconds(columns: int, folder: Path) -> float:
    """Processor time of a sheet that hides all of its columns so many times."""
    named = "<col min='1' max='16384' width='9' hidden='1'/>" * columns
    path = folder / "a.xlsx"
    path.write_bytes(sheet("<row r='1'><c r='A1'><v>1</v></c></row>", before=f"<cols>{named}</cols>"))
    started = time.process_time()
    read_excel(path)
    return time.process_time() - started


def test_a_sheet_that_hides_the_same_columns_again_and_again_costs_hardly_more(tmp_path: Path) -> None:
    assert seconds(2_000, tmp_path) < 50 * seconds(1, tmp_path)
