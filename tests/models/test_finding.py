"""Who read a value comes from a closed list."""

from __future__ import annotations

import ast
import re

import pytest

from models.finding import READER_PATTERN, READERS
from tests.places import ROOT


def test_every_reader_that_the_source_names_is_listed() -> None:
    trees = [ast.parse(path.read_text("utf-8")) for path in sorted((ROOT / "extract").rglob("*.py"))]
    nodes = [node for tree in trees for node in ast.walk(tree)]
    given = [node.value for node in nodes if isinstance(node, ast.keyword) and node.arg == "reader"]
    given += [n.value for n in nodes if isinstance(n, ast.Assign) and ast.unparse(n.targets[0]) == "READER"]
    named = {node.value for node in given if isinstance(node, ast.Constant)}
    assert {"word", "excel", "markup", "picture"} <= named
    assert named <= set(READERS)


@pytest.mark.parametrize("text", ["word", "picture; hidden-layer"])
def test_one_reader_or_several_are_told(text: str) -> None:
    assert re.fullmatch(READER_PATTERN, text)


@pytest.mark.parametrize("text", ["cell", "word;excel", "word; ", ""])
def test_anything_else_is_no_reader(text: str) -> None:
    assert not re.fullmatch(READER_PATTERN, text)
