"""What is odd about a page that was read, told cell by cell; and cells that only their picture can decide."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import accumulate

from extract.page.cell_text import chars_to_cell_text
from extract.page.symbols import UNREADABLE
from extract.page.tables import FilledCell, PageTables
from extract.page.text_lines import chars_to_lines, lines_to_text
from extract.pdf.drawing.annotations import FIELD, AnnotationMark
from extract.pdf.prints import Print
from extract.pdf.sight.cut_text import incomplete_cells
from extract.pdf.sight.small_drawings import overdrawn_cells, smaller_area
from models.cell_reading import CellReading
from models.document import Piece, Problem
from models.finding import Severity
from models.geometry import Box
from models.grid import Cell, Grid, Place
from models.page import Char

_OVERLAP_SHARE = 0.5
"""Two characters that share this part of the smaller one's box compete for the same ink."""
_TOUCHED_SHARE = 0.25
"""Of characters that were drawn by different operators this share suffices."""
_FEWEST_CROSSED = 2
"""Strokes through so many characters of a cell cross them out."""
_CROSSED_SHARE = 0.5
"""Strokes through this share of a cell's characters cross them out."""
_STRAY_TILES = 2
"""So many squares of ink that nothing explains are no speck."""
_CLEAR_CONFIDENCE = 0.9
"""A reading that is this probable and agrees with one of two texts leaves no doubt."""
_OTHER_LENGTH_CHARACTERS = 2
"""A part of what was drawn in a cell may be so much longer or shorter than what is seen: marks are raised, letters joined."""
_QUOTED = 20
"""No more characters than this of a text are quoted in a message."""
_KINDS = {
    "FreeText": "文本批注",
    "Stamp": "图章",
    "StrikeOut": "删除线",
    "Line": "线条",
    "Ink": "手写笔迹",
    "Redact": "待删除标记",
}


def oddities(seen: Print, tables: PageTables) -> Iterator[Problem]:
    """What a person must know about a page: where they saw other than the file says, or have to look twice."""
    yield from _unseen(seen, tables)
    yield from _overlaid(seen)
    yield from _fields(seen, tables)
    yield from _annotated(seen, tables)
    number = seen.page.number
    if seen.cut_off:
        whole = Place(number, Box(0.0, 0.0, seen.page.width, seen.page.height))
        message = f"第{number}页有许多文字在纸张边界之外，看不到，也未读取。请调整页面大小后重新导出。"
        yield Problem("page-hidden-text", message, "warning", number, (whole,))
    if seen.doubted:
        places = tuple(dict.fromkeys(Place(number, box) for box in seen.doubted))
        message = (
            f"第{number}页的文字用两种程序读出的不一样，文件可能已损坏。请对照纸面核对，或重新导出 PDF。"
        )
        yield Problem("readers-differ", message, "warning", number, places)
    over = "有画在文字上的笔画或图形，请核对"
    yield from _told("text-overprinted", over, number, overdrawn_cells(tables, seen.outlined))
    cut = "有文字可能不全（被省略、被格子裁掉，或英文单词在行末断开），请核对"
    yield from _told("text-incomplete", cut, number, incomplete_cells(tables, seen.cut))
    struck = [cell for cell in tables.cells if cell.text.struck]
    if struck:
        quoted = quote("".join(cell.text.struck for cell in struck))
        yield _problem("text-struck", f"有被划掉的文字，未读取：{quoted}", number, struck)
    crossed = _crossed(seen, tables)
    void = [cell for cell in tables.cells if cell.text.void or id(cell) in crossed]
    if void:
        quoted = quote("".join(cell.text.text for cell in void))
        yield _problem("text-struck", f"整格文字被划掉，仍按原字读取，请核对：{quoted}", number, void)
    stacked = [cell for cell in tables.cells if cell.text.stacked]
    yield from _told("numbers-stacked", "一格内上下有几个数，请核对", number, stacked)


def _told(code: str, what: str, number: int, cells: Sequence[FilledCell]) -> Iterator[Problem]:
    if cells:
        yield _problem(code, f"{what}：{quote(cells[0].text.text)}", number, cells)


def _crossed(seen: Print, tables: PageTables) -> frozenset[int]:
    """The `id`s of cells whose words strokes run through. A stroke that parts a heading in two touches a character at most."""
    if not seen.crossed:
        return frozenset()
    count = Counter(id(cell) for box in seen.crossed if (cell := tables.cell_at(*box.centre)) is not None)
    printed = {id(cell): sum(bool(char.text.strip()) for char in cell.chars) for cell in tables.cells}
    return frozenset(
        cell for cell, n in count.items() if n >= _FEWEST_CROSSED or n >= _CROSSED_SHARE * printed[cell]
    )


