"""Characters and rules placed by hand."""

from __future__ import annotations

from collections.abc import Iterable

from models.geometry import Box
from models.page import Char, Page, Rule


def across(at: float, start: float, end: float) -> Rule:
    return Rule("horizontal", at, start, end)


def down(at: float, start: float, end: float) -> Rule:
    return Rule("vertical", at, start, end)


def boxes_to_rules(boxes: Iterable[Box], inset: float = 0.0) -> list[Rule]:
    rules = []
    for b in boxes:
        x0, top, x1, bottom = b.x0 + inset, b.top + inset, b.x1 - inset, b.bottom - inset
        rules += [across(top, x0, x1), across(bottom, x0, x1), down(x0, top, bottom), down(x1, top, bottom)]
    return rules


def typed(text: str, x: float, top: float, size: float = 10.0) -> list[Char]:
    """Characters of a line, full width for Chinese and half for the rest."""
    chars = []
    for character in text:
        width = size / 2 if character.isascii() else size
        chars.append(Char(character, Box(x, top, x + width, top + size), size))
        x += width
    return chars


def page_of(chars: Iterable[Char], rules: Iterable[Rule] = (), number: int = 1) -> Page:
    return Page(number, 595, 842, tuple(chars), tuple(rules))
