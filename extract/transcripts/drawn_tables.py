"""Tables that a text draws with characters (┌─┬ or +-+) → HTML tables on as many lines."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from extract.transcripts.spaced_columns import screen_width

_TOP = re.compile(r"\s*(?:[┌╔┏╭][─━═┬╦┳┈]{2,}.*[┐╗┓╮]|\+(?:[-=]{2,}\+)+)\s*")
_LINE = re.compile(r"\s*[│┃║|├╠┣└╚┗╰+┌╔┏].*[│┃║|┤╣┫┘╝┛╯+┐╗┓]\s*")
_BARS = frozenset("│┃║|")
_DASHES = frozenset("─━═┈-=")
_CROSSINGS = frozenset("┌┬┐├┼┤└┴┘╔╦╗╠╬╣╚╩╝┏┳┓┣╋┫┗┻┛╭╮╰╯+")
_FEWEST_LINES = 5
_FEWEST_BANDS = 3
"""A table of fewer bands has a rule below its head only, and a row on each line."""

_UNSURE_COLUMNS = 2
"""A bar stands at most this far from its edge: a cell holds one or two signs of unsure width."""

_Line = dict[int, str]
"""A line's characters by the column of the screen on which they stand."""


def with_html_tables(text: str) -> str:
    """The text with each drawn table as an HTML table; every line keeps its number."""
    if not any(mark in text for mark in ("┌", "╔", "┏", "╭", "+--", "+==")):
        return text
    lines = text.split("\n")
    kept: list[str] = []
    n = 0
    while n < len(lines):
        end = n + 1
        if _TOP.fullmatch(lines[n]):
            while end < len(lines) and _LINE.fullmatch(lines[end]):
                end += 1
        block = lines[n:end]
        kept.append(_table(block) if len(block) >= _FEWEST_LINES else "\n".join(block))
        n = end
    return "\n".join(kept)


def _table(block: Sequence[str]) -> str:
    """The HTML of a table on as many lines as it was drawn; the lines themselves where its corners do not meet."""
    for wide in (1, 2):  # Chinese fonts draw these signs twice as wide
        rules = [line for line in (_by_column(line, wide) for line in block) if _is_rule(line)]
        edges = sorted({at for line in rules for at, sign in line.items() if sign in _CROSSINGS})
        lines = [_by_column(line, wide, edges) for line in block]
        bars = [at for line in lines if not _is_rule(line) for at, sign in line.items() if sign in _BARS]
        if len(edges) > 1 and bars and sum(at in edges for at in bars) >= len(bars) * _MEET_SHARE:
            return "\n".join(_rows_to_html(_Drawing(lines, edges)))
    return "\n".join(block)


_MEET_SHARE = 0.9
"""At least this share of the bars stands under a corner; the others are part of a text."""


def _by_column(line: str, wide: int, edges: Sequence[int] = ()) -> _Line:
    """The signs of a line by their columns; a bar near one of the `edges` stands at it, for fonts do not agree how wide ≥ is."""
    columns: _Line = {}
    at = 0
    for sign in line:
        drawn = sign in _CROSSINGS or sign in _BARS or sign in _DASHES
        if sign in _BARS and edges:
            nearest = min(edges, key=lambda edge: abs(edge - at))
            at = (
                nearest if abs(nearest - at) <= _UNSURE_COLUMNS and nearest > max(columns, default=-1) else at
            )
        columns[at] = sign
        at += (wide if sign > "\x7f" else 1) if drawn else screen_width(sign)
    return columns


def _is_rule(line: _Line) -> bool:
    signs = [sign for sign in line.values() if not sign.isspace()]
    return any(a in _CROSSINGS and b in _DASHES for a, b in pairwise(signs))


@dataclass(frozen=True, slots=True)
class _Drawing:
    lines: Sequence[_Line]
    edges: Sequence[int]

    def columns(self) -> range:
        return range(len(self.edges) - 1)

    def text(self, line: _Line, first: int, last: int) -> str:
        """What stands between two edges."""
        left, right = self.edges[first], self.edges[last]
        return "".join(sign for at, sign in line.items() if left < at < right).rstrip()

    def is_ruled(self, line: _Line, column: int) -> bool:
        """Whether a rule runs through the column on this line."""
        between = self.text(line, column, column + 1)
        return _is_rule(line) and between != "" and set(between) <= _DASHES

    def bands(self) -> list[list[int]]:
        """The lines of each row."""
        bands: list[list[int]] = [[]]
        for n, line in enumerate(self.lines):
            if _is_rule(line):
                bands.append([])
            else:
                bands[-1].append(n)
        filled = [band for band in bands if band]
        return filled if len(filled) >= _FEWEST_BANDS else [[n] for band in filled for n in band]


def _rows_to_html(drawing: _Drawing) -> Iterator[str]:
    bands = drawing.bands()
    continued: dict[int, int] = {}
    last = len(drawing.lines)
    written = 0
    for r, band in enumerate(bands):
        cells: list[str] = []
        for first, end in _spans(drawing, band):
            if continued.get(first, 0) > 0:
                continued[first] -= 1
                continue
            height = _height(drawing, bands, r, first)
            continued[first] = height - 1
            lines = range(band[0], bands[r + height - 1][-1] + 1)
            text = _text(drawing, lines, first, end)
            cells.append(f'<td colspan="{end - first}" rowspan="{height}">{text}</td>')
        until = band[0] + 1
        row = ("<table>" if r == 0 else "") + f"<tr>{''.join(cells)}</tr>"
        yield from [""] * (until - 1 - written) + [row + ("</table>" if r == len(bands) - 1 else "")]
        written = until
    yield from [""] * (last - written)


def _spans(drawing: _Drawing, band: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Where the cells of a row begin and end: at the edges under which its lines have bars."""
    first = 0
    for column in drawing.columns():
        bars = sum(drawing.lines[n].get(drawing.edges[column + 1]) in _BARS for n in band)
        if 2 * bars > len(band) or column == drawing.columns()[-1]:
            yield first, column + 1
            first = column + 1


def _height(drawing: _Drawing, bands: Sequence[Sequence[int]], r: int, column: int) -> int:
    """How many rows a cell reaches over: as many as no rule parts from it."""
    height = 1
    while r + height < len(bands):
        between = range(bands[r + height - 1][-1] + 1, bands[r + height][0])
        rules = [drawing.lines[n] for n in between]
        if not rules or any(drawing.is_ruled(line, column) for line in rules):
            break
        height += 1
    return height


_LIST_MARK = re.compile(r"\s*(?:\d{1,2}[.、)）]|[（(]\d{1,2}[)）]|[①-⑳]|[一二三四五六七八九十]{1,2}、)")


def _text(drawing: _Drawing, lines: range, first: int, end: int) -> str:
    """A cell's text; a line that fills the cell runs on in the next."""
    width = drawing.edges[end] - drawing.edges[first] - 1
    shown = ""
    full = False
    for n in lines:
        printed = drawing.text(drawing.lines[n], first, end)
        text = printed.lstrip()
        if not text:
            continue
        shown += (text if full and not _LIST_MARK.match(text) else f"\n{text}") if shown else text
        padding = len(printed) - len(text)
        full = screen_width(printed) + padding >= width - 1  # a wide sign may have had no room
    return html.escape(shown, quote=False).replace("\n", "<br>")
