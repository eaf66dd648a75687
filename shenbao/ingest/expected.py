"""The departments that should hand in, from a list that the bureau keeps as a spreadsheet."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import Path
from zipfile import BadZipFile

from extract.encoding import bytes_to_text

TITLE = re.compile(r"(部门|单位)(（单位）|\(单位\))?(名称|全称)?|名称")
NUMBER = re.compile(r"[\d.,、\s]*")


class ListError(ValueError):
    """A list of departments that cannot be read; the message says why."""


def list_to_departments(path: Path) -> tuple[str, ...]:
    """Names in the order of the list (.csv or .xlsx), each once: the column headed 部门, 单位 or 名称, or else the first
    column that is not a number. Raises `OSError`, `ListError`.
    """
    rows = [[cell.strip() for cell in row] for row in _rows(path)]
    names = list(_column(rows))
    if not names:
        raise ListError("no department in it")
    return tuple({plain(name): name for name in reversed(names)}.values())[::-1]


def plain(name: str) -> str:
    """A name without what typists vary: width of characters, spaces.

    >>> plain("阳新县 司法局（本级）")
    '阳新县司法局(本级)'
    """
    return "".join(unicodedata.normalize("NFKC", name).split())


def _rows(path: Path) -> Iterable[Sequence[str]]:
    if path.suffix.lower() == ".xlsx":
        return _sheet(path)
    text, _ = bytes_to_text(path.read_bytes())
    if text is None:
        raise ListError("neither UTF-8 nor GB18030 text")
    return csv.reader(io.StringIO(text.removeprefix("\ufeff")))


def _sheet(path: Path) -> list[list[str]]:
    from openpyxl import load_workbook  # noqa: PLC0415
    from openpyxl.utils.exceptions import InvalidFileException  # noqa: PLC0415

    try:
        book = load_workbook(path, read_only=True, data_only=True)
        rows = book.worksheets[0].iter_rows(values_only=True)
        cells = [["" if cell is None else str(cell) for cell in row] for row in rows]
        book.close()
    except (BadZipFile, InvalidFileException, KeyError, ValueError, IndexError) as error:
        raise ListError(f"not an Excel workbook: {error}") from error
    return cells


def _column(rows: Sequence[Sequence[str]]) -> Iterable[str]:
    for number, row in enumerate(rows):
        titles = [n for n, cell in enumerate(row) if TITLE.fullmatch(plain(cell))]
        if titles:
            return (row[titles[0]] for row in rows[number + 1 :] if len(row) > titles[0] and row[titles[0]])
    firsts = (next((cell for cell in row if not NUMBER.fullmatch(cell)), "") for row in rows)
    return (name for name in firsts if name)
