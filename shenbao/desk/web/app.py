"""The application: pages and API behind one door, every answer with the headers that keep strangers out."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, FastAPI, Form, Request
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.templating import Jinja2Templates

from shenbao.desk.desk import Desk
from shenbao.desk.pages.page_maker import PageMaker
from shenbao.desk.web.api import API_ROUTER, Api
from shenbao.desk.web.groups import group_router
from shenbao.desk.web.guard import HEADERS, Guard, RefusedError
from shenbao.desk.web.pages import Pages, key_router, page_router
from shenbao.desk.web.pictures import picture_router
from shenbao.desk.web.report import report_router
from shenbao.desk.web.rows import row_router
from shenbao.desk.web.submissions import submission_router
from shenbao.desk.web.uploads import Uploads
from shenbao.version import program_version

_HERE = Path(__file__).parent
_OPEN = ("/static/", "/login")
"""What is answered to anybody: how the page looks, and the door itself."""
Call = Callable[[Request], Awaitable[Response]]


def make_app(desk: Desk, guard: Guard, maker: PageMaker, uploads: Uploads) -> FastAPI:
    """The application of a desk behind its guard."""
    app = FastAPI(
        title="shenbao review",
        version=program_version(),
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/openapi.json",
    )
    app.state.api = Api(desk, uploads)
    app.include_router(API_ROUTER)
    templates = Jinja2Templates(_HERE / "templates")
    # the package's templates do not change while it runs; to look for changes costs a stat for each part of a page
    templates.env.auto_reload = False
    app.mount("/static", StaticFiles(directory=_HERE / "static"), name="static")
    pages = Pages(desk, templates, maker)
    app.include_router(page_router(pages))
    app.include_router(key_router(pages))
    app.include_router(submission_router(pages))
    app.include_router(group_router(pages))
    app.include_router(report_router(pages))
    app.include_router(row_router(pages))
    app.include_router(picture_router(pages, maker))

    @app.middleware("http")
    async def door(request: Request, call_next: Call) -> Response:
        try:
            answer = await _admitted(request, guard, call_next)
        except RefusedError as error:
            answer = _refusal(request, error, templates)
        answer.headers.update(HEADERS)
        answer.headers.setdefault("Cache-Control", "no-store")
        return answer

    app.include_router(login_router(guard, templates))
    return app


def login_router(guard: Guard, templates: Jinja2Templates) -> APIRouter:
    """The door's own page: where named users say who they are."""
    router = APIRouter()

    @router.get("/login", include_in_schema=False)
    def login_page(request: Request) -> Response:
        return templates.TemplateResponse(
            request, "login.html", {"users": guard.users is not None, "message": ""}
        )

    @router.post("/login", include_in_schema=False)
    def log_in(
        request: Request,
        name: Annotated[str, Form(max_length=200)],
        password: Annotated[str, Form(max_length=1000)],
    ) -> Response:
        key = guard.log_in(name, password)
        if key is None:
            context = {"users": guard.users is not None, "message": "用户名或密码不对"}
            return templates.TemplateResponse(request, "login.html", context, 401)
        return _with_cookie(RedirectResponse("/", 303), guard, key)

    @router.post("/logout", include_in_schema=False)
    def log_out(request: Request) -> Response:
        guard.log_out(request)
        answer = RedirectResponse("/login", 303)
        answer.delete_cookie(guard.cookie)
        return answer

    return router


async def _admitted(request: Request, guard: Guard, call_next: Call) -> Response:
    """The answer to whoever may ask; the token in an address becomes a cookie, and leaves the address."""
    guard.check_address(request)
    path = request.url.path
    given = request.query_params.get("token")
    if given is not None and request.method == "GET":
        if not guard.is_token(given):
            raise RefusedError(401, "令牌不对：请重新复制 shenbao review 给出的地址")
        rest = [(k, v) for k, v in request.query_params.multi_items() if k != "token"]
        return _with_cookie(
            RedirectResponse(path + (f"?{urlencode(rest)}" if rest else ""), 303), guard, given
        )
    person = guard.person(request)
    if person is None and not path.startswith(_OPEN):
        if guard.users is not None and request.method == "GET" and not path.startswith("/api/"):
            return RedirectResponse("/login", 303)
        raise RefusedError(401, "请用 shenbao review 给出的完整地址打开")
    request.state.person = person or ""
    return await call_next(request)


def _with_cookie(answer: Response, guard: Guard, key: str) -> Response:
    answer.set_cookie(guard.cookie, key, httponly=True, samesite="strict")
    return answer


def _refusal(request: Request, error: RefusedError, templates: Jinja2Templates) -> Response:
    if request.url.path.startswith("/api/") or request.method != "GET":
        return JSONResponse({"detail": error.message}, error.status)
    context = {"message": error.message, "status": error.status}
    page: HTMLResponse = templates.TemplateResponse(request, "refused.html", context, error.status)
    return page
