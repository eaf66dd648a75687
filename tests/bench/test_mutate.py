"""Changes of one operator: what may be changed, and that the source is only changed there."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from pathlib import Path

import pytest

from bench.mutate import __main__ as mutate
from bench.mutate.changes import Change, source_to_changes
from bench.mutate.reach import Reach, carried, own_tests


def within(expression: str) -> list[str]:
    """Every way in which the expression, as the value of a function, can be changed; its return aside."""
    source = f"def f(a, b, c):\n    x = {expression}\n"
    changed = [change.apply(source) for change in source_to_changes("m.py", source)]
    return [text.split("x = ")[1].strip() for text in changed]


@pytest.mark.parametrize(
    ("expression", "changed"),
    [
        ("a < b", ["(a <= b)", "(a > b)"]),
        ("a == b", ["(a != b)"]),
        ("a not in b", ["(a in b)"]),
        ("a and b", ["(a or b)"]),
        ("a + b", ["(a - b)"]),
        ("not a", ["(a)"]),
        ("a[0]", ["a[(-1)]", "a[1]"]),
        ("True", ["False"]),
        ("b if a else c", ["b if (not a) else c"]),
        ("'字' + a", ["('字' - a)"]),
        ("a", []),
        ("3000", []),
        ("0.5", []),
        ("f'{a + b}'", []),
        ("zip(a, b, strict=True)", []),
    ],
)
def test_operators_and_small_numbers_are_changed(expression: str, changed: list[str]) -> None:
    assert within(expression) == changed


def test_a_value_that_is_returned_becomes_nothing() -> None:
    source = "def f(a):\n    return a\n\n\ndef g():\n    return None\n"
    (change,) = source_to_changes("m.py", source)
    assert change.apply(source) == source.replace("return a", "return None")
    assert change.shown(source) == ("return a", "return None")


def test_declarations_docstrings_and_types_stay() -> None:
    source = 'A = 1\n\n\nclass B:\n    c: int | None = 1\n\n    def d(self, e: int | None) -> int | None:\n        """1"""\n'
    assert source_to_changes("m.py", source) == []


def test_a_change_within_several_lines_of_chinese_leaves_the_rest_as_it_was() -> None:
    source = "def f(a, b):\n    甲 = [\n        '乙', a  # 丙\n        < b,\n    ]\n    return 甲\n"
    change = source_to_changes("m.py", source)[0]
    assert change.apply(source) == "def f(a, b):\n    甲 = [\n        '乙', (a <= b),\n    ]\n    return 甲\n"
    assert (change.first, change.last) == (2, 4)


def test_a_seed_draws_the_same_changes_of_this_project_and_all_can_be_made() -> None:
    drawn = mutate.draw(7, 40, ["models", "shenbao/export"])
    assert drawn == mutate.draw(7, 40, ["models", "shenbao/export"])
    assert len(set(drawn)) == 40
    for change in drawn:
        source = (mutate._ROOT / change.path).read_text("utf-8")
        assert change.apply(source) != source
        ast.parse(change.apply(source))


def reach(lines: Mapping[int, frozenset[str]]) -> Reach:
    return Reach({"m.py": lines}, {"quick": 5, "slow": 900, "other": 7})


def change_in(line: int) -> Change:
    return Change("m.py", (line, 4), (line, 9), "x", line, line)


def test_the_tests_that_reach_a_line_come_with_those_first_that_reach_least() -> None:
    found = reach({3: frozenset({"slow", "quick"}), 4: frozenset({"other"})})
    assert found.tests(change_in(3)) == ["quick", "slow"]


def test_a_line_that_runs_at_import_is_reached_by_every_test_of_its_module() -> None:
    found = reach({1: frozenset(), 3: frozenset({"slow"}), 4: frozenset({"other"})})
    assert found.tests(change_in(1)) == ["other", "slow"]


def test_a_line_that_never_runs_is_reached_by_no_test() -> None:
    found = reach({1: frozenset(), 3: frozenset({"slow"})})
    assert found.tests(change_in(2)) == []
    assert found.tests(Change("n.py", (1, 0), (1, 1), "x", 1, 1)) == []


def test_what_reaches_a_line_follows_it_when_the_module_grows(tmp_path: Path) -> None:
    (tmp_path / "old.py").write_text("a\nb\nc\n", "utf-8")
    (tmp_path / "new.py").write_text("new\na\nchanged\nc\nlast\n", "utf-8")
    before = {1: frozenset({"one"}), 2: frozenset({"two"}), 3: frozenset({"three"})}
    after = carried(before, tmp_path / "old.py", tmp_path / "new.py")
    assert after == {2: frozenset({"one"}), 3: frozenset({"two"}), 4: frozenset({"three"})}


def test_a_module_s_own_tests_are_in_its_file_or_else_in_its_folder(tmp_path: Path) -> None:
    folder = tmp_path / "tests" / "extract" / "pdf"
    folder.mkdir(parents=True)
    for name in ("test_pages.py", "test_reader.py"):
        (folder / name).write_text("", "utf-8")
    assert own_tests(tmp_path, "extract/pdf/pages.py") == ["tests/extract/pdf/test_pages.py"]
    both = ["tests/extract/pdf/test_pages.py", "tests/extract/pdf/test_reader.py"]
    assert own_tests(tmp_path, "extract/pdf/glyphs.py") == both
