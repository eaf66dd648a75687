"""`shenbao diff`, `shenbao check` and `shenbao report` from the command line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from models.submission import DepartmentForm, submission_to_json
from shenbao.cli import main
from shenbao.exits import BAD_DATA, NO_INPUT, USAGE
from tests.places import SAMPLES
from tests.shenbao.compare.forms import form, indicator, submission

Shell = Callable[..., tuple[int, str, str]]


@pytest.fixture
def shell(capsys: pytest.CaptureFixture[str]) -> Shell:
    def run(*arguments: str | Path) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as exit:
            main([*map(str, arguments)])
        out, err = capsys.readouterr()
        return int(exit.value.code or 0), out, err

    return run


def put(path: Path, made: DepartmentForm) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(submission_to_json(submission(made)), encoding="utf-8")
    return path


def test_two_results_are_compared(shell: Shell, tmp_path: Path) -> None:
    one = put(tmp_path / "a.json", form(indicator("次数", "≥5件")))
    other = put(tmp_path / "b.json", form(indicator("次数", "≥7件")))
    code, out, _ = shell("diff", one, other, "-o", tmp_path / "d")
    assert code == 1
    assert "“次数”的指标值：≥5件 → ≥7件" in out
    assert {path.name for path in (tmp_path / "d").iterdir()} == {"diff.html", "diff.xlsx"}


def test_the_same_form_in_two_formats_has_no_difference(shell: Shell) -> None:
    code, out, _ = shell("diff", SAMPLES / "jiaotong-word.docx", SAMPLES / "jiaotong-sheet.xlsx", "-q")
    assert code == 0
    assert "变化 0；待核对的差异 0" in out


def test_masked_differences_name_nobody(shell: Shell, tmp_path: Path) -> None:
    one = put(tmp_path / "a.json", form(preparer="王建国", phone="13812345678"))
    other = put(tmp_path / "b.json", form(preparer="李保民", phone="13987654321"))
    _, out, _ = shell("diff", one, other, "--mask", "-o", tmp_path / "d")
    assert "王建国" not in out + (tmp_path / "d" / "diff.html").read_text("utf-8")


def test_a_season_against_the_last_one(shell: Shell, tmp_path: Path) -> None:
    put(tmp_path / "now" / "a.json", form())
    put(tmp_path / "last" / "a.json", form(indicator("检查次数")))
    code, out, _ = shell("check", tmp_path / "now", "--against", tmp_path / "last", "-o", tmp_path / "y")
    assert code == 1
    assert "上年的指标“检查次数”" in out
    assert {path.name for path in (tmp_path / "y").iterdir()} == {"years.html", "years.xlsx"}


def test_a_department_checks_its_own_file(shell: Shell, tmp_path: Path) -> None:
    code, out, _ = shell("check", SAMPLES / "jiaotong-word.docx", "-o", tmp_path / "自查.html")
    assert code == 1
    assert "4 处请处理" in out
    assert "效果明显" in (tmp_path / "自查.html").read_text("utf-8")


def test_a_report_has_memo_sheet_and_overview(shell: Shell, tmp_path: Path) -> None:
    put(tmp_path / "out" / "a.json", form(department="江阳县水利局"))
    code, out, _ = shell("report", tmp_path / "out", "-o", tmp_path / "r")
    assert code == 0
    assert out.startswith("1 departments, 0 points, 0 waiting")
    assert {path.name for path in (tmp_path / "r").iterdir()} == {
        *("overview.html", "overview.xlsx", "退回意见书", "审核表")
    }
    shell("report", tmp_path / "out", "-o", tmp_path / "one", "--part", "overview", "-q")
    assert {path.name for path in (tmp_path / "one").iterdir()} == {"overview.html", "overview.xlsx"}


def test_a_masked_report_names_nobody(shell: Shell, tmp_path: Path) -> None:
    put(tmp_path / "out" / "a.json", form(preparer="王建国", phone="13812345678"))
    shell("report", tmp_path / "out", "-o", tmp_path / "r", "--mask", "-q")
    pages = "".join(path.read_text("utf-8") for path in (tmp_path / "r").rglob("*.html"))
    assert "王建国" not in pages and "13812345678" not in pages


def test_a_folder_needs_something_to_be_held_against(shell: Shell, tmp_path: Path) -> None:
    code, _, err = shell("check", tmp_path)
    assert code == USAGE
    assert "--against" in err


@pytest.mark.parametrize("command", [("diff", "x", "x"), ("check", "x")])
def test_a_place_that_is_not_there_is_said(shell: Shell, tmp_path: Path, command: tuple[str, ...]) -> None:
    code, _, err = shell(command[0], *(tmp_path / name for name in command[1:]))
    assert code == NO_INPUT
    assert "is not there" in err


def test_a_folder_without_results_is_said(shell: Shell, tmp_path: Path) -> None:
    code, _, err = shell("diff", tmp_path, tmp_path)
    assert code == NO_INPUT
    assert "no results in" in err


def test_a_broken_result_is_said(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text('{"schema_version": "2"}', encoding="utf-8")
    code, _, err = shell("diff", tmp_path / "a.json", tmp_path / "a.json")
    assert code == BAD_DATA
    assert "is not a result of shenbao" in err


def test_broken_results_of_a_folder_are_left_out_and_said(shell: Shell, tmp_path: Path) -> None:
    put(tmp_path / "out" / "a.json", form())
    (tmp_path / "out" / "b.json").write_text('{"schema_version": "2"}', encoding="utf-8")
    for command in (("diff", tmp_path / "out"), ("report", "-o", tmp_path / "r")):
        code, out, err = shell(command[0], tmp_path / "out", *command[1:])
        assert code == BAD_DATA
        assert "left out" in err
        assert "b.json 不是完好的结果，未计入" in out


def test_a_broken_template_is_said(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "memo.yaml").write_text("titel: x", encoding="utf-8")
    code, _, err = shell("check", SAMPLES / "jiaotong-word.docx", "--data", tmp_path)
    assert code == BAD_DATA
    assert "memo.yaml: titel" in err
