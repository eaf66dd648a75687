"""Text boxes and pictures on a sheet."""

from __future__ import annotations

from pathlib import Path

import pytest

from extract.office.excel.drawings import Drawings, read_drawings
from extract.office.package import Package
from tests.archives import archive

RELATION = b'<Relationships><Relationship Id="a" Type="http://x/drawing" Target="d.xml"/></Relationships>'


def drawings(folder: Path, drawing: str) -> Drawings:
    path = archive(folder, {"x/_rels/s.xml.rels": RELATION, "x/d.xml": drawing.encode()})
    return read_drawings(Package(path.read_bytes()), "x/s.xml")


def box(row: str, text: str) -> str:
    return f"<a><from><row>{row}</row></from><sp><txBody><p><r><t>{text}</t></r></p></txBody></sp></a>"


def test_boxes_are_read_from_top_to_bottom(tmp_path: Path) -> None:
    assert drawings(tmp_path, f"<d>{box('9', 'b')}{box('2', 'a')}<a><pic/></a></d>") == Drawings(
        ("a", "b"), 1
    )


@pytest.mark.parametrize("drawing", ["<d>", "", "<d><a><from><row>x</row></from></a></d>"])
def test_broken_drawing_is_passed_over(tmp_path: Path, drawing: str) -> None:
    assert drawings(tmp_path, drawing) == Drawings()
