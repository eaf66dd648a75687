"""The tables as pandas frames."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest

from shenbao.export.arrow import rows_to_arrow, table_to_schema
from shenbao.export.frames import read_table, rows_to_frame
from shenbao.export.tables import TABLES

BUDGET = TABLES["budget"]


def test_no_rows_are_a_frame_with_all_its_columns_in_memory_and_from_files(tmp_path: Path) -> None:
    pq.write_table(rows_to_arrow([], table_to_schema(BUDGET)), tmp_path / "budget.parquet")
    (tmp_path / "budget.csv").write_text(",".join(BUDGET.names) + "\r\n", "utf-8-sig")
    frame = rows_to_frame([], BUDGET)
    assert (len(frame), tuple(frame.columns)) == (0, BUDGET.names)
    for ending in ("parquet", "csv"):
        pd.testing.assert_frame_equal(read_table(tmp_path / f"budget.{ending}"), frame)


def test_a_csv_of_other_columns_is_refused(tmp_path: Path) -> None:
    (tmp_path / "budget.csv").write_text("a,b\n1,2\n", "utf-8")
    with pytest.raises(ValueError, match="not the columns of table budget"):
        read_table(tmp_path / "budget.csv")


def test_codes_are_categories_with_every_code_that_there_is() -> None:
    frame = rows_to_frame([], BUDGET)
    for column in BUDGET.columns:
        if column.labels:
            kind = frame[column.name].dtype
            assert isinstance(kind, pd.CategoricalDtype)
            assert list(kind.categories) == list(column.labels)