def _unseen(seen: Print, tables: PageTables) -> Iterator[Problem]:
    chars = [char for char, _ in seen.unseen if char.text.strip()]
    if not chars:
        return
    cells = _around(tables, (char.box for char in chars))
    quoted = quote(lines_to_text(chars_to_lines(chars)))
    what = f"有看不见的文字（白色、透明、被遮盖、被裁切、字号过小或所在图层已关闭），未读取：{quoted}"
    # what a damaged font cannot draw was no doubt meant to be seen
    lost = tuple(Place(seen.page.number, char.box) for char, why in seen.unseen if why == "no-ink")
    problem = _problem(
        "page-hidden-text", what, seen.page.number, cells, "warning" if cells or lost else "info"
    )
    yield replace(problem, places=tuple(dict.fromkeys((*problem.places, *lost))))


def _overlaid(seen: Print) -> Iterator[Problem]:
    words = "".join(char.text for char in seen.overlaid)
    if words.strip():
        yield _problem(
            "page-watermark", f"有水印或图章文字，未计入表格：{quote(words)}", seen.page.number, (), "info"
        )


def _fields(seen: Print, tables: PageTables) -> Iterator[Problem]:
    fields = [mark for mark in seen.marks if mark.kind == FIELD and mark.text.strip()]
    if not fields:
        return
    number = seen.page.number
    yield _problem("page-form-fields", f"有{len(fields)}个已填写的表单域，已读取", number, (), "info")
    differing = [mark for mark in fields if mark.differs]
    if differing:
        cells = _around(tables, (Box(*mark.box) for mark in differing))
        quoted = quote("、".join(mark.text for mark in differing))
        yield _problem("field-differs", f"表单域显示的内容与其值不一致，请核对：{quoted}", number, cells)


def _annotated(seen: Print, tables: PageTables) -> Iterator[Problem]:
    """Notes: harmless where they fill an empty cell, else something that was printed is corrected or covered."""
    notes = [mark for mark in seen.marks if mark.kind != FIELD]
    if not notes:
        return
    corrected = [cell for mark in notes for cell in _touched(mark, tables, seen)]
    kinds = "、".join(dict.fromkeys(_KINDS.get(mark.kind, "批注") for mark in notes))
    quoted = quote("、".join(filter(None, (mark.text.strip() for mark in notes))))
    what = f"有{len(notes)}处批注（{kinds}）：{quoted}"
    severity: Severity = "warning" if corrected else "info"
    yield _problem("page-annotated", what, seen.page.number, corrected, severity)


def _touched(mark: AnnotationMark, tables: PageTables, seen: Print) -> list[FilledCell]:
    """The cells whose printed text a note may correct or cover."""
    box = Box(*mark.box)
    x, y = box.centre
    around = (cell for cell in tables.cells if cell.box.contains(x, y))
    cells = [cell for cell in around if overlap(cell.box, box) > 0.0]
    if mark.kind == "Line":
        # an arrow points at what it means
        ends = ((box.x0, box.top), (box.x0, box.bottom), (box.x1, box.top), (box.x1, box.bottom))
        pointed = (tables.cell_at(*end) for end in ends)
        return list({id(cell): cell for cell in (*cells, *pointed) if cell is not None}.values())
    if mark.kind != "FreeText":
        return cells
    return [cell for cell in cells if _has_print(cell, box, seen)]


def _has_print(cell: FilledCell, note: Box, seen: Print) -> bool:
    own = (char for char in cell.chars if char.text.strip() and not note.contains(*char.box.centre))
    covered = (char for char, _ in seen.unseen if note.contains(*char.box.centre))
    return any(own) or any(covered)


def disputed_cells(seen: Print, tables: PageTables) -> list[FilledCell]:
    """The cells that only their picture can decide: characters over each other, ink that is no character, characters
    without a meaning.
    """
    outlined = {id(cell) for cell in _around(tables, seen.outlined)}
    pictured = {id(cell) for cell in _around(tables, seen.pictures)}
    found = (tables.cell_at(*box.centre) for box in seen.strays)
    strays = Counter(id(cell) for cell in found if cell is not None)
    return [
        cell
        for cell in tables.cells
        if id(cell) in outlined
        or (id(cell) in pictured and not cell.text.text)
        or strays[id(cell)] >= _STRAY_TILES
        or any(char.text == UNREADABLE for char in cell.chars)
        or _overprinted(cell.chars)
    ]


