"""The group view: alike fields as one grid of pictures, the odd one out marked, the rest settled by one key."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, Response
from pydantic import Field

from shenbao.desk.desk import Desk
from shenbao.desk.groups import FieldGroup, fields_to_groups
from shenbao.desk.overlay.fields import AnswerError
from shenbao.desk.queue.opened import GoneError, Reply
from shenbao.desk.queue.queue import Filter, OpenField
from shenbao.desk.view import field_to_view
from shenbao.desk.web.pages import At, Pages, Part
from shenbao.ingest.ledger.decisions import ConflictError, DeskDecisionKind
from shenbao.ingest.ledger.ledger import LedgerError

_MOST_MEMBERS = 60
"""Pictures on one page: more are not taken in at a glance."""


class GroupMember(At):
    """A field of a group, of which its person saw `version`."""

    version: int = Field(ge=0)


class GroupSaid(Part):
    """What a key said about the fields of a group that were not marked."""

    kind: DeskDecisionKind
    text: str | None = Field(default=None, max_length=20_000)
    members: list[GroupMember] = Field(max_length=_MOST_MEMBERS)
    seconds: float = Field(default=0, ge=0, le=1e7)


def group_router(pages: Pages) -> APIRouter:
    """The pages `/group` and what their keys ask for."""
    router = APIRouter(include_in_schema=False)
    desk = pages.desk

    @router.get("/group")
    def groups(request: Request, key: Annotated[str, Query(max_length=64)] = "") -> Response:
        person = request.state.person
        found = fields_to_groups(desk.fields(Filter(), person))
        group = next((one for one in found if one.key == key), None)
        context: dict[str, Any] = {"groups": found, "group": group, "left": desk.left(Filter(), person)}
        if group is not None:
            context |= _shown(desk, group, person)
        return pages.templates.TemplateResponse(request, "group.html", context)

    @router.post("/group/decide")
    def decide(request: Request, said: GroupSaid) -> Response:
        person = request.state.person
        share = said.seconds / max(1, len(said.members))
        replies = [
            Reply(one.to_address(), said.kind, said.text, one.version, person, share) for one in said.members
        ]
        try:
            desk.decide(replies)
        except (AnswerError, GoneError) as error:
            return HTMLResponse(str(error), 422)
        except ConflictError:
            return HTMLResponse("其中有的刚由他人作出决定，本组未作任何决定，请重新打开", 409)
        except LedgerError as error:
            return HTMLResponse(f"没有保存：{error}", 507)
        unwritten = pages.unwritten(Filter())
        return HTMLResponse(unwritten, 507 if unwritten else 200)

    return router


def _shown(desk: Desk, group: FieldGroup, person: str) -> dict[str, Any]:
    """The members that are still there, and the texts that all of them could become."""
    views = []
    for one in group.members[:_MOST_MEMBERS]:
        view = _view(desk, one, person)
        if view is not None:
            views.append(view)
    common = list(views[0].candidates) if views else []
    for view in views[1:]:
        texts = {offer.text for offer in view.candidates}
        common = [offer for offer in common if offer.text in texts]
    return {"views": views, "common": common, "more": max(0, len(group.members) - _MOST_MEMBERS)}


def _view(desk: Desk, one: OpenField, person: str) -> Any:
    try:
        return field_to_view(desk, one.address, person)
    except GoneError:
        return None
