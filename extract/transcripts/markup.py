"""Text out of any OCR or document parser → pieces: tab rows, Markdown and HTML, mixed in one file."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree
from lxml import html as lxml_html

from extract.files.encoding import bytes_to_text
from extract.transcripts.delimited import text_to_grid
from models.document import Document, Piece, Problem, TextLine
from models.grid import Cell, Grid, Place

MAX_BYTES = 8_000_000
MAX_SPAN = 200
"""A span wider than any form; a larger one is a slip of the parser that wrote it."""

_TABLE_TAG = re.compile(r"<(/?)table\b[^<>]*+>", re.I)
_ASCII_LOWER = {upper: upper + 0x20 for upper in range(0x41, 0x5B)}
"""Lower case that keeps every character's place: the small İ has two."""
_CELL_END = re.compile(r"</(?:td|th|tr|tbody)\s*>", re.I)
_HIDDEN = re.compile(r"<!--|<(head|style|script)\b", re.I)
_BLOCK = re.compile(r"</?(?:p|div|li|h[1-6]|tr|ul|ol)\b[^<>]*>\s*|<br\s*/?>\s*", re.I)
_TAG = re.compile(r"</?[a-z!][^<>]*>", re.I)
_PIPE_RULE = re.compile(r"\|?\s*+:?-{2,}+:?\s*+(?:\|\s*+:?-{2,}+:?\s*+)*+\|?\s*+")
_HEADING_MARK = re.compile(r"\s{0,3}#{1,6}\s+")
_LIST_MARK = re.compile(r"\s*+[-*+•]\s++")
_EMPHASIS = re.compile(r"\*\*|__")
_WHITE = re.compile(r"\s++")


def read_markup(data: bytes, *, media_type: str = "text/markdown", max_bytes: int = MAX_BYTES) -> Document:
    """Read the bytes of a text file; every cell's and line's place is `line N` of the file."""
    if len(data) > max_bytes:
        limit = f"{max_bytes // 1_000_000} MB"
        message = (
            f"文本有 {len(data) / 1e6:.1f} MB，超过上限 {limit}，一份申报表只有几十 KB，请拆分后重新提交"
        )
        return Document((), media_type, problems=(Problem("file-too-large", message, "error"),))
    text, problems = bytes_to_text(data)
    if text is None:
        message = "文件不是文本（含二进制内容），请提交 Word、Excel、PDF 或 UTF-8 文本"
        return Document((), media_type, problems=(Problem("file-not-text", message, "error"),))
    return text_to_document(text, media_type, problems)


def text_to_document(text: str, media_type: str, problems: tuple[Problem, ...]) -> Document:
    """The pieces of a text as a document, `problems` being what its bytes told."""
    return Document(tuple(text_to_pieces(text)), media_type, problems=problems)


def text_to_pieces(text: str) -> Iterator[Piece]:
    """Split a text into lines and tables, in reading order."""
    table = text_to_grid(text)
    if table is not None:
        yield table
        return
    text = _without_hidden(text.replace("\r\n", "\n").replace("\r", "\n"))
    start, first_line = 0, 1
    for begin, end in _tables(text):
        yield from _lines_to_pieces(text[start:begin], first_line)
        first_line += text.count("\n", start, begin)
        yield from _html_to_grid(text[begin:end], first_line)
        first_line += text.count("\n", begin, end)
        start = end
    yield from _lines_to_pieces(text[start:], first_line)


def _without_hidden(text: str) -> str:
    """Comments, heads, styles and scripts become as many line breaks as they held; an unclosed one stays as text."""
    kept, start, lower = [], 0, text.translate(_ASCII_LOWER)
    unclosed: set[str] = set()
    for mark in _HIDDEN.finditer(text):
        close = "-->" if mark.group() == "<!--" else f"</{mark.group(1).lower()}>"
        if mark.start() < start or close in unclosed:
            continue
        end = lower.find(close, mark.end())
        if end < 0:
            unclosed.add(close)
            continue
        kept += [text[start : mark.start()], "\n" * text.count("\n", mark.start(), end)]
        start = end + len(close)
    return "".join([*kept, text[start:]])


def _tables(text: str) -> Iterator[tuple[int, int]]:
    """Where the outermost HTML tables begin and end; an unclosed one ends with the text."""
    depth, begin = 0, 0
    for tag in _TABLE_TAG.finditer(text):
        if not tag.group(1):
            begin = tag.start() if depth == 0 else begin
            depth += 1
        elif depth:
            depth -= 1
            if depth == 0:
                yield begin, tag.end()
    if depth:  # never closed: the table ends with its last row or cell, what follows is text again
        closing = list(_CELL_END.finditer(text, begin))
        yield begin, closing[-1].end() if closing else len(text)


@dataclass(frozen=True, slots=True)
class _Row:
    line: int
    texts: tuple[str, ...]
    after_gap: bool


