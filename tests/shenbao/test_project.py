"""House rules that a machine can keep: whose packages these are, who imports whom, what start-up costs."""

from __future__ import annotations

import doctest
import importlib
import importlib.util
import pkgutil
import subprocess
import sys
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from importlinter.cli import lint_imports

from tests.places import ROOT

PACKAGES = ("models", "extract", "normalize", "shenbao")
HEAVY = ("lxml", "numpy", "pydantic", "rapidfuzz", "rich", "yaml")


def modules() -> list[str]:
    folders = {package: pkgutil.walk_packages([str(ROOT / package)]) for package in PACKAGES}
    names = [f"{package}.{module.name}" for package, found in folders.items() for module in found]
    return sorted(name for name in names if not name.endswith("__main__"))


@pytest.mark.parametrize("package", PACKAGES)
def test_the_package_comes_from_this_checkout(package: str) -> None:
    spec = importlib.util.find_spec(package)
    assert spec is not None
    assert spec.origin is not None
    assert Path(spec.origin).resolve().parent == ROOT / package


@pytest.mark.parametrize("package", PACKAGES)
def test_no_other_distribution_brings_a_package_of_this_name(package: str) -> None:
    owners = set(packages_distributions().get(package, ()))
    assert owners <= {"shenbao"}, f"{owners} also install `{package}`: give shenbao an environment of its own"


@pytest.mark.parametrize("package", PACKAGES)
def test_no_other_folder_on_the_path_has_a_package_of_this_name(package: str) -> None:
    others = {(Path(entry or ".") / package).resolve() for entry in sys.path} - {ROOT / package}
    assert [path for path in sorted(others) if path.is_dir()] == []


def test_imports_keep_to_the_layers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.setattr(sys, "path", list(sys.path))
    assert lint_imports(no_cache=True) == 0


def test_the_help_loads_nothing_heavy() -> None:
    code = f"import sys, shenbao.cli; print([name for name in {HEAVY!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("name", modules())
def test_examples_in_docstrings_hold(name: str) -> None:
    assert doctest.testmod(importlib.import_module(name)).failed == 0
