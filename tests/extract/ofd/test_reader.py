"""OFD files: pages, tables, seals, and what becomes of broken ones."""

from __future__ import annotations

import zlib
from pathlib import Path

import cv2
import numpy as np
import pytest

from extract.ofd.reader import read_ofd
from extract.page.hidden_text import HiddenText
from extract.scan.page_picture import PagePicture
from extract.scan.pixels.ink import Pixels
from extract.scan.seals.ring_text import Stamp
from models.document import Document, PageContent, TextLine
from models.geometry import Box
from models.grid import Grid, Place
from tests.extract.ofd.files import SPACE, frame, page, parts, text, write

TABLE = (
    frame((20, 60, 120), (40, 50, 60)) + text("名称", 22, 47) + text("金额", 62, 47) + text("12.5", 62, 57)
)


def codes(document: Document) -> list[str]:
    return [problem.code for problem in document.problems]


def lines(document: Document) -> list[str]:
    return [piece.text for piece in document.pieces if isinstance(piece, TextLine)]


def test_a_page_s_lines_and_tables_are_read_with_their_places(tmp_path: Path) -> None:
    document = read_ofd(write(tmp_path, parts(page(text("绩效目标申报表", 80, 30) + TABLE))))
    line, grid = document.pieces
    assert isinstance(line, TextLine)
    assert isinstance(grid, Grid)
    assert (line.text, grid.reader, document.pages) == ("绩效目标申报表", "ofd", 1)
    assert [cell.text for cell in grid.cells] == ["名称", "金额", "", "12.5"]
    box = grid.cells[0].place.box
    assert box is not None
    assert (round(box.x0 / 72 * 25.4), round(box.bottom / 72 * 25.4)) == (22, 47)
    assert document.problems == ()


def test_a_template_is_drawn_below_its_page(tmp_path: Path) -> None:
    listed = '<ofd:TemplatePage ID="9" BaseLoc="Tpl.xml"/>'
    found = parts(page(text("江阳县", 62, 57), '<ofd:Template TemplateID="9"/>'), common=listed)
    found["Doc/Tpl.xml"] = page(frame((20, 60, 120), (40, 50, 60)) + text("部门", 22, 57))
    (grid,) = read_ofd(write(tmp_path, found)).pieces
    assert isinstance(grid, Grid)
    assert [cell.text for cell in grid.cells] == ["", "", "部门", "江阳县"]


def test_templates_that_use_each_other_are_a_damaged_page(tmp_path: Path) -> None:
    used = '<ofd:Template TemplateID="9"/>'
    found = parts(page("", used), common='<ofd:TemplatePage ID="9" BaseLoc="Tpl.xml"/>')
    found["Doc/Tpl.xml"] = page("", used)
    (problem,) = read_ofd(write(tmp_path, found)).problems
    assert (problem.code, problem.page) == ("ofd-damaged", 1)
    assert "互相引用" in problem.message


def test_a_page_that_is_broken_leaves_the_others(tmp_path: Path) -> None:
    document = read_ofd(write(tmp_path, parts("<ofd:Page", page(text("第二页")))))
    assert (codes(document), lines(document), document.pages) == (["ofd-damaged"], ["第二页"], 2)


def test_more_pages_than_are_read_are_told(tmp_path: Path) -> None:
    document = read_ofd(write(tmp_path, parts(*[page(text(f"页{n}")) for n in range(5)])), max_pages=3)
    assert (codes(document), document.pages) == (["ofd-too-much"], 3)


@pytest.mark.parametrize("change", ["wrong-case", "backslashes", "no-namespace", "other-namespace"])
def test_how_careless_writers_name_things_does_not_matter(tmp_path: Path, change: str) -> None:
    found = parts(page(TABLE))
    if change == "wrong-case":
        found = {name.upper(): content for name, content in found.items()}
    if change == "backslashes":
        found = {
            name.replace("/", "\\"): content.replace("/1.xml", "\\1.xml") for name, content in found.items()
        }
    if change.endswith("namespace"):
        other = 'xmlns:ofd="http://www.ofdspec.org"' if change == "other-namespace" else ""
        found = {
            name: content.replace('xmlns:ofd="http://www.ofdspec.org/2016"', other)
            for name, content in found.items()
        }
    (grid,) = read_ofd(write(tmp_path, found)).pieces
    assert isinstance(grid, Grid)
    assert grid.cells[3].text == "12.5"