def _lines_to_pieces(text: str, first_line: int) -> Iterator[Piece]:
    rows: list[_Row] = []
    gap = False
    for number, line in enumerate(text.split("\n"), first_line):
        if not line.strip(" \u3000"):
            gap = True
            continue
        texts = _line_to_texts(line)
        if texts is None:
            yield from _rows_to_grid(rows)
            rows = []
            yield from _line_to_text_lines(line, number)
        elif texts:
            rows.append(_Row(number, texts, gap))
        gap = False
    yield from _rows_to_grid(rows)


def _line_to_texts(line: str) -> tuple[str, ...] | None:
    """The cells of a tab row or of a Markdown pipe row; `()` for a pipe rule; `None` when it is no row."""
    if "\t" in line:
        return tuple(_plain(cell) for cell in line.split("\t"))
    stripped = line.strip()
    if stripped.startswith("|") and stripped.count("|") > 1:
        if _PIPE_RULE.fullmatch(stripped):
            return ()
        cells = re.split(r"(?<!\\)\|", stripped.strip().removeprefix("|").removesuffix("|"))
        return tuple(_plain(cell.replace("\\|", "|")) for cell in cells)
    return None


def _rows_to_grid(rows: list[_Row]) -> Iterator[Grid]:
    if not rows:
        return
    cells = tuple(
        Cell(r, c, text, Place(part=f"line {row.line}"), state="read" if text else "blank")
        for r, row in enumerate(rows)
        for c, text in enumerate(row.texts)
    )
    breaks = frozenset(r for r, row in enumerate(rows) if row.after_gap)
    yield Grid(cells, len(rows), max(len(row.texts) for row in rows), "none", breaks, reader="markup")


def _line_to_text_lines(line: str, number: int) -> Iterator[TextLine]:
    heading, listed = _HEADING_MARK.match(line), _LIST_MARK.match(line)
    if heading:
        body = line[heading.end() :].rstrip().rstrip("#").rstrip()
    else:
        body = line[listed.end() :] if listed else line
    for part in _plain(body).split("\n"):
        if part:
            yield TextLine(part, Place(part=f"line {number}"), reader="markup", heading=heading is not None)


def _plain(fragment: str) -> str:
    """Text of a fragment: block ends become line breaks, other tags and emphasis marks go."""
    text = _TAG.sub("", _BLOCK.sub("\n", fragment)) if "<" in fragment else fragment
    text = html.unescape(text) if "&" in text else text
    text = _without_emphasis(text)
    return "\n".join(part for part in (piece.strip(" \u3000\xa0") for piece in text.split("\n")) if part)


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


def _html_to_grid(fragment: str, first_line: int) -> Iterator[Piece]:
    root = lxml_html.fragment_fromstring(
        fragment, create_parent="div", parser=lxml_html.HTMLParser(huge_tree=True)
    )
    table = root.find(".//table")
    if table is None:
        return
    inner = table.findall(".//table")
    cells = _table_to_cells(table, first_line)
    if inner and len(cells) <= len(inner):  # a frame that only holds other tables
        for nested in inner:
            yield from _cells_to_grid(_table_to_cells(nested, first_line))
        return
    yield from _cells_to_grid(cells)


def _cells_to_grid(cells: list[Cell]) -> Iterator[Grid]:
    if cells:
        rows = max(c.row + c.row_span for c in cells)
        columns = max(c.column + c.column_span for c in cells)
        ruled = any(c.row_span > 1 or c.column_span > 1 for c in cells)
        yield Grid(tuple(cells), rows, columns, "ruled" if ruled else "none", reader="markup")


def _table_to_cells(table: etree._Element, first_line: int) -> list[Cell]:
    """Cells with the rows and columns that their spans give them (HTML's own table model)."""
    cells: list[Cell] = []
    taken: set[tuple[int, int]] = set()
    rows = [row for row in table.iter("tr") if next(row.iterancestors("table")) is table]
    if table.find("td") is not None or table.find("th") is not None:  # cells without a row make one
        rows.append(table)
    for r, row in enumerate(rows):
        column = 0
        for element in row.iterchildren("td", "th"):
            while (r, column) in taken:
                column += 1
            height = min(_span(element, "rowspan") or len(rows), len(rows) - r)
            width = _span(element, "colspan") or 1
            taken.update((r + dr, column + dc) for dr in range(height) for dc in range(width))
            text = _element_to_text(element)
            place = Place(part=f"line {first_line + _line(row) - 1}")
            cells.append(Cell(r, column, text, place, height, width, "read" if text else "blank"))
            column += width
    return cells


def _line(element: etree._Element) -> int:
    return element.sourceline if isinstance(element.sourceline, int) else 1


def _span(element: etree._Element, name: str) -> int:
    """The element's span; 0 (to the table's end) for `rowspan="0"`, 1 for what is no number."""
    written = re.match(r"\s*(\d+)", element.get(name) or "1")
    return min(int(written.group(1)), MAX_SPAN) if written else 1


def _element_to_text(element: etree._Element) -> str:
    inner = etree.tostring(element, encoding="unicode", method="html", with_tail=False)
    return _plain(_WHITE.sub(lambda found: " " if "\n" in found[0] else found[0], inner).strip())