def _overprinted(chars: Sequence[Char]) -> bool:
    """Whether two letters or digits stand in one place."""
    printed = sorted((char for char in chars if char.text.isalnum()), key=lambda char: char.box.x0)
    for n, one in enumerate(printed):
        right, top, bottom = one.box.x1, one.box.top, one.box.bottom
        for m in range(n + 1, len(printed)):
            other, box = printed[m], printed[m].box
            if box.x0 >= right:
                break
            if box.top < bottom and top < box.bottom and one.text != other.text and _compete(one, other):
                return True
    return False


def _compete(one: Char, other: Char) -> bool:
    shared = overlap(one.box, other.box)
    share = _OVERLAP_SHARE if one.run == other.run else _TOUCHED_SHARE
    return shared > 0.0 and shared >= share * smaller_area(one.box, other.box)


def overlap(one: Box, other: Box) -> float:
    """The area that two boxes share, in square points."""
    wide = min(one.x1, other.x1) - max(one.x0, other.x0)
    high = min(one.bottom, other.bottom) - max(one.top, other.top)
    return max(0.0, wide) * max(0.0, high)


def with_pictures_read(
    pieces: Iterable[Piece], disputed: Sequence[FilledCell], readings: Sequence[CellReading], number: int
) -> tuple[tuple[Piece, ...], tuple[Problem, ...]]:
    """The pieces of page `number` with what the pictures of disputed cells say, and where that leaves doubt."""
    by_place = {cell.place: (cell, reading) for cell, reading in zip(disputed, readings, strict=True)}
    doubtful: list[FilledCell] = []

    def decided(cell: Cell) -> Cell:
        found = by_place.get(cell.place)
        if found is None:
            return cell
        filled, reading = found
        text, clear = _decide(filled, reading)
        if not clear:
            doubtful.append(filled)
        if text == cell.text or not reading.text:
            return cell
        return replace(
            cell,
            text=text,
            state="read",
            confidence=reading.confidence,
            posteriors=reading.posteriors,
            second=None if text != reading.text else cell.text or None,
        )

    read = tuple(
        replace(piece, cells=tuple(map(decided, piece.cells))) if isinstance(piece, Grid) else piece
        for piece in pieces
    )
    if not doubtful:
        return read, ()
    what = "有文字相互重叠、不是文字的笔迹或没有含义的字符，已按图片识别，请核对"
    return read, (_problem("text-overprinted", what, number, doubtful),)


def _decide(cell: FilledCell, reading: CellReading) -> tuple[str, bool]:
    """What a disputed cell says, and whether that is clear: one of the texts drawn in it is what its picture shows."""
    shown = _bare(reading.text)
    for text in _texts(cell, len(shown)):
        if shown and _bare(text) == shown:
            return text, (reading.confidence or 0.0) >= _CLEAR_CONFIDENCE
    return reading.text or cell.text.text, False


def _texts(cell: FilledCell, length: int) -> Iterator[str]:
    """What a cell says, whole and if only a later or an earlier part of what was drawn in it is looked at.

    Only parts of about `length` characters are: a cell of a thousand pieces has as many parts.
    """
    yield cell.text.text
    runs = list(dict.fromkeys(char.run for char in cell.chars))
    sizes = Counter(char.run for char in cell.chars if not char.text.isspace())
    lengths = list(accumulate(sizes[run] for run in runs))
    for cut, earlier in enumerate(lengths[:-1], 1):
        for part, size in ((runs[cut:], lengths[-1] - earlier), (runs[:cut], earlier)):
            if abs(size - length) <= _OTHER_LENGTH_CHARACTERS:
                kept = set(part)
                yield chars_to_cell_text([char for char in cell.chars if char.run in kept], cell.box).text


def _bare(text: str) -> str:
    return "".join(text.split())


def _around(tables: PageTables, boxes: Iterable[Box]) -> list[FilledCell]:
    """The cells in which boxes have their middles, each once."""
    found = (tables.cell_at(*box.centre) for box in boxes)
    return list({id(cell): cell for cell in found if cell is not None}.values())


def quote(text: str) -> str:
    """The beginning of a text as a message quotes it."""
    bare = " ".join(text.split())
    return f"“{bare[:_QUOTED]}{'…' if len(bare) > _QUOTED else ''}”"


def _problem(
    code: str, what: str, number: int, cells: Iterable[FilledCell], severity: Severity = "warning"
) -> Problem:
    places: tuple[Place, ...] = tuple(dict.fromkeys(cell.place for cell in cells))
    return Problem(code, f"第{number}页{what}。", severity, number, places)
