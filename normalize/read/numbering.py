"""Where the items of a numbered list begin, and what is wrong with their numbers.

All marks of one kind (1、2、3、…) are weighed by where they stand; the list is the heaviest run of consecutive numbers.
Marks of that kind that stand where only a mark stands, but out of turn, begin items as well: then the list is broken.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from models.list_marks import ListMark, MarkKind, find_list_marks

_AT_LINE, _BEHIND_STOP, _BEHIND_COMMA, _BEHIND_BLANK, _WITHIN = 3.0, 2.5, 1.5, 1.0, 0.5
"""How much a mark counts at a line's start, behind a full stop, behind another stop, behind a blank, within a sentence."""
_STRONG = 2.0
"""A mark that counts so much begins an item also where its number is out of turn."""
_TIGHT = 1.5
"""What a point with a digit behind it counts less: it may be a decimal's."""
_BARE = 1.0
"""What a number without any mark counts at a line's start, where a poor copy may have lost its mark."""
_ODD = 0.75
"""What another sign before 、 counts at a line's start, where a poor copy may have misread the number."""
_NOT_FROM_ONE = 1.5
"""What a run counts less that does not begin with 1."""
_FULL_STOPS = "；;。！!？?）)"
_STOPS = "，,：:.．、"
_CLOSED: frozenset[MarkKind] = frozenset(("（1）", "（一）", "①"))
"""Marks that no digit behind them makes a number of."""
_YEAR = re.compile(r"(?:19|20)\d\d")
_ENUMERATED = re.compile(r"\d{1,2}\s*[、号月年季期标日层栋楼组区]")
"""What follows the first number in 1、2号楼 and 1、2、3季度, which begins no item."""
_BARE_NUMBER = re.compile(r"^[ \t]*(\d{1,2})(?:([ ]+)(?=\S)|(?=[\u4e00-\u9fff]))", re.MULTILINE)
_MEASURES = "年月日时个名项条次公里万亿元人户件家所座处台套天周期轮级号季度分位层栋亩吨批场米平倍多余余种类"
"""A bare number before one of these is a figure: 3月底, 12个乡镇."""
_ODD_MARK = re.compile(r"^[ \t]*([^\s，。；：、（）()]{1,2})[、．.](?!\d)", re.MULTILINE)
_NUMERAL_LIKE = re.compile(r"[\dA-Za-z一二三四五六七八九十]{1,2}")


@dataclass(frozen=True, slots=True)
class ItemStart:
    """Where an item begins: its mark from `begin` to `end`, and the number that it has, or should have."""

    begin: int
    end: int
    number: int


@dataclass(frozen=True, slots=True)
class ListNumbers:
    """The cuts in order, and whether the numbers run from 1 without a jump, a repetition or a gap."""

    cuts: tuple[ItemStart, ...] = ()
    broken: bool = False


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A possible mark: its number (0 for one that cannot be read), how much it counts, and whether it can stand alone."""

    cut: ItemStart
    weight: float
    sure: bool = True


@dataclass(frozen=True, slots=True)
class _Run:
    """Marks with consecutive numbers, and what they count together."""

    marks: tuple[_Candidate, ...]
    weight: float


def text_to_list_numbers(text: str, exact: bool) -> ListNumbers:
    """The marks of the outermost list in `text`; `exact`: its characters are a file's own, none is lost or misread."""
    found: dict[MarkKind, list[_Candidate]] = {}
    for mark in find_list_marks(text):
        weight = _weight(text, mark)
        if weight > 0:
            cut = ItemStart(mark.begin, mark.end, mark.number)
            sure = not (mark.point and mark.tight) or _YEAR.match(text, mark.end) is not None
            found.setdefault(mark.kind, []).append(_Candidate(cut, weight, sure))
    numberings = [_numbering(text, kind, marks, exact) for kind, marks in found.items()]
    running = [numbering for numbering in numberings if len(numbering.cuts) > 1]
    alone = [numbering for numbering in numberings if len(numbering.cuts) == 1]
    return min(running or alone, key=lambda numbering: numbering.cuts[0].begin, default=ListNumbers())


