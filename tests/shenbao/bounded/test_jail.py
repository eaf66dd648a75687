"""A process in a jail: it writes into its own folder and the named ones, and nowhere else, and reaches no network."""

from __future__ import annotations

import socket
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from models.submission import json_to_submission
from shenbao.bounded import jail
from shenbao.bounded.jail import LEAST_JAIL, VARIABLE_JAIL, NoJailError, jail_version, use_jail
from shenbao.bounded.limits import WorkLimits
from shenbao.bounded.pool import run_once
from shenbao.bounded.process import Death
from shenbao.cli import cli
from shenbao.exits import UNAVAILABLE
from tests.places import ROOT, SAMPLES

LIMITS = WorkLimits(60, 2**30)
needs_jail = pytest.mark.skipif(jail_version() < LEAST_JAIL, reason="this system has no Landlock")


@pytest.fixture
def jailed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that jailed processes may write into."""
    monkeypatch.setenv(VARIABLE_JAIL, "")
    (tmp_path / "named").mkdir()
    use_jail(tmp_path / "named")
    return tmp_path / "named"


def attempt(job: Callable[[], object]) -> str:
    try:
        job()
    except OSError as error:
        return type(error).__name__
    return "done"


def write(path: str) -> str:
    return attempt(lambda: Path(path).write_text("x"))


def write_temporary(_: str) -> str:
    return attempt(lambda: Path(tempfile.mkdtemp(), "a").write_text("x"))


def remove(path: str) -> str:
    return attempt(Path(path).unlink)


def move(path: str) -> str:
    return attempt(lambda: Path(path).rename(Path(path).with_name("moved")))


def read(path: str) -> str:
    return Path(path).read_text("utf-8")


def open_socket(kind: str) -> str:
    return attempt(lambda: socket.socket(socket.AF_INET, getattr(socket, kind)).close())


def ask(job: Callable[[str], str], argument: object = "") -> str | Death:
    return run_once(job, str(argument), LIMITS)


@needs_jail
def test_it_writes_into_its_own_folder_and_the_named_ones(jailed: Path) -> None:
    assert ask(write_temporary) == "done"
    assert ask(write, jailed / "a") == "done"


@needs_jail
@pytest.mark.parametrize("job", [write, remove, move])
def test_it_changes_nothing_else_and_reads_it(jailed: Path, job: Callable[[str], str]) -> None:
    other = jailed.parent / "other"
    other.write_text("mine", "utf-8")
    assert ask(job, other) == "PermissionError"
    assert ask(read, other) == "mine"


@needs_jail
@pytest.mark.parametrize("kind", ["SOCK_STREAM", "SOCK_DGRAM"])
def test_it_has_no_network(jailed: Path, kind: str) -> None:
    assert ask(open_socket, kind) == "PermissionError"


def test_without_a_jail_it_may(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE_JAIL, raising=False)
    assert ask(write, tmp_path / "a") == "done"
    assert ask(open_socket, "SOCK_STREAM") == "done"


@needs_jail
@pytest.mark.parametrize("name", ["minzheng-old.doc", "jiaotong-sheet.xlsx"])
def test_a_form_is_read_in_a_jail_as_outside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv(VARIABLE_JAIL, "")
    arguments = ["extract", str(SAMPLES / name), "-o", str(tmp_path), "--jail", "-q"]
    CliRunner().invoke(cli, arguments)
    made, golden = (
        json_to_submission((folder / f"{name}.json").read_text("utf-8"))
        for folder in (tmp_path, ROOT / "golden")
    )
    assert made.forms == golden.forms


@needs_jail
def test_a_season_is_read_in_a_jail(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE_JAIL, "")
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.md").write_bytes((SAMPLES / "yangxian-justice.md").read_bytes())
    arguments = ["ingest", str(tmp_path / "in"), "-o", str(tmp_path / "out"), "--settle", "0", "--jail"]
    result = CliRunner().invoke(cli, arguments)
    assert result.output.startswith("review    a.md")
    assert (tmp_path / "out" / "results" / "a.md.json").is_file()


def test_a_system_without_a_jail_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jail, "jail_version", lambda: 0)
    with pytest.raises(NoJailError, match="newer"):
        use_jail(tmp_path)
    arguments = ["extract", str(SAMPLES / "yangxian-justice.md"), "-o", str(tmp_path), "--jail"]
    assert CliRunner().invoke(cli, arguments).exit_code == UNAVAILABLE
    assert list(tmp_path.iterdir()) == []
