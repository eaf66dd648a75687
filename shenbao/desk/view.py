"""What the desk shows of one field: what was read, what it became and why, and everything that helps to decide."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from models.codes import CODES
from models.finding import Finding
from normalize.check.rules.rule_rows import twin_rows
from normalize.form.catalogue import BASES, CATEGORIES
from shenbao.desk.desk import Desk
from shenbao.desk.overlay.doubts import doubts_of
from shenbao.desk.overlay.fields import AnswerError, Sheet, answer_to_node, node_to_text, row_of
from shenbao.desk.overlay.overlay import form_to_layout
from shenbao.desk.pages.lying import is_print, page_turn
from shenbao.desk.queue.opened import GoneError, Opened
from shenbao.desk.queue.queue import Address
from shenbao.desk.sums import SumView, field_to_sums, solving_figures
from shenbao.ingest.ledger.decisions import DeskDecision
from shenbao.places import place_in_words

_MOST_CANDIDATES = 9
"""There are so many digits on the keyboard."""
_NO_MESSAGE = "请对照原件核对"
"""What is said of a field of which nothing is doubted: one that was drawn at random is not told from the others."""
_HORIZONS = {"long_term": "年度表", "annual": "长期表"}
"""What the other horizon's table is called."""
_PAST = {"history/year_before_last": "前年", "history/last_year": "上年", "target": "指标值"}
_REACH = 1.5
"""So many of its own heights a field's row is shown above and below it, where a neighbour is as high: one more line, chosen."""
_LINE = re.compile(r"^line (\d+)$")
"""How readers of texts name a place."""
_MONEY = {"amount": "当年", "history/0": "前年", "history/1": "上年", "share": "占比"}


Corners = tuple[float, float, float, float]
"""x0, top, x1, bottom in points from the page's top left corner."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A text that the field may hold, and who says so."""

    text: str
    why: str


