"""Numbers of zero or more under General and under places of digits: `#,##0.00`, `0!.0000`, `# ?/?`, `0.0E+0`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction

from extract.office.formats.codes import Token

_GENERAL_DIGITS = 11
"""General shows at most this many characters, the point included."""
_GENERAL_DECIMALS = 9
"""And at most this many digits after the point."""
_EXACT = Context(prec=400, rounding=ROUND_HALF_UP)
_LARGEST_POWER = 300
"""Excel's numbers end at 1E+308; a format that scales beyond it is shown as General."""


def number_to_general(number: Decimal) -> str:
    """At most eleven characters, the point included; six digits and a power of ten where that is too few."""
    if number == 0:
        return "0"
    power = number.adjusted()
    if power >= _GENERAL_DIGITS or (
        power < -4 and -int(number.normalize().as_tuple().exponent) > _GENERAL_DECIMALS
    ):
        mantissa, _, exponent = f"{number:.5E}".partition("E")
        return f"{mantissa.rstrip('0').rstrip('.')}E{int(exponent):+03}"
    decimals = max(0, _GENERAL_DECIMALS - max(power, 0))
    return _plain(_rounded(number, decimals).normalize(_EXACT))


def number_to_places(number: Decimal, tokens: Sequence[Token]) -> str:
    """A number under the places of digits among `tokens`, with the text between them."""
    if any(token.sort == "slash" for token in tokens):
        shown = _fraction(number, tokens)
        if shown is not None:
            return shown
    if any(token.sort == "exponent" for token in tokens):
        return _scientific(number, tokens)
    return _decimal(number, tokens)


@dataclass(slots=True)
class _Places:
    """The places of digits before and after the point, where they stand among the tokens, and what commas say."""

    whole: list[tuple[int, str]]
    fraction: list[tuple[int, str]]
    grouped: bool
    thousands: int


def _places(tokens: Sequence[Token]) -> _Places:
    """The first point parts whole places from decimals; commas after the last place scale, those amid group."""
    places = _Places([], [], False, 0)
    pointed = False
    for at, token in enumerate(tokens):
        if token.sort == "point":
            pointed = True
        elif token.sort == "digits":
            core = token.text.rstrip(",")
            later = any(t.sort == "digits" for t in tokens[at + 1 :] if t.sort != "point")
            side = places.fraction if pointed else places.whole
            side += [(at, place) for place in core if place != ","]
            places.grouped |= not pointed and ("," in core or (core != token.text and _goes_on(tokens, at)))
            places.thousands += (
                0 if not pointed and later and _goes_on(tokens, at) else len(token.text) - len(core)
            )
    return places


def _goes_on(tokens: Sequence[Token], at: int) -> bool:
    """Whether more whole places follow the one at `at`."""
    for token in tokens[at + 1 :]:
        if token.sort in ("point", "digits"):
            return token.sort == "digits"
    return False


def _decimal(number: Decimal, tokens: Sequence[Token]) -> str:
    places = _places(tokens)
    if not places.whole and not places.fraction:
        return "".join(token.text for token in tokens)
    if abs(number.adjusted()) > _LARGEST_POWER:
        return number_to_general(number)
    rounded = _rounded(number.scaleb(-3 * places.thousands, _EXACT), len(places.fraction))
    head, _, tail = f"{rounded:f}".partition(".")
    head = head.lstrip("0")
    shown = _whole_digits(head, places) | _fraction_digits(tail, places)
    if not places.whole:
        point = next(n for n, token in enumerate(tokens) if token.sort == "point")
        tokens = [*tokens[:point], Token("text", head), *tokens[point:]]
        shown = {at + 1: text for at, text in shown.items()}
    return "".join(_pieces(tokens, shown))


def _pieces(tokens: Sequence[Token], shown: dict[int, str]) -> Iterator[str]:
    for at, token in enumerate(tokens):
        if token.sort == "digits":
            yield shown.get(at, "")
        elif token.sort in ("text", "percent", "point", "slash"):
            yield token.text


