"""The page of the report: how many of the accepted fields were wrong, and where two persons did not agree."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from fastapi import APIRouter, Request
from fastapi.responses import Response

from shenbao.desk.desk import Desk
from shenbao.desk.queue.queue import Filter
from shenbao.desk.queue.sampling import SampleCount, add_counts, count_samples
from shenbao.desk.web.pages import Pages
from shenbao.ingest.ledger.decisions import DeskDecision, field_looks, final_look, is_agreed


@dataclass(frozen=True, slots=True)
class SecondCount:
    """Fields that two persons looked at: `agreed` at once, of the others a third had the last word about `parted`.

    `waiting` are open for another person, `overruled` the fields whose first answer did not stand.
    """

    looked: int
    agreed: int
    parted: int
    waiting: int
    overruled: int


def report_router(pages: Pages) -> APIRouter:
    """The page `/report`."""
    router = APIRouter(include_in_schema=False)
    desk = pages.desk

    @router.get("/report")
    def report(request: Request) -> Response:
        log = desk.log()
        weeks = count_samples(desk.samples(), log)
        context = {
            "weeks": [(week, _shown(week)) for week in weeks],
            "whole": add_counts("全部", weeks),
            "shown": _shown(add_counts("全部", weeks)),
            "second": count_second_looks(desk, log),
            "rules": desk.rules,
            "left": desk.left(Filter(), request.state.person),
        }
        return pages.templates.TemplateResponse(request, "report.html", context)

    return router


def _shown(count: SampleCount) -> str:
    """The share of errors with its interval, in words."""
    if count.rate is None:
        return "尚无结果"
    low, high = count.interval
    return f"{count.rate:.2%}（{low:.2%}–{high:.2%}）"


def count_second_looks(desk: Desk, log: Iterable[DeskDecision]) -> SecondCount:
    """What came of the fields that more than one person looked at."""
    by_content: dict[str, list[DeskDecision]] = {}
    for decision in log:
        by_content.setdefault(decision.sha256, []).append(decision)
    looked = [
        looks for about in by_content.values() for looks in field_looks(about).values() if len(looks) > 1
    ]
    agreed = sum(is_agreed(looks[:2]) for looks in looked)
    return SecondCount(
        len(looked),
        agreed,
        sum(is_agreed(looks) for looks in looked) - agreed,
        sum(bool(one.barred) for one in desk.fields(Filter())),
        sum(is_agreed(looks) and final_look(looks) is not looks[0] for looks in looked),
    )
