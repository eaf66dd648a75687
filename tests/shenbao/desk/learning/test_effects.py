from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner

from shenbao.cli import cli
from shenbao.desk.folder import open_log
from shenbao.desk.goldens import add_golden
from shenbao.desk.pages.originals import Originals
from shenbao.exits import BAD_DATA
from tests.shenbao.desk.learning.conftest import Taught
from tests.shenbao.desk.learning.test_confusions import NAME, SEEN, TRUE

NO_LABELS = (("填报人", "经手人员"), ("联系电话", "经办科室"))


@pytest.fixture
def goldens(taught: Taught, tmp_path: Path) -> Iterator[Path]:
    """A golden in which persons corrected a character that had been read for another; two labels are not the layout's."""
    with closing(open_log(taught.root / "out", None)) as ledger:
        originals = Originals(taught.desk.folder, ledger, [taught.root / "files"])
        for name in ("first.md", "second.md"):
            sha256 = taught.hand_in(name, (TRUE, SEEN), *NO_LABELS)
            taught.say(sha256, NAME, "edit", TRUE)
        for path in sorted(taught.asked(sha256)):
            taught.say(sha256, path, "accept" if taught.desk.opened(sha256).text(0, path) else "blank")
        entry = next(one for one in taught.desk.entries() if one.sha256 == sha256)
        add_golden(tmp_path / "goldens", taught.desk, entry, originals)
    yield tmp_path / "goldens"


def run(*arguments: object) -> tuple[int, str]:
    result = CliRunner().invoke(cli, ["learn", *map(str, arguments)])
    return result.exit_code, result.output


def test_a_lesson_says_how_many_fields_of_the_goldens_it_makes_right(taught: Taught, goldens: Path) -> None:
    files = ("--files", taught.root / "files")
    code, output = run(taught.root / "out", "--goldens", goldens, *files)
    assert code == 0
    assert "“飞” read for “监”, the other way 0 ×, 2 × (first.md" in output
    assert "(1 become right, 0 wrong)" in output


def test_a_lesson_that_spoils_a_golden_is_adopted_only_when_that_is_said(
    taught: Taught, goldens: Path, tmp_path: Path
) -> None:
    taught.say(taught.hand_in("third.md", ("填报人", "经办科室")), "/preparer", "edit", "李明华")
    adopting = ("--adopt", 1, "--into", tmp_path / "data", "--goldens", goldens)
    arguments = (taught.root / "out", "--files", taught.root / "files", *adopting)
    code, output = run(*arguments)
    assert code == BAD_DATA
    assert "(0 become right, 1 wrong" in output
    assert "应为“（空）”，读为“13800138000”" in output
    assert not (tmp_path / "data").exists()
    assert run(*arguments, "--despite-goldens")[0] == 0
    assert (tmp_path / "data" / "layouts" / "hubei-2025-own.yaml").is_file()


def test_the_proposals_are_a_page_with_what_was_read_and_what_it_is(taught: Taught, tmp_path: Path) -> None:
    for name in ("first.md", "second.md"):
        taught.say(taught.hand_in(name, (TRUE, SEEN)), NAME, "edit", TRUE)
    assert run(taught.root / "out", "-o", tmp_path / "lessons.html")[0] == 0
    text = (tmp_path / "lessons.html").read_text("utf-8")
    assert f"读作“{SEEN}”，确认为“{TRUE}”" in text
