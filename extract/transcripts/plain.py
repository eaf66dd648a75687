"""Fragments of HTML and Markdown → the text a person sees."""

from __future__ import annotations

import html
import re

from extract.page.raised import raised_to_text
from extract.parsers.formulas import without_formulas

_BLOCK = re.compile(r"</?(?:p|div|li|h[1-6]|tr|ul|ol)\b[^<>]*>\s*|<br\s*/?>\s*", re.I)
_TAG = re.compile(r"</?[a-z!][^<>]*>", re.I)
_WORDS = r"\s*+[^<>\s][^<>]*+"
_TAGGED = r"(?:[^<>]|<(?!/?(?:s|del|strike|td|th|tr|table)\b)[^<>]*+>)++"
"""Words and tags within one cell; what is struck out may be set in tags of its own."""
STRUCK = re.compile(
    rf"<(s|del|strike)\b[^<>]*+>{_TAGGED}</\1>"
    rf"|<(span|font|p|b|i|u)\b(?=[^<>]*line-through)[^<>]*+>{_WORDS}</\2>",
    re.I,
)
"""Text that HTML strikes out."""
NOT_SHOWN = re.compile(
    r"display\s*:\s*none|mso-hide\s*:\s*all|visibility\s*:\s*(?:hidden|collapse)"
    r"|font-size\s*:\s*0(?![.\d])|(?<!-)opacity\s*:\s*0(?![.\d])",
    re.I,
)
"""What a style says of an element that nobody sees."""
_UNSHOWN_ELEMENT = re.compile(
    rf"<(span|font|p|b|i|u|em|strong|div)\b(?=[^<>]*(?:{NOT_SHOWN.pattern}|\bhidden\b(?!\s*=)))[^<>]*+>[^<>]*+</\1>"
    r"|<(rt|rp|button)\b[^<>]*+>[^<>]*+</\2>",
    re.I,
)
"""An element that is not shown, the pronunciation printed above a name, and what is to be pressed."""
_INPUT = re.compile(r"<input\b[^<>]*+>", re.I)
_SELECT = re.compile(r"<select\b[^<>]*+>((?:(?!</?select\b).)*+)</select>", re.I | re.S)
_OPTION = re.compile(r"<option\b([^<>]*)>([^<>]*)", re.I)
_ATTRIBUTE = re.compile(r"\b(type|value)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'<>]+))|\b(checked)\b", re.I)
_RAISED = re.compile(r"<sup\b[^<>]*>((?:[^<>]|<(?!/?sup\b)[^<>]*+>)*+)</sup>", re.I)
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
"""A sign that Markdown or LaTeX writes behind a backslash, so that it is text."""
_MARKED = re.compile(r"[<&*_\n\\~=`$\[]")
"""What a fragment has that is more than its text."""
_BLANKS = " \u3000\xa0"
MARKDOWN_STRUCK = re.compile(r"(?<![~\\])~~(?=[^~\s])[^~\n]{1,200}(?<=[^~\s])~~(?!~)")
"""Text that Markdown strikes out."""
_LINK = re.compile(r"(?<![!\\])\[([^\[\]\n]{1,200})\]\((?:https?:|mailto:|tel:|#|/|\./)[^()\n]{0,300}\)")
_LIT = re.compile(r"(?<![=<>\\])==(?=[^=\s])([^=\n]{1,200})(?<=[^=\s])==(?!=)")
_CODE = re.compile(r"(?<![`\\])`([^`\n]{1,200})`(?!`)")
_LEANING = re.compile(r"(?<![*\w\\])\*(?=[^*\s])([^*\n]{1,200})(?<=[^*\s])\*(?![*\d])")
_NOTE = re.compile(r"\[\^[-\w]{1,20}\]")
"""What refers to a note below."""
_EMPHASIS = re.compile(r"\*\*|__")
_REACH = 20
"""The characters before a raised one that tell an exponent from a mark."""


def plain_text(fragment: str) -> str:
    """Text of a fragment: block ends become line breaks, other tags and emphasis marks go."""
    if _MARKED.search(fragment) is None:
        return fragment.strip(_BLANKS)
    text = _TAG.sub("", _BLOCK.sub("\n", _seen(fragment))) if "<" in fragment else fragment
    text = html.unescape(text) if "&" in text else text
    text = _without_formulas(_without_marks(text))
    text = _ESCAPED.sub(r"\1", _without_emphasis(text))
    return "\n".join(part for part in (piece.strip(_BLANKS) for piece in text.split("\n")) if part)


def _without_marks(text: str) -> str:
    """A text without what Markdown strikes out, without the marks around words, with links as their words."""
    text = MARKDOWN_STRUCK.sub("", text)
    for pattern in (_LINK, _LIT, _CODE, _LEANING):
        text = pattern.sub(r"\1", text)
    return _NOTE.sub("", text)


def _without_formulas(text: str) -> str:
    """A text with its formulas as the characters that they show; two sums in dollars make no formula."""
    whole = text.strip().startswith("$") and text.strip().endswith("$")
    return without_formulas(text) if "$" in text and (whole or "\\" in text) else text


def _seen(fragment: str) -> str:
    """A fragment without what is struck out, with what its fields hold; raised digits are exponents or left out."""
    fragment = _SELECT.sub(_chosen, _INPUT.sub(_typed, _UNSHOWN_ELEMENT.sub("", STRUCK.sub("", fragment))))
    kept, end = [], 0
    for raised in _RAISED.finditer(fragment):
        before = fragment[end : raised.start()]
        kept += [before, raised_to_text(_TAG.sub("", before[-_REACH:]), _TAG.sub("", raised[1]))]
        end = raised.end()
    return "".join([*kept, fragment[end:]])


def _typed(field: re.Match[str]) -> str:
    """What an `<input>` shows: its text, or whether it is ticked."""
    found = list(_ATTRIBUTE.finditer(field[0]))
    said = {mark[1].lower(): mark[2] or mark[3] or mark[4] or "" for mark in found if mark[1]}
    kind = said.get("type", "text").lower()
    if kind in ("checkbox", "radio"):
        return "☑" if any(mark[5] for mark in found) else "□"
    return "" if kind in _NO_TEXT else said.get("value", "")


_NO_TEXT = ("hidden", "button", "submit", "reset", "image", "file", "password")
"""The kinds of `<input>` that hold no answer."""


def _chosen(field: re.Match[str]) -> str:
    """The option of a `<select>` that is chosen: the first one where none says so."""
    options = list(_OPTION.finditer(field[1]))
    chosen = [option for option in options if re.search(r"\bselected\b", option[1], re.I)]
    return next((option[2] for option in chosen or options), "")


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
