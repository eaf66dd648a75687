"""What asks for too much is told before it is unfolded."""

from __future__ import annotations

import zlib
from pathlib import Path

import pytest

from extract.pdf.drawing.limits import PDF_LIMITS, TooMuchError, demand
from extract.pdf.drawing.streams import inflate
from extract.pdf.reader import read_pdf
from tests.drawn import codes, objects_to_pdf

PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources 5 0 R>>"


def read(tmp_path: Path, content: bytes, resources: bytes = b"<<>>", *more: bytes) -> list[str]:
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        PAGE,
        content,
        resources,
        *more,
    ]
    (tmp_path / "a.pdf").write_bytes(objects_to_pdf(objects))
    return codes(read_pdf(tmp_path / "a.pdf"))


def stream(data: bytes, head: bytes = b"") -> bytes:
    return b"<<%b/Length %d>>stream\n%b\nendstream" % (head, len(data), data)


def test_a_stream_that_unfolds_into_gigabytes_is_not_unfolded(tmp_path: Path) -> None:
    once = zlib.compress(bytes(PDF_LIMITS.stream_bytes + 1000), 9)
    assert read(tmp_path, stream(zlib.compress(once), b"/Filter[/FlateDecode/FlateDecode]")) == [
        "pdf-too-much"
    ]


def test_many_filters_in_a_row_are_told(tmp_path: Path) -> None:
    head = b"/Filter[" + b"/AHx" * (PDF_LIMITS.filters + 1) + b"]"
    assert read(tmp_path, stream(b"71>", head)) == ["pdf-too-much"]


def test_forms_that_draw_each_other_twice_are_counted(tmp_path: Path) -> None:
    forms = [
        stream(
            b"/X Do /X Do",
            b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X %d 0 R>>>>" % (7 + n),
        )
        for n in range(25)
    ]
    last = stream(b"q Q", b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]")
    assert read(tmp_path, stream(b"/X Do"), b"<</XObject<</X 6 0 R>>>>", *forms, last) == ["pdf-too-much"]


@pytest.mark.parametrize(
    "font",
    [
        b"/W[0 4294967295 500]",
        b"/W[0 100 500 200 4294967295 500]",
    ],
)
def test_widths_for_billions_of_codes_are_counted_before_they_are_unfolded(
    font: bytes, tmp_path: Path
) -> None:
    system = b"/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
    fonts = (
        b"<</Font<</F<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H/DescendantFonts[6 0 R]>>>>>>"
    )
    descendant = b"<</Type/Font/Subtype/CIDFontType2/BaseFont/X" + system + font + b">>"
    assert read(tmp_path, stream(b"q Q"), fonts, descendant) == ["pdf-too-much"]


def test_ranges_of_a_character_map_are_counted(tmp_path: Path) -> None:
    cmap = stream(b"begincmap 1 begincidrange <00000000> <FFFFFFFF> 0 endcidrange endcmap")
    fonts = b"<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/X/ToUnicode 6 0 R>>>>>>"
    assert read(tmp_path, stream(b"q Q"), fonts, cmap) == ["pdf-too-much"]


def test_a_page_that_names_a_stream_ten_thousand_times_is_told(tmp_path: Path) -> None:
    page = PAGE.replace(b"4 0 R/Res", b"[" + b"4 0 R " * (PDF_LIMITS.content_streams + 1) + b"]/Res")
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        page,
        stream(b"q Q"),
        b"<<>>",
    ]
    (tmp_path / "a.pdf").write_bytes(objects_to_pdf(objects))
    assert codes(read_pdf(tmp_path / "a.pdf")) == ["pdf-too-much"]


def test_a_limit_is_named_with_its_value() -> None:
    demand(5, 5, "字符数")
    with pytest.raises(TooMuchError, match="字符数超过上限 5"):
        demand(6, 5, "字符数")


WHOLE = zlib.compress(b"".join(b"q 1 0 0 1 %d 0 cm Q " % (n * n) for n in range(400)))


@pytest.mark.parametrize(
    ("data", "whole"),
    [(WHOLE, True), (WHOLE[:-4], True), (WHOLE[:-1] + b"x", False), (WHOLE[:-30], False), (b"none", False)],
    ids=["whole", "without a checksum", "wrong checksum", "cut", "no flate data"],
)
def test_whether_flate_data_is_whole(data: bytes, whole: bool) -> None:
    assert inflate(data)[1] is whole


def test_what_stands_before_damage_is_kept() -> None:
    broken = WHOLE[:600] + bytes(20) + WHOLE[620:]
    assert inflate(broken)[0].startswith(b"q 1 0 0 1 0 0 cm Q ")


def test_a_page_with_broken_content_is_said_to_be_damaged(tmp_path: Path) -> None:
    assert read(tmp_path, stream(WHOLE[:-30], b"/Filter/FlateDecode")) == ["pdf-damaged"]


@pytest.mark.parametrize("around", [(6,), (7, 6)])
def test_a_reference_that_leads_in_a_circle_is_to_nothing(tmp_path: Path, around: tuple[int, ...]) -> None:
    circle = [b"%d 0 R" % number for number in around]
    assert (
        read(tmp_path, stream(b"q Q"), b"<</Font 6 0 R/XObject 6 0 R/ExtGState<</G 6 0 R>>>>", *circle) == []
    )


