"""The gate that every text of a file passes: what nobody sees goes, what nobody can read is marked, both are told."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from itertools import islice

from extract.files.limits import UNFOLDING
from extract.page.symbols import UNREADABLE
from models.document import Document, Piece, Problem, TextLine
from models.grid import Cell, Place

_LISTED_PLACES = 5
"""A finding names this many places; the rest it counts."""
_TOUCHED_PLACES = 500
"""The values at this many places are marked as unsure; a document with more is one to be read by a person."""

_UNSEEN = re.compile("[\u00ad\u180e\u200b-\u200f\u2060-\u2064\u061c\ufe00-\ufe0f\ufeff]")
"""Zero-width characters, marks of direction, variants and soft hyphens: the text without them looks the same."""
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ufff9-\ufffb]")
"""Control characters, and the ones that turn the order of a text around, so that it looks other than it is."""
_UNKNOWN = re.compile("[\ue000-\uf8ff\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff\U000f0000-\U0010ffff]")
"""Private characters, halves of surrogate pairs and code points that are none: nobody can tell what they show."""

_ODD = re.compile("|".join([*(odd.pattern for odd in (_UNSEEN, _CONTROL, _UNKNOWN)), UNREADABLE]))
"""Any of them, or what stands for one already: most texts have none."""


@dataclass(slots=True)
class _Seen:
    """Where the gate met what, each place once and in order."""

    control: dict[Place, None] = field(default_factory=dict)
    unreadable: dict[Place, None] = field(default_factory=dict)
    cut: dict[Place, int] = field(default_factory=dict)


def clean_text(text: str) -> str:
    """A text as a person sees it: nothing without ink, and `UNREADABLE` for what no font shows.

    >>> clean_text("张\\u200b三\\u202e") + clean_text("\\ue123")
    '张三�'
    """
    return _UNKNOWN.sub(UNREADABLE, _CONTROL.sub("", _UNSEEN.sub("", text)))


def through_gate(document: Document) -> Document:
    """The document with clean texts of bounded length, and the findings `control-characters`, `symbol-unread` and
    `text-cut` where any was not.

    Texts of a recogniser stay: its alphabet has no such characters.
    """
    seen = _Seen()
    pieces = tuple(_piece(piece, seen) for piece in document.pieces)
    rivals = tuple(
        replace(rival, pieces=tuple(_piece(piece, seen) for piece in rival.pieces))
        for rival in document.rivals
    )
    problems = (*document.problems, *_problems(seen))
    return replace(document, pieces=pieces, problems=problems, rivals=rivals)


def _piece(piece: Piece, seen: _Seen) -> Piece:
    if isinstance(piece, TextLine):
        text = _text(piece.text, piece.place, seen)
        return piece if text is piece.text else replace(piece, text=text)
    cells = tuple(_cell(cell, seen) for cell in piece.cells)
    return (
        replace(piece, cells=cells)
        if any(a is not b for a, b in zip(cells, piece.cells, strict=True))
        else piece
    )


def _cell(cell: Cell, seen: _Seen) -> Cell:
    if cell.posteriors is not None:
        return cell
    text = _text(cell.text, cell.place, seen)
    if text is cell.text:
        return cell
    state = "blank" if cell.state == "read" and not text.strip() else cell.state
    return replace(cell, text=text, state=state)


def _text(text: str, place: Place, seen: _Seen) -> str:
    if len(text) > UNFOLDING.cell_characters:
        seen.cut[place] = len(text)
        text = text[: UNFOLDING.cell_characters]
    if _ODD.search(text) is None:
        return text
    cleaned = clean_text(text)
    if _CONTROL.search(text):
        seen.control[place] = None
    if UNREADABLE in cleaned:
        seen.unreadable[place] = None
    return text if cleaned == text else cleaned


def _name(place: Place) -> str:
    return place.part or (f"第 {place.page} 页" if place.page else "文件")


def _problems(seen: _Seen) -> Iterable[Problem]:
    if seen.control:
        what = "有不可见的控制字符或改变文字方向的字符，已去除；显示的内容可能与存储的不同，请核对"
        yield _problem("control-characters", seen.control, what)
    if seen.unreadable:
        yield _problem("symbol-unread", seen.unreadable, f"有无法识别的字符，以“{UNREADABLE}”代替，请核对")
    if seen.cut:
        limit = f"最长 {max(seen.cut.values())} 字，上限 {UNFOLDING.cell_characters} 字"
        yield _problem(
            "text-cut", seen.cut, f"文字过长（{limit}），只读取了前面的部分，请核对是否粘贴了多余内容"
        )


def _problem(code: str, places: Iterable[Place], what: str) -> Problem:
    names = list(dict.fromkeys(map(_name, places)))
    more = f" 等 {len(names)} 处" if len(names) > _LISTED_PLACES else ""
    listed = "、".join(names[:_LISTED_PLACES]) + more
    return Problem(code, f"{listed}{what}。", places=tuple(islice(places, _TOUCHED_PLACES)))
