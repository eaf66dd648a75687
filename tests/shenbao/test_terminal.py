"""Lines for a terminal: what steers one does not reach it, a status is coloured only there."""

from __future__ import annotations

import io
import logging
import sys

import pytest

from shenbao.terminal import bar, no_bar, quiet_libraries, say, say_status


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_control_characters_become_visible(capsys: pytest.CaptureFixture[str]) -> None:
    say("甲\x1b[2J乙")
    assert capsys.readouterr().out == "甲\ufffd[2J乙\n"


def test_a_line_goes_where_it_belongs(capsys: pytest.CaptureFixture[str]) -> None:
    say("坏", to_stderr=True)
    assert capsys.readouterr() == ("", "坏\n")


@pytest.mark.parametrize("line", ["accepted  a.md", "review    a.md", "not read  a.md: 坏", "300 files"])
def test_a_file_s_line_is_plain_where_no_terminal_is(line: str, capsys: pytest.CaptureFixture[str]) -> None:
    say_status(line)
    assert capsys.readouterr().out == f"{line}\n"


@pytest.mark.parametrize(
    ("line", "written"),
    [
        ("accepted  a", "\x1b[32maccepted\x1b[0m  a\n"),
        ("not read  a", "\x1b[31mnot read\x1b[0m  a\n"),
        ("x", "x\n"),
    ],
)
def test_on_a_terminal_the_status_is_coloured(
    line: str, written: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stdout", terminal)
    say_status(line)
    assert terminal.getvalue() == written


def test_a_bar_counts_on_standard_error_only(capsys: pytest.CaptureFixture[str]) -> None:
    with bar(2) as count:
        count()
        say("一")
    with no_bar() as count:
        count()
    assert capsys.readouterr().out == "一\n"


def test_a_library_that_complains_of_single_bytes_is_quiet() -> None:
    logger = logging.getLogger("pdfminer")
    before = logger.level
    try:
        quiet_libraries()
        assert logger.level == logging.ERROR
    finally:
        logger.setLevel(before)
