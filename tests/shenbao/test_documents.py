"""The documents are about this tree: every path and link in them leads somewhere, and both languages say the same."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import shenbao
from tests.places import ROOT

DOCUMENTS = sorted(
    path
    for pattern in ("*.md", "docs/*.md", "bench/*.md", "samples/*.md")
    for path in ROOT.glob(pattern)
    if path.parent.name != "samples" or path.name == "README.md"
)
FOLDERS = ("bench", "docs", "extract", "golden", "models", "normalize", "samples", "shenbao", "tests")
NAMED = re.compile(rf"`((?:{'|'.join(FOLDERS)})/[\w./-]+|[\w-]+\.(?:lock|toml))`")
LINKED = re.compile(r"\]\((?!https?:|#)([^)#]+)(?:#([^)]+))?\)")


def identified(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("document", DOCUMENTS, ids=identified)
def test_every_path_that_a_document_names_exists(document: Path) -> None:
    named = set(NAMED.findall(document.read_text("utf-8")))
    places = (ROOT, document.parent)
    assert sorted(path for path in named if not any((base / path).exists() for base in places)) == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=identified)
def test_every_link_leads_to_a_file_and_to_a_heading_in_it(document: Path) -> None:
    text = document.read_text("utf-8")
    for path, heading in LINKED.findall(text):
        target = document.parent / path
        assert target.exists(), path
        assert not heading or heading in headings(target.read_text("utf-8")), heading
    within = set(re.findall(r"\]\(#([^)]+)\)", text))
    assert within <= headings(text)


def headings(text: str) -> set[str]:
    """The anchors that a page of Markdown has."""
    titles = re.findall(r"^#+ (.+)$", text, re.M)
    return {re.sub(r"[^\w -]", "", title).lower().replace(" ", "-") for title in titles}


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_a_readme_is_read_in_a_minute(name: str) -> None:
    assert len((ROOT / name).read_text("utf-8").splitlines()) <= 120


def test_both_readmes_have_the_same_parts() -> None:
    english, chinese = ((ROOT / name).read_text("utf-8") for name in ("README.md", "README.zh-CN.md"))
    assert english.count("\n## ") == chinese.count("\n## ")
    assert set(LINKED.findall(english)) - {("README.zh-CN.md", "")} == set(LINKED.findall(chinese)) - {
        ("README.md", "")
    }


def test_every_document_is_found_from_the_readme() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    assert [path.name for path in (ROOT / "docs").glob("*.md") if f"docs/{path.name}" not in readme] == []


def test_the_example_in_python_is_the_one_that_the_package_tries() -> None:
    page = (ROOT / "docs" / "results.md").read_text("utf-8")
    (example,) = re.findall(r"```python\n(.*?)```", page, re.S)
    bare = re.sub(r"print\((.*)\)", r"\1", re.sub(r"\s+# .*", "", example)).split("\n")
    assert [line for line in bare if line and line.split(" = ")[0] not in (shenbao.__doc__ or "")] == []
