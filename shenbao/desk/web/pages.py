"""The pages of the desk, and what their keys do: each answers with the next field, so that one request is one key."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, Response
from pydantic import BaseModel, ConfigDict
from pydantic import Field as Limited
from starlette.templating import Jinja2Templates

from models.codes import CODES
from shenbao.desk.desk import Desk
from shenbao.desk.overlay.fields import AnswerError
from shenbao.desk.pages.lying import is_print
from shenbao.desk.pages.page_maker import PageMaker
from shenbao.desk.queue.opened import GoneError, Reply
from shenbao.desk.queue.queue import Address, Filter, OpenField
from shenbao.desk.view import field_to_view
from shenbao.ingest.ledger.decisions import ConflictError, DeskDecisionKind
from shenbao.ingest.ledger.ledger import LedgerError

_AHEAD = 3
"""Fields whose pages are made ready while a person looks at one."""
_SHOWN_SUBMISSIONS = 500
"""Lines of the list of submissions."""
STATUS_NAMES = {"accepted": "通过", "review": "待复核", "rejected": "未读取"}
_FORM_NAMES = {"department-overall": "部门整体", "project": "项目支出"}

Digest = Annotated[str, Limited(pattern=r"^[0-9a-f]{64}$")]


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Part(_Body):
    """Which part of the queue is worked on."""

    department: str = ""
    code: str = ""
    form: str = ""
    submission: str = ""

    def to_filter(self) -> Filter:
        return Filter(self.department, self.code, self.form, self.submission)


class FieldQuery(Part):
    """What the address of a field's page says: the part, and which field."""

    at: str = ""


class At(_Body):
    """A field as the page names it."""

    submission: Digest
    form: int = Limited(ge=0, le=10_000)
    path: str = Limited(max_length=2000)

    def to_address(self) -> Address:
        return Address(self.submission, self.form, self.path)


class Said(_Body):
    """What a key said about a field."""

    at: At
    kind: DeskDecisionKind
    text: str | None = Limited(default=None, max_length=20_000)
    version: int = Limited(ge=0)
    seconds: float = Limited(default=0, ge=0, le=1e7)
    part: Part = Part()


class Asked(_Body):
    """A field to be shown, put off or left."""

    at: At | None = None
    part: Part = Part()


@dataclass(frozen=True, slots=True)
class Pages:
    """What every page needs."""

    desk: Desk
    templates: Jinja2Templates
    maker: PageMaker
    runner: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(1, "ahead"))

    def field(
        self,
        request: Request,
        part: Filter,
        at: Address | None = None,
        message: str = "",
        status: int = 200,
        whole: bool = False,
    ) -> Response:
        """The field `at`, or the next one of the part: the whole page, or what its script puts in its place."""
        person = request.state.person
        shown = self.desk.next_for(person, part, _AHEAD + 1)
        left = self.desk.left(part, person)
        view = None
        if at is None and shown:
            at = shown[0].address
        if at is not None:
            try:
                view = field_to_view(self.desk, at, person)
                self.desk.hold(at, person)
            except GoneError as error:
                message, status = str(error), 410
        ahead = [one for one in shown if one.address != at]
        self.runner.submit(self._make_ready, ahead)
        context = {
            "view": view,
            "left": left,
            "message": message,
            "part": part,
            "query": urlencode({k: v for k, v in _part(part).items() if v}),
            "ahead_pages": [f"/page/{one.address.sha256}/{one.page}.jpg" for one in ahead if one.page],
            "part_fields": _part(part),
            "form_names": _FORM_NAMES,
        }
        name = "field.html" if whole else "_field.html"
        return self.templates.TemplateResponse(request, name, context, status)

    def unwritten(self, part: Filter) -> str:
        """What is to be said of finals that could not be written; where nothing is left, all are waited for."""
        try:
            self.desk.settle(part)
        except OSError as error:
            return f"决定已记入台账，但 final/ 未能写入：{error.strerror or error}"
        return ""

    def _make_ready(self, fields: Sequence[OpenField]) -> None:
        """Have the next fields taken apart and their pages drawn before somebody asks."""
        for one in fields:
            try:
                opened = self.desk.opened(one.address.sha256)
            except GoneError:
                continue  # whoever comes to it is told
            if one.page:
                printed = is_print(opened.reading.forms, one.page)
                self.maker.ahead(one.address.sha256, opened.entry.name, one.page, printed)


def _part(part: Filter) -> dict[str, str]:
    return {
        "department": part.department,
        "code": part.code,
        "form": part.form,
        "submission": part.submission,
    }


