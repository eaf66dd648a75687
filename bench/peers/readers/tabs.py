"""Text of an OCR service: a line a row, its cells between tabs; HTML tables as they are."""

from __future__ import annotations

import re
from pathlib import Path

from bench.peers.readers.html import html_to_reading
from bench.peers.readers.markdown_text import markdown_to_reading
from bench.peers.reading import Reading, rows_to_table

MARK = re.compile(r"^#+ |^[-*] |\*\*")
TAG = re.compile(r"</?(?:p|br)\s*/?>")


def read(path: Path) -> Reading:
    text = path.read_text(encoding="utf-8-sig")
    if "<table" in text:
        return html_to_reading(text)
    if re.search(r"(?m)^\s*\|.*\|\s*$", text):
        return markdown_to_reading(text)
    return text_to_reading(text)


def text_to_reading(text: str) -> Reading:
    """Every line a row, one without tabs a row of one cell; marks of headings, lists and bold type go."""
    lines = [TAG.sub("\n", MARK.sub("", line)) for line in text.split("\n") if line.strip()]
    return Reading((rows_to_table([line.split("\t") for line in lines], "bare"),))
