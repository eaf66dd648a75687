"""Which cells a person cannot see."""

from __future__ import annotations

import pytest

from extract.office.excel.styles import (
    BLACK,
    WHITE_GROUND,
    RgbColour,
    colour_of,
    hex_to_colour,
    is_unseen,
    read_cell_styles,
)
from extract.office.package import bytes_to_element


@pytest.mark.parametrize(
    ("colour", "ground", "unseen"),
    [
        (WHITE_GROUND, WHITE_GROUND, True),
        ((250, 250, 250), WHITE_GROUND, True),
        ((200, 200, 200), WHITE_GROUND, False),
        (None, WHITE_GROUND, False),
        (BLACK, BLACK, True),
    ],
)
def test_is_unseen(colour: RgbColour | None, ground: RgbColour, unseen: bool) -> None:
    assert is_unseen(colour, ground) is unseen


@pytest.mark.parametrize(
    ("node", "colour"),
    [
        ('<color rgb="FFFF0000"/>', (255, 0, 0)),
        ('<color theme="0"/>', WHITE_GROUND),
        ('<color theme="0" tint="-0.5"/>', (128, 128, 128)),
        ('<color theme="99"/>', None),
        ('<color indexed="9"/>', WHITE_GROUND),
        ('<color auto="1"/>', None),
        ('<color rgb="red"/>', None),
    ],
)
def test_colour_of_a_node(node: str, colour: RgbColour | None) -> None:
    assert colour_of(bytes_to_element(node.encode())) == colour


def test_what_is_no_colour_is_none() -> None:
    assert [hex_to_colour(text) for text in ("12345", "GGGGGG", "")] == [None, None, None]


def test_styles_of_a_sheet_that_has_none() -> None:
    assert read_cell_styles(None, None) == ()


def test_own_format_codes_are_found_by_number() -> None:
    root = (
        b'<styleSheet><numFmts><numFmt numFmtId="176" formatCode="0!.0"/><numFmt numFmtId="14" formatCode="x"/></numFmts>'
        b'<cellXfs><xf numFmtId="176"/><xf numFmtId="14"/><xf numFmtId="999"/></cellXfs></styleSheet>'
    )
    assert [style.code for style in read_cell_styles(bytes_to_element(root), None)] == [
        "0!.0",
        "yyyy/m/d",
        "General",
    ]
