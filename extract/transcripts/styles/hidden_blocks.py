"""Blocks of an HTML file that are not shown, whatever they hold."""

from __future__ import annotations

import re
from collections import defaultdict

from extract.transcripts.plain import NOT_SHOWN

_BLOCK_TAG = re.compile(r"<(/?)(div|section|article|aside|form|table|ul|ol|p)\b([^<>]*)>", re.I)


def without_hidden_blocks(text: str) -> str:
    """The text without blocks whose own style hides them, whatever they hold; as many line breaks stay as they had.

    A grid of a web page keeps a hidden copy of its fixed columns, a dialogue waits until somebody presses a button.
    """
    if NOT_SHOWN.search(text) is None:
        return text
    opened: dict[str, list[tuple[int, bool]]] = defaultdict(list)
    hidden: list[tuple[int, int]] = []
    for tag in _BLOCK_TAG.finditer(text):
        name = tag[2].lower()
        if not tag[1]:
            opened[name].append((tag.start(), NOT_SHOWN.search(tag[3]) is not None))
        elif opened[name]:
            begin, unshown = opened[name].pop()
            hidden += [(begin, tag.end())] if unshown else []
    kept, start = [], 0
    for begin, end in sorted(hidden):
        if begin >= start:
            kept += [text[start:begin], "\n" * text.count("\n", begin, end)]
            start = end
    return "".join([*kept, text[start:]])