def page_router(pages: Pages) -> APIRouter:
    """The pages `/`, `/field`, `/submission/{sha256}` and what their keys ask for."""
    router = APIRouter(include_in_schema=False)
    desk = pages.desk

    @router.get("/")
    def queue(request: Request, part: Annotated[Part, Query()]) -> Response:
        desk.load()
        wanted = part.to_filter()
        context = {
            **_queue_context(desk, wanted, request.state.person),
            "query": urlencode({k: v for k, v in _part(wanted).items() if v}),
        }
        return pages.templates.TemplateResponse(request, "queue.html", context)

    @router.get("/field")
    def field_page(request: Request, asked: Annotated[FieldQuery, Query()]) -> Response:
        return pages.field(request, asked.to_filter(), text_to_address(asked.at), whole=True)

    @router.post("/field/show")
    def show(request: Request, asked: Asked) -> Response:
        return pages.field(request, asked.part.to_filter(), asked.at.to_address() if asked.at else None)

    @router.post("/field/next")
    def following(request: Request, asked: Asked) -> Response:
        part, person = asked.part.to_filter(), request.state.person
        at = desk.beside(asked.at.to_address(), part, person) if asked.at else None
        return pages.field(request, part, at)

    @router.post("/field/later")
    def later(request: Request, asked: Asked) -> Response:
        if asked.at:
            desk.put_off(asked.at.to_address(), request.state.person)
        return pages.field(request, asked.part.to_filter())

    return router


def key_router(pages: Pages) -> APIRouter:
    """What the keys that decide ask for: the answer is written down, and the next field comes back."""
    router = APIRouter(include_in_schema=False)

    @router.post("/field/decide")
    def decide(request: Request, said: Said) -> Response:
        return _decided(pages, request, said)

    @router.post("/field/undo")
    def undo(request: Request, asked: Asked) -> Response:
        return _undone(pages, request, asked.part.to_filter())

    return router


def _decided(pages: Pages, request: Request, said: Said) -> Response:
    address, part = said.at.to_address(), said.part.to_filter()
    reply = Reply(address, said.kind, said.text, said.version, request.state.person, said.seconds)
    try:
        pages.desk.decide([reply])
    except AnswerError as error:
        return HTMLResponse(str(error), 422)
    except ConflictError:
        message = "此处刚由他人作出决定，未重复记录；请看现在的内容"
        return pages.field(request, part, address, message, 409)
    except GoneError as error:
        return pages.field(request, part, None, str(error), 410)
    except LedgerError as error:
        return HTMLResponse(f"没有保存：{error}", 507)
    return pages.field(request, part, message=pages.unwritten(part))


def _undone(pages: Pages, request: Request, part: Filter) -> Response:
    desk, person = pages.desk, request.state.person
    address = desk.last_of(person)
    if address is None:
        return HTMLResponse("没有可撤销的决定", 422)
    try:
        version = desk.opened(address.sha256).version(address.form, address.path)
        desk.decide([Reply(address, "undo", None, version, person)])
    except (GoneError, ConflictError) as error:
        return HTMLResponse(f"未能撤销：{error}", 409)
    except LedgerError as error:
        return HTMLResponse(f"没有保存：{error}", 507)
    shown = None if "/+" in address.path else address
    return pages.field(request, part, shown, pages.unwritten(part) or "已撤销上一个决定")


def text_to_address(text: str) -> Address | None:
    """`sha256:0:/phone` → the field; `None` for anything else."""
    sha256, _, rest = text.partition(":")
    form, _, path = rest.partition(":")
    return Address(sha256, int(form), path) if form.isdecimal() and len(form) < 6 else None


def _queue_context(desk: Desk, part: Filter, person: str) -> Mapping[str, Any]:
    fields: list[OpenField] = desk.fields(part, person)
    entries = desk.entries()
    return {
        "left": len(fields),
        "departments": Counter(one.department for one in fields).most_common(),
        "codes": Counter(code for one in fields for code in one.codes).most_common(),
        "forms": [
            (kind, _FORM_NAMES.get(kind, kind), n)
            for kind, n in Counter(one.kind for one in fields).most_common()
        ],
        "entries": entries[:_SHOWN_SUBMISSIONS],
        "more": max(0, len(entries) - _SHOWN_SUBMISSIONS),
        "totals": Counter(entry.status for entry in entries),
        "decided": sum(entry.decided for entry in entries),
        "sections": sum(entry.sections for entry in entries),
        "part": part,
        "code_names": {code: one.chinese.rstrip("。") for code, one in CODES.items()},
        "status_names": STATUS_NAMES,
    }
