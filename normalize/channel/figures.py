"""Figures read from a picture: the most probable text that can stand in such a cell, and how sure that is.

The picture proposes readings, the other values of the row propose signs and units; the sum of both prices decides.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from models.ctc import log_likelihoods
from models.declaration import Value
from normalize.channel.decision import Decision
from normalize.channel.observation import Observation, PictureText
from normalize.channel.picture_evidence import beams, fold_width, fold_width_of
from normalize.text.cell_values import text_to_value
from normalize.text.fold import fold, is_chinese

_BEAMS = 20
"""The recogniser's most probable texts of a figure that are weighed."""
_TAKEN_FURTHER = 6
"""Of those, the first ones that are also tried with other units and signs."""
_TRUSTED_VALUE = 0.8
"""A value of the row that is at least so sure tells what the others look like."""
_MOST_LOSS_NATS = 6.0
"""A text that the picture bears worse than its best by more than this is a repair that a person must look at."""
_LEAST_GAIN_NATS = 2.0
"""A text that is better than the next one by less than this is such a repair, too."""
_WARMTH = 2.0
"""Gaps are divided by this before they become probabilities: the recogniser is surer of digits than it is right."""
_CERTAIN_NATS = 30.0
"""The margin of a figure that nothing competes with."""
_POINT_LOST_NATS = 1.4
"""The margin of a lost point is too little to be believed unless the sums agree."""
NO_NUMBER = 9.0
"""Price of a text that is no number where one must stand, in nats."""
_OTHER_SIGN_NATS = 2.0
"""Price of a sign that no other value of the row has."""
_OTHER_NUMBER_NATS = 1.5
"""Price of a number that no other value of the row has."""
_OTHER_UNIT_NATS: dict[str | None, float] = {"%": 1.5, None: 3.0}
"""Price of a unit that no other value of the row has, where it is per cent, which is common everywhere, or none."""
_RARE_UNIT_NATS = 5.0
"""Price of any other unit that no other value of the row has."""
_UNIT_LOST_NATS = 3.0
"""Price, on top, of no unit where the other values have one."""
_BROKEN_RATE_NATS = 14.0
"""Price of a number followed by rings and loops only: dearer than what a picture loses by % there, 4 to 12 nats on copies
in which signs break up."""
_UNIT_BEGINS = re.compile(r"(?<=\d)\s?(?=[\"“”'°º])|(?<=\d)\s?(?=\D*$)")
_NO_UNIT = re.compile(r"[oO\"“”'°](?![CF])|.*[^\x00-\x7f\u3000-\u9fff\uff00-\uffef℃°²³μ‰“”’]")
"""How a % is read whose strokes a copier lost: it begins with a ring or a tick, or holds letters that no unit has."""
_GAP = re.compile(r"(-?\d+) (\d\d%?)")
_TO_LAST_DIGIT = re.compile(r".*\d")
_MARKS = re.compile(r"[^0-9A-Za-z\u3040-\u9fff]")
_PER_MILLE = re.compile(r"(?<=\d)%[0oO。°]$")
"""How ‰ is read: the recogniser knows the sign and never writes it."""
_NUMBER = re.compile(r"[-+]?\d[\d,]*(?:\.\d+)?")
_SPECKS_BEHIND = re.compile(r"(?<=[^\d\s])[.,;:·、。，；：]+$")
"""Marks behind a unit say nothing of the figure; behind a digit they may be all that is left of a decimal."""
_DEGREES = re.compile(r"(?<=\d)[°º]$")
"""A lone ring is the sign of an angle as well as the rest of a %."""

FigurePrice = Callable[[str], float]
"""−ln P(such a text stands in this cell), up to a constant."""
FigureVariants = Callable[[str], Iterable[str]]
"""What else a text could be, for the picture to be asked."""


