"""What a style sheet hides, by class and identifier."""

from __future__ import annotations

import pytest

from extract.transcripts.markup import text_to_pieces
from extract.transcripts.stylesheets import with_sheet_styles, without_hidden_blocks
from models.grid import Grid


def cell(sheet: str, content: str) -> str:
    text = f"<html><head><style>{sheet}</style></head><table><tr><td>{content}</td></tr></table></html>"
    (grid,) = text_to_pieces(with_sheet_styles(text))
    assert isinstance(grid, Grid)
    return grid.cells[0].text


@pytest.mark.parametrize(
    ("sheet", "tag"),
    [
        (".old{display:none}", '<span class="note old">旧</span>'),
        ("#x { visibility : hidden !important }", "<i id=x>旧</i>"),
        (
            "p.a, span.gone{color:red;text-decoration:line-through}",
            '<span class="gone" style="x:y">旧</span>',
        ),
        ("<!-- .z{font-size:0} -->", "<font class='z'>旧</font>"),
    ],
)
def test_what_a_class_hides_or_strikes_out_is_left_out(sheet: str, tag: str) -> None:
    assert cell(sheet, f"{tag}新局") == "新局"


@pytest.mark.parametrize(
    ("sheet", "tag"),
    [
        (".old{display:block}", "<span class=old>局</span>"),
        ("div.old{display:none}", "<span class=old>局</span>"),
        (".old{display:none}", '<span class=old style="display:inline">局</span>'),
        ("@media print{.old{display:none}}", "<span class=old>局</span>"),
        ("body.print .old{display:none}", "<span class=old>局</span>"),
        (".a{font-size:0.9em;opacity:0.5}", "<span class=a>局</span>"),
    ],
)
def test_what_is_shown_stays(sheet: str, tag: str) -> None:
    assert cell(sheet, f"新{tag}") == "新局"


def test_lines_keep_their_places() -> None:
    text = "<style>.a{display:none}</style>\n<p class=a>x</p>\n"
    assert with_sheet_styles(text).count("\n") == text.count("\n")


def test_a_hidden_copy_of_a_table_is_left_out() -> None:
    table = "<table><tr><td>a</td></tr></table>"
    text = f'<div><div>{table}</div><div style="display:none">\n<div>{table}</div></div></div>b'
    assert without_hidden_blocks(text) == f"<div><div>{table}</div>\n</div>b"


def test_a_hidden_block_that_never_ends_stays() -> None:
    text = '<div style="display:none"><p>a</p>'
    assert without_hidden_blocks(text) == text
