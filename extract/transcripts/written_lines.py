"""What programs do to the lines of a text: other ends, other bars, numbers before them, breaks at a width."""

from __future__ import annotations

import re

from extract.transcripts.spaced_columns import screen_width

_ENDS = re.compile("\r+\n|[\r\u2028\u2029\x85]")
"""The ends of lines that systems and programs write; one that went through two systems has two returns."""
_BARS = re.compile("[｜│┃¦]")
_DRAWN = re.compile("[─━┌┏├┼+]")
"""What a text has that draws its tables: there the bars are part of the drawing."""
_FEWEST_BARRED = 10
_BARS_OF_ROW = 3
"""A form has at least so many lines with so many bars."""
_NUMBERED = re.compile(r"[ ]*(\d{1,5})\t")
_NUMBERED_SHARE = 0.9
_FEWEST_NUMBERED = 20
"""Lines are numbered when nearly all of at least so many count by one; a list in a form has a dozen items."""
_WIDTHS = range(60, 101)
"""The widths at which mail programs break lines: 72 to 80 columns by default, some let a person choose."""
_FEWEST_FULL = 6
_FULL_SHARE = 0.05
"""So many lines, and this share of all, end within a sign of the widest: by chance two or three do."""


def with_usual_signs(text: str) -> str:
    """The text with `\\n` at the end of each line and `|` where full-width or drawn bars part the cells of a table."""
    text = _ENDS.sub("\n", text)
    if (
        "→" in text
        and "\t" not in text
        and sum(line.count("→") >= _BARS_OF_ROW for line in text.split("\n")) >= _FEWEST_BARRED
    ):
        text = text.replace("→", "\t")  # how programs show a tab
    if _BARS.search(text) is None or "|" in text or _DRAWN.search(text):
        return text
    barred = sum(len(_BARS.findall(line)) >= _BARS_OF_ROW for line in text.split("\n"))
    return _BARS.sub("|", text) if barred >= _FEWEST_BARRED else text


def without_line_numbers(text: str) -> str:
    """The text without the numbers of its lines, as programs that list files put them before a tab."""
    lines = text.split("\n")
    found = [_NUMBERED.match(line) for line in lines]
    numbers = [int(one[1]) for one in found if one]
    filled = sum(bool(line.strip()) for line in lines)
    if len(numbers) < max(_FEWEST_NUMBERED, _NUMBERED_SHARE * filled):
        return text
    if numbers != list(range(numbers[0], numbers[0] + len(numbers))):
        return text
    return "\n".join(line[one.end() :] if one else line for line, one in zip(lines, found, strict=True))


def unwrapped(text: str) -> str:
    """The text with lines put together again that a mail program broke at its width; blank lines stand for the others."""
    lines = text.split("\n")
    if "\t" not in text or max(map(len, lines)) > _WIDTHS[-1]:
        return text
    widths = [screen_width(line) for line in lines]
    widest = max(widths)
    full = [width >= widest - 1 for width in widths]
    if widest not in _WIDTHS or sum(full) < max(_FEWEST_FULL, _FULL_SHARE * len(lines)):
        return text
    kept: list[str] = []
    head = 0
    for n, line in enumerate(lines):
        if n and full[n - 1] and line:
            kept[head] += line
            kept.append("")
        else:
            head = n
            kept.append(line)
    return "\n".join(kept)