@lru_cache(maxsize=16384)
def is_broken_rate(text: str) -> bool:
    """Whether what follows a number can only be what is left of a %.

    >>> is_broken_rate("≥92oo"), is_broken_rate("98ºa"), is_broken_rate("90°C"), is_broken_rate("12km")
    (True, True, False, False)
    """
    begins = _UNIT_BEGINS.search(text)
    rest = text[begins.end() :] if begins else ""
    return "%" not in rest and not any(map(is_chinese, rest)) and _NO_UNIT.match(rest) is not None


def no_variants(text: str) -> Iterable[str]:
    return ()


@dataclass(frozen=True, slots=True)
class Kin:
    """The other values of a row: what a value in it looks like."""

    units: frozenset[str | None]
    signs: frozenset[str]
    numbers: frozenset[Decimal]

    def price(self, text: str) -> float:
        """How unusual `text` is among them."""
        value = text_to_value(text)
        if is_broken_rate(text):
            return _BROKEN_RATE_NATS
        if value.number is None:
            return NO_NUMBER
        price = 0.0 if value.unit in self.units else _OTHER_UNIT_NATS.get(value.unit, _RARE_UNIT_NATS)
        if value.unit is None:  # nothing needs no unit; other figures have that of their row
            price = 0.0 if value.number == 0 else price + _UNIT_LOST_NATS * bool(self.units - {None})
        price += _OTHER_SIGN_NATS * (_sign(text, value) not in self.signs | {""})
        return price + _OTHER_NUMBER_NATS * (bool(self.numbers) and value.number not in self.numbers)

    def variants(self, text: str) -> Iterator[str]:
        """`text` with a unit or sign of its kin in the place of what may be one misread."""
        found = _NUMBER.search(text)
        if found is None:
            return
        numbers = {found.group(), found.group()[:-1].rstrip(".,"), found.group()[1:].lstrip(".,")} - {""}
        for number in sorted(numbers):
            for unit in sorted({unit or "" for unit in self.units} | {"%"}):
                for sign in sorted(self.signs | {""}):
                    yield f"{sign}{number}{unit}"


def _sign(text: str, value: Value) -> str:
    """Comparator and minus as printed."""
    printed = text[: 1 if value.comparator and not text[:1].isdigit() else 0]
    return printed + ("-" if value.number is not None and value.number.is_signed() else "")


def texts_to_kin(texts: Iterable[tuple[str, float]]) -> Kin:
    """What the other values of a row have in common: texts as read, and how sure each is.

    Doubtful ones count only for a unit, which is not invented by a misreading. A last ring beside more clear % than rings is
    a speck.
    """
    texts = [(text, sure) for text, sure in texts if not is_broken_rate(text)]
    specked = sum(_PER_MILLE.search(text) is not None for text, _ in texts)
    cents = sum(text.endswith("%") for text, _ in texts)
    meant = "%" if cents > specked else "‰"
    texts = [(_PER_MILLE.sub(meant, text), sure) for text, sure in texts]
    read = [(text, value, sure) for text, sure in texts if (value := text_to_value(text)).number is not None]
    values = [(text, value) for text, value, sure in read if sure >= _TRUSTED_VALUE or value.unit]
    return Kin(
        frozenset(value.unit for _, value in values),
        frozenset(_sign(text, value) for text, value in values),
        frozenset(value.number for _, value in values if value.number is not None),
    )


