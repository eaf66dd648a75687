"""Which shenbao this is."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError

import pytest

from shenbao import version
from shenbao.version import NOT_INSTALLED, program_version
from tests.places import ROOT


@pytest.fixture(autouse=True)
def forgotten() -> Iterator[None]:
    program_version.cache_clear()
    yield
    program_version.cache_clear()


def test_a_checkout_that_is_not_installed_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> str:
        raise PackageNotFoundError(name)

    monkeypatch.setattr(version, "version", missing)
    assert program_version() == NOT_INSTALLED


def test_the_change_log_begins_with_the_version_of_the_project() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    headings = [
        line for line in (ROOT / "CHANGELOG.md").read_text("utf-8").splitlines() if line.startswith("## ")
    ]
    assert headings[0] == f"## {project['version']}"
