"""The page on which a row is put in that the program did not read: its columns, and the page of the paper beside them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, Response
from pydantic import BaseModel, ConfigDict, Field

from shenbao.desk.desk import Desk
from shenbao.desk.overlay.added_rows import column_text, row_columns, row_name
from shenbao.desk.overlay.fields import AnswerError, Sheet, list_item, node_at
from shenbao.desk.queue.opened import GoneError, Opened, Reply
from shenbao.desk.queue.queue import Address, Filter
from shenbao.desk.view import FieldView, field_to_view
from shenbao.desk.web.pages import At, Pages, text_to_address
from shenbao.ingest.ledger.decisions import ConflictError
from shenbao.ingest.ledger.ledger import LedgerError
from shenbao.places import place_in_words

_LISTS = (
    *(
        "/budget/income",
        "/budget/expenditure",
        "/functions",
        "/annual_tasks",
        "/projects",
        "/tasks",
        "/sources",
    ),
    *("/long_term/goals", "/long_term/indicators", "/annual/goals", "/annual/indicators", "/other"),
)
"""The lists of a form, as it prints them."""
_LIKE_ABOVE = ("level1", "level2")
"""Columns that a row mostly shares with the one above it."""
_LONGEST_NAME = 40
"""Characters of a row's name in the list of rows."""


class RowSaid(BaseModel):
    """A row to be put in behind the one at `at`: its texts as JSON, and how many were put into that list before."""

    model_config = ConfigDict(extra="forbid")
    at: At
    text: str = Field(max_length=100_000)
    version: int = Field(ge=0, le=1_000_000)
    seconds: float = Field(default=0, ge=0, le=1e7)


@dataclass(frozen=True, slots=True)
class RowList:
    """A list of a form as its page names it: where another row would stand, behind its last one."""

    form: int
    name: str
    count: int
    last: str


def form_lists(opened: Opened) -> list[RowList]:
    """The lists of a submission's forms into which a row can be put."""
    return [
        RowList(number, place_in_words({}, holder), len(rows), _last(holder, rows))
        for number, sheet in enumerate(opened.sheets)
        for holder in _LISTS
        if list_item(sheet.form.form, holder) is not None
        for rows in [node_at(sheet.tree, holder)]
        if isinstance(rows, list)
    ]


def _last(holder: str, rows: list[Any]) -> str:
    return f"{holder}/{len(rows) - 1}" if rows else holder


def row_router(pages: Pages) -> APIRouter:
    """The page `/row`, and what its key asks for."""
    router = APIRouter(include_in_schema=False)
    desk = pages.desk

    @router.get("/row")
    def row(request: Request, at: Annotated[str, Query(max_length=3000)]) -> Response:
        address = text_to_address(at)
        try:
            if address is None:
                raise GoneError("没有这一行，请返回队列")
            context = _context(desk, address, request.state.person)
        except (GoneError, AnswerError) as error:
            refused = {"message": str(error), "status": 410}
            return pages.templates.TemplateResponse(request, "refused.html", refused, 410)
        return pages.templates.TemplateResponse(request, "row.html", context)

    @router.post("/row/add")
    def add(request: Request, said: RowSaid) -> Response:
        person = request.state.person
        try:
            desk.decide([Reply(said.at.to_address(), "add", said.text, said.version, person, said.seconds)])
        except AnswerError as error:
            return HTMLResponse(str(error), 422)
        except ConflictError:
            return HTMLResponse("刚由他人补了一行，请返回重看", 409)
        except GoneError as error:
            return HTMLResponse(str(error), 410)
        except LedgerError as error:
            return HTMLResponse(f"没有保存：{error}", 507)
        return HTMLResponse(pages.unwritten(Filter()))

    return router


def _context(desk: Desk, address: Address, person: str) -> dict[str, Any]:
    """What the page shows: where the row may stand, its columns, and the page that the row before it is on."""
    opened = desk.opened(address.sha256)
    if not 0 <= address.form < len(opened.sheets):
        raise GoneError("没有这张表，请返回队列")
    sheet, path = opened.sheets[address.form], address.path
    holder = path if isinstance(node_at(sheet.tree, path), list) else path.rpartition("/")[0]
    rows = node_at(sheet.tree, holder)
    columns = row_columns(sheet, holder)
    added = {
        one.path
        for one in opened.decisions
        if one.form == address.form and one.path.startswith(f"{holder}/+")
    }
    return {
        "address": address,
        "submission": opened.entry.name,
        "name": place_in_words({}, holder),
        "places": [(holder, "最前"), *_places(sheet, holder, len(rows))],
        "columns": [_column(sheet, holder, path, name) for name in columns],
        "version": len(added),
        "view": _beside(desk, opened, address, person),
        "left": desk.left(Filter(), person),
    }


def _places(sheet: Sheet, holder: str, count: int) -> Iterator[tuple[str, str]]:
    for number in range(count):
        name = row_name(sheet, f"{holder}/{number}") or "（无名称）"
        yield f"{holder}/{number}", f"第 {number + 1} 行之后：{name[:_LONGEST_NAME]}"


def _column(sheet: Sheet, holder: str, anchor: str, name: str) -> tuple[str, str, str]:
    """A column's key, what it is called, and what it mostly says behind that row."""
    words = place_in_words(sheet.tree, f"{holder}/0/{name}") if name else "内容"
    like = column_text(sheet.node(anchor), name) if name in _LIKE_ABOVE and anchor != holder else None
    return name, words.rpartition("的")[2] or words, like or ""


def _beside(desk: Desk, opened: Opened, address: Address, person: str) -> FieldView | None:
    """A field of the row before, whose page is shown."""
    sheet = opened.sheets[address.form]
    below = (one for one in sheet.form.evidence if one == address.path or one.startswith(f"{address.path}/"))
    found = next((one for one in below if one in sheet.kinds), None)
    return field_to_view(desk, Address(address.sha256, address.form, found), person) if found else None
