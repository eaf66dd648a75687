"""The paper form before it is drawn or damaged: rows of cells with their spans, and how one reader writes them."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

COLUMNS = {  # how wide the columns of each part are, in 24ths of the page
    "head": (4, 8, 4, 2, 2, 2, 2),
    "budget": (3, 3, 4, 4, 3, 3, 4),
    "list": (3, 3, 4, 4, 3, 3, 4),
    "projects": (3, 5, 3, 3, 3, 3, 4),
    "summary": (3, 5, 6, 3, 3, 2, 2),
    "long": (3, 3, 3, 4, 5, 3, 3),
    "annual": (3, 2, 3, 3, 3, 3, 3, 2, 2),
}


@dataclass(slots=True)
class Cell:
    """A cell: its text or list items, its span in columns, and whether it lies under a merged cell."""

    text: str = ""
    closed: bool = False  # words of the form or of the catalogue
    span: int = 1
    covered: str | None = None  # the text of the merged cell it lies under
    items: tuple[str, ...] = ()

    @property
    def blank(self) -> bool:
        """Nothing is printed here."""
        return not self.text and not self.items


def printed(text: str, span: int = 1) -> Cell:
    """A cell with words of the form."""
    return Cell(text, closed=True, span=span)


def under(label: str) -> Cell:
    """A place under a merged cell."""
    return Cell(covered=label)


def written(text: str | None, span: int = 1) -> Cell:
    """A cell a clerk has filled in, or left blank."""
    return Cell(text or "", span=span)


@dataclass(slots=True)
class Row:
    """A printed row of one part of the form, or a line between tables, or a page's end."""

    part: str  # a key of COLUMNS, or "line", "list-line", "break"
    cells: list[Cell] = field(default_factory=list)
    kind: str = "data"  # "header", "data", "filler", "rest", "goals"
    index: int | None = None  # of the indicator in the truth
    moved: bool = False  # a fault has already moved its cells


@dataclass(frozen=True, slots=True)
class Style:
    """How one reader writes down what it sees."""

    punctuation: str  # "full", "half", "spaced" or "mixed"
    roomy: bool  # 2025 年, 核心业务产出 1, ≥800 件
    mark: str  # 1、 1. （1）
    listing: str  # "p", "br" or "space"
    padded: bool  # blanks for spanned columns
    trimmed: bool  # no blanks at the end of a row
    goals: str  # "row" or "list"
    fillers: float  # chance of a row of dots after a group
    label_at: int | None  # row of the annual table that carries its label; None: lost
    reprint: float  # chance that a label is printed again after a page break
    page_rows: int
    repeat_header: bool
    thousands: bool
    date: str
    compatible: bool  # code points of radicals for characters, as some prints carry them
    spans: str  # HTML: "edges", "plain" or "filled"


def random_style(rng: Random) -> Style:
    """Habits of one reader."""
    return Style(
        punctuation=rng.choice(("full", "half", "spaced", "mixed", "mixed")),
        roomy=rng.random() < 0.35,
        mark=rng.choice(("{}、", "{}、", "{}. ", "{}.", "（{}）", "{}．")),
        listing=rng.choice(("p", "space", "space", "br")),
        padded=rng.random() < 0.5,
        trimmed=rng.random() < 0.1,
        goals=rng.choice(("row", "row", "list")),
        fillers=rng.choice((0, 0, 0.15, 0.5)),
        label_at=rng.choice((0, 0, 0, None, rng.randint(4, 9))),
        reprint=rng.choice((0, 0, 0, 0.5, 1)),
        page_rows=rng.randint(12, 30),
        repeat_header=rng.random() < 0.1,
        thousands=rng.random() < 0.03,
        date=rng.choice(("{}年{}月{}日", "{}年{}月{}日", "{}-{:02}-{:02}", "{}.{}.{}")),
        compatible=rng.random() < 0.04,
        spans=rng.choice(("edges", "edges", "plain", "filled")),
    )
