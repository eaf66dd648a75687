"""`shenbao layouts`: what is known, what is wrong with a bureau's file, and why a form is taken for what it is."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from normalize.text.own_data import VARIABLE
from shenbao.cli import cli
from shenbao.exits import BAD_DATA, NO_INPUT
from tests.places import ROOT

OURS = """\
name: our-form
form: project
about: 湖区专项
titles: [专项经费绩效目标卡]
fields: {project: [专项名称], unit: [承担单位]}
"""


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A bureau's folder with one layout; what `--data` sets is taken back after the test."""
    monkeypatch.setenv(VARIABLE, "")
    (tmp_path / "layouts").mkdir()
    (tmp_path / "layouts" / "our-form.yaml").write_text(OURS, "utf-8")
    return tmp_path


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli, ["layouts", *map(str, arguments)])


def test_every_layout_is_listed(data: Path) -> None:
    shown = run("list").output
    assert "hubei-2025" in shown and "our-form" not in shown


def test_a_bureaus_own_layout_is_listed_with_data(data: Path) -> None:
    assert "our-form" in run("list", "--data", data).output


def test_a_file_in_order_is_said_to_be(data: Path) -> None:
    result = run("check", data / "layouts" / "our-form.yaml")
    assert (result.exit_code, "our-form is in order" in result.output) == (0, True)


def test_a_mistake_is_named_with_file_line_and_what_is_right(data: Path) -> None:
    path = data / "layouts" / "our-form.yaml"
    path.write_text(OURS.replace("[承担单位]", "承担单位"), "utf-8")
    result = run("check", path)
    assert result.exit_code == BAD_DATA
    assert f"{path}:5: “fields.unit” wants a list" in result.output


def test_a_wrong_file_is_left_out_with_a_line_and_the_run_goes_on(data: Path) -> None:
    (data / "layouts" / "other.yaml").write_text("name: other\nform: project\ncolour: red\n", "utf-8")
    result = run("list", "--data", data)
    assert result.exit_code == 0
    assert "other.yaml:3: “colour” is no key of a layout" in result.output
    assert "our-form" in result.output


def test_an_explanation_names_the_layout_and_its_evidence(data: Path) -> None:
    shown = run("explain", ROOT / "samples" / "yangxian-justice.md").output
    assert "hubei-2025" in shown.splitlines()[0]
    assert "labels explained" in shown


def test_a_missing_file_is_an_error(data: Path) -> None:
    assert run("explain", data / "nothing.docx").exit_code == NO_INPUT


def test_data_is_a_folder_that_is_there(data: Path) -> None:
    for wrong in (data / "layouts" / "our-form.yaml", data / "none"):
        done = CliRunner().invoke(cli, ["--data", str(wrong), "layouts", "list"])
        assert "Invalid value for '--data'" in done.output