def read_figure(cell: Observation, price: FigurePrice, variants: FigureVariants = no_variants) -> Decision:
    """What the figure in `cell` says. Without a picture what was read stands: no text tells one digit from another."""
    if not isinstance(cell, PictureText) or not cell.text:
        return Decision(cell.text, "kept", _CERTAIN_NATS, None, False)
    if _PER_MILLE.search(cell.text):
        return _per_mille(cell.text, price)
    losses = _losses(cell, variants)
    ranked = sorted((loss + price(text), text) for text, loss in losses.items())
    (cost, best), *rest = ranked
    rest = [(other, text) for other, text in rest if _bare(text) != _bare(best)]
    margin = (rest[0][0] - cost) / _WARMTH if rest else _CERTAIN_NATS
    broken = is_broken_rate(cell.text)
    if broken and not best.endswith("%"):
        return _broken_rate(cell.text, best, price)
    if best == cell.text:
        return Decision(best, "kept", margin, rest[0][1] if rest else None, False)
    priced = price(cell.text)
    if priced < NO_NUMBER and losses[cell.text] + priced - cost < _LEAST_GAIN_NATS:
        return Decision(cell.text, "kept", 0.0, best, True)
    doubt = (
        margin < _LEAST_GAIN_NATS / _WARMTH
        or losses[best] > _MOST_LOSS_NATS
        or _is_rewritten(cell.text, best)
        or (broken and price(best) > 0)
    )
    return Decision(best, "digit", margin, cell.text, doubt)


def lost_point(raw: str) -> Decision | None:
    """The amount or share with a point where its picture shows a gap before two last digits; `None` without one.

    A copier loses points, and nobody prints a gap there; that it is so the sums must confirm, or a person.
    """
    found = _GAP.fullmatch(raw.strip())
    return Decision(f"{found[1]}.{found[2]}", "digit", _POINT_LOST_NATS, raw, False) if found else None


def _is_rewritten(seen: str, best: str) -> bool:
    """Whether something beside marks came, went or was no digit up to the last one: a pen or a seal may hide another."""
    was, now = _to_last_digit(seen), _to_last_digit(best)
    return not was.startswith(now) and (len(was) != len(now) or not was.isdigit())


def _to_last_digit(text: str) -> str:
    reach = _TO_LAST_DIGIT.match(text)
    return _MARKS.sub("", reach.group()) if reach else ""


def _bare(text: str) -> str:
    return _SPECKS_BEHIND.sub("", text)


def _broken_rate(text: str, best: str, price: FigurePrice) -> Decision:
    """The rate whose % broke up beyond what its picture bears: nothing else can stand there, but a person must look."""
    begins = _UNIT_BEGINS.search(text)
    rate = f"{text[: begins.end()]}%" if begins else best
    most = _OTHER_NUMBER_NATS if _DEGREES.search(text) else NO_NUMBER - 1
    if price(rate) > most:
        return Decision(text, "kept", 0.0, best, True)
    return Decision(rate, "digit", 0.0, text, True)


def _per_mille(text: str, price: FigurePrice) -> Decision:
    """‰, or % beside a speck: the row's other values say which; a person must look unless they all say %."""
    cents, mills = _PER_MILLE.sub("%", text), _PER_MILLE.sub("‰", text)
    margin = price(mills) - price(cents)
    if margin < _RARE_UNIT_NATS:
        return Decision(cents if margin > 0 else mills, "digit", 0.0, text, True)
    return Decision(cents, "digit", margin, text, False)


def _losses(cell: PictureText, variants: FigureVariants) -> dict[str, float]:
    """Each possible text, folded, and how much worse than the best the picture bears it."""
    posteriors = fold_width_of(cell.posteriors)
    likely = beams(posteriors, _BEAMS)
    found = dict(likely)
    seen = fold_width(cell.text)
    asked = {fold_width(v) for text, _ in likely[:_TAKEN_FURTHER] for v in variants(fold(text))} | {seen}
    fresh = sorted(asked - found.keys())
    found.update(zip(fresh, log_likelihoods(posteriors, fresh).tolist() if fresh else (), strict=True))
    top = max(found.values())
    losses: dict[str, float] = {}
    for text, log in found.items():
        folded = fold(text)
        losses[folded] = min(losses.get(folded, math.inf), top - log)
    losses[cell.text] = min(losses.get(fold(seen), math.inf), losses.get(cell.text, math.inf))
    return losses


def confidence(cell: Observation, decision: Decision) -> float | None:
    """How sure a decision about a figure is; `None` where no picture was asked."""
    return decision.confidence if isinstance(cell, PictureText) else None