@dataclass(frozen=True, slots=True)
class Related:
    """A value beside the field that a person compares: the twin's, a past year's."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class FieldView:
    """All that the page of a field shows. `value` is what stands in it now, `seen` what was read on the paper."""

    address: Address
    name: str
    submission: str
    department: str
    kind: str
    value: str | None
    reading: str | None
    seen: str | None
    because: tuple[str, ...]
    messages: tuple[str, ...]
    codes: tuple[str, ...]
    candidates: tuple[Offer, ...]
    related: tuple[Related, ...]
    sums: tuple[SumView, ...]
    place: str
    page: int | None
    box: Corners | None
    row_box: Corners | None
    turn: int
    is_print: bool
    part: str | None
    version: int
    decided: DeskDecision | None
    is_stale: bool
    row: str | None
    is_long: bool


def field_to_view(desk: Desk, address: Address, person: str = "") -> FieldView:
    """The view of a field; who is asked blind sees the reading as if nobody had decided. Raises `GoneError`."""
    opened = desk.opened(address.sha256)
    if not 0 <= address.form < len(opened.sheets) or address.path not in opened.sheets[address.form].kinds:
        raise GoneError("读取结果中已没有此栏，请返回队列")
    sheet, path = opened.sheets[address.form], address.path
    form = sheet.form
    seen = form.evidence.get(path)
    blind = desk.is_blind(address, person)
    found = doubts_of(path, sheet) if blind else opened.final.doubts[address.form].fields.get(path, ())
    value = sheet.text(path) if blind else opened.text(address.form, path)
    decided = None if blind else opened.final.live.get((address.form, path))
    stale = [one for one in opened.final.stale if (one.form, one.path) == (address.form, path)]
    candidates = tuple(_candidates(opened, address, value, found, stale))
    return FieldView(
        *(address, place_in_words(sheet.tree, path), opened.entry.name, opened.entry.department),
        *(sheet.kinds[path], value, sheet.text(path), seen.text if seen else None),
        because=tuple(_because(sheet, path)),
        messages=tuple(dict.fromkeys(one.message for one in found)) or (() if decided else (_NO_MESSAGE,)),
        codes=tuple(dict.fromkeys(CODES[one.code].chinese for one in found if one.code in CODES)),
        candidates=candidates,
        related=tuple(_related(sheet, path)),
        sums=tuple(field_to_sums(sheet, opened, address, value)),
        place=_place(sheet, path),
        page=seen.page if seen else None,
        box=seen.bbox if seen else None,
        row_box=_row_box(sheet, path),
        turn=page_turn(form, seen.page) if seen and seen.page else 0,
        is_print=is_print([form], seen.page) if seen and seen.page else False,
        part=seen.part if seen else None,
        version=opened.version(address.form, path),
        decided=decided,
        is_stale=bool(stale),
        row=row_of(path),
        is_long=len(value or "") > 40,
    )


def _row_box(sheet: Sheet, path: str) -> Corners | None:
    """The box around all that was read of the field's row on its page, where that is more than the field.

    Neighbours of more lines are not cut through.
    """
    row, seen = row_of(path), sheet.form.evidence.get(path)
    if row is None or seen is None or seen.bbox is None:
        return None
    # of a page that lies on its side a row runs from top to bottom
    lies = page_turn(sheet.form, seen.page) % 2 == 1 if seen.page else False
    low, high = (0, 2) if lies else (1, 3)
    boxes = [
        one.bbox
        for other, one in sheet.form.evidence.items()
        if other.startswith(f"{row}/") and one.page == seen.page and one.bbox
        # a merged label reaches far beyond its row
        if one.bbox[low] < seen.bbox[high] and one.bbox[high] > seen.bbox[low]
    ]
    if len(boxes) < 2:
        return None
    left, top, right, bottom = zip(*boxes, strict=True)
    around = [min(left), min(top), max(right), max(bottom)]
    reach = _REACH * (seen.bbox[high] - seen.bbox[low])
    around[low] = max(around[low], seen.bbox[low] - reach)
    around[high] = min(around[high], seen.bbox[high] + reach)
    return around[0], around[1], around[2], around[3]


def _place(sheet: Sheet, path: str) -> str:
    """Where on the paper it stands, in words."""
    seen = sheet.form.evidence.get(path)
    if seen is None:
        return "原件上的位置未知"
    return f"第 {seen.page} 页" if seen.page else _LINE.sub(r"原文第 \1 行", seen.part or "")


def _because(sheet: Sheet, path: str) -> Iterator[str]:
    """Why the value is not as it was read."""
    for repair in sheet.form.repairs:
        if repair.path.removesuffix("/text") == path:
            other = f"；次选“{repair.runner_up}”" if repair.runner_up else ""
            yield f"“{repair.before or '（空）'}”→“{repair.after}”：{repair.because}{other}"


def _candidates(
    opened: Opened,
    address: Address,
    value: str | None,
    found: Iterable[Finding],
    stale: Iterable[DeskDecision],
) -> Iterator[Offer]:
    """Other texts that the field may hold, the likeliest first, each once and each one that the field takes."""
    sheet, taken = opened.sheets[address.form], {value}
    for text, why in _offers(opened, address, found, stale):
        try:
            node = answer_to_node(sheet.kinds[address.path], text, sheet.node(address.path))
        except AnswerError:
            continue
        said = node_to_text(node)
        if said is not None and said not in taken:
            taken.add(said)
            yield Offer(said, why)
        if len(taken) > _MOST_CANDIDATES:
            return


def _offers(
    opened: Opened, address: Address, found: Iterable[Finding], stale: Iterable[DeskDecision]
) -> Iterator[tuple[str, str]]:
    sheet, path = opened.sheets[address.form], address.path
    yield from ((one.after, "以前的决定") for one in stale if one.after)
    yield from ((one.expected, "提示") for one in found if one.expected)
    yield from ((text, "勾稽") for text in solving_figures(sheet, opened, address))
    for repair in sheet.form.repairs:
        if repair.path.removesuffix("/text") == path:
            yield from (
                (text, why) for text, why in ((repair.before, "原读"), (repair.runner_up, "次选")) if text
            )
    seen, reading = sheet.read(path), sheet.text(path)
    yield from [(reading, "读取结果")] if reading else []
    # an item of a list is a part of what was seen
    yield from [(seen, "原文")] if seen and row_of(path) != path else []
    yield from ((one.actual, "原读") for one in found if one.actual)
    yield from ((one.text, one.name) for one in _related(sheet, path, twins_only=True))
    yield from _from_catalogue(sheet, path)
    if path.endswith("/annual_budget") or path.endswith("/total_budget"):
        other = "total_budget" if path.endswith("annual_budget") else "annual_budget"
        text = sheet.text(f"{row_of(path) or ''}/{other}")
        yield from [(text, "另一预算栏")] if text else []


def _from_catalogue(sheet: Sheet, path: str) -> Iterator[tuple[str, str]]:
    """What the catalogue prints in the row, and the words of a closed column."""
    row = row_of(path)
    layout = form_to_layout(sheet.form)
    if row is None or layout is None or "/indicators/" not in row:
        return
    column = path[len(row) + 1 :]
    entry = layout.entries.by_code(node_to_text(sheet.node(f"{row}/code")))
    if entry:
        held = {
            "level1": entry.level1,
            "level2": entry.level2,
            "level3": entry.level3,
            "target": entry.standard,
        }
        text = held.get(column)
        yield from [(text, "指标目录")] if text else []
    closed = {"basis": BASES, "category": CATEGORIES}
    yield from ((text, "可选值") for text in closed.get(column, ()))


def _related(sheet: Sheet, path: str, twins_only: bool = False) -> Iterator[Related]:
    """The same field in the other horizon's table; the values of the row's other years."""
    row = row_of(path)
    if row is None:
        return
    column = path[len(row) + 1 :]
    if "/indicators/" in row:
        for long, _, annual, _ in twin_rows(sheet.form.data):
            if row in (long, annual):
                text = sheet.text(f"{annual if row == long else long}/{column}")
                if text:
                    yield Related(f"{_HORIZONS[row.split('/')[1]]}同一指标", text)
    names = _PAST if "/indicators/" in row else _MONEY if row.startswith("/budget/") else {}
    if twins_only or column not in names:
        return
    for other, name in names.items():
        text = sheet.text(f"{row}/{other}")
        if other != column and text:
            yield Related(name, text)