@pytest.mark.parametrize(
    "more", ['Visible="false"', 'Alpha="0"', 'Fill="false"'], ids=["invisible", "transparent", "unpainted"]
)
def test_text_that_nobody_sees_is_told_and_not_read(tmp_path: Path, more: str) -> None:
    document = read_ofd(write(tmp_path, parts(page(TABLE + text("密", 100, 57, more)))))
    (grid,) = document.pieces
    assert isinstance(grid, Grid)
    assert grid.cells[3].text == "12.5"
    assert codes(document) == ["page-hidden-text"]


def test_a_watermark_belongs_to_no_cell(tmp_path: Path) -> None:
    found = parts(page(TABLE), document="<ofd:Annotations>Annots.xml</ofd:Annotations>")
    found["Doc/Annots.xml"] = (
        '<Annotations><Page PageID="1"><FileLoc>Annot_1.xml</FileLoc></Page></Annotations>'
    )
    appearance = f'<ofd:Appearance Boundary="0 0 210 297">{text("内部资料", 62, 57)}</ofd:Appearance>'
    found["Doc/Annot_1.xml"] = (
        f'<ofd:PageAnnot xmlns:ofd="x"><ofd:Annot Type="Watermark">{appearance}</ofd:Annot></ofd:PageAnnot>'
    )
    document = read_ofd(write(tmp_path, found))
    (grid,) = document.pieces
    assert isinstance(grid, Grid)
    assert grid.cells[3].text == "12.5"
    assert codes(document) == ["page-watermark"]


def png(high: int, wide: int) -> bytes:
    done, data = cv2.imencode(".png", np.full((high, wide, 3), 200, np.uint8))
    assert done
    return data.tobytes()


def pictured(tmp_path: Path, picture: bytes) -> Path:
    listed = "<ofd:DocumentRes>Res.xml</ofd:DocumentRes>"
    shown = '<ofd:ImageObject ID="7" ResourceID="20" Boundary="0 0 210 297" CTM="210 0 0 297 0 0"/>'
    found: dict[str, str | bytes] = {**parts(page(shown), common=listed), "Doc/Res/p.png": picture}
    found["Doc/Res.xml"] = (
        '<Res BaseLoc="Res"><MultiMedias><MultiMedia ID="20" Type="Image"><MediaFile>p.png</MediaFile>'
        "</MultiMedia></MultiMedias></Res>"
    )
    return write(tmp_path, found)


def test_a_page_that_is_a_picture_is_read_as_one(tmp_path: Path) -> None:
    asked: list[tuple[int, float]] = []

    def read(picture: PagePicture, hidden: HiddenText | None) -> PageContent:
        asked.append((picture.pixels.shape[1], round(picture.density, 2)))
        return PageContent((TextLine("扫描件", Place(1)),))

    document = read_ofd(pictured(tmp_path, png(1169, 827)), read_picture=read)
    assert (lines(document), asked) == (["扫描件"], [(827, 1.39)])
    assert codes(read_ofd(pictured(tmp_path, png(1169, 827)))) == ["page-unread"]


def test_a_picture_that_is_broken_or_too_large_is_named(tmp_path: Path) -> None:
    def read(picture: PagePicture, hidden: HiddenText | None) -> PageContent:
        raise AssertionError("no picture to read")

    assert codes(read_ofd(pictured(tmp_path, b"\x89PNG\r\n"), read_picture=read)) == ["picture-damaged"]
    huge = bytearray(png(4, 4))
    huge[16:24] = b"\0\0\xff\xff\0\0\xff\xff"
    huge[29:33] = zlib.crc32(huge[12:29]).to_bytes(4)
    assert codes(read_ofd(pictured(tmp_path, bytes(huge)), read_picture=read)) == ["picture-too-large"]


