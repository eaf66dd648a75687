"""A season's fingerprint: it changes with whatever may change a result, and with nothing else."""

from __future__ import annotations

import ast
from importlib import metadata
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from shenbao.ingest.workers import recipe
from shenbao.ingest.workers.recipe import NOT_FOR_READING, Recipe, requirements, settings_to_recipe
from shenbao.readers import Settings
from tests.places import ROOT


def with_version(monkeypatch: pytest.MonkeyPatch, library: str) -> Recipe:
    """The recipe of a machine that has another version of one library."""
    with monkeypatch.context() as patch:
        patch.setattr(recipe, "version", lambda name: "99" if name == library else metadata.version(name))
        return settings_to_recipe(Settings())


def test_settings_are_part_of_the_recipe_and_the_same_ones_give_the_same() -> None:
    usual, smaller = settings_to_recipe(Settings()), settings_to_recipe(Settings(max_pages=3))
    assert usual == settings_to_recipe(Settings())
    assert usual.reading != smaller.reading
    assert usual.whole != smaller.whole


@pytest.mark.parametrize("library", ["rapidfuzz", "openpyxl", "pdfminer-six"])
def test_another_version_of_what_reads_reads_again(monkeypatch: pytest.MonkeyPatch, library: str) -> None:
    assert with_version(monkeypatch, library).reading != settings_to_recipe(Settings()).reading


@pytest.mark.parametrize("library", ["pydantic", "sqlalchemy"])
def test_another_version_of_what_decodes_decodes_again(monkeypatch: pytest.MonkeyPatch, library: str) -> None:
    usual, changed = settings_to_recipe(Settings()), with_version(monkeypatch, library)
    assert changed.reading == usual.reading
    assert changed.whole != usual.whole


def test_a_library_that_shenbao_does_not_ask_for_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    assert with_version(monkeypatch, "pytest") == settings_to_recipe(Settings())


def test_of_the_extras_only_the_one_that_reads_counts() -> None:
    assert "pillow-heif" in requirements()
    assert not {"ray", "s3fs", "duckdb"} & requirements()


def test_a_checkout_that_is_not_installed_counts_everything(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> list[str] | None:
        if name == recipe._PROJECT:
            raise metadata.PackageNotFoundError(name)
        return metadata.requires(name)

    monkeypatch.setattr(recipe, "requires", missing)
    assert {"rapidfuzz", "pdfplumber", "pydantic"} <= requirements()


def test_a_changed_file_of_a_package_changes_its_digest_wherever_it_lies(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "__init__.py").write_text("")
    digests = set()
    for name, content in (("data/a.yaml", "1"), ("data/a.yaml", "2"), ("data/b.yaml", "2"), ("a.onnx", "2")):
        file = tmp_path / name
        file.write_text(content)
        recipe._folder.cache_clear()
        digests.add(recipe._folder(str(tmp_path / "__init__.py")))
        file.unlink()
    recipe._folder.cache_clear()
    assert len(digests) == 4


def test_no_reader_imports_what_is_held_not_to_be_for_reading() -> None:
    owners = packages_distributions()
    used = {
        recipe._plain(owner)
        for path in (ROOT / "extract").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        for module in _modules(node)
        for owner in owners.get(module.split(".")[0], ())
    }
    assert "numpy" in used
    assert not used & NOT_FOR_READING


def _modules(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [name.name for name in node.names]
    return [node.module or ""] if isinstance(node, ast.ImportFrom) else []


def test_a_bureau_s_own_layouts_decode_again_by_what_they_say_and_not_by_where_they_lie(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    recipes = []
    for folder, text in (("a", "name: x"), ("b", "name: x"), ("c", "name: y")):
        (tmp_path / folder / "layouts").mkdir(parents=True)
        (tmp_path / folder / "layouts" / "own.yaml").write_text(text)
        monkeypatch.setenv("SHENBAO_DATA", str(tmp_path / folder))
        recipes.append(settings_to_recipe(Settings()))
    here, moved, changed = recipes
    assert here == moved
    assert (changed.reading, changed.whole != here.whole) == (here.reading, True)
