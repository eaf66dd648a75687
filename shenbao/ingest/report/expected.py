"""The departments that should hand in, from a list that the bureau keeps as a spreadsheet."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from zipfile import BadZipFile

from extract.files.encoding import bytes_to_text
from extract.files.kinds import Kind, identify

TITLE = re.compile(r"(部门|单位)(\((单位|部门)\))?(名称|全称)?(\(.*\))?|名称")
_LIKELY = re.compile(r".{0,6}(部门|单位)(名称|全称)?(\(.*\))?")
"""What may head the column where nothing in the list is a `TITLE`: 预算部门, 申报单位名称."""
NUMBER = re.compile(r"[\d.,、\s]*")
NO_NAME = re.compile(r"[合总小共]\s*计|(注|备注|说明|填表人|制表人|审核人|联系人|联系电话):.*", re.S)
"""Lines of a list that name no department, in plain characters."""
DELIMITERS = ",;\t"
_REPLACED = "\ufffd"
"""What stands for bytes that could not be decoded: a name with it would never be found among those that handed in."""

_Rows = Sequence[Sequence[str]]


class ListError(ValueError):
    """A list of departments that cannot be read; the message says why."""


def list_to_departments(path: Path) -> tuple[str, ...]:
    """Names in the order of the list (.csv or .xlsx), each once: the column headed 部门, 单位 or 名称, or else the first
    column that is not a number. Raises `OSError`, `ListError`.
    """
    names = list(_names(_rows(path)))
    if not names:
        raise ListError("no department in it")
    damaged = [name for name in names if _REPLACED in name]
    if damaged:
        raise ListError(
            f"{damaged[0]} has a byte that its encoding does not know; correct it and save the list as UTF-8"
        )
    return tuple({plain(name): name for name in reversed(names)}.values())[::-1]


def plain(name: str) -> str:
    """A name without what typists vary: width of characters, spaces.

    >>> plain("阳新县 司法局（本级）")
    '阳新县司法局(本级)'
    """
    return "".join(unicodedata.normalize("NFKC", name).split())


def _rows(path: Path) -> _Rows:
    data, kind = path.read_bytes(), identify(path)
    if kind is Kind.XLSX:
        return _workbook(data)
    text, _ = bytes_to_text(data) if kind in (Kind.TEXT, Kind.EMPTY) else (None, None)
    if text is None:
        raise ListError(
            "neither an Excel workbook (.xlsx) nor text (.csv); open it and save it as one of them"
        )
    delimiter = max(DELIMITERS, key=text.count)
    try:
        return _stripped(csv.reader(io.StringIO(text), delimiter=delimiter))
    except csv.Error as error:
        raise ListError(f"not a table: {error}") from error


def _workbook(data: bytes) -> _Rows:
    """The first sheet with a heading, or else the first sheet."""
    from openpyxl import load_workbook  # noqa: PLC0415
    from openpyxl.utils.exceptions import InvalidFileException  # noqa: PLC0415

    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        sheets = [
            _stripped(("" if cell is None else str(cell) for cell in row) for row in rows)
            for rows in (sheet.iter_rows(values_only=True) for sheet in book.worksheets)
        ]
        book.close()
    except (BadZipFile, InvalidFileException, KeyError, ValueError, TypeError) as error:
        raise ListError(f"a damaged Excel workbook: {error}") from error
    return next((rows for rows in sheets if _heading(rows)), sheets[0] if sheets else [])


def _stripped(rows: Iterable[Iterable[str]]) -> _Rows:
    return [[cell.strip() for cell in row] for row in rows]


def _names(rows: _Rows) -> Iterator[str]:
    heading = _heading(rows)
    if heading:
        line, column = heading
        cells: Iterable[str] = (row[column] for row in rows[line + 1 :] if len(row) > column)
    else:
        cells = (next((cell for cell in row if not NUMBER.fullmatch(cell)), "") for row in rows)
    for cell in cells:
        bare = plain(cell)
        if bare and not TITLE.fullmatch(bare) and not NO_NAME.fullmatch(bare):
            yield cell


def _heading(rows: _Rows) -> tuple[int, int] | None:
    """Line and column of the title above the names."""
    return next(_titles(rows, TITLE), None) or next(_titles(_with_titles_only(rows), _LIKELY), None)


def _titles(rows: _Rows, title: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    for line, row in enumerate(rows):
        yield from ((line, column) for column, cell in enumerate(row) if title.fullmatch(plain(cell)))


def _with_titles_only(rows: _Rows) -> _Rows:
    """The rows with those blank that are no heading: alone in their line, or with a number among them."""

    def heads(row: Sequence[str]) -> bool:
        filled = [cell for cell in row if cell]
        return len(filled) > 1 and not any(NUMBER.fullmatch(cell) for cell in filled)

    return [row if heads(row) else [] for row in rows]
