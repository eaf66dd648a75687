"""Bytes of a text in any encoding; a guess is never silent."""

from __future__ import annotations

import pytest

from extract.files.encoding import bytes_to_text

PROSE = (
    "部门整体绩效目标申报表\n填报人\t李明华\n长期目标：提高全县公共法律服务水平，保障人民群众的合法权益。\n"
)


def codes(data: bytes) -> list[str]:
    return [problem.code for problem in bytes_to_text(data)[1]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030", "utf-16-le", "utf-16-be"])
def test_the_same_text_in_every_encoding(encoding: str) -> None:
    assert bytes_to_text(PROSE.encode(encoding))[0] == PROSE


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_an_encoding_that_shows_itself_needs_no_report(encoding: str) -> None:
    assert codes(PROSE.encode(encoding)) == []


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16-le"])
def test_a_guess_is_reported(encoding: str) -> None:
    assert codes(PROSE.encode(encoding)) == ["encoding-guessed"]


def test_a_guess_that_gives_no_chinese_is_doubtful() -> None:
    assert codes("épreuve à façon, naïve".encode("latin-1") * 3)[:1] != []
    assert codes("épreuve à façon, naïve".encode("latin-1") * 3) != ["encoding-guessed"]
    assert codes("部門整體績效目標申報表，今年預算執行情況良好".encode("big5")) == ["encoding-doubtful"]


def test_a_mark_with_broken_bytes_behind_it_is_damage() -> None:
    text, problems = bytes_to_text(b"\xef\xbb\xbf" + "金额".encode() + b"\xff")
    assert text == "金额\ufffd"
    assert [problem.code for problem in problems] == ["encoding-damaged"]


def test_one_bad_byte_does_not_make_utf8_something_else() -> None:
    text, problems = bytes_to_text(PROSE.encode() + b"\xff" + PROSE.encode())
    assert text == f"{PROSE}\ufffd{PROSE}"
    assert [problem.code for problem in problems] == ["encoding-damaged"]


@pytest.mark.parametrize("data", [bytes(range(256)) * 4, b"\x00\x01\x02\x03" * 100])
def test_binary_is_no_text(data: bytes) -> None:
    assert bytes_to_text(data) == (None, ())


def test_declared_chinese_encoding_is_no_guess() -> None:
    page = '<meta charset="gb2312">部门整体绩效目标申报表'
    assert bytes_to_text(page.encode("gb18030")) == (page, ())
    assert bytes_to_text("部门".encode("gb18030"), "GBK") == ("部门", ())


def test_utf8_is_believed_before_what_is_declared() -> None:
    page = '<meta charset="gb2312">部门'
    assert bytes_to_text(page.encode()) == (page, ())
