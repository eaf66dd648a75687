"""Objects that are written as usual are read at once, and as pdfminer reads them; all others are left to it."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from pdfminer.pdfparser import PDFStreamParser
from pdfminer.psparser import LIT

from extract.pdf.drawing.objects import UnusualError, bytes_to_values, read_object


def values(data: bytes) -> list[Any]:
    return bytes_to_values(data, lambda number: ("object", number))


@pytest.mark.parametrize(
    "data",
    [
        b"<</Type /Font/FirstChar 0/FontMatrix[.001 0 0 -.001 0 0]/Widths [1000 0 -3.5 +7 4.]>>",
        b"[true false (text with blanks) <4E 8b> /A.b-c_d]",
        b"12 0 [[1 [2]] <</A <</B /C>>>>]",
        b"<</A/B/C<ab>>>",
        "/名称 ".encode(),
        b"1.2.3 4-5",
        b"[ ] [1 2 3] [-.5\n+2 ] [[0 0]]",
    ],
)
def test_values_are_those_that_pdfminer_reads(data: bytes) -> None:
    parser = PDFStreamParser(data + b" ")
    theirs = []
    while True:
        try:
            theirs.append(parser.nextobject()[1])
        except Exception:  # pdfminer's end of data
            break
    assert values(data) == theirs


def test_a_reference_is_made_by_the_document() -> None:
    assert values(b"<</Length 12 0 R/Kids[3 0 R]>>") == [{"Length": ("object", 12), "Kids": [("object", 3)]}]


@pytest.mark.parametrize(
    "data",
    [
        b"[1 2",
        b"<</A 1",
        b"[1 >>",
        b"<</A>>",
        b"<<1 2>>",
        b"/A#20B",
        b"(a(b)c)",
        rb"(a\)b)",
        b"[null]",
        b"% comment\n1",
        b"--5",
        b"<abc>",
        b"1 obj",
        b"FOOR",
        b"\x00",
        b"/\xff",
    ],
)
def test_what_is_written_in_another_way_is_left_to_pdfminer(data: bytes) -> None:
    with pytest.raises(UnusualError):
        values(data)


def test_an_object_is_read_with_the_data_of_its_stream() -> None:
    file = BytesIO(b"junk 7 0 obj\n<</Length 5/Type/X>>\nstream\nab\ncdendstream endobj")
    assert read_object(file, 5, 7, int) == ({"Length": 5, "Type": LIT("X")}, b"ab\ncd")


@pytest.mark.parametrize(
    "file",
    [
        b"8 0 obj 1 endobj",
        b"7 0 obj 1 2 endobj",
        b"7 0 obj 1",
        b"7 0 obj [1] stream\nendstream",
        b"7 0 obj <</Length 2>> stream\nabcendstream",
        b"7 0 obj <</Length 900>> stream\nabcendstream",
        b"7 0 obj <<>> stream\nabcendstream endobj",
    ],
    ids=["number", "values", "end", "dictionary", "shorter", "longer", "no length"],
)
def test_an_object_that_is_not_what_it_should_be_is_left_to_pdfminer(file: bytes) -> None:
    with pytest.raises(UnusualError):
        read_object(BytesIO(file), 0, 7, int)


def test_a_long_object_is_read_whole() -> None:
    numbers = b" ".join(b"%d" % n for n in range(5_000))
    assert read_object(BytesIO(b"7 0 obj[" + numbers + b"]endobj"), 0, 7, int) == (list(range(5_000)), None)


def test_equal_lists_of_numbers_are_not_one_list() -> None:
    first, second = values(b"[1 2 3] [1 2 3]")
    assert first == second == [1, 2, 3]
    assert first is not second


def test_a_list_of_what_is_no_number_is_left_to_pdfminer() -> None:
    with pytest.raises(UnusualError):
        values(b"[1 5-3 2]")
