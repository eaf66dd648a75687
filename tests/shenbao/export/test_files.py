"""CSV, Parquet, Excel, DuckDB and PostgreSQL hold the same contents, exactly."""

from __future__ import annotations

import shutil
import subprocess
from contextlib import AbstractContextManager
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pandas as pd
import psycopg
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shenbao.export import duck, workbook
from shenbao.export.csv import csv_tables
from shenbao.export.dictionary import DICTIONARY, dictionary_rows
from shenbao.export.duck import duckdb_tables
from shenbao.export.frames import read_table, rows_to_frame
from shenbao.export.load.write import load_workbook
from shenbao.export.parquet import parquet_tables
from shenbao.export.postgres import postgres_tables
from shenbao.export.results import Chunk, read_chunks
from shenbao.export.sql import DatabaseError
from shenbao.export.tables import TABLES
from shenbao.export.workbook import xlsx_tables
from tests.results import LONG, all_kinds, department, write_results

Contents = dict[str, list[tuple[Any, ...]]]
KEYS = {name: tuple(table.names.index(key) for key in table.keys) for name, table in TABLES.items()}
OFFICE = shutil.which("soffice")


@pytest.fixture
def chunk(tmp_path: Path) -> Chunk:
    (made,) = read_chunks(write_results(tmp_path / "out", *all_kinds()), False, print)
    return made


def write(place: AbstractContextManager[Any], *chunks: Chunk) -> None:
    with place as writer:
        for chunk in chunks:
            writer(chunk)


def ordered(contents: Contents) -> Contents:
    return {
        name: sorted(rows, key=lambda row: tuple(str(row[k]) for k in KEYS[name]))
        for name, rows in contents.items()
    }


def frames(folder: Path, ending: str) -> Contents:
    found = {}
    for name in TABLES:
        frame = read_table(folder / f"{name}.{ending}").astype(object)
        found[name] = [tuple(row) for row in frame.where(frame.notna(), None).itertuples(index=False)]
    return ordered(found)


def sheets(path: Path) -> Contents:
    """Numbers as the decimal that a spreadsheet shows; `exact_numbers` in the place of those it rounds."""
    book, found = openpyxl.load_workbook(path), {}
    for name, table in TABLES.items():
        lines = book[name].iter_rows(min_row=2, values_only=True)
        found[name] = [tuple(map(plain, _exact(line, table.names))) for line in lines]
    return ordered(found)


def _exact(line: tuple[Any, ...], names: tuple[str, ...]) -> tuple[Any, ...]:
    exact = (
        dict(item.split(" ") for item in (line[len(names)] or "").split("；") if item)
        if line[len(names) :]
        else {}
    )
    return tuple(
        Decimal(exact[name]) if name in exact else value for name, value in zip(names, line, strict=False)
    )


def plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.date()
    value = {"true": True, "false": False}.get(value, value)
    return Decimal(repr(value)) if isinstance(value, float) else value


# the same contents everywhere


def test_csv_and_parquet_give_the_rows_back(chunk: Chunk, tmp_path: Path) -> None:
    write(csv_tables(tmp_path, "english"), chunk)
    write(parquet_tables(tmp_path, "english"), chunk)
    assert frames(tmp_path, "csv") == ordered(chunk.rows) == frames(tmp_path, "parquet")


def test_duckdb_gives_the_rows_back(chunk: Chunk, tmp_path: Path) -> None:
    write(duckdb_tables(tmp_path), chunk)
    with duckdb.connect(tmp_path / "shenbao.duckdb") as database:
        found = {name: database.execute(f"SELECT * FROM {name}").fetchall() for name in TABLES}
    assert ordered(found) == ordered(chunk.rows)


def test_postgresql_gives_the_rows_back(chunk: Chunk, postgres_url: str) -> None:
    write(postgres_tables(postgres_url), chunk)
    with psycopg.connect(postgres_url) as database:
        found = {name: database.execute(f"SELECT * FROM shenbao.{name}").fetchall() for name in TABLES}
    assert ordered(found) == ordered(chunk.rows)


def test_excel_gives_the_rows_back(chunk: Chunk, tmp_path: Path) -> None:
    write(xlsx_tables(tmp_path, "english"), chunk)
    assert sheets(tmp_path / "tables.xlsx") == ordered(chunk.rows)


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice (soffice) is missing: nobody opened the workbook")
def test_libreoffice_opens_and_saves_the_workbook(chunk: Chunk, tmp_path: Path) -> None:
    write(xlsx_tables(tmp_path, "english"), chunk)
    write(csv_tables(tmp_path, "english"), chunk)
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [str(OFFICE), profile, "--headless", "--convert-to", "xlsx", "--outdir", "saved"]
    write(load_workbook(tmp_path, "chinese"), chunk)
    files = ["tables.xlsx", "goals.csv", "load.xlsx"]
    subprocess.run([*command, *files], cwd=tmp_path, check=True, capture_output=True, timeout=120)
    assert sheets(tmp_path / "saved" / "tables.xlsx") == ordered(chunk.rows)
    for name in ("tables.xlsx", "goals.xlsx", "load.xlsx"):
        book = openpyxl.load_workbook(tmp_path / "saved" / name)
        kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}
        assert kinds & {"s", "f"} == {"s"}


