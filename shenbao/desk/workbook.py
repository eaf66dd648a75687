"""Review without a server: the open fields as rows of a workbook, and the answers in it as decisions."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from openpyxl import Workbook, load_workbook
from openpyxl.drawing.image import Image as SheetImage
from openpyxl.styles import Alignment, Font, Protection
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from shenbao.desk.desk import Desk
from shenbao.desk.overlay.fields import AnswerError
from shenbao.desk.pages.page_maker import NoPageError, PageMaker
from shenbao.desk.pieces import cut
from shenbao.desk.queue.opened import GoneError, Reply
from shenbao.desk.queue.queue import Address, Filter
from shenbao.desk.view import FieldView, field_to_view
from shenbao.ingest.ledger.decisions import ConflictError, DeskDecisionKind
from shenbao.outputs import replaced
from shenbao.text_gate import storable

ANSWER_WORDS: dict[str, DeskDecisionKind] = {
    "（认可）": "accept",
    "（原件空白）": "blank",
    "（不能辨认）": "illegible",
    "（原件无此行）": "absent",
}
"""Answers that are no text of the paper; everything else is what the paper says."""
_TITLES = ("报送", "部门", "栏目", "图像", "现值", "原文", "提示", "答案", "备注", "标识")
_WIDTHS = (22, 18, 28, 46, 26, 26, 34, 30, 20, 4)
_ANSWER, _REMARK, _KEY = 7, 8, 9
"""Columns from 0."""
_CHOICES = "候选"
_HIGHEST_PX = 130
_WIDEST_PX = 310
"""Pictures are made smaller than this."""
_LONGEST_TEXT = 32_000
"""Characters of a cell that Excel takes, with some room."""


class WorkbookError(ValueError):
    """A file that is no workbook of doubts; the message says why."""


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A row whose answer was not taken, named as its person sees it, and why."""

    row: int
    name: str
    reason: str


def write_doubts(desk: Desk, maker: PageMaker | None, path: Path, advance: Callable[[], None]) -> int:
    """Write every open field as a row, the dearest first; gives how many. Raises `OSError`.

    `maker` gives the pictures; `None` for a workbook without.
    """
    book = Workbook()
    sheet, choices = book.active, book.create_sheet(_CHOICES)
    assert isinstance(sheet, Worksheet)
    sheet.title = "存疑"
    choices.sheet_state = "hidden"
    for column, (title, width) in enumerate(zip(_TITLES, _WIDTHS, strict=True), 1):
        sheet.cell(1, column, title).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.column_dimensions[get_column_letter(_KEY + 1)].hidden = True
    sheet.freeze_panes = "D2"
    number = 1
    for one in desk.fields(Filter()):
        try:
            view = field_to_view(desk, one.address)
        except GoneError:
            continue
        number += 1
        _write_row(sheet, choices, number, view)
        _place_picture(sheet, number, view, maker)
        advance()
    with replaced(path) as part:
        book.save(part)
    return number - 1


def _write_row(sheet: Worksheet, choices: Worksheet, row: int, view: FieldView) -> None:
    at = view.address
    key = "\n".join([at.sha256, str(at.form), at.path, str(view.version), view.reading or ""])
    texts = [view.submission, view.department, view.name, "", view.value or "", view.seen or ""]
    texts += ["\n".join([*view.messages, *view.because]), "", "", key]
    for column, text in enumerate(texts, 1):
        _put(sheet, row, column, text)
    words = [word for word, kind in ANSWER_WORDS.items() if kind != "absent" or view.row]
    offered = [*words, *(offer.text for offer in view.candidates)]
    for column, text in enumerate(offered, 1):
        _put(choices, row, column, text)
    last = get_column_letter(len(offered))
    listed = DataValidation("list", formula1=f"{_CHOICES}!$A${row}:${last}${row}", allow_blank=True)
    listed.showErrorMessage = False  # whatever else the paper says may be typed
    sheet.add_data_validation(listed)
    listed.add(sheet.cell(row, _ANSWER + 1))


