"""Text boxes and pictures on a sheet."""

from __future__ import annotations

from pathlib import Path

import pytest

from extract.office.excel.drawings import BoxTexts, Drawings, place_boxes, read_drawings
from extract.office.excel.sheet import SheetContent
from extract.office.package import Package
from tests.archives import archive

RELATION = b'<Relationships><Relationship Id="a" Type="http://x/drawing" Target="d.xml"/></Relationships>'


def drawings(folder: Path, drawing: str) -> Drawings:
    path = archive(folder, {"x/_rels/s.xml.rels": RELATION, "x/d.xml": drawing.encode()})
    return read_drawings(Package(path.read_bytes()), "x/s.xml")


def box(row: str, text: str) -> str:
    return f"<a><from><row>{row}</row></from><sp><txBody><p><r><t>{text}</t></r></p></txBody></sp></a>"


def test_boxes_are_read_from_top_to_bottom(tmp_path: Path) -> None:
    found = drawings(tmp_path, f"<d>{box('9', 'b')}{box('2', 'a')}<a><pic/></a></d>")
    assert ([box.lines for box in found.boxes if box.lines], len(found.pictures)) == ([("a",), ("b",)], 1)


def placed(folder: Path, anchor: str, content: SheetContent) -> BoxTexts:
    text = "<sp><txBody><p><r><t>9.9</t></r></p></txBody></sp>"
    return place_boxes(drawings(folder, f"<d><a>{anchor}{text}</a></d>"), content)


ANCHOR = "<from><row>1</row><col>2</col></from><to><row>2</row><rowOff>0</rowOff><col>3</col><colOff>9</colOff></to>"


def test_a_box_on_a_cell_says_what_that_cell_may_say(tmp_path: Path) -> None:
    content = SheetContent(seen={(2, 3): ("8.8", "read")})
    assert placed(tmp_path, ANCHOR, content) == BoxTexts(("9.9",), (((2, 3), "9.9"),))


def test_a_box_on_a_blank_merge_of_a_filled_row_says_what_that_cell_lacks(tmp_path: Path) -> None:
    content = SheetContent(seen={(2, 1): ("金额", "read")}, merges={(2, 2): (3, 5)})
    assert placed(tmp_path, ANCHOR, content) == BoxTexts(("9.9",), (((2, 2), "9.9"),))


def test_a_box_in_a_blank_row_or_beside_the_table_is_a_line(tmp_path: Path) -> None:
    content = SheetContent(seen={(9, 1): ("金额", "read")}, merges={(2, 2): (3, 5)})
    assert placed(tmp_path, ANCHOR, content) == BoxTexts(("9.9",), ())
    assert placed(tmp_path, "", content) == BoxTexts(("9.9",), ())


@pytest.mark.parametrize("drawing", ["<d>", "", "<d/>"])
def test_broken_drawing_is_passed_over(tmp_path: Path, drawing: str) -> None:
    assert drawings(tmp_path, drawing) == Drawings()


@pytest.mark.parametrize(
    "shape",
    ["<sp><spPr><solidFill/></spPr></sp>", '<sp><spPr/><style><fillRef idx="1"/></style></sp>', "<pic/>"],
)
def test_what_covers_an_amount_is_told(tmp_path: Path, shape: str) -> None:
    content = SheetContent(seen={(2, 3): ("8.8", "read")})
    assert place_boxes(drawings(tmp_path, f"<d><a>{ANCHOR}{shape}</a></d>"), content).covered == ((2, 3),)


@pytest.mark.parametrize(
    "shape",
    [
        "<sp><spPr><noFill/></spPr></sp>",
        '<sp><spPr/><style><fillRef idx="0"/></style></sp>',
        "<pic/>",
        "<cxnSp/>",
    ],
)
def test_a_frame_or_a_signature_on_a_name_covers_nothing(tmp_path: Path, shape: str) -> None:
    content = SheetContent(seen={(2, 3): ("陈立群", "read")})
    assert place_boxes(drawings(tmp_path, f"<d><a>{ANCHOR}{shape}</a></d>"), content).covered == ()
