"""The page of one submission: what is doubted of whole sections, and everything that was decided about it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Path, Request
from fastapi.responses import Response

from shenbao.desk.desk import Desk
from shenbao.desk.queue.opened import GoneError, Opened
from shenbao.desk.queue.queue import Address
from shenbao.desk.web.pages import STATUS_NAMES, Pages
from shenbao.desk.web.rows import form_lists
from shenbao.ingest.ledger.decisions import DeskDecision
from shenbao.places import place_in_words

KIND_NAMES: Mapping[str, str] = {
    "accept": "认可",
    "candidate": "取候选",
    "edit": "改写",
    "blank": "原件空白",
    "illegible": "不能辨认",
    "absent": "原件无此行",
    "add": "补行",
    "undo": "撤销",
}
"""What the kinds of decisions are called."""


@dataclass(frozen=True, slots=True)
class SectionDoubt:
    """A finding about a whole section, as the page shows it."""

    form: int
    path: str
    name: str
    message: str
    version: int


def submission_router(pages: Pages) -> APIRouter:
    """The page `/submission/{sha256}`."""
    router = APIRouter(include_in_schema=False)

    @router.get("/submission/{sha256}")
    def submission(request: Request, sha256: Annotated[str, Path(pattern=r"^[0-9a-f]{64}$")]) -> Response:
        try:
            context = _context(pages.desk, pages.desk.opened(sha256), request.state.person)
        except GoneError as error:
            context = {"message": str(error), "status": 410}
            return pages.templates.TemplateResponse(request, "refused.html", context, 410)
        return pages.templates.TemplateResponse(request, "submission.html", context)

    return router


def _context(desk: Desk, opened: Opened, person: str) -> dict[str, Any]:
    def name(form: int, path: str) -> str:
        return place_in_words(opened.sheets[form].tree, path) if form < len(opened.sheets) else path

    sections = [
        SectionDoubt(form, one.path, name(form, one.path), one.message, opened.version(form, one.path))
        for form, doubts in enumerate(opened.final.doubts)
        for one in doubts.sections
        if one.path is not None
    ]
    decisions = [
        _decision(opened, one, name) for one in opened.decisions if not _is_hidden(desk, one, person)
    ]
    still = [
        {"at": f"{at.sha256}:{at.form}:{at.path}", "name": name(at.form, at.path), "text": one.text}
        for one in opened.entry.fields
        if person not in one.barred and not one.is_sample
        for at in [one.address]
    ]
    submission = opened.final.submission
    whole = [*submission.findings, *(f for form in submission.forms for f in form.findings if f.path is None)]
    messages = [found.message for found in whole if found.severity != "info"]
    return {
        "entry": opened.entry,
        "sections": sections,
        "decisions": decisions,
        "open": still,
        "messages": messages,
        "lists": form_lists(opened),
        "status_names": STATUS_NAMES,
    }


def _is_hidden(desk: Desk, one: DeskDecision, person: str) -> bool:
    """Whether the person is asked about the same field and is not to know what others said."""
    return desk.is_blind(Address(one.sha256, one.form, one.path), person)


def _decision(opened: Opened, one: DeskDecision, name: Callable[[int, str], str]) -> dict[str, Any]:
    """An entry of the log as the page shows it."""
    is_row = one.kind == "add" and one.after
    return {
        **{key: getattr(one, key) for key in ("form", "path", "answered", "person", "at")},
        "name": name(one.form, one.path),
        "kind": KIND_NAMES.get(one.kind, one.kind),
        "after": "；".join(json.loads(one.after or "{}").values()) if is_row else one.after,
        "added": _added(opened, one),
        "version": opened.version(one.form, one.path),
    }


def _added(opened: Opened, one: DeskDecision) -> str:
    """What became of a row that was put in: it stands, or it does not fit what is read by now; empty for anything else."""
    if one.kind != "add" or "/+" not in one.path:
        return ""
    if opened.final.live.get((one.form, one.path)) == one:
        return "stands"
    return "stale" if one in opened.final.stale else ""
