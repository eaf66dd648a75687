"""Where results go: whole files under their final names, or none."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from shenbao.file_task import FileOutcome
from shenbao.outputs import json_files, json_lines, make_folder, replaced, replacing, standard_output


def outcome(name: str, document: str) -> FileOutcome:
    return FileOutcome(name, 0, f"accepted  {name}", document)


def test_every_file_has_a_result_of_its_name(tmp_path: Path) -> None:
    with json_files(tmp_path / "new" / "out") as write:
        write(outcome("a.docx", "{}\n"))
    assert [path.name for path in (tmp_path / "new" / "out").iterdir()] == ["a.docx.json"]
    assert (tmp_path / "new" / "out" / "a.docx.json").read_text("utf-8") == "{}\n"


def test_lines_are_one_result_each_in_their_order(tmp_path: Path) -> None:
    with json_lines(tmp_path) as write:
        write(outcome("b", '{"甲": 1}'))
        write(outcome("a", '{"乙": 2}'))
    assert (tmp_path / "submissions.jsonl").read_text("utf-8") == '{"甲": 1}\n{"乙": 2}\n'


@pytest.mark.parametrize("document", ['{"甲": 1}', '{\n  "甲": 1\n}\n'])
def test_standard_output_is_utf_8_and_ends_every_result_with_one_line_break(
    document: str, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    with standard_output() as write:
        write(outcome("a", document))
    assert capfdbinary.readouterr().out.decode() == document.rstrip("\n") + "\n"


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
