"""Where the characters of a TextObject stand."""

from __future__ import annotations

import pytest
from lxml import etree

from extract.ofd.texts import text_object_to_runs


def places(codes: str, more: str = "") -> list[tuple[str, float, float]]:
    element = etree.fromstring(f'<TextObject Size="4" {more}>{codes}</TextObject>')
    return [(one.text, *one.matrix[4:]) for run in text_object_to_runs(element) for one in run]


@pytest.mark.parametrize(
    ("code", "xs"),
    [
        ('<TextCode X="1" Y="2" DeltaX="4 5">一二三</TextCode>', [1, 5, 10]),
        ('<TextCode X="1" Y="2" DeltaX="g 2 4">一二三</TextCode>', [1, 5, 9]),
        ('<TextCode X="1" Y="2">一a三</TextCode>', [1, 5, 7]),
        ('<TextCode X="1" Y="2" DeltaX="g 99999999 4">一二</TextCode>', [1, 5]),
        ('<TextCode X="1" Y="2" DeltaX="g">一</TextCode>', [1]),
    ],
    ids=["steps", "repeated", "guessed", "bounded", "broken"],
)
def test_steps_lead_from_one_character_to_the_next(code: str, xs: list[float]) -> None:
    assert [x for _, x, _ in places(code)] == xs


def test_a_code_without_a_place_goes_on_where_the_one_before_began() -> None:
    codes = '<TextCode X="1" Y="2">一</TextCode><TextCode Y="8">二</TextCode>'
    assert places(codes) == [("一", 1, 2), ("二", 1, 8)]


def test_text_may_run_down() -> None:
    assert places('<TextCode X="1" Y="2" DeltaY="4">一二</TextCode>') == [("一", 1, 2), ("二", 1, 6)]
    assert places('<TextCode X="1" Y="2">一二</TextCode>', 'ReadDirection="90"') == [
        ("一", 1, 2),
        ("二", 1, 6),
    ]


def test_line_breaks_of_the_writer_are_no_characters() -> None:
    assert [text for text, _, _ in places('<TextCode X="1" Y="2" DeltaX="4">\n  一二\n</TextCode>')] == [
        "一",
        "二",
    ]
