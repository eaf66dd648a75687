"""House rules that a machine can keep: whose packages these are, who imports whom, what start-up costs."""

from __future__ import annotations

import ast
import doctest
import importlib
import importlib.util
import pkgutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from importlinter.cli import lint_imports

from tests.places import ROOT

PACKAGES = ("models", "extract", "normalize", "shenbao")
MOST_MODULES = 12
LONGEST_MODULE, LONGEST_FUNCTION = 300, 40
"""In lines."""
HEAVY = ("lxml", "numpy", "pydantic", "rapidfuzz", "rich", "yaml")


def modules() -> list[str]:
    found = [m for package in PACKAGES for m in pkgutil.walk_packages([str(ROOT / package)], f"{package}.")]
    return sorted(module.name for module in found if not module.name.endswith("__main__"))


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


@pytest.mark.parametrize("module", ["shenbao.cli", "shenbao.batch"])
def test_neither_the_help_nor_what_hands_out_files_loads_anything_heavy(module: str) -> None:
    code = f"import sys, {module}; print([name for name in {HEAVY!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("name", modules())
def test_examples_in_docstrings_hold(name: str) -> None:
    assert doctest.testmod(importlib.import_module(name)).failed == 0


def definitions() -> Iterator[tuple[str, Path, ast.stmt]]:
    """Every public name that a module of the four packages defines at its top, with the module and the statement."""
    for path in sources(PACKAGES):
        for node in ast.parse(path.read_text("utf-8")).body:
            for name in defined_names(node):
                if not name.startswith("_"):
                    yield name, path, node


def sources(folders: Iterable[str]) -> list[Path]:
    return [path for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))]


def defined_names(node: ast.stmt) -> list[str]:
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        return [node.name]
    targets = node.targets if isinstance(node, ast.Assign) else []
    targets = [node.target] if isinstance(node, ast.AnnAssign) else targets
    return [part.id for target in targets for part in ast.walk(target) if isinstance(part, ast.Name)]


def test_each_public_name_is_defined_once() -> None:
    places: dict[str, list[str]] = {}
    for name, path, _ in definitions():
        places.setdefault(name, []).append(str(path.relative_to(ROOT)))
    assert {name: where for name, where in places.items() if len(where) > 1} == {}


def test_no_room_of_the_readers_is_crowded() -> None:
    folders = [
        folder for room in ("extract", "normalize") for folder in (ROOT / room).rglob("*") if folder.is_dir()
    ]
    crowded = {
        str(folder): len(list(folder.glob("[!_]*.py")))
        for folder in folders
        if len(list(folder.glob("[!_]*.py"))) > MOST_MODULES
    }
    assert crowded == {}


def test_modules_and_functions_are_short() -> None:
    long = []
    for path in sources((*PACKAGES, "bench")):
        text = path.read_text("utf-8")
        if text.count("\n") > LONGEST_MODULE:
            long.append(str(path))
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef) and (node.end_lineno or 0) - node.lineno >= LONGEST_FUNCTION:
                long.append(f"{path}:{node.name}")
    assert long == []