def der(tag: int, content: bytes) -> bytes:
    size = len(content).to_bytes(3) if len(content) > 127 else b""
    return bytes([tag]) + (b"\x83" + size if size else bytes([len(content)])) + content


def test_a_seal_is_read_where_it_is_stamped_and_its_signature_is_said_to_be_unverified(
    tmp_path: Path,
) -> None:
    picture = der(0x16, b"png") + der(0x04, png(300, 300)) + der(0x02, b"\x2a") + der(0x02, b"\x2a")
    value = der(0x30, der(0x30, der(0x02, b"\x04") + der(0x30, picture)))
    body = "<ofd:Signatures>Doc/Signs/Signatures.xml</ofd:Signatures>"
    found: dict[str, str | bytes] = {**parts(page(TABLE), body=body), "Doc/Signs/S/SignedValue.dat": value}
    found["Doc/Signs/Signatures.xml"] = (
        '<Signatures><Signature ID="1" BaseLoc="S/Signature.xml"/></Signatures>'
    )
    found["Doc/Signs/S/Signature.xml"] = (
        '<Signature><SignedInfo><StampAnnot ID="1" PageRef="1" Boundary="100 100 42 42"/></SignedInfo>'
        "<SignedValue>SignedValue.dat</SignedValue></Signature>"
    )

    def read(pixels: Pixels) -> Stamp:
        assert pixels.shape == (300, 300, 3)
        return Stamp(Box(0, 0, 300, 300), "江阳县财政局", 0.9)

    document = read_ofd(write(tmp_path, found), read_stamp=read)
    assert [(seal.text, seal.place.page) for seal in document.seals] == [("江阳县财政局", 1)]
    assert codes(document) == ["signature-unverified"]
    assert "未验证" in document.problems[0].message


@pytest.mark.parametrize(
    ("found", "code"),
    [
        ({"OFD.xml": "<OFD/>"}, "file-damaged"),
        ({"OFD.xml": "<OFD><DocBody><DocRoot>../../etc/passwd</DocRoot></DocBody></OFD>"}, "file-damaged"),
        (
            {"OFD.xml": '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><OFD><DocBody><DocRoot>&b;</DocRoot></DocBody></OFD>'},
            "file-damaged",
        ),
        (parts(), "file-damaged"),
        (parts(page(text("字" * 150), ""), page(text("字" * 210_000))), "ofd-too-much"),
        (parts(page("<ofd:PageBlock>" * 40 + "</ofd:PageBlock>" * 40)), "ofd-too-much"),
    ],
    ids=["empty", "outside", "entity", "no-page", "characters", "nested"],
)  # fmt: skip
def test_hostile_files_are_named(tmp_path: Path, found: dict[str, str], code: str) -> None:
    assert code in codes(read_ofd(write(tmp_path, found)))


def test_a_drawn_unit_that_draws_itself_has_an_end(tmp_path: Path) -> None:
    used = '<ofd:CompositeObject ResourceID="1" Boundary="0 0 9 9"/>'
    found = parts(page(used), common="<ofd:PublicRes>Res.xml</ofd:PublicRes>")
    unit = f'<CompositeGraphicUnit ID="1"><Content>{used * 2}</Content></CompositeGraphicUnit>'
    found["Doc/Res.xml"] = f"<Res {SPACE}><CompositeGraphicUnits>{unit}</CompositeGraphicUnits></Res>"
    assert codes(read_ofd(write(tmp_path, found))) == ["ofd-too-much"]


def test_a_page_named_ten_thousand_times_is_read_as_often_as_pages_are(tmp_path: Path) -> None:
    found = parts(page(text("同页")))
    one = '<ofd:Page ID="1" BaseLoc="Pages/1.xml"/>'
    found["Doc/Document.xml"] = found["Doc/Document.xml"].replace(one, one * 10_000)
    document = read_ofd(write(tmp_path, found), max_pages=50)
    assert document.pages == 50
    assert "ofd-too-much" in codes(document)
