"""Two readings of one cell: our recogniser's of the picture, and a text layer's beneath it. The picture is asked.

How far the layer can be trusted is learned from the table: by how often it says what we are sure to read there.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from models.grid import Cell
from normalize.channel.picture_evidence import MAX_LOSS_NATS, fold_width, fold_width_of, log_likelihood

_SAME_ERROR_SHARE = 0.3
"""A reader that is wrong says just what another one says with this probability: both take a worn 8 for a 3."""
_SURE_SHARE = 0.95
"""A layer is judged by the cells that we read with at least this probability."""
_TRUSTED_NATS = 3.0
"""A layer that adds this much to its texts is right in six cells of seven: what it says is never passed over."""
_MOST_SHARE = 0.99
"""Two readers may still make the same mistake."""


@dataclass(frozen=True, slots=True)
class ChosenReading:
    """The text that stands, how probable it is (`None`: nothing tells), and the other one where it may be right.

    `from_layer`: the text is the text layer's, and the picture's recogniser says something else.
    """

    text: str
    confidence: float | None
    rival: str | None = None
    from_layer: bool = False


@dataclass(frozen=True, slots=True)
class _ReadingScores:
    """ln P(text | picture) of our text and of the layer's, and whether they are the same."""

    ours: float
    second: float
    same: bool


def choose_readings(cells: Sequence[Cell]) -> list[ChosenReading]:
    """The better reading of each cell of a table.

    The other one is its rival unless the picture is clearly against it.
    """
    if all(cell.posteriors is None for cell in cells):
        return [ChosenReading(cell.text, cell.confidence) for cell in cells]
    heard = [_score(cell) for cell in cells]
    trust = _trust([one for one in heard if one])
    return [_choose(cell, one, trust) for cell, one in zip(cells, heard, strict=True)]


def _score(cell: Cell) -> _ReadingScores | None:
    if not cell.text or cell.second is None or cell.posteriors is None:
        return None
    posteriors, ours, second = fold_width_of(cell.posteriors), fold_width(cell.text), fold_width(cell.second)
    return _ReadingScores(
        log_likelihood(posteriors, ours), log_likelihood(posteriors, second), ours == second
    )


def _trust(heard: Sequence[_ReadingScores]) -> float:
    """How many nats a layer adds to its texts: less than 0 for one that is seldom right."""
    sure = [one for one in heard if one.ours >= math.log(_SURE_SHARE)]
    right = (sum(one.same for one in sure) + 1) / (len(sure) + 2)
    return math.log(right / ((1 - right) * _SAME_ERROR_SHARE))


def _choose(cell: Cell, heard: _ReadingScores | None, trust: float) -> ChosenReading:
    if heard is None:
        if not cell.text and cell.second is not None and trust >= _TRUSTED_NATS:
            return ChosenReading(cell.second, None, "", from_layer=True)
        return ChosenReading(cell.text, _confidence(cell))
    assert cell.second is not None
    ours, second = math.exp(heard.ours), math.exp(heard.second + trust)
    if heard.same:
        return ChosenReading(cell.text, min(_MOST_SHARE, max(ours, second / (second + 1 - ours))))
    if heard.ours - heard.second > MAX_LOSS_NATS and trust < _TRUSTED_NATS:
        return ChosenReading(cell.text, ours)
    others = max(0.0, 1 - ours - math.exp(heard.second))
    sure = min(_MOST_SHARE, max(ours, second) / (ours + second + others))
    if ours >= second:
        return ChosenReading(cell.text, sure, cell.second)
    return ChosenReading(cell.second, sure, cell.text, from_layer=True)


def _confidence(cell: Cell) -> float | None:
    """The probability of the text read where width and spaces do not count; as extracted where there is no picture."""
    if cell.posteriors is None:
        return cell.confidence
    return math.exp(log_likelihood(fold_width_of(cell.posteriors), fold_width(cell.text)))
