"""Fragments of HTML and Markdown → the text a person sees."""

from __future__ import annotations

import html
import re

from extract.page.raised import raised_to_text

_BLOCK = re.compile(r"</?(?:p|div|li|h[1-6]|tr|ul|ol)\b[^<>]*>\s*|<br\s*/?>\s*", re.I)
_TAG = re.compile(r"</?[a-z!][^<>]*>", re.I)
STRUCK = re.compile(r"<(?:s|del|strike)\b[^<>]*>[^<>]*[^<>\s][^<>]*</(?:s|del|strike)>", re.I)
"""Text that HTML strikes out."""
_RAISED = re.compile(r"<sup\b[^<>]*>([^<>]*)</sup>", re.I)
_EMPHASIS = re.compile(r"\*\*|__")
_REACH = 20
"""The characters before a raised one that tell an exponent from a mark."""


def plain_text(fragment: str) -> str:
    """Text of a fragment: block ends become line breaks, other tags and emphasis marks go."""
    text = _TAG.sub("", _BLOCK.sub("\n", _seen(fragment))) if "<" in fragment else fragment
    text = html.unescape(text) if "&" in text else text
    text = _without_emphasis(text)
    return "\n".join(part for part in (piece.strip(" \u3000\xa0") for piece in text.split("\n")) if part)


def _seen(fragment: str) -> str:
    """A fragment without what is struck out, with raised digits as exponents or without them as marks."""
    fragment = STRUCK.sub("", fragment)
    kept, end = [], 0
    for raised in _RAISED.finditer(fragment):
        before = fragment[end : raised.start()]
        kept += [before, raised_to_text(_TAG.sub("", before[-_REACH:]), raised[1])]
        end = raised.end()
    return "".join([*kept, fragment[end:]])


def _without_emphasis(text: str) -> str:
    """Pairs of ** and of __ around something on one line go; one without its partner stays."""
    if "**" not in text and "__" not in text:
        return text
    kept: list[str] = []
    opened: dict[str, tuple[int, int]] = {}
    end = 0
    for mark in _EMPHASIS.finditer(text):
        if "\n" in text[end : mark.start()]:
            opened.clear()
        kept += [text[end : mark.start()], mark[0]]
        end = mark.end()
        place, begins = opened.get(mark[0], (-1, mark.start()))
        if begins < mark.start():
            kept[place] = kept[-1] = ""
            del opened[mark[0]]
        elif place < 0:
            opened[mark[0]] = (len(kept) - 1, end)
    return "".join([*kept, text[end:]])
