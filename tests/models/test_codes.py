"""Every finding code that the program can give is in the closed list, and nothing else is."""

from __future__ import annotations

import ast
import csv
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from models.codes import CODES, FindingCode, codes_to_markdown
from tests.places import ROOT

PACKAGES = ("models", "extract", "normalize", "shenbao")
_SHAPE = re.compile(r"[a-z]+(-[a-z]+)+")
"""How a new code must look, so that the walk over the source tells it from other texts."""


def _trees() -> Iterator[tuple[Path, ast.Module]]:
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            yield path.relative_to(ROOT), ast.parse(path.read_text("utf-8"))


TREES = tuple(_trees())


def _places_of_codes() -> dict[str, set[int]]:
    """For every function or class that takes a `code`: its place among the positional arguments."""
    places: dict[str, set[int]] = {}
    for node in (node for _, tree in TREES for node in ast.walk(tree)):
        if isinstance(node, ast.FunctionDef):
            names = [argument.arg for argument in (*node.args.posonlyargs, *node.args.args)]
            names = names[1:] if names[:1] == ["self"] else names
        elif isinstance(node, ast.ClassDef):
            fields = [line.target for line in node.body if isinstance(line, ast.AnnAssign)]
            names = [field.id for field in fields if isinstance(field, ast.Name)]
        else:
            continue
        if "code" in names:
            places.setdefault(node.name, set()).add(names.index("code"))
    return places


def _used() -> Iterator[tuple[str, str]]:
    """(code, place in the source) wherever a text is handed over as a `code`."""
    places = _places_of_codes()
    for path, tree in TREES:
        for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
            name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
            handed = [call.args[n] for n in places.get(name, ()) if n < len(call.args)]
            handed += [given.value for given in call.keywords if given.arg == "code" and name in places]
            for node in (node for argument in handed for node in ast.walk(argument)):
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    yield node.value, f"{path}:{node.lineno}"


def test_every_code_in_the_source_is_listed() -> None:
    unlisted = {code: place for code, place in _used() if _SHAPE.fullmatch(code) and code not in CODES}
    assert unlisted == {}, "add each to models/codes.csv"


def test_every_listed_code_is_in_the_source() -> None:
    constants = (node for _, tree in TREES for node in ast.walk(tree) if isinstance(node, ast.Constant))
    assert CODES.keys() - {node.value for node in constants} == set(), "take them out of models/codes.csv"


def test_the_walk_finds_the_places_that_give_codes() -> None:
    used = {code for code, _ in _used()}
    assert {"missing-value", "file-damaged", "sum-mismatch", "seal-missing", "page-unruled"} <= used


@pytest.mark.parametrize("golden", sorted((ROOT / "golden").rglob("*.json")), ids=lambda path: path.name)
def test_a_golden_holds_listed_codes_with_their_categories(golden: Path) -> None:
    root = json.loads(golden.read_text("utf-8"))
    found = [*root["findings"], *(finding for form in root["forms"] for finding in form["findings"])]
    assert {(one["code"], one["category"]) for one in found} <= {
        (one.code, one.category) for one in CODES.values()
    }


def test_the_list_is_in_alphabetical_order_without_repeats() -> None:
    with (ROOT / "models/codes.csv").open(encoding="utf-8", newline="") as file:
        listed = [line["code"] for line in csv.DictReader(file)]
    assert listed == sorted(set(listed))


@pytest.mark.parametrize("one", CODES.values(), ids=lambda one: one.code)
def test_a_code_says_what_it_means_in_both_languages(one: FindingCode) -> None:
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", one.code)
    assert re.fullmatch(r"[^.!?]*[\u4e00-\u9fff][^.!?]*。", one.chinese)
    assert re.fullmatch(r"[A-Z].*\.", one.english)


def test_the_page_of_codes_is_current() -> None:
    page = (ROOT / "docs/findings.md").read_text("utf-8")
    assert page == codes_to_markdown(), "run `make docs`"
