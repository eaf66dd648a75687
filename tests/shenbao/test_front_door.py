"""What a program gets from `import shenbao`: these names and no others, quickly, typed, and what they do with bad files."""

from __future__ import annotations

import doctest
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

import shenbao
from models.submission import submission_to_json
from shenbao.cli import main
from shenbao.export.frames import read_table
from shenbao.export.tables import TABLES
from shenbao.pipeline import read_submission
from tests.places import ROOT, SAMPLES

SAMPLE = SAMPLES / "yangxian-justice.md"


def test_these_names_are_exported_and_no_others() -> None:
    assert shenbao.__all__ == ["Settings", "Submission", "draw", "read", "read_many", "tables"]
    assert dir(shenbao) == shenbao.__all__
    with pytest.raises(AttributeError, match="read_file"):
        shenbao.read_file  # noqa: B018


def test_importing_loads_nothing_until_it_is_used() -> None:
    code = "import sys, shenbao; print([n for n in ('click', 'numpy', 'pandas', 'pydantic') if n in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_the_example_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    found = doctest.testmod(shenbao)
    assert (found.failed, found.attempted) == (0, 6)


def test_a_file_gives_the_result_that_extract_writes() -> None:
    result = shenbao.read(SAMPLE)
    assert isinstance(result, shenbao.Submission)
    assert submission_to_json(result) == submission_to_json(read_submission(SAMPLE, shenbao.Settings()))


def test_a_script_needs_no_guard(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(f"import shenbao\nprint(shenbao.read({str(SAMPLE)!r}).status)\n", "utf-8")
    done = subprocess.run(
        [sys.executable, str(script)],
        env={"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert (done.stdout, done.stderr) == ("review\n", "")


def test_settings_reach_the_reader(tmp_path: Path) -> None:
    result = shenbao.read(SAMPLE, shenbao.Settings(max_text_bytes=10))
    assert [finding.code for finding in result.findings] == ["file-too-large"]


def test_a_file_that_is_not_there_is_an_os_error(tmp_path: Path) -> None:
    with pytest.raises(OSError, match=r"none\.md: cannot be read: No such file"):
        shenbao.read(tmp_path / "none.md")


def test_a_file_that_takes_too_long_has_a_finding() -> None:
    result = shenbao.read(SAMPLES / "nongye-poor.pdf", timeout=0.1)
    assert (result.status, [finding.code for finding in result.findings]) == (
        "rejected",
        ["reading-timed-out"],
    )


def test_of_many_files_the_others_are_read_before_the_missing_ones_are_said(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("今天开会", "utf-8")
    results = shenbao.read_many([tmp_path / "none.md", tmp_path / "a.md", SAMPLE], processes=2)
    assert [next(results).source.name, next(results).source.name] == ["a.md", SAMPLE.name]
    with pytest.raises(ExceptionGroup) as caught:
        next(results)
    assert [type(error) for error in caught.value.exceptions] == [OSError]


def test_pages_are_drawn_and_what_has_none_is_refused(tmp_path: Path) -> None:
    made = shenbao.draw(SAMPLES / "jiaotong-writer.pdf", tmp_path)
    assert made == sorted(tmp_path.iterdir())
    with pytest.raises(ValueError, match="only PDF files"):
        shenbao.draw(SAMPLE, tmp_path)


def test_tables_are_those_of_the_files(tmp_path: Path) -> None:
    frames = shenbao.tables([shenbao.read(SAMPLE)])
    for arguments in (
        ["extract", SAMPLE, "-o", tmp_path / "out", "-q"],
        ["tables", tmp_path / "out", "--to", tmp_path, "--format", "parquet", "-q"],
    ):
        with pytest.raises(SystemExit):
            main(list(map(str, arguments)))
    assert list(frames) == list(TABLES)
    for name, frame in frames.items():
        pd.testing.assert_frame_equal(frame, read_table(tmp_path / f"{name}.parquet"))


@pytest.mark.parametrize("package", ["models", "extract", "normalize", "shenbao"])
def test_every_package_says_that_it_is_typed(package: str) -> None:
    assert (ROOT / package / "py.typed").is_file()
