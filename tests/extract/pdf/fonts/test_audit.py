"""Fonts that claim other characters than they draw are found, and told what they draw; honest ones cost no recogniser."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from bench.fuzz.pdf_parts import PdfParts, bytes_to_parts, packed, parts_to_bytes, unpacked
from extract.ocr.engine import Picture, Reading
from extract.ocr.rapid import RapidEngine
from extract.page.symbols import UNREADABLE
from extract.pdf.fonts.audit import FontAudit, Lie, font_problem
from extract.pdf.reader import read_pdf
from models.document import TextLine
from tests.engines import certain
from tests.extract.pdf.fonts.lying import printed, read_fonts
from tests.places import SAMPLES

AMOUNT = "1932.48 56 70"


def forbidden(lines: Sequence[Picture]) -> list[Reading]:
    raise AssertionError("an honest font is not read")


def unsure(lines: Sequence[Picture]) -> list[Reading]:
    return [certain("") for _ in lines]


def test_an_honest_font_is_not_read(tmp_path: Path) -> None:
    fonts, _ = read_fonts(printed(tmp_path / "a.pdf", AMOUNT))
    assert FontAudit(forbidden).look(fonts) == ()


def test_swapped_digits_are_found_and_the_font_is_told(tmp_path: Path) -> None:
    fonts, font = read_fonts(printed(tmp_path / "a.pdf", AMOUNT, {"3": "8", "8": "3"}))
    lies = FontAudit(RapidEngine().read).look(fonts)
    assert {(lie.claimed, lie.drawn) for lie in lies} == {("8", "3"), ("3", "8")}
    assert "".join(font.font.to_unichr(ord(char)) for char in "1932.48") == "1932.48"


def test_a_suspicious_glyph_that_nobody_can_read_is_believed_in_an_honest_font(tmp_path: Path) -> None:
    fonts, font = read_fonts(printed(tmp_path / "a.pdf", AMOUNT, {"3": "8"}))
    assert FontAudit(unsure).look(fonts) == () and not font.drawn


def test_in_a_font_that_lies_a_glyph_that_nobody_can_read_is_unreadable(tmp_path: Path) -> None:
    fonts, font = read_fonts(printed(tmp_path / "a.pdf", AMOUNT, {"3": "8", "7": "年"}))
    FontAudit(lambda lines: [certain("3" * 12) for _ in lines]).look(fonts)
    assert font.drawn == {ord("3"): "3", ord("7"): UNREADABLE}


def test_a_glyph_is_looked_at_once(tmp_path: Path) -> None:
    fonts, _ = read_fonts(printed(tmp_path / "a.pdf", AMOUNT, {"3": "8"}))
    audit = FontAudit(RapidEngine().read)
    assert len(audit.look(fonts)) == 1 and audit.look(fonts) == ()


def test_a_page_is_read_as_it_looks_and_its_font_named(tmp_path: Path) -> None:
    path = printed(tmp_path / "a.pdf", AMOUNT, {"3": "8", "8": "3"})
    document = read_pdf(path, read_lines=RapidEngine().read)
    (line,) = (piece for piece in document.pieces if isinstance(piece, TextLine))
    assert line.text == AMOUNT
    (problem,) = document.problems
    assert (problem.code, problem.page) == ("font-lies", 1)
    assert "“8”实为“3”" in problem.message


def test_without_a_recogniser_fonts_are_believed(tmp_path: Path) -> None:
    document = read_pdf(printed(tmp_path / "a.pdf", AMOUNT, {"3": "8"}))
    assert document.problems == ()


@pytest.mark.parametrize("claimed", [b"<5147>", b"<00FF>"], ids=["a rare ideograph", "a letter"])
def test_a_common_ideograph_that_claims_something_rare_is_found(tmp_path: Path, claimed: bytes) -> None:
    parts = bytes_to_parts((SAMPLES / "jiaotong-writer.pdf").read_bytes())
    assert parts is not None
    maps = {n: plain for n, body in parts.objects.items() if b"<5145>" in (plain := unpacked(body) or b"")}
    changed = {n: packed(parts.objects[n], plain.replace(b"<5145>", claimed)) for n, plain in maps.items()}
    path = tmp_path / "a.pdf"
    path.write_bytes(parts_to_bytes(PdfParts({**parts.objects, **changed}, parts.trailer)))
    told = {problem.message for problem in read_pdf(path, read_lines=RapidEngine().read).problems}
    assert len(maps) == 1 and any("实为“充”" in message for message in told)


def test_many_lies_are_counted_and_some_are_named() -> None:
    problem = font_problem([Lie("Song", chr(0x4E00 + n), "年") for n in range(30)], 2)
    assert "等30字" in problem.message and problem.message.count("实为") == 12


@pytest.mark.parametrize("swapped", ["≥≤", "%‰"])
def test_signs_beside_numbers_are_known_by_their_shape(swapped: str, tmp_path: Path) -> None:
    one, other = swapped[0], swapped[1]
    fonts, _ = read_fonts(printed(tmp_path / "a.pdf", f"{one}95 {other}5", {one: other, other: one}))
    lies = FontAudit(unsure).look(fonts)
    assert {(lie.claimed, lie.drawn) for lie in lies} == {(one, other), (other, one)}


def test_a_greater_or_equal_that_claims_greater_is_found(tmp_path: Path) -> None:
    fonts, _ = read_fonts(printed(tmp_path / "a.pdf", "≥95 >5", {"≥": ">"}))
    assert [(lie.claimed, lie.drawn) for lie in FontAudit(unsure).look(fonts)] == [(">", "≥")]


def test_digits_that_claim_other_wide_digits_are_found(tmp_path: Path) -> None:
    fonts, _ = read_fonts(printed(tmp_path / "a.pdf", AMOUNT, {"3": "８", "8": "３", "4": "４"}))
    lies = FontAudit(RapidEngine().read).look(fonts)
    assert {(lie.claimed, lie.drawn) for lie in lies} == {("8", "3"), ("3", "8")}


def test_a_digit_that_claims_two_is_found(tmp_path: Path) -> None:
    fonts, _ = read_fonts(printed(tmp_path / "a.pdf", AMOUNT, {"1": "11"}))
    assert {(lie.claimed, lie.drawn) for lie in FontAudit(RapidEngine().read).look(fonts)} == {("11", "1")}
