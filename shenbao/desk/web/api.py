"""The API: files handed in by programs, results, tables and decisions as JSON. `docs/openapi.json` describes it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any

from fastapi import APIRouter, Depends, FastAPI, HTTPException, Path, Request, Response, UploadFile
from fastapi.security import HTTPBearer
from pydantic import BaseModel, ConfigDict, Field

from models.submission import Submission, submission_to_json
from shenbao.desk.desk import Desk
from shenbao.desk.overlay.fields import AnswerError
from shenbao.desk.queue.opened import GoneError, Reply
from shenbao.desk.queue.queue import Address
from shenbao.desk.web.uploads import TooManyUploadsError, Uploads, UploadState, UploadTooLargeError
from shenbao.export.rows import submission_to_rows
from shenbao.export.tables import TABLES
from shenbao.export.values import UnfitError
from shenbao.ingest.ledger.decisions import ConflictError, DeskDecision, DeskDecisionKind
from shenbao.ingest.ledger.ledger import LedgerError
from shenbao.version import program_version

_CHUNK_BYTES = 2**20

Sha = Annotated[str, Path(pattern=r"^[0-9a-f]{64}$", description="SHA-256 of the file")]


class _Answer(BaseModel):
    model_config = ConfigDict(frozen=True)


class ApiProblem(_Answer):
    """What is wrong with a request."""

    detail: str


class SubmissionState(_Answer):
    """A file that was handed in, or a result of the folder: what became of it, and its final result when it is read."""

    id: str
    name: str
    state: UploadState
    status: str | None = None
    message: str = ""
    open_fields: int = 0
    result: dict[str, Any] | None = None


class TableAnswer(_Answer):
    """The rows of one table; amounts are texts with their printed digits."""

    columns: list[str]
    rows: list[list[str | int | float | bool | None]]


class DecisionAsked(BaseModel):
    """A decision about a field: `version` is how many entries about it there were when it was looked at."""

    model_config = ConfigDict(extra="forbid")
    form: int = Field(default=0, ge=0, le=10_000)
    path: str = Field(max_length=2000)
    kind: DeskDecisionKind
    text: str | None = Field(default=None, max_length=8000)
    version: int = Field(ge=0, le=1_000_000)
    seconds: float = Field(default=0, ge=0, le=1e7)


@dataclass(frozen=True, slots=True)
class Api:
    """What the API asks."""

    desk: Desk
    uploads: Uploads


def _refusals(*codes: int) -> dict[int | str, dict[str, Any]]:
    return {code: {"model": ApiProblem} for code in (401, 403, 421, *codes)}


API_ROUTER = APIRouter(prefix="/api", tags=["api"], dependencies=[Depends(HTTPBearer(auto_error=False))])
"""The routes; they find what they ask in `app.state.api`."""


def _api(request: Request) -> Api:
    api: Api = request.app.state.api
    return api


def _final(request: Request, sha256: str) -> Submission:
    """The final result of a file of the folder, or one that was handed in. Raises the answer for none."""
    try:
        return _api(request).desk.opened(sha256).final.submission
    except GoneError as error:
        raise HTTPException(404, "没有这份报送，或尚未读完") from error


@API_ROUTER.get("/submissions", responses=_refusals())
def list_submissions(request: Request) -> list[SubmissionState]:
    """Every submission of the folder, without results."""
    return [
        SubmissionState(
            id=entry.sha256, name=entry.name, state="done", status=entry.status, open_fields=entry.doubted
        )
        for entry in _api(request).desk.entries()
    ]


@API_ROUTER.post("/submissions", status_code=202, responses=_refusals(413, 429, 507))
def hand_in(request: Request, response: Response, file: UploadFile) -> SubmissionState:
    """Hand in a file. It is read in a process of its own; ask for it by the id of the answer."""
    try:
        upload = _api(request).uploads.take(file.filename or "", _chunks(file))
    except UploadTooLargeError as error:
        raise HTTPException(413, "文件超过读取的上限") from error
    except TooManyUploadsError as error:
        raise HTTPException(429, "等待读取的文件过多，请稍后再交") from error
    except OSError as error:
        raise HTTPException(507, f"文件未能保存：{error.strerror or error}") from error
    response.headers["Location"] = f"/api/submissions/{upload.sha256}"
    return SubmissionState(id=upload.sha256, name=upload.name, state=upload.state, message=upload.message)


def _chunks(file: UploadFile) -> Iterator[bytes]:
    while chunk := file.file.read(_CHUNK_BYTES):
        yield chunk


@API_ROUTER.get("/submissions/{sha256}", responses=_refusals(404))
def get_submission(request: Request, sha256: Sha) -> SubmissionState:
    """What became of a file; its result, with decisions applied, when it is read."""
    api = _api(request)
    try:
        opened = api.desk.opened(sha256)
    except GoneError as error:
        upload = api.uploads.get(sha256)
        if upload is None:
            raise HTTPException(404, "没有这份报送") from error
        result = _read_result(api.uploads, sha256) if upload.state == "done" else None
        return SubmissionState(
            id=sha256, name=upload.name, state=upload.state, message=upload.message, result=result,
            status=result["status"] if result else None,
        )  # fmt: skip
    return SubmissionState(
        id=sha256,
        name=opened.entry.name,
        state="done",
        status=opened.final.submission.status,
        open_fields=opened.entry.doubted,
        result=json.loads(submission_to_json(opened.final.submission)),
    )


def _read_result(uploads: Uploads, sha256: str) -> dict[str, Any] | None:
    upload = uploads.get(sha256)
    try:
        found: dict[str, Any] | None = json.loads(uploads.result(upload).read_bytes()) if upload else None
    except OSError:
        found = None
    return found


@API_ROUTER.get("/submissions/{sha256}/tables/{name}", responses=_refusals(404, 422))
def get_table(
    request: Request,
    sha256: Sha,
    name: Annotated[str, Path(description=f"One of {', '.join(TABLES)}", max_length=40)],
) -> TableAnswer:
    """The rows of one table of a submission, with decisions applied."""
    if name not in TABLES:
        raise HTTPException(404, f"没有这个表；有 {'、'.join(TABLES)}")
    try:
        rows = [row for table, row in submission_to_rows(_final(request, sha256)) if table == name]
    except UnfitError as error:
        raise HTTPException(422, str(error)) from error
    columns = [column.name for column in TABLES[name].columns]
    return TableAnswer(columns=columns, rows=[[_plain(value) for value in row] for row in rows])


def _plain(value: object) -> str | int | float | bool | None:
    if isinstance(value, Decimal):
        return format(value, "f")
    return value if value is None or isinstance(value, str | int | float | bool) else str(value)


@API_ROUTER.get("/submissions/{sha256}/decisions", responses=_refusals(404))
def get_decisions(request: Request, sha256: Sha) -> list[DeskDecision]:
    """The log of decisions about a submission."""
    _final(request, sha256)
    return _api(request).desk.log(sha256)


@API_ROUTER.post("/submissions/{sha256}/decisions", status_code=201, responses=_refusals(404, 409, 422, 507))
def decide(request: Request, sha256: Sha, asked: DecisionAsked) -> list[DeskDecision]:
    """Decide about a field; gives the log about the submission."""
    desk = _api(request).desk
    reply = Reply(
        Address(sha256, asked.form, asked.path),
        *(asked.kind, asked.text, asked.version, request.state.person, asked.seconds),
    )
    try:
        desk.decide([reply])
    except GoneError as error:
        raise HTTPException(404, str(error)) from error
    except ConflictError as error:
        raise HTTPException(409, "此处刚由他人作出决定") from error
    except AnswerError as error:
        raise HTTPException(422, str(error)) from error
    except LedgerError as error:
        raise HTTPException(507, f"没有保存：{error}") from error
    return desk.log(sha256)


def openapi_to_json() -> str:
    """The text of `docs/openapi.json`."""
    app = FastAPI(title="shenbao review", version=program_version())
    app.include_router(API_ROUTER)
    return json.dumps(app.openapi(), ensure_ascii=False, indent=2) + "\n"
