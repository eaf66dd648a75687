"""A return memo as content: what was received, each point with its words, what is asked for. Word and HTML print it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from shenbao.answer.points import MemoPoint, form_to_points
from shenbao.answer.rounds import HeldForm
from shenbao.answer.wording import ColumnWords, MemoWords

_ORDINALS = "一二三四五六七八九十"
Clips = Mapping[tuple[str, str], bytes]
"""PNG pictures by file and path."""


@dataclass(frozen=True, slots=True)
class MemoLine:
    """One point: its number in the memo, where, what is the matter, what is asked for, and the picture of the place."""

    number: int
    where: str
    says: str
    asks: str
    picture: bytes | None


@dataclass(frozen=True, slots=True)
class MemoGroup:
    """The points of one kind about one form; `form` is `""` where the memo is about one only."""

    form: str
    heading: str
    lines: tuple[MemoLine, ...]


@dataclass(frozen=True, slots=True)
class Memo:
    """A memo to one department. `letter` stands above the points, `ending` below them."""

    department: str
    title: str
    salutation: str
    letter: tuple[str, ...]
    columns: ColumnWords
    groups: tuple[MemoGroup, ...]
    ending: tuple[str, ...]
    signature: tuple[str, ...]

    @property
    def count(self) -> int:
        """How many points there are."""
        return sum(len(group.lines) for group in self.groups)


@dataclass(frozen=True, slots=True)
class AskedForm:
    """A form with its points: those to be sent, and how many are held back until their reading is settled."""

    held: HeldForm
    points: tuple[MemoPoint, ...]
    waiting: int


def held_to_asked(held: HeldForm) -> AskedForm:
    """The form with the points that may be sent now."""
    points = form_to_points(held)
    sent = tuple(point for point in points if not point.held)
    return AskedForm(held, sent, len(points) - len(sent))


def forms_to_memo(forms: Sequence[AskedForm], words: MemoWords, clips: Clips) -> Memo:
    """The memo to the department that handed in `forms`, its own and its projects'."""
    first = forms[0].held
    count, waiting = sum(len(one.points) for one in forms), sum(one.waiting for one in forms)
    places = {
        "department": first.department or first.file,
        "project": first.project,
        "form": "》、《".join(one.held.form.data.title or "绩效目标申报表" for one in forms),
        "file": "、".join(dict.fromkeys(one.held.file for one in forms)),
        "count": str(count),
        "reply_by": words.reply_by,
        "date": words.date,
    }
    letter = [words.opening if count else words.opening_without_points]
    ending = [words.closing.format(**places)] if count else []
    if waiting:
        ending.insert(0, words.held.format(**{**places, "count": str(waiting)}))
    return Memo(
        department=first.department or first.file,
        title=words.title,
        salutation=words.salutation.format(**places),
        letter=tuple(text.format(**places) for text in letter),
        columns=words.headings,
        groups=_groups(forms, words, clips),
        ending=tuple(ending),
        signature=(words.bureau.format(**places), words.reviewer, words.date),
    )


def _groups(forms: Sequence[AskedForm], words: MemoWords, clips: Clips) -> tuple[MemoGroup, ...]:
    groups: list[MemoGroup] = []
    number = 0
    for one in forms:
        title = one.held.title if len(forms) > 1 else ""
        for heading, points in words.grouped(one.points):
            lines = []
            for point in points:
                number += 1
                where = f"{point.where or '全表'}{f'（{point.page}）' if point.page else ''}"
                picture = clips.get((one.held.file, point.path or ""))
                lines.append(MemoLine(number, where, words.said(point), words.asked(point), picture))
            groups.append(MemoGroup(title, f"{_ordinal(len(groups))}{heading}", tuple(lines)))
    return tuple(groups)


def _ordinal(number: int) -> str:
    """一、 for 0; nothing beyond ten, which a memo on many projects' forms may have."""
    return f"{_ORDINALS[number]}、" if number < len(_ORDINALS) else ""
