"""What became of each point of a return memo in the form that was handed in after it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from shenbao.answer.points import MemoPoint, form_to_points
from shenbao.answer.rounds import HeldForm
from shenbao.compare.changes import Change, Comparison, form_to_doubts, is_touched

PointState = Literal["done", "not-done", "otherwise", "unsure"]
STATE_WORDS: dict[PointState, str] = {
    "done": "已改",
    "not-done": "未改",
    "otherwise": "另有改动",
    "unsure": "读取存疑，待核对",
}


@dataclass(frozen=True, slots=True)
class AnsweredPoint:
    """A point with what became of it, in one sentence."""

    point: MemoPoint
    state: PointState
    note: str


def answered_points(before: HeldForm, after: HeldForm, compared: Comparison) -> Iterator[AnsweredPoint]:
    """Every point of the form before, in its order.

    Done: what was found is found no more. Not done: it is, and nothing changed there. Otherwise: it changed and
    is still found, another thing is found in its place now, or its row is gone.
    """
    was = [point for point in form_to_points(before) if not point.held]  # what waited was in no memo
    now = form_to_points(after)
    doubts = form_to_doubts(after.form)
    told = {(one.path, one.code) for one in was}
    for point in was:
        path = compared.path_after(point.path) if point.path is not None else None
        if point.path is not None and path is None:
            yield AnsweredPoint(point, "otherwise", "该行已删除")
            continue
        there = [one for one in now if one.path == path]
        fresh = [one for one in there if (point.path, one.code) not in told]
        changed, row = _changes_at(path, compared), _path_to_row(path)
        beside = _changes_at(row, compared) if row else []
        state, note = _state(point, there, fresh, changed, beside)
        if state == "done" and path is not None and is_touched(path, doubts):
            state, note = "unsure", "该处读取有提示，请对照原件"
        yield AnsweredPoint(point, state, note)


def _state(
    point: MemoPoint,
    there: Sequence[MemoPoint],
    fresh: Sequence[MemoPoint],
    changed: Sequence[Change],
    beside: Sequence[Change],
) -> tuple[PointState, str]:
    """`there` is found at the place now, `fresh` is what of it was not found before, `changed` what changed there,
    `beside` what changed in the row. A point that went away because something else in its row was changed is no answer."""
    what = "；".join(f"{change.before or '空白'} → {change.after or '空白'}" for change in changed)
    same = [one for one in there if one.code == point.code]
    if any(one.held for one in same):
        return "unsure", "该处读取有提示，请对照原件"
    if same:
        return ("otherwise", f"{what}，问题仍在") if changed else ("not-done", "内容未变")
    if fresh and changed:
        return "otherwise", f"{what}；现有新问题：{fresh[0].says}"
    if not changed and beside:
        moved = "；".join(f"{one.place}：{one.before or '空白'} → {one.after or '空白'}" for one in beside)
        return "otherwise", f"内容未变，而同一行另有改动：{moved}"
    return "done", what or "不再有此问题"


def _path_to_row(path: str | None) -> str | None:
    """The row that a value stands in; `None` for one that stands alone, a row and a list."""
    steps = (path or "").split("/")
    counted = next((n for n, step in enumerate(steps) if step.isdecimal()), len(steps))
    return "/".join(steps[: counted + 1]) if counted + 1 < len(steps) else None


def _changes_at(path: str | None, compared: Comparison) -> list[Change]:
    """The sure changes of one value or in one row; a whole list has no one value that could be told."""
    if path is None or not any(step.isdecimal() for step in path.split("/")):
        return [change for change in compared.changes if path is not None and change.path_after == path]
    return [
        change
        for change in compared.changes
        if not change.doubtful and f"{change.path_after}/".startswith(f"{path}/")
    ]
