"""What was lost between the operators of text is told by their order."""

from __future__ import annotations

from pathlib import Path

import pytest

from extract.pdf.drawing.text_objects import TextObjects
from tests.extract.pdf.drawing.test_limits import read, stream

WORD = "BT Td Tj ET "


def faults(operators: str) -> int:
    texts = TextObjects()
    for operator in operators.split():
        texts.follow(operator)
    return texts.faults


@pytest.mark.parametrize(
    ("operators", "count"),
    [
        (WORD * 20, 0),
        (WORD * 20 + "BT ET", 0),
        (WORD * 20 + "BT Td ET", 1),
        ("BT Td ET " * 20 + WORD, 0),
        (WORD + "BT Td Tj " + WORD, 1),
        (WORD + "Td Tj ET", 2),
        (WORD + "BT Td Tj", 1),
        (WORD * 20 + "BT Td Tm Tj ET", 1),
        (WORD * 20 + "BT Tm Td Tj ET", 0),
        ("BT Td Tm Tj ET " * 20, 0),
        (WORD * 20 + "BT Tm Tm Tj ET", 0),
        (WORD * 20 + "BT Tm Tj Tm Tm Tj ET", 1),
    ],
    ids=[
        "whole",
        "an empty one",
        "one without words",
        "a habit",
        "no end",
        "no beginning",
        "cut",
        "a place that another one replaces",
        "a step from a place",
        "a habit of places",
        "a place to begin with",
        "a place between words",
    ],
)
def test_text_objects_out_of_order_are_counted(operators: str, count: int) -> None:
    assert faults(operators) == count


@pytest.mark.parametrize(
    "content",
    [b"BT 1 0 0 1 9 9 Tm 9 10 Td ET q 1 0 0 1 0 0 0 cm Q", b"q (lost) Q", b"q 0 0 (9) 9 re f Q"],
    ids=["a number too many", "a word without its operator", "a word for a number"],
)
def test_an_operator_with_other_operands_than_it_takes_is_damage(tmp_path: Path, content: bytes) -> None:
    assert read(tmp_path, stream(content)) == ["pdf-damaged"]
    assert read(tmp_path, stream(b"q 1 0 0 sc 0 0 9 9 re f BX 7 unknown EX Q")) == []
