"""What a sheet shows → a grid without its hidden rows and columns, and what its reader must know."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import product

from extract.files.refusals import too_large
from extract.office.excel.sheet import SheetContent, Spot
from extract.transcripts.lost_merges import counts_rows, restore_merges
from models.document import Problem
from models.grid import Cell, Grid, Place

_LISTED_PLACES = 10
"""A finding names this many places; the rest it counts."""
_FAR_ROWS, _FAR_COLUMNS = 1_000, 100
"""A form has no gap of this many empty rows or columns."""
_FEW_MERGES = 3
"""A form with no more merges has lost those of its table; the lines above it may have been centred since."""
_FORM_ROWS = 20
"""A sheet with fewer rows is no whole form: what its blanks mean is not asked."""
Axes = tuple[list[int], list[int]]
"""The visible rows and columns of a sheet."""
_NOTES = {
    "text-struck": "有加删除线的文字，按已删除处理，未读取。请核对",
    "text-hidden": "有与底色相同、看不见的文字，未读取。请核对",
    "cell-picture": "是图片，未读取。请改为文字后重新提交",
}


def content_to_grid(name: str, content: SheetContent, max_cells: int) -> tuple[Grid | None, list[Problem]]:
    """The grid of the sheet `name`, `None` where it shows nothing, and its problems. Spans are `ruled`,
    and `inferred` where the sheet has lost its merges.

    A grid beyond `max_cells` is cut after its last row that fits.
    """
    hidden = (frozenset(content.hidden_rows), frozenset(content.hidden_columns))
    far = _far_cells(content)
    everything = {at: content.merges.get(at, at) for at in content.seen if at not in far}
    problems = _hidden_problems(name, hidden, everything)
    shown = {
        at: end
        for at, end in everything.items()
        if all(_visible(*ends) for ends in zip(at, end, hidden, strict=True))
    }
    problems += _cell_problems(name, content, shown)
    if far:
        names = _listed([spot_to_name(at) for at in sorted(far)])
        problems.append(Problem("cells-far-away", f"工作表“{name}”的 {names} 远离其他内容，未读取。请核对。"))
    if not shown:
        return None, problems
    rows, columns = (
        _visible(min(at[axis] for at in shown), max(end[axis] for end in shown.values()), hidden[axis])
        for axis in (0, 1)
    )
    columns = _without_row_numbers(content, rows, columns)
    if len(rows) * len(columns) > max_cells:
        detail = (
            f"工作表“{name}”有 {len(rows)} 行 {len(columns)} 列，上限 {max_cells} 个单元格，只读取了前面的行"
        )
        problems.append(too_large(detail, "请删除多余的空行、空列后重新提交"))
        rows = rows[: max_cells // len(columns)]
    cells = tuple(_cells(name, content, (rows, columns)))
    if len(content.merges) > _FEW_MERGES or len(rows) < _FORM_ROWS:
        return Grid(cells, len(rows), len(columns), "ruled", reader="excel"), problems
    return Grid(
        _with_merges(cells, len(rows), len(columns)), len(rows), len(columns), "inferred", reader="excel"
    ), problems


def _without_row_numbers(content: SheetContent, rows: Sequence[int], columns: list[int]) -> list[int]:
    """The columns without a first one that only numbers the rows (行次); a title that reaches over it stays."""
    single = (
        (row, columns[0]) for row in rows if content.merges.get((row, columns[0]), (0, 0))[1] <= columns[0]
    )
    texts = [content.seen.get(at, ("", "blank"))[0] for at in single]
    return columns[1:] if len(columns) > 1 and counts_rows(texts) else columns


def _with_merges(cells: Sequence[Cell], rows: int, columns: int) -> tuple[Cell, ...]:
    """The cells of a form that a program wrote without merges, with those that its blanks stand for."""
    texts = [[""] * columns for _ in range(rows)]
    for cell in cells:
        texts[cell.row][cell.column] = cell.text or "\0" * (cell.state == "unread")
    known = {(cell.row, cell.column): cell for cell in cells}
    return tuple(
        replace(known[at], row_span=one.row_span, column_span=one.column_span)
        for one in restore_merges(texts)
        if (at := (one.row, one.column)) in known
    )


def _far_cells(content: SheetContent) -> frozenset[Spot]:
    """The cells below or right of a gap wider than any form has: a slip of the hand, and a grid of nothing between."""
    far: set[Spot] = set()
    for axis, gap in ((0, _FAR_ROWS), (1, _FAR_COLUMNS)):
        last = None
        for at in sorted(content.seen, key=lambda spot: spot[axis]):
            if last is not None and (at in far or at[axis] - last > gap):
                far.add(at)
            else:
                last = max(last or 0, content.merges.get(at, at)[axis])
    return frozenset(far)


def _visible(first: int, last: int, hidden: frozenset[int]) -> list[int]:
    return [at for at in range(first, last + 1) if at not in hidden]


def _cells(sheet: str, content: SheetContent, axes: Axes) -> Iterator[Cell]:
    """Every cell of the visible area in row-major order; a merge shrinks to its visible part."""
    rows, columns = axes
    starts: dict[Spot, tuple[Spot, int, int]] = {}
    covered: set[Spot] = set()
    for anchor, (bottom, right) in sorted(content.merges.items()):
        down, across = _within(rows, anchor[0], bottom), _within(columns, anchor[1], right)
        area = {(row, column) for row in down for column in across}
        if area and not area & covered:
            covered |= area
            starts[min(area)] = anchor, len(down), len(across)
    for row, column in product(range(len(rows)), range(len(columns))):
        if (row, column) in starts or (row, column) not in covered:
            here = (rows[row], columns[column])
            anchor, row_span, column_span = starts.get((row, column), (here, 1, 1))
            text, state = content.seen.get(anchor, ("", "blank"))
            place = Place(part=f"{sheet}!{spot_to_name(anchor)}")
            # what an error shows in its stead (#REF!) is no value
            seen = "" if state == "unread" else text
            yield Cell(row, column, seen, place, row_span, column_span, state)


def _within(axis: list[int], first: int, last: int) -> range:
    """The positions in the sorted `axis` that hold `first` to `last`."""
    return range(bisect_left(axis, first), bisect_right(axis, last))


def column_to_letters(column: int) -> str:
    """A column, counted from 1, as Excel names it.

    >>> column_to_letters(3), column_to_letters(28)
    ('C', 'AB')
    """
    letters = ""
    while column:
        column, letter = divmod(column - 1, 26)
        letters = chr(0x41 + letter) + letters
    return letters


def spot_to_name(at: Spot) -> str:
    """(7, 3) → `C7`."""
    return f"{column_to_letters(at[1])}{at[0]}"


def _hidden_problems(sheet: str, hidden: Sequence[frozenset[int]], shown: dict[Spot, Spot]) -> list[Problem]:
    """The hidden rows and columns among those that hold something."""
    problems = []
    for axis, code, what, name in (
        (0, "rows-hidden", "行", str),
        (1, "columns-hidden", "列", column_to_letters),
    ):
        first = min((at[axis] for at in shown), default=0)
        last = max((at[axis] for at in shown.values()), default=-1)
        names = [name(at) for at in sorted(hidden[axis]) if first <= at <= last]
        if names:
            problems.append(Problem(code, f"工作表“{sheet}”隐藏的第 {_listed(names)} {what}未读取。", "info"))
    return problems


def _cell_problems(sheet: str, content: SheetContent, shown: Iterable[Spot]) -> list[Problem]:
    unread = [
        (spot_to_name(at), content.seen[at][0]) for at in sorted(shown) if content.seen[at][1] == "unread"
    ]
    pictures = {spot_to_name(at) for at in content.pictures}
    formulas = [name for name, text in unread if not text and name not in pictures]
    errors = [f"{name}（{text}）" for name, text in unread if text]
    problems = []
    if formulas:
        advice = "公式没有保存计算结果。请用 Excel 或 WPS 打开并保存后重新提交。"
        message = f"工作表“{sheet}”的 {_listed(formulas)} {advice}"
        problems.append(Problem("formula-without-value", message, places=_places(sheet, formulas)))
    if errors:
        advice = "是公式错误值。请改正公式后重新提交。"
        message = f"工作表“{sheet}”的 {_listed(errors)} {advice}"
        problems.append(
            Problem("cell-error", message, places=_places(sheet, [name for name, text in unread if text]))
        )
    for code, spots in (
        ("text-struck", content.struck),
        ("text-hidden", content.unseen),
        ("cell-picture", content.pictures),
    ):
        if spots:
            names = [spot_to_name(at) for at in spots]
            message = f"工作表“{sheet}”的 {_listed(names)} {_NOTES[code]}。"
            problems.append(Problem(code, message, places=_places(sheet, names)))
    return problems


def _places(sheet: str, names: Iterable[str]) -> tuple[Place, ...]:
    return tuple(Place(part=f"{sheet}!{name}") for name in names)


def _listed(names: list[str]) -> str:
    more = f" 等 {len(names)} 处" if len(names) > _LISTED_PLACES else ""
    return "、".join(names[:_LISTED_PLACES]) + more