# types


def test_pandas_has_decimals_dates_and_categories(chunk: Chunk, tmp_path: Path) -> None:
    write(parquet_tables(tmp_path, "english"), chunk)
    budget, front = (read_table(tmp_path / f"{name}.parquet") for name in ("budget", "submissions"))
    assert {type(amount) for amount in budget["amount"].dropna()} == {Decimal}
    assert budget["amount"].sum() == LONG + Decimal("1928.90") + 64
    assert list(budget["side"].cat.categories) == ["income", "expenditure", "source", "total"]
    assert front["filled_on"].iloc[0] == date(2025, 10, 20)


def test_a_table_in_memory_and_read_back_from_a_file_are_equal(chunk: Chunk, tmp_path: Path) -> None:
    write(parquet_tables(tmp_path, "english"), chunk)
    write(csv_tables(tmp_path, "english"), chunk)
    for name, table in TABLES.items():
        here = rows_to_frame(chunk.rows[name], table)
        for ending in ("parquet", "csv"):
            pd.testing.assert_frame_equal(here, read_table(tmp_path / f"{name}.{ending}"))
        plain = pd.read_parquet(tmp_path / f"{name}.parquet")
        pd.testing.assert_frame_equal(here, plain, check_categorical=False)


def test_any_pandas_reads_the_parquet_files(chunk: Chunk, tmp_path: Path) -> None:
    write(parquet_tables(tmp_path, "chinese"), chunk)
    frame = pd.read_parquet(tmp_path / "budget.parquet")
    assert list(frame["收支"].unique()) == ["收入", "支出", "项目资金来源"]
    assert LONG in set(frame["金额"])


def test_sql_columns_are_typed_and_explained(chunk: Chunk, postgres_url: str) -> None:
    write(postgres_tables(postgres_url), chunk)
    with psycopg.connect(postgres_url) as database:
        ((total, day),) = database.execute(
            "SELECT sum(amount), min(filled_on) FROM shenbao.budget NATURAL JOIN shenbao.submissions"
        ).fetchall()
        ((comment,),) = database.execute("SELECT col_description('shenbao.budget'::regclass, 9)").fetchall()
    assert (total, day) == (LONG + Decimal("1928.90") + 64, date(2025, 10, 20))
    assert comment.startswith("金额")


# databases: added to, never doubled


def test_writing_twice_changes_nothing(chunk: Chunk, postgres_url: str, tmp_path: Path) -> None:
    for _ in range(2):
        write(postgres_tables(postgres_url), chunk)
        write(duckdb_tables(tmp_path), chunk)
    with psycopg.connect(postgres_url) as there, duckdb.connect(tmp_path / "shenbao.duckdb") as here:
        for name, rows in chunk.rows.items():
            assert there.execute(f"SELECT count(*) FROM shenbao.{name}").fetchone() == (len(rows),)
            assert here.execute(f"SELECT count(*) FROM {name}").fetchone() == (len(rows),)


def test_a_new_result_takes_the_place_of_the_old_one(postgres_url: str, tmp_path: Path) -> None:
    old, new = department(), department()
    form = new.forms[0]
    new = new.model_copy(update={"forms": (form.model_copy(update={"findings": ()}),)})
    for n, made in enumerate((old, new)):
        (chunk,) = read_chunks(write_results(tmp_path / str(n), made), False, print)
        write(postgres_tables(postgres_url), chunk)
    with psycopg.connect(postgres_url) as database:
        assert database.execute("SELECT count(*) FROM shenbao.findings").fetchone() == (0,)
        assert database.execute("SELECT count(*) FROM shenbao.submissions").fetchone() == (1,)


def test_what_fails_in_the_middle_changes_nothing(chunk: Chunk, postgres_url: str, tmp_path: Path) -> None:
    write(postgres_tables(postgres_url), chunk)
    write(duckdb_tables(tmp_path), chunk)
    broken = Chunk(chunk.submissions, {**chunk.rows, "findings": chunk.rows["findings"] * 2})
    for place in (postgres_tables(postgres_url), duckdb_tables(tmp_path)):
        with pytest.raises(DatabaseError, match=r"(?i)duplicate|unique"):
            write(place, broken)
    with psycopg.connect(postgres_url) as there, duckdb.connect(tmp_path / "shenbao.duckdb") as here:
        count = (len(chunk.rows["budget"]),)
        assert there.execute("SELECT count(*) FROM shenbao.budget").fetchone() == count
        assert here.execute("SELECT count(*) FROM budget").fetchone() == count


