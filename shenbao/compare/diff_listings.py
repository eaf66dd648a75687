"""What `diff` shows, as tables: numbers, money, the points of the memo, the changes, and what is doubtful."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from shenbao.answer.listing import Listing
from shenbao.compare.answered import STATE_WORDS, PointState
from shenbao.compare.changes import Change, ChangeKind
from shenbao.compare.round_diff import FormDiff, RoundDiff

KIND_WORDS: dict[ChangeKind, str] = {"changed": "修改", "added": "新增", "removed": "删除"}
_POINT_COLOURS: dict[PointState, str] = {
    "done": "done",
    "not-done": "rejected",
    "otherwise": "review",
    "unsure": "review",
}
_CHANGE_TITLES = ("部门（项目）", "变化", "位置", "原内容", "现内容")


def diff_to_listings(diff: RoundDiff) -> list[Listing]:
    """The tables in the order in which they are read."""
    return [
        Listing("汇总", ("项目", "数量"), [("", row) for row in _summary(diff)]),
        Listing("金额对比", ("收支", "项目", "单位", "原金额", "现金额", "增减"), list(_money(diff))),
        Listing(
            "意见落实情况", ("部门（项目）", "落实", "位置", "原意见", "说明"), list(_points(diff)),
            "对照前一次的退回意见，逐条列出后一次是否改正。",
        ),
        Listing("变化明细", _CHANGE_TITLES, [row for form in diff.forms for row in _changes(form, doubtful=False)]),
        Listing(
            "待核对的差异", _CHANGE_TITLES, [row for form in diff.forms for row in _changes(form, doubtful=True)],
            "两次读取的内容不同，但其中一次的读取在此处有提示，可能并无变化，请对照原件。",
        ),
        Listing("只有一方有的申报表", ("申报表", "在", "文件"), list(_alone(diff))),
    ]  # fmt: skip


def diff_to_lines(diff: RoundDiff) -> Iterator[str]:
    """The same for a terminal: form by form, a line a change and a point."""
    yield from (f"! {remark}" for remark in diff.remarks)
    for one in diff.gone:
        yield f"- {one.title}：只在 {diff.before.name} 中（{one.file}）"
    for one in diff.new:
        yield f"+ {one.title}：只在 {diff.after.name} 中（{one.file}）"
    for form in diff.forms:
        if form.changes or form.points:
            yield f"{form.after.title}  {form.before.file} → {form.after.file}"
            yield from (f"  {_change_line(change)}" for change in form.changes)
            for answered in form.points:
                point = answered.point
                yield f"  〔{STATE_WORDS[answered.state]}〕{point.where or '全表'}：{point.says}（{answered.note}）"
    yield "；".join(f"{name} {number}" for name, number in _summary(diff))


def _change_line(change: Change) -> str:
    mark = "？" if change.doubtful else {"changed": "*", "added": "+", "removed": "-"}[change.kind]
    if change.kind == "changed":
        return f"{mark} {change.place}：{change.before or '空白'} → {change.after or '空白'}"
    return f"{mark} {change.place}：{change.after or change.before or ''}"


def _summary(diff: RoundDiff) -> list[tuple[str, int]]:
    states = Counter(answered.state for form in diff.forms for answered in form.points)
    return [
        ("比对的申报表", len(diff.forms)),
        ("有变化的申报表", sum(bool(form.sure) for form in diff.forms)),
        ("变化", sum(len(form.sure) for form in diff.forms)),
        ("待核对的差异", sum(len(form.changes) - len(form.sure) for form in diff.forms)),
        ("只在原一方", len(diff.gone)),
        ("只在现一方", len(diff.new)),
        *((f"意见{word}", states[state]) for state, word in STATE_WORDS.items()),
    ]


def _money(diff: RoundDiff) -> Iterator[tuple[str, tuple[object, ...]]]:
    for (side, item, unit), (before, after) in diff.money.items():
        colour = "" if before == after else "review"
        yield colour, (side, item, unit, before, after, after - before)


def _points(diff: RoundDiff) -> Iterator[tuple[str, tuple[object, ...]]]:
    for form in diff.forms:
        for answered in form.points:
            point = answered.point
            word = STATE_WORDS[answered.state]
            cells = (form.after.title, word, point.where or "全表", point.says, answered.note)
            yield _POINT_COLOURS[answered.state], cells


def _changes(form: FormDiff, *, doubtful: bool) -> Iterator[tuple[str, tuple[object, ...]]]:
    for change in form.changes:
        if change.doubtful is doubtful:
            word = KIND_WORDS[change.kind]
            yield "", (form.after.title, word, change.place, change.before or "", change.after or "")


def _alone(diff: RoundDiff) -> Iterator[tuple[str, tuple[object, ...]]]:
    yield from (("missing", (one.title, diff.before.name, one.file)) for one in diff.gone)
    yield from (("done", (one.title, diff.after.name, one.file)) for one in diff.new)
