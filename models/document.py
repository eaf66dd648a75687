"""A submission file read: its pieces (lines of text and tables) in reading order, its seals, and what is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from models.grid import Grid, Place

if TYPE_CHECKING:  # it loads numpy, and who hands out files needs none
    from models.posteriors import Posteriors


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line of text outside every table."""

    text: str
    place: Place
    reader: str = "text"
    heading: bool = False
    confidence: float | None = None


Piece = TextLine | Grid


def piece_page(piece: Piece) -> int | None:
    """The page on which a piece stands, or begins; `None` in a file without pages."""
    if isinstance(piece, TextLine):
        return piece.place.page
    return piece.cells[0].place.page if piece.cells else None


@dataclass(frozen=True, slots=True)
class Seal:
    """A red seal on a picture, and what its ring says: `""` where nothing could be read, or it is not round.

    `confidence` is the usual probability of one character, `posteriors` what else the ring could say.
    """

    place: Place
    text: str
    confidence: float
    posteriors: Posteriors


@dataclass(frozen=True, slots=True)
class Rival:
    """What stands on a page by a second reader that sees other tables there: all pieces of the page, in reading order."""

    page: int
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """A submission file read into pieces, in reading order; `pages` is `None` for a file without pages.

    `recogniser` names the recogniser that read its pictures, with versions and weights; `None` where none was asked.
    `rivals` are other readings of single pages, one a page at most; which is believed is seen when both are decoded.
    """

    pieces: tuple[Piece, ...]
    media_type: str
    pages: int | None = None
    problems: tuple[Problem, ...] = field(default=())
    seals: tuple[Seal, ...] = ()
    recogniser: str | None = None
    rivals: tuple[Rival, ...] = ()


@dataclass(frozen=True, slots=True)
class PageContent:
    """One page read: its pieces in reading order, what is wrong with it, and its seals."""

    pieces: tuple[Piece, ...] = ()
    problems: tuple[Problem, ...] = field(default=())
    seals: tuple[Seal, ...] = ()


@dataclass(frozen=True, slots=True)
class Problem:
    """Something about a file that a person must know: a stable code, Chinese text, and whether it stops us.

    `places` are the cells or areas that it concerns: the values read there are not sure.
    """

    code: str
    message: str
    severity: Literal["error", "warning", "info"] = "warning"
    page: int | None = None
    places: tuple[Place, ...] = ()