def test_duckdb_keeps_whole_batches(chunk: Chunk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(duck, "_CHUNKS_PER_TRANSACTION", 1)
    with pytest.raises(OSError, match="full"), duckdb_tables(tmp_path) as writer:
        writer(chunk)
        raise OSError("disk full")
    with duckdb.connect(tmp_path / "shenbao.duckdb") as database:
        assert database.execute("SELECT count(*) FROM goals").fetchone() == (len(chunk.rows["goals"]),)


def test_a_table_of_somebody_else_is_refused(chunk: Chunk, postgres_url: str) -> None:
    with psycopg.connect(postgres_url) as database:
        database.execute("CREATE SCHEMA shenbao; CREATE TABLE shenbao.budget (id int)")
    with pytest.raises(DatabaseError, match="budget is there already"):
        write(postgres_tables(postgres_url), chunk)


def test_an_unreachable_server_is_said_to_be_one() -> None:
    with pytest.raises(DatabaseError, match="connection"):
        write(postgres_tables("postgresql://nobody@127.0.0.1:1/none"))


# files


def test_a_failure_leaves_the_files_as_they_were(chunk: Chunk, tmp_path: Path) -> None:
    for place in (csv_tables, parquet_tables, xlsx_tables):
        write(place(tmp_path, "english"), chunk)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()}
    for place in (csv_tables, parquet_tables, xlsx_tables):
        with pytest.raises(OSError, match="full"), place(tmp_path, "english") as writer:
            writer(chunk)
            raise OSError("disk full")
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()} == before


def test_csv_is_for_excel(chunk: Chunk, tmp_path: Path) -> None:
    write(csv_tables(tmp_path, "chinese"), chunk)
    data = (tmp_path / "goals.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf" + "文件名,报送编号,表序号,栏目,行号,内容\r\n".encode())
    assert "部门职能概述,1,'=HYPERLINK(1)".encode() in data


def test_the_dictionary_lies_beside_the_files(chunk: Chunk, tmp_path: Path) -> None:
    write(parquet_tables(tmp_path, "english"), chunk)
    assert len(read_table(tmp_path / "dictionary.csv")) == len(list(dictionary_rows()))


def test_a_sheet_is_frozen_filtered_and_typed(chunk: Chunk, tmp_path: Path) -> None:
    write(xlsx_tables(tmp_path, "chinese"), chunk)
    book = openpyxl.load_workbook(tmp_path / "tables.xlsx")
    sheet = book["资金"]
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("D2", f"A1:L{sheet.max_row}")
    amount = next(cell for cell in sheet["I"] if cell.value == 1932.4)
    assert (amount.data_type, amount.number_format) == ("n", "#,##0.00")
    assert [c.value for c in sheet["L"]][-2:] == ["金额 1234567890123456.7891", None]
    assert sheet.column_dimensions["A"].width == 28
    assert book.sheetnames == [*(table.title for table in TABLES.values()), DICTIONARY.title]


@settings(max_examples=20)
@given(
    st.lists(st.text(st.sampled_from("=+-@#N/A！1%'\t中"), min_size=1, max_size=9), min_size=5, max_size=20)
)
def test_no_text_in_a_workbook_is_a_formula(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str]
) -> None:
    path = tmp_path_factory.mktemp("book") / "a.xlsx"
    with workbook.workbook(path, {"dictionary": DICTIONARY}, "english") as book:
        book["dictionary"].append([(text,) * len(DICTIONARY.columns) for text in texts])
    cells = openpyxl.load_workbook(path)["dictionary"]["B"][1:]
    assert [(cell.value, cell.data_type, cell.number_format) for cell in cells] == [
        (t, "s", "@") for t in texts
    ]


def test_rows_go_on_in_a_further_sheet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "SHEET_ROWS", 3)
    rows = list(dictionary_rows())[:5]
    with workbook.workbook(tmp_path / "a.xlsx", {"dictionary": DICTIONARY}, "english") as book:
        book["dictionary"].append(rows)
    read = openpyxl.load_workbook(tmp_path / "a.xlsx")
    assert [sheet.max_row - 1 for sheet in read] == [2, 2, 1]
    assert [sheet["B3" if sheet.max_row == 3 else "B2"].value for sheet in read] == [
        rows[n][1] for n in (1, 3, 4)
    ]
