"""`cells` and `draw` from the command line: what they show, and that a file which takes too much is ended by name."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from shenbao.cli import main
from tests.places import SAMPLES


def exit_code(*arguments: object) -> int:
    with pytest.raises(SystemExit) as exited:
        main([str(argument) for argument in arguments])
    assert isinstance(exited.value.code, int)
    return exited.value.code


def test_cells_prints_the_tables_of_a_document(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert exit_code("cells", SAMPLES / "jiaotong-word.docx") == 0
    assert json.loads(capfdbinary.readouterr().out)["grids"]


def test_draw_names_the_pictures_it_made(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert exit_code("draw", SAMPLES / "jiaotong-writer.pdf", "-o", tmp_path) == 0
    made = capfd.readouterr().out.splitlines()
    assert made == [str(path) for path in sorted(tmp_path.iterdir())]


@pytest.mark.parametrize(
    ("command", "name", "code"),
    [("draw", "a.md", 65), ("draw", "none.pdf", 66), ("cells", "none.pdf", 66)],
)
def test_what_cannot_be_shown_is_said_with_the_code_of_its_kind(
    tmp_path: Path, command: str, name: str, code: int, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.md").write_text("一\t二", "utf-8")
    options = ("-o", tmp_path / "out") if command == "draw" else ()
    assert exit_code(command, tmp_path / name, *options) == code
    assert name in capfd.readouterr().err


@pytest.mark.parametrize("command", ["cells", "draw"])
def test_a_file_that_takes_too_long_is_ended(
    tmp_path: Path, command: str, capfd: pytest.CaptureFixture[str]
) -> None:
    pdf = SAMPLES / "nongye-poor.pdf"
    options = ("-o", tmp_path / "out") if command == "draw" else ()
    assert exit_code(command, pdf, *options, "--timeout", 0.1) == 70
    assert "reading-timed-out" in capfd.readouterr().err


def test_a_form_is_explained_by_its_layouts(capfd: pytest.CaptureFixture[str]) -> None:
    assert exit_code("layouts", "explain", SAMPLES / "yangxian-justice.md") == 0
    first, *others = capfd.readouterr().out.splitlines()
    assert first.startswith("form 1, ") and first.endswith(": hubei-2025")
    assert any(line.split()[0] == "hubei-2025" and "labels explained" in line for line in others)


def test_an_explanation_is_bounded_too(capfd: pytest.CaptureFixture[str]) -> None:
    assert exit_code("layouts", "explain", SAMPLES / "nongye-poor.pdf", "--timeout", 0.1) == 70
    assert "reading-timed-out" in capfd.readouterr().err
