"""`shenbao doctor` names what is there, tries the recogniser, and says how to get what is missing."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from extract.files.kinds import Kind
from extract.ocr.engine import EngineError
from extract.ocr.rapid import RapidEngine
from shenbao import doctor
from shenbao.cli import cli
from shenbao.readers import KIND_READERS
from shenbao.unpacking.members import CONTAINER_KINDS


def checks() -> dict[str, doctor.MachineCheck]:
    return {check.name: check for check in doctor.examine()}


def test_everything_that_reading_needs_is_here() -> None:
    assert [check.name for check in doctor.examine() if check.needed and check.state != "ok"] == []


def test_the_recogniser_is_named_with_the_hash_of_its_weights() -> None:
    assert checks()["recogniser"].detail == RapidEngine().version


def test_a_recogniser_that_does_not_load_is_broken(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise EngineError("模型缺失")

    monkeypatch.setattr(RapidEngine, "read", fail)
    assert (checks()["recogniser"].state, checks()["recogniser"].detail) == ("broken", "模型缺失")


def test_a_package_that_is_missing_is_named_and_the_exit_code_says_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(doctor, "_NEEDED", ("no-such-package",))
    result = CliRunner().invoke(cli, ["doctor"], standalone_mode=False)
    assert result.return_value == 1
    assert "missing  no-such-package: not installed  → make clean && make run" in result.output


def test_an_extra_that_is_missing_comes_with_its_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "_EXTRAS", {"no_such": ("no-such", "nothing", "pip install no-such")})
    assert checks()["no-such"] == doctor.MachineCheck(
        "no-such", "missing", "nothing", advice="pip install no-such"
    )


def test_without_a_chinese_font_the_package_that_brings_one_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda _: None)
    found = checks()
    assert "fonts-noto-cjk" in found["Chinese fonts"].advice
    assert found["LibreOffice"].state == "missing"


@pytest.mark.parametrize(("python", "said"), [((3, 11, 7), True), ((3, 11, 8), False), ((3, 13, 0), False)])
def test_a_python_that_does_not_notice_overlapping_parts_of_an_archive_is_named(
    monkeypatch: pytest.MonkeyPatch, python: tuple[int, int, int], said: bool
) -> None:
    monkeypatch.setattr("sys.version_info", python)
    assert (next(check.name for check in [*doctor.examine()][1:2]) == "python's zip") is said


def test_every_kind_of_file_is_named_with_what_reads_it() -> None:
    named = {name.removeprefix("kind ") for name in checks() if name.startswith("kind ")}
    assert named == {kind.name.lower() for kind in (*KIND_READERS, *CONTAINER_KINDS)}
    assert checks()["kind doc"].detail == "old Word (.doc, .wps): msdoc2docx"


def test_a_kind_that_needs_a_missing_extra_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "find_spec", lambda module: None)
    check = checks()[f"kind {Kind.SEVEN_ZIP.name.lower()}"]
    assert (check.state, check.advice) == ("missing", "pip install 'shenbao[archives]'")