def _weight(text: str, mark: ListMark) -> float:
    """How much a mark counts by where it stands; 0 where there cannot be one."""
    weight = _place_weight(text, mark.begin)
    if weight < _BEHIND_BLANK and mark.number == 1:
        return 0.0
    if not mark.tight or mark.kind in _CLOSED or _YEAR.match(text, mark.end):
        return weight
    if mark.point:
        return weight - _TIGHT if weight >= _BEHIND_STOP else 0.0
    if mark.number == 1 and mark.kind in ("1、", "一、") and _ENUMERATED.match(text, mark.end):
        return 0.0
    return weight if weight != _BEHIND_COMMA and weight >= _BEHIND_BLANK else 0.0


def _place_weight(text: str, begin: int) -> float:
    """How much a mark counts that begins at `begin`."""
    end = begin
    while end and text[end - 1] in " \t\u3000":
        end -= 1
    last = text[end - 1 : end] or "\n"
    if last == "\n":
        return _AT_LINE
    if last in _FULL_STOPS:
        return _BEHIND_STOP
    if last in _STOPS:
        return _BEHIND_COMMA
    return _BEHIND_BLANK if end < begin else _WITHIN


def _numbering(text: str, kind: MarkKind, marks: Sequence[_Candidate], exact: bool) -> ListNumbers:
    """The list that marks of one kind make, without cuts if they make none."""
    more = [] if kind not in ("1、", "一、") else list(_lost_marks(text, marks, exact))
    run = _heaviest_run(sorted([*marks, *more], key=lambda one: (one.cut.begin, -one.weight)))
    if run is None:
        return ListNumbers()
    cuts = {one.cut.begin: one.cut for one in run.marks}
    out_of_turn = [one.cut for one in marks if one.sure and one.weight >= _STRONG]
    cuts |= {cut.begin: cut for cut in out_of_turn if cut.begin not in cuts}
    ordered = tuple(cuts[begin] for begin in sorted(cuts))
    if len(ordered) == 1 and (text[: ordered[0].begin].strip() or ordered[0].number != 1):
        return ListNumbers()
    return ListNumbers(ordered, [cut.number for cut in ordered] != [*range(1, len(ordered) + 1)])


def _lost_marks(text: str, marks: Sequence[_Candidate], exact: bool) -> Iterator[_Candidate]:
    """Numbers at the beginning of lines whose mark is lost, and marks whose number is misread."""
    taken = {one.cut.begin for one in marks}
    for found in _BARE_NUMBER.finditer(text):
        behind = text[found.end() : found.end() + 1]
        if found.start(1) not in taken and (found[2] or not (exact or behind in _MEASURES)):
            yield _Candidate(ItemStart(found.start(1), found.end(), int(found[1])), _BARE)
    for found in () if exact else _ODD_MARK.finditer(text):
        if found.start(1) not in taken:
            sure = _NUMERAL_LIKE.fullmatch(found[1]) is not None
            yield _Candidate(ItemStart(found.start(1), found.end(), 0), _ODD, sure)


def _heaviest_run(marks: Sequence[_Candidate]) -> _Run | None:
    """The run of consecutive numbers that counts most; of equal ones the first."""
    ending: dict[int, _Run] = {}
    for one in marks:
        for number in [one.cut.number] if one.cut.number else [n + 1 for n in ending]:
            mark = _Candidate(ItemStart(one.cut.begin, one.cut.end, number), one.weight, one.sure)
            before = ending.get(number - 1)
            run = _Run((mark,), one.weight - _NOT_FROM_ONE * (number > 1))
            if before is not None and before.weight + one.weight > run.weight:
                run = _Run((*before.marks, mark), before.weight + one.weight)
            elif not one.cut.number or (number > 1 and one.weight < _STRONG):
                continue
            if number not in ending or run.weight > ending[number].weight:
                ending[number] = run
    whole = [run for run in ending.values() if run.marks[-1].sure]
    return max(whole, key=lambda run: (run.weight, -run.marks[0].cut.begin), default=None)
