"""Pictures of originals: whole pages, parts of them, and the tables of files without pages."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path as FilePath
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import FileResponse, HTMLResponse, Response
from PIL import Image

from shenbao.desk.pages.lying import is_print, page_turn
from shenbao.desk.pages.page_jobs import without_red
from shenbao.desk.pages.page_maker import NoPageError, PageMaker
from shenbao.desk.pieces import cut
from shenbao.desk.queue.opened import GoneError, Opened
from shenbao.desk.queue.queue import Address
from shenbao.desk.web.pages import Pages

_KEPT = {"Cache-Control": "private, max-age=86400"}
"""A page of a content never changes: its address names the content."""
_AROUND_ROWS = 14
"""Rows of a table that are shown above and below the marked one."""
_QUALITY = 85

Sha256 = Annotated[str, Path(pattern=r"^[0-9a-f]{64}$")]


def picture_router(pages: Pages, maker: PageMaker) -> APIRouter:
    """`/page/{sha256}/{number}.jpg`, `/cell/{sha256}/{form}.jpg?path=…`, `/grid/{sha256}?part=…`."""
    router = APIRouter(include_in_schema=False)

    @router.get("/page/{sha256}/{number}.jpg")
    def page(sha256: Sha256, number: Annotated[int, Path(ge=1, le=10_000)], red: str = "on") -> Response:
        try:
            path = _page(pages, maker, sha256, number)
            if red != "off":
                return FileResponse(path, media_type="image/jpeg", headers=_KEPT)
            with Image.open(path) as picture:
                return _jpeg(without_red(picture))
        except (NoPageError, OSError) as error:
            return HTMLResponse(escape(str(error)), 404)

    @router.get("/cell/{sha256}/{form}.jpg")
    def cell(
        sha256: Sha256,
        form: Annotated[int, Path(ge=0, le=10_000)],
        path: Annotated[str, Query(max_length=2000)],
    ) -> Response:
        return _cell(pages, maker, Address(sha256, form, path))

    @router.get("/grid/{sha256}")
    def grid(request: Request, sha256: Sha256, part: Annotated[str, Query(max_length=4000)]) -> Response:
        context: dict[str, Any] = {"grids": [], "message": ""}
        try:
            found = maker.grids(sha256, _opened(pages, sha256).entry.name)
            context["grids"] = list(marked_grids(found, part.split("; ")))
        except (NoPageError, OSError) as error:
            context["message"] = str(error)
        return pages.templates.TemplateResponse(request, "_grid.html", context)

    return router


def _opened(pages: Pages, sha256: str) -> Opened:
    try:
        return pages.desk.opened(sha256)
    except GoneError as error:
        raise NoPageError(str(error)) from error


def _page(pages: Pages, maker: PageMaker, sha256: str, number: int) -> FilePath:
    opened = _opened(pages, sha256)
    return maker.page(sha256, opened.entry.name, number, is_print(opened.reading.forms, number))


def _cell(pages: Pages, maker: PageMaker, address: Address) -> Response:
    try:
        opened = pages.desk.opened(address.sha256)
        known = address.form < len(opened.sheets)
        seen = opened.reading.forms[address.form].evidence.get(address.path) if known else None
        if seen is None or seen.page is None or seen.bbox is None:
            raise NoPageError("此处没有图像")
        turn = page_turn(opened.reading.forms[address.form], seen.page)
        return _jpeg(cut(_page(pages, maker, address.sha256, seen.page), seen.bbox, turn))
    except (NoPageError, GoneError, OSError) as error:
        return HTMLResponse(escape(str(error)), 404)


def _jpeg(picture: Image.Image) -> Response:
    stream = io.BytesIO()
    picture.save(stream, "JPEG", quality=_QUALITY)
    return Response(stream.getvalue(), media_type="image/jpeg", headers=_KEPT)


def marked_grids(
    grids: Sequence[dict[str, Any]], parts: Sequence[str]
) -> Iterator[list[list[dict[str, Any]]]]:
    """The tables that hold one of the parts, as rows of cells of which those are marked; far rows are left out."""
    wanted = set(parts)
    for grid in grids:
        cells = [{**cell, "marked": cell["part"] in wanted} for cell in grid["cells"]]
        marked = [cell["row"] for cell in cells if cell["marked"]]
        if not marked:
            continue
        first, last = min(marked) - _AROUND_ROWS, max(marked) + _AROUND_ROWS
        rows: dict[int, list[dict[str, Any]]] = {}
        for cell in cells:
            if first <= cell["row"] <= last:
                rows.setdefault(cell["row"], []).append(cell)
        yield [sorted(rows[row], key=lambda cell: int(cell["column"])) for row in sorted(rows)]
