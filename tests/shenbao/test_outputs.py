"""Where results go: whole files under their final names, or none."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from models.submission import Submission, json_to_submission, submission_to_json, submission_to_line
from shenbao.file_task import FileOutcome
from shenbao.outputs import json_files, json_lines, make_folder, replaced, replacing, standard_output
from tests.results import department, project


def outcome(name: str, submission: Submission, as_line: bool = False) -> FileOutcome:
    document = (submission_to_line if as_line else submission_to_json)(submission)
    return FileOutcome(name, 0, "", document)


def test_every_file_has_a_result_of_its_name(tmp_path: Path) -> None:
    with json_files(tmp_path / "new" / "out") as write:
        write(outcome("a.docx", department()))
    assert [path.name for path in (tmp_path / "new" / "out").iterdir()] == ["a.docx.json"]
    text = (tmp_path / "new" / "out" / "a.docx.json").read_text("utf-8")
    assert text == submission_to_json(department())


def test_lines_are_one_result_each_in_their_order(tmp_path: Path) -> None:
    with json_lines(tmp_path) as write:
        write(outcome("a", department(), as_line=True))
        write(outcome("b", project(), as_line=True))
    lines = (tmp_path / "submissions.jsonl").read_text("utf-8").splitlines()
    assert [json_to_submission(line) for line in lines] == [department(), project()]


@pytest.mark.parametrize("lines", [True, False])
def test_standard_output_ends_every_result_with_one_line_break(
    lines: bool, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    with standard_output() as write:
        write(outcome("a", department(), as_line=lines))
    out = capfdbinary.readouterr().out.decode()
    assert out.endswith("}\n") and not out.endswith("\n\n")
    assert (out.count("\n") == 1) is lines
    assert json.loads(out)["source"]["name"] == "a.docx"


def test_what_fails_half_way_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("old", "utf-8")
    with pytest.raises(RuntimeError), replacing(tmp_path / "a") as file:
        file.write("half")
        raise RuntimeError
    assert [(path.name, path.read_text("utf-8")) for path in tmp_path.iterdir()] == [("a", "old")]


def test_a_name_as_long_as_names_can_be_is_written(tmp_path: Path) -> None:
    with replaced(tmp_path / ("a" * 255)) as part:
        part.write_bytes(b"1")
    assert [len(path.name) for path in tmp_path.iterdir()] == [255]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written_is_said_at_once(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(PermissionError, match="not writable"):
        make_folder(tmp_path)


def test_a_folder_that_is_a_file_is_said_at_once(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("", "utf-8")
    with pytest.raises(OSError, match="exists"):
        make_folder(tmp_path / "a")