_PATTERN = b"/Type/Pattern/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 %d %d]/XStep %b/YStep %b/Resources<</Pattern<</P 7 0 R>>>>"
_FILL = b"/Pattern cs /P scn 0 0 595 842 re f"


@pytest.mark.parametrize(
    ("side", "step", "content", "problems"),
    [
        (4, b"4", _FILL * 300, []),
        (1, b".0001", _FILL, ["pdf-too-much"]),
        (500, b".5", _FILL, ["pdf-too-much"]),
        (500, b".5", _FILL.replace(b"/P ", b"/#50 "), ["pdf-too-much"]),
        (500, b".5", _FILL.replace(b"/P ", b"/P%x\n"), ["pdf-too-much"]),
    ],
    ids=["a hatch", "steps", "overlapping", "a name in code", "a comment between"],
)
def test_what_a_pattern_repeats_is_counted_before_it_is_drawn(
    tmp_path: Path, side: int, step: bytes, content: bytes, problems: list[str]
) -> None:
    cell = stream(b"0 0 1 1 re f", _PATTERN % (side, side, step, step))
    assert read(tmp_path, stream(content), b"<</Pattern<</P 6 0 R>>>>", cell) == problems


def test_patterns_within_patterns_are_counted(tmp_path: Path) -> None:
    cells = [
        stream(_FILL * 9, _PATTERN.replace(b"7 0 R", b"%d 0 R" % (7 + n)) % (9, 9, b"9", b"9"))
        for n in range(9)
    ]
    assert read(tmp_path, stream(_FILL), b"<</Pattern<</P 6 0 R>>>>", *cells) == ["pdf-too-much"]


def test_glyphs_that_draw_glyphs_are_counted(tmp_path: Path) -> None:
    text = b"BT /G 9 Tf (aaaaaaaaaa) Tj ET"
    font = (
        b"<</Type/Font/Subtype/Type3/FontBBox[0 0 9 9]/FontMatrix[1 0 0 1 0 0]/FirstChar 97/LastChar 97/Widths[9]"
        b"/Encoding<</Differences[97/a]>>/CharProcs<</a %d 0 R>>/Resources<</Font<</G %d 0 R>>>>>>"
    )
    glyphs = [one for n in range(10) for one in (font % (7 + 2 * n, 8 + 2 * n), stream(b"9 0 d0 " + text))]
    assert read(tmp_path, stream(text), b"<</Font<</G 6 0 R>>>>", *glyphs) == ["pdf-too-much"]


@pytest.mark.parametrize(
    ("painted", "problems"), [(b"q Q " * 3000, []), (b"0 0 9 9 re f " * 3000, ["pdf-too-much"])]
)
def test_a_soft_mask_is_drawn_anew_for_whatever_is_painted_under_it(
    tmp_path: Path, painted: bytes, problems: list[str]
) -> None:
    mask = stream(b"0 0 9 9 re f", b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]")
    states = b"<</ExtGState<</M<</SMask<</S/Luminosity/G 6 0 R>>>>>>>>"
    assert (
        read(tmp_path, stream(b"q /M gs " + painted + b"Q " + b"0 0 9 9 re f " * 3000), states, mask)
        == problems
    )


def test_a_shading_whose_function_is_computed_for_every_pixel_is_counted(tmp_path: Path) -> None:
    shading = b"<</Shading<</S<</ShadingType 1/ColorSpace/DeviceGray/Function 6 0 R>>>>>>"
    function = stream(b"{" + b"dup mul " * 2000 + b"pop}", b"/FunctionType 4/Domain[0 1 0 1]/Range[0 1]")
    assert read(tmp_path, stream(b"/S sh"), shading, function) == ["pdf-too-much"]


def test_a_glyph_that_stands_for_many_characters_counts_as_many(tmp_path: Path) -> None:
    cmap = stream(b"begincmap 1 beginbfchar <41> <" + b"4E00" * 1000 + b"> endbfchar endcmap")
    fonts = b"<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/X/ToUnicode 6 0 R>>>>>>"
    assert read(tmp_path, stream(b"BT /F 9 Tf " + b"(A) Tj " * 300 + b"ET"), fonts, cmap) == ["pdf-too-much"]


def test_marks_within_marks_are_counted(tmp_path: Path) -> None:
    assert read(tmp_path, stream(b"/P BMC " * 6000)) == ["pdf-too-much"]
    assert read(tmp_path, stream(b"/P BMC EMC " * 6000)) == []


def test_an_expression_of_layers_that_names_another_twice_is_asked_once(tmp_path: Path) -> None:
    group = b"<</Properties<</A<</Type/OCMD/VE 6 0 R>>>>>>"
    terms = [b"[/And %d 0 R %d 0 R]" % (7 + n, 7 + n) for n in range(28)]
    assert read(tmp_path, stream(b"/OC /A BDC EMC"), group, *terms, b"[/And 6 0 R 6 0 R]") == []
