"""Content streams into operations, and what of them means nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pdfminer.psparser import LIT

from extract.pdf.drawing.content import ContentDamage, Operand, content_to_operations


def operations(data: bytes) -> list[tuple[str, list[Operand]]]:
    damage = ContentDamage()
    found = [(name, operands) for name, operands, _ in content_to_operations(data, damage)]
    assert not damage
    return found


def damage_of(data: bytes) -> tuple[int, int]:
    damage = ContentDamage()
    list(content_to_operations(data, damage))
    return damage.tokens, damage.unclosed


@pytest.mark.parametrize(
    ("data", "operands"),
    [
        (b"1 -2.5 +.5 4.", [1, -2.5, 0.5, 4.0]),
        (b"--5 1.2.3 -", [-5.0, 1.2, -0.0]),
        (b"/Name /A#42 /", [LIT("Name"), LIT("AB"), LIT("")]),
        (rb"(plain) (a\(b\)c) (a(b)c) (\101\n\z)", [b"plain", b"a(b)c", b"a(b)c", b"A\nz"]),
        (b"<48 65> <4>", [b"He", b"@"]),
        (b"[(a) -20 [1 2]] << /K 1 /L [2] >>", [[b"a", -20, [1, 2]], {"K": 1, "L": [2]}]),
        (b"true null % a comment\n7", [True, 0, 7]),
    ],
)
def test_operands(data: bytes, operands: list[Operand]) -> None:
    assert operations(data + b" Tj") == [("Tj", operands)]


def test_operators_follow_each_other_without_blanks_where_marks_part_them() -> None:
    assert operations(b"q(a)Tj[1]TJ/F 1 Tf*"[:-1]) == [
        ("q", []),
        ("Tj", [b"a"]),
        ("TJ", [[1]]),
        ("Tf", [LIT("F"), 1]),
    ]


def test_an_inline_image_is_one_operation_and_its_bytes_are_no_operators() -> None:
    ((name, (image,)), then) = operations(b"BI /W 2 /H 1 ID \x00(<EI>Q\n EI Q")
    assert (name, image.get_data(), image.attrs["W"], then) == ("EI", b"\x00(<EI>Q\n", 2, ("Q", []))


@pytest.mark.parametrize(
    ("data", "damage"),
    [
        (b"1 0 0 1 xq cm Q", (1, 0)),
        (b"(never closed Tj", (0, 2)),
        (b"[(a) (b) TJ", (0, 1)),
        (b"BI /W 1 ID abc", (0, 1)),
        (b"1 2", (0, 1)),
        (b"BX unknown EX Q", (0, 0)),
    ],
)
def test_what_means_nothing_is_counted(data: bytes, damage: tuple[int, int]) -> None:
    assert damage_of(data) == damage


@given(st.binary(max_size=400))
def test_any_bytes_end(data: bytes) -> None:
    assert all(isinstance(name, str) for name, *_ in content_to_operations(data, ContentDamage()))


@pytest.mark.parametrize(
    "data",
    [
        b"1 0 0 -1 334.46875 .5 Tm",
        b"/F21 11.3299999 Tf",
        b"<35>Tj",
        b"(plain) Tj",
        b"/P <</MCID 32 >>BDC",
        b"/Span<</ActualText <FEFF652F> >> BDC",
        b"1234567890123456789012 g",
        b"/A#42 1 Tf",
        b"(a(b)) '",
        b"[(A)-120<4142> 5 .5()]TJ",
        b"[ (tow n)\n-12 (s) ] TJ",
        b"[(a\\)b) 3]TJ",
        b"[[1] (a)]TJ",
        b'0 0 (a) "',
        b"1 0 d0",
        b"f*",
    ],
)
def test_an_operation_is_the_same_read_at_once_or_token_by_token(data: bytes) -> None:
    with_comment = b"%\n".join((b"", data))
    assert operations(data) == operations(with_comment) == operations(b"q " + data + b" Q")[1:-1]


def test_a_zero_byte_is_a_blank_between_numbers() -> None:
    assert operations(b"408.1\x00710.489\x00Td") == [("Td", [408.1, 710.489])]


def test_a_long_content_of_unusual_operations_is_read_in_order() -> None:
    data = b"(a\\)b) Tj q (cd) Tj\n" * 500
    assert operations(data) == [("Tj", [b"a)b"]), ("q", []), ("Tj", [b"cd"])] * 500
