"""`shenbao tables` from the command line: what it reads, what it leaves out, what it says."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from models.submission import submission_to_json, submission_to_line
from shenbao.cli import main
from shenbao.exits import BAD_DATA, IO_ERROR, NO_INPUT, UNAVAILABLE, USAGE
from shenbao.export.frames import read_table
from shenbao.export.tables import TABLES
from shenbao.ingest.place import Output
from tests.results import all_kinds, as_version_1, declaration, department, project, write_results


@dataclass(frozen=True)
class Run:
    code: int
    out: str
    err: str


Shell = Callable[..., Run]


@pytest.fixture
def shell(capsys: pytest.CaptureFixture[str]) -> Shell:
    def run(*arguments: str | Path) -> Run:
        with pytest.raises(SystemExit) as exit:
            main(["tables", *map(str, arguments)])
        return Run(int(exit.value.code or 0), *capsys.readouterr())

    return run


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return write_results(tmp_path / "out", *all_kinds())


def departments(folder: Path) -> list[str | None]:
    frame = read_table(folder / "submissions.csv")
    return list(frame["file"])


def test_all_formats_at_once(shell: Shell, out: Path, tmp_path: Path) -> None:
    formats = ("csv", "parquet", "xlsx", "duckdb", "load")
    result = shell(out, "--to", tmp_path / "t", *(part for name in formats for part in ("--format", name)))
    assert result.code == 0
    assert result.out.startswith("3 submissions, ")
    names = {path.name for path in (tmp_path / "t").iterdir()}
    assert {"tables.xlsx", "load.xlsx", "shenbao.duckdb", "dictionary.csv", "goals.parquet"} <= names
    assert len(names) == 2 * len(TABLES) + 4


def test_every_format_survives_every_name_and_text(shell: Shell, tmp_path: Path) -> None:
    nasty = department("a\x01\x1b\u202e\ufffe.docx")
    (form,) = nasty.forms
    data = form.data.model_copy(update={"functions": ("一\x0b\x85二",), "preparer": "=1+1\x00"})
    nasty = nasty.model_copy(update={"forms": (form.model_copy(update={"data": data}),)})
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "a.json").write_text(submission_to_json(nasty), "utf-8")
    formats = ("csv", "parquet", "xlsx", "duckdb", "load")
    for titles in ("english", "chinese"):
        options = [part for name in formats for part in ("--format", name)]
        result = shell(tmp_path / "out", "--to", tmp_path / titles, "--titles", titles, *options)
        assert (result.code, result.err) == (0, "")
    assert departments(tmp_path / "english") == ["a\ufffd\ufffd\ufffd\ufffd.docx"]


def test_results_are_found_below_the_folder_and_in_json_lines(shell: Shell, tmp_path: Path) -> None:
    write_results(tmp_path / "out" / "first round", department())
    (tmp_path / "out" / "submissions.jsonl").write_text(submission_to_line(project()) + "\n\n", "utf-8")
    write_results(tmp_path / "out" / ".cache", department("hidden.docx"))
    assert shell(tmp_path / "out", "--to", tmp_path / "t").code == 0
    assert departments(tmp_path / "t") == ["b.docx", "a.docx"]


def test_of_a_season_only_the_results_that_count_are_taken(shell: Shell, tmp_path: Path) -> None:
    season = Output(tmp_path / "season")
    season.prepare()
    season.identity()
    write_results(tmp_path / "season" / "results", department())
    write_results(tmp_path / "season" / "withdrawn", project())
    assert shell(season.root, "--to", tmp_path / "t").code == 0
    assert departments(tmp_path / "t") == ["a.docx"]


def test_running_again_gives_the_same_bytes(shell: Shell, out: Path, tmp_path: Path) -> None:
    for folder in ("one", "other"):
        shell(out, "--to", tmp_path / folder, "--format", "csv", "--format", "parquet")
    for path in (tmp_path / "one").iterdir():
        assert (tmp_path / "other" / path.name).read_bytes() == path.read_bytes()


def test_the_same_content_under_two_names_is_one_submission(shell: Shell, out: Path, tmp_path: Path) -> None:
    twin = department()
    twin = twin.model_copy(update={"source": twin.source.model_copy(update={"name": "z.docx"})})
    write_results(out, twin)
    result = shell(out, "--to", tmp_path / "t")
    assert result.code == 0
    assert "z.docx.json: the same content as" in result.err
    assert "1 doubles" in result.out
    assert departments(tmp_path / "t") == ["a.docx", "b.docx", "c.pdf"]


def test_a_result_of_version_1_is_taken_beside_those_of_today(
    shell: Shell, out: Path, tmp_path: Path
) -> None:
    (out / "old.json").write_text(as_version_1(department("old.docx")), "utf-8")
    assert shell(out, "--to", tmp_path / "t").code == 0
    assert departments(tmp_path / "t") == ["a.docx", "b.docx", "c.pdf", "old.docx"]


def test_two_results_for_one_content_are_a_fault(shell: Shell, out: Path, tmp_path: Path) -> None:
    other = department().model_copy(update={"status": "accepted"})
    (out / "older.json").write_text(submission_to_json(other), "utf-8")
    result = shell(out, "--to", tmp_path / "t")
    assert result.code == BAD_DATA
    assert "but another result" in result.err


@pytest.mark.parametrize("text", ['{"schema_version": "1", "forms"', '{"schema_version": "9"}', "\ud800"])
def test_a_broken_result_is_named_and_the_others_are_written(
    shell: Shell, out: Path, tmp_path: Path, text: str
) -> None:
    (out / "broken.json").write_bytes(text.encode("utf-8", "surrogatepass"))
    result = shell(out, "--to", tmp_path / "t")
    assert result.code == BAD_DATA
    assert "broken.json" in result.err
    assert len(departments(tmp_path / "t")) == 3


def test_a_number_that_no_column_holds_is_named(shell: Shell, out: Path, tmp_path: Path) -> None:
    line = (
        declaration().projects[0].model_copy(update={"annual_budget": declaration().budget.income[0].amount})
    )
    line = line.model_copy(update={"annual_budget": line.annual_budget.scaleb(-12)})  # type: ignore[union-attr]
    write_results(out, department("long.docx", declaration().model_copy(update={"projects": (line,)})))
    result = shell(out, "--to", tmp_path / "t")
    assert result.code == BAD_DATA
    assert "long.docx.json: annual_budget" in result.err


def test_other_json_is_passed_over(shell: Shell, out: Path, tmp_path: Path) -> None:
    (out / "package.json").write_text('{"name": "x"}', "utf-8")
    result = shell(out, "--to", tmp_path / "t")
    assert (result.code, result.err) == (0, "")
    assert "1 other JSON documents passed over" in result.out


def test_masked_tables_name_nobody(shell: Shell, out: Path, tmp_path: Path) -> None:
    formats = ("--format", "csv", "--format", "load", "--format", "duckdb")
    assert shell(out, "--to", tmp_path / "t", "--mask", "--format", "parquet", *formats).code == 0
    for path in (tmp_path / "t").glob("*.csv"):
        text = path.read_text("utf-8")
        assert not [word for word in ("陈立群", "陈立郡", "7322150", "13871234567") if word in text]


def test_nothing_to_read_is_said(shell: Shell, tmp_path: Path) -> None:
    result = shell(tmp_path, "--to", tmp_path / "t")
    assert result.code == NO_INPUT
    assert "no results in" in result.err
    assert list((tmp_path / "t").iterdir()) == [tmp_path / "t" / "dictionary.csv"]
    assert shell(tmp_path / "missing", "--to", tmp_path / "t").code == NO_INPUT


@pytest.mark.parametrize(
    "arguments",
    [
        ["--to", "mysql://x/y"],
        ["--to", ""],
        ["--to", "postgresql://x/y", "--format", "csv"],
        ["--to", "postgresql://x/y", "--titles", "chinese"],
        [],
    ],
)
def test_wrong_usage_is_refused(shell: Shell, out: Path, arguments: list[str]) -> None:
    assert shell(out, *arguments).code == USAGE


def test_a_missing_package_names_the_command(
    shell: Shell, out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "duckdb", None)
    monkeypatch.delitem(sys.modules, "shenbao.export.duck", raising=False)
    result = shell(out, "--to", tmp_path, "--format", "duckdb")
    assert result.code == UNAVAILABLE
    assert "pip install 'shenbao[tables]'" in result.err


def test_a_place_that_cannot_be_written_is_said(shell: Shell, out: Path, tmp_path: Path) -> None:
    (tmp_path / "taken").touch()
    assert shell(out, "--to", tmp_path / "taken").code == IO_ERROR
    result = shell(out, "--to", "postgresql://nobody:secret@127.0.0.1:1/none")
    assert result.code == IO_ERROR
    assert "secret" not in result.err
