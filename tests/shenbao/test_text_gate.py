"""Text on its way out: whatever a file is called and whatever it says, every writer and every terminal survives it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shenbao.text_gate import one_line, printable, storable

EVERYTHING = st.text(st.characters(categories=None, codec=None))
"""Halves of character pairs, too."""


@given(EVERYTHING)
def test_stored_text_is_text_in_every_format(text: str) -> None:
    kept = storable(text)
    assert kept.encode("utf-8").decode("utf-8") == kept
    assert not set(kept) & set(map(chr, [*range(9), *range(11, 32), *range(127, 160)]))


@given(EVERYTHING)
def test_a_printed_line_is_one_line_and_no_command(text: str) -> None:
    shown = one_line(text)
    shown.encode("utf-8")
    assert len(shown.splitlines()) <= 1
    assert not {"\x1b", "\r", "\u202e"} & set(shown)


@pytest.mark.parametrize("text", ["阳新县司法局", "一\n二", "第　一", "≥95%", "𠮷"])
def test_what_people_write_passes_unchanged(text: str) -> None:
    assert storable(text) == text
    assert printable(text) == text


def test_what_cannot_be_stored_is_seen_to_be_gone() -> None:
    assert storable("a\x00\ud800\r\nb\x85\u202e") == "a\ufffd\ufffd\nb\ufffd\ufffd"
