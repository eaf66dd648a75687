"""Text out of any OCR or document parser → pieces: tab rows, Markdown and HTML, mixed in one file."""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Iterator
from dataclasses import dataclass

from extract.files.encoding import bytes_to_text
from extract.files.limits import UNFOLDING
from extract.files.refusals import TooLargeError, too_large
from extract.transcripts.delimited import rows_to_padded_grid, text_to_grid, text_to_grid_below_title
from extract.transcripts.drawn_tables import with_html_tables
from extract.transcripts.html_tables import html_to_pieces
from extract.transcripts.page_marks import without_page_marks
from extract.transcripts.pipe_tables import sheet_rows, with_end_bars
from extract.transcripts.plain import MARKDOWN_STRUCK, STRUCK, plain_text
from extract.transcripts.spaced_columns import with_tabs
from extract.transcripts.styles.hidden_blocks import without_hidden_blocks
from extract.transcripts.styles.written import StyledText, with_written_styles
from extract.transcripts.written_lines import unwrapped, with_usual_signs, without_line_numbers
from models.document import Document, Piece, Problem, TextLine
from models.grid import Cell, Grid, Place

_LISTED_PLACES = 5
"""A finding names this many places; the rest it counts."""

_TABLE_TAG = re.compile(r"<(/?)table\b[^<>]*+>", re.I)
_ASCII_LOWER = {upper: upper + 0x20 for upper in range(0x41, 0x5B)}
"""Lower case that keeps every character's place: the small İ has two."""
_CELL_END = re.compile(r"</(?:td|th|tr|tbody)\s*>", re.I)
_HIDDEN = re.compile(r"<!--|<(head|style|script|template|noscript|datalist|details)\b", re.I)
_OPEN = re.compile(r"[^<>]*\bopen\b", re.I)
_PIPE_DASHES = r"\s*+(?::-++:?|-++:|-{2,}+)\s*+"
_PIPE_RULE = re.compile(rf"\|?{_PIPE_DASHES}(?:[|+]{_PIPE_DASHES})*+\|?\s*+")
_HEADING_MARK = re.compile(r"\s{0,3}#{1,6}\s+")
_LIST_MARK = re.compile(r"\s*+[-*+•]\s++")


def read_markup(
    data: bytes, *, media_type: str = "text/markdown", max_bytes: int = UNFOLDING.text_bytes
) -> Document:
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
    try:
        styled = with_written_styles(text)
        return Document(tuple(_counted(styled.text)), media_type, problems=(*problems, *_left_out(styled)))
    except TooLargeError as error:
        return Document((), media_type, problems=(*problems, too_large(str(error))))


def _counted(text: str) -> Iterator[Piece]:
    """The pieces of a text; raises `TooLargeError` as soon as they are too many."""
    count = characters = 0
    for piece in text_to_pieces(text):
        texts = [cell.text for cell in piece.cells] if isinstance(piece, Grid) else [piece.text]
        count += len(texts)
        characters += sum(map(len, texts))
        if count > UNFOLDING.text_pieces:
            raise TooLargeError(f"文字行和单元格超过 {UNFOLDING.text_pieces} 个")
        if characters > UNFOLDING.characters:  # a table in a cell is shown in that cell, too
            raise TooLargeError(f"文字超过 {UNFOLDING.characters} 字")
        yield piece


def _left_out(styled: StyledText) -> Iterator[Problem]:
    """What was left out because HTML strikes it out or prints it in the colour of the paper."""
    text = styled.text
    ends = [mark.start() for mark in re.finditer("\n", text)]
    marks = (mark.start() for pattern in (STRUCK, MARKDOWN_STRUCK) for mark in pattern.finditer(text))
    struck = sorted({bisect(ends, begin) + 1 for begin in marks})
    for code, found, what in (
        ("text-struck", struck, "加删除线的文字，按已删除处理"),
        ("text-hidden", styled.unseen_lines, "与底色相同、看不见的文字"),
    ):
        lines = dict.fromkeys(found)
        if lines:
            names = "、".join(f"line {line}" for line in list(lines)[:_LISTED_PLACES])
            yield Problem(code, f"{names} 等 {len(lines)} 行有{what}，未读取。请核对。")


def text_to_pieces(text: str) -> Iterator[Piece]:
    """Split a text into lines and tables, in reading order; raises `TooLargeError` for a table beyond a limit."""
    text = with_usual_signs(text)
    table = text_to_grid(text)
    if table is not None:
        yield table
        return
    below = text_to_grid_below_title(text)
    if below is not None:
        yield from _lines_to_pieces(below[0], 1)
        yield below[1]
        return
    text = unwrapped(without_line_numbers(text))
    text = without_page_marks(without_hidden_blocks(_without_hidden(text)))
    text = with_end_bars(with_tabs(with_html_tables(text)))
    start, first_line = 0, 1
    for begin, end in _tables(text):
        yield from _lines_to_pieces(text[start:begin], first_line)
        first_line += text.count("\n", start, begin)
        yield from html_to_pieces(text[begin:end], first_line)
        first_line += text.count("\n", begin, end)
        start = end
    yield from _lines_to_pieces(text[start:], first_line)


def _without_hidden(text: str) -> str:
    """Comments, heads, styles, scripts and what is folded away become as many line breaks as they held; an unclosed one stays as text."""
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
        if close == "</details>" and (_OPEN.match(text, mark.end()) or "<table" in lower[mark.end() : end]):
            continue  # unfolded, or holding what may be the form
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
        return tuple(plain_text(cell) for cell in line.split("\t"))
    stripped = line.strip()
    if stripped.startswith("|") and stripped.count("|") > 1:
        if _PIPE_RULE.fullmatch(stripped):
            return ()
        cells = re.split(r"(?<!\\)\|", stripped.strip().removeprefix("|").removesuffix("|"))
        return tuple(plain_text(cell.replace("\\|", "|")) for cell in cells)
    return None


def _rows_to_grid(rows: list[_Row]) -> Iterator[Grid]:
    if not rows:
        return
    columns = max(len(row.texts) for row in rows)
    if columns > UNFOLDING.table_columns:
        raise TooLargeError(f"第 {rows[0].line} 行起的表格有 {columns} 列，上限 {UNFOLDING.table_columns} 列")
    count = sum(len(row.texts) for row in rows)
    if count > UNFOLDING.text_pieces:
        raise TooLargeError(
            f"第 {rows[0].line} 行起的表格有 {count} 个单元格，上限 {UNFOLDING.text_pieces} 个"
        )
    sheet = sheet_rows([row.texts for row in rows])
    if sheet is not None:
        yield rows_to_padded_grid([(row.line, texts) for row, texts in zip(rows, sheet, strict=True)])
        return
    places = [Place(part=f"line {row.line}") for row in rows]
    cells = tuple(
        Cell(r, c, text, places[r], state="read" if text else "blank")
        for r, row in enumerate(rows)
        for c, text in enumerate(row.texts)
    )
    breaks = frozenset(r for r, row in enumerate(rows) if row.after_gap)
    yield Grid(cells, len(rows), columns, "none", breaks, reader="markup")


def _line_to_text_lines(line: str, number: int) -> Iterator[TextLine]:
    heading, listed = _HEADING_MARK.match(line), _LIST_MARK.match(line)
    if heading:
        body = line[heading.end() :].rstrip().rstrip("#").rstrip()
    else:
        body = line[listed.end() :] if listed else line
    for part in plain_text(body).split("\n"):
        if part:
            yield TextLine(part, Place(part=f"line {number}"), reader="markup", heading=heading is not None)