def _put(sheet: Worksheet, row: int, column: int, text: str) -> None:
    """A text as a text: one that begins like a formula is none."""
    cell: Any = sheet.cell(row, column)
    cell.value = storable(text)[:_LONGEST_TEXT]
    cell.data_type = "s"
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    cell.protection = Protection(locked=column - 1 not in (_ANSWER, _REMARK))


def _place_picture(sheet: Worksheet, row: int, view: FieldView, maker: PageMaker | None) -> None:
    if maker is None or view.page is None or view.box is None:
        return
    try:
        page = maker.page(view.address.sha256, view.submission, view.page, view.is_print)
        picture = cut(page, view.box, view.turn)
    except (NoPageError, OSError):
        return  # the row says where to look on the paper
    stream = io.BytesIO()
    picture.save(stream, "JPEG", quality=80)
    placed = SheetImage(stream)
    shrink = min(1.0, _HIGHEST_PX / placed.height, _WIDEST_PX / placed.width)
    placed.width, placed.height = int(placed.width * shrink), int(placed.height * shrink)
    sheet.add_image(placed, f"{get_column_letter(4)}{row}")
    sheet.row_dimensions[row].height = max(30.0, placed.height * 72 / 96 + 4)


def apply_doubts(desk: Desk, path: Path, person: str) -> tuple[int, list[RefusedRow]]:
    """Make the decisions that a workbook holds; gives how many, and the rows that were refused.

    Raises `WorkbookError` for a file that is no workbook of doubts, `OSError`, `LedgerError`.
    """
    taken, refused = 0, []
    for row, name, key, answer, remark in _answers(path):
        try:
            reply = _to_reply(desk, key, answer, remark, person)
            desk.decide([reply])
        except ConflictError:
            refused.append(RefusedRow(row, name, "此处已另有决定"))
        except (GoneError, AnswerError, WorkbookError) as error:
            refused.append(RefusedRow(row, name, str(error)))
        else:
            taken += 1
    return taken, refused


def _answers(path: Path) -> Iterator[tuple[int, str, str, str, str]]:
    """Row, name, key, answer and remark of every row that was answered."""
    try:
        book = load_workbook(path, read_only=True, data_only=True)
    except (BadZipFile, KeyError, ValueError, TypeError, SyntaxError) as error:
        raise WorkbookError(f"{path} is not a workbook of `shenbao workbook`") from error
    try:
        rows = book.worksheets[0].iter_rows(values_only=True)
        if tuple(next(rows, ()))[: len(_TITLES)] != _TITLES:
            raise WorkbookError(f"{path} is not a workbook of `shenbao workbook`: its first row differs")
        for number, row in enumerate(rows, 2):
            cells = ["" if value is None else str(value).strip() for value in row[: len(_TITLES)]]
            if len(cells) > _KEY and cells[_ANSWER]:
                yield number, f"{cells[0]} {cells[2]}", cells[_KEY], cells[_ANSWER], cells[_REMARK]
    finally:
        book.close()


def _to_reply(desk: Desk, key: str, answer: str, remark: str, person: str) -> Reply:
    steps: Sequence[str] = key.split("\n", 4)
    if len(steps) < 4 or not steps[1].isdecimal() or not steps[3].isdecimal():
        raise WorkbookError("此行的标识被改动")
    address = Address(steps[0], int(steps[1]), steps[2])
    barred = desk.queue.at(address)
    if barred is not None and person in barred.barred:
        raise WorkbookError("此处须由另一人复看")
    view = field_to_view(desk, address, person)
    if (view.reading or "") != (steps[4] if len(steps) > 4 else ""):
        raise WorkbookError("读取结果已变，请重新导出")
    kind = ANSWER_WORDS.get(answer)
    if kind == "absent" and view.row:
        address = Address(address.sha256, address.form, view.row)
        version = desk.opened(address.sha256).version(address.form, address.path)
        return Reply(address, kind, None, version, person, remark=remark)
    if kind is None:
        kind = "candidate" if answer in {offer.text for offer in view.candidates} else "edit"
    text = answer if kind in ("candidate", "edit") else None
    return Reply(address, kind, text, int(steps[3]), person, remark=remark)
