"""Radical code points stand for the characters that they are drawn as."""

from __future__ import annotations

import pytest

from normalize.text.fold import fold
from normalize.text.radicals import RADICAL_TABLE, RADICALS


@pytest.mark.parametrize(
    ("drawn", "meant"),
    [("⾨⼾", "门户"), ("⻋辆", "车辆"), ("⽔⼟", "水土"), ("⻓期", "长期"), ("⼀级", "一级")],
)
def test_a_radical_is_read_as_its_character(drawn: str, meant: str) -> None:
    assert drawn.translate(RADICAL_TABLE) == meant
    assert fold(drawn) == meant


def test_no_radical_stands_for_another_radical() -> None:
    assert not set(RADICALS.values()) & set(RADICALS)


def test_the_whole_kangxi_block_is_known() -> None:
    assert {chr(code) for code in range(0x2F00, 0x2FD6)} <= set(RADICALS)