def _whole_digits(digits: str, places: _Places) -> dict[int, str]:
    """Digits set into their places from the right; the first place takes all that are left."""
    shown: dict[int, str] = {}
    count = 0
    for n, (at, place) in reversed(list(enumerate(places.whole))):
        taken, digits = (digits, "") if n == 0 else (digits[-1:], digits[:-1])
        for digit in reversed(taken or {"0": "0", "?": " "}.get(place, "")):
            comma = "," if places.grouped and count and count % 3 == 0 and digit != " " else ""
            shown[at] = digit + comma + shown.get(at, "")
            count += 1
    return shown


def _fraction_digits(digits: str, places: _Places) -> dict[int, str]:
    shown: dict[int, str] = {}
    kept = len(digits.rstrip("0"))
    for n, (at, place) in enumerate(places.fraction):
        needed = n < kept or any(p == "0" for _, p in places.fraction[n:])
        shown[at] = shown.get(at, "") + (digits[n] if needed else " " if place == "?" else "")
    return shown


def _scientific(number: Decimal, tokens: Sequence[Token]) -> str:
    """A mantissa of as many whole digits as there are places, and a power of ten that is a multiple of their number."""
    at = next(n for n, token in enumerate(tokens) if token.sort == "exponent")
    mantissa, power = tokens[:at], tokens[at + 1 :]
    places = _places(mantissa)
    step = max(1, len(places.whole))
    exponent = number.adjusted() // step * step if number else 0
    value = _rounded(number.scaleb(-exponent, _EXACT), len(places.fraction))
    if value >= 10**step:
        exponent += step
        value = _rounded(number.scaleb(-exponent, _EXACT), len(places.fraction))
    sign = "-" if exponent < 0 else "+" if tokens[at].text.endswith("+") else ""
    return f"{_decimal(value, mantissa)}E{sign}{_decimal(Decimal(abs(exponent)), power)}"


def _fraction(number: Decimal, tokens: Sequence[Token]) -> str | None:
    """A number as a fraction, `None` where the slash parts no places: `0/"件"`."""
    slash = next(n for n, token in enumerate(tokens) if token.sort == "slash")
    above = next((n for n in range(slash - 1, -1, -1) if tokens[n].sort == "digits"), None)
    below = next((n for n in range(slash + 1, len(tokens)) if tokens[n].sort == "digits"), None)
    fixed = _fixed_denominator(tokens[slash + 1 :])
    if above is None or (below is None and not fixed) or number.adjusted() > 15:
        return None
    whole = next((n for n in range(above - 1, -1, -1) if tokens[n].sort == "digits"), None)
    value = Fraction(number)
    most = 10 ** min(7, len(tokens[below].text)) - 1 if below is not None else 0
    part = value % 1 if whole is not None else value
    denominator = fixed or part.limit_denominator(most).denominator
    numerator = int(part * denominator + Fraction(1, 2))
    units = int(value)
    if whole is not None and numerator == denominator:
        units, numerator = units + 1, 0
    return _fraction_text(tokens, whole, above, (units, numerator, denominator))


def _fixed_denominator(tokens: Sequence[Token]) -> int:
    """The number that is written below the slash, 0 where there are places for one: its zeros have their shape.

    >>> _fixed_denominator((Token("text", "1"), Token("digits", "00")))
    100
    """
    below = "".join(token.text for token in tokens if token.sort in ("text", "digits")).strip()
    return int(below) if below.isdecimal() and below.strip("0") else 0


def _fraction_text(
    tokens: Sequence[Token], whole: int | None, above: int, parts: tuple[int, int, int]
) -> str:
    """The tokens before the fraction, the units where they have a place, and the fraction where it is not zero."""
    units, numerator, denominator = parts
    before = "".join(
        token.text for token in tokens[: above if whole is None else whole] if token.sort == "text"
    )
    if whole is None:
        return f"{before}{numerator}/{denominator}"
    shown = _decimal(Decimal(units), [tokens[whole]]) if units or "0" in tokens[whole].text else ""
    if not numerator:
        return before + (shown or "0")
    between = "".join(token.text for token in tokens[whole + 1 : above] if token.sort == "text")
    return f"{before}{shown}{between if shown else ''}{numerator}/{denominator}"


def _rounded(number: Decimal, decimals: int) -> Decimal:
    return number.quantize(Decimal(1).scaleb(-decimals), context=_EXACT)


def _plain(number: Decimal) -> str:
    return f"{number:f}"
