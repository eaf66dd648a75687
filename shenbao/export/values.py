"""A value as every format can hold it: typed by its column, without characters that one of them refuses."""

from __future__ import annotations

import re
from datetime import date
from decimal import Context, Decimal, DecimalException, Inexact, InvalidOperation

from shenbao.export.columns import DECIMAL_PRECISION, DECIMAL_SCALE, OutputColumn, OutputKind
from shenbao.text_gate import storable

_EXACT = Context(prec=DECIMAL_PRECISION, traps=[Inexact, InvalidOperation])
_STEP = Decimal(1).scaleb(-DECIMAL_SCALE)
_PLAIN_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?%?")
_FORMULA = re.compile(r"'|[\s\u200b\ufeff]*[=+\-@＝＋－＠\t\r\n]")


class UnfitError(ValueError):
    """A value that a table cannot hold without changing it; the message names the column."""


def typed(column: OutputColumn, value: object) -> object:
    """The value as its column declares it; blank text is `None`, characters that no format stores become U+FFFD.

    Raises `UnfitError` rather than round, cut or guess.
    """
    if value is None or value == "":
        return None
    try:
        return _typed(column, value)
    except (ValueError, DecimalException) as error:
        raise UnfitError(f"{column.name}: {str(value)[:60]!r} does not fit ({column.kind.value})") from error


def _typed(column: OutputColumn, value: object) -> object:
    kind = column.kind
    if kind is OutputKind.TEXT:
        return storable(str(value))
    if kind is OutputKind.DECIMAL:
        return _fitting(value if isinstance(value, Decimal) else Decimal(str(value)))
    if kind is OutputKind.DATE:
        return value if isinstance(value, date) else date.fromisoformat(str(value))
    if kind is OutputKind.CATEGORY and value not in column.labels:
        raise ValueError
    if kind is OutputKind.INTEGER and not (isinstance(value, int) and abs(value) < 2**63):
        raise ValueError
    return value


def _fitting(number: Decimal) -> Decimal:
    """The number with its printed digits, if it fits the declared precision and scale exactly."""
    exact = number.quantize(_STEP, context=_EXACT)
    if not exact.is_finite():
        raise ValueError
    exponent = number.as_tuple().exponent
    return exact if isinstance(exponent, int) and not -DECIMAL_SCALE <= exponent <= 0 else number


def cell(value: object) -> str:
    """A value as a CSV file may show it: blank for `None`, and no text that a spreadsheet would calculate.

    The rule is OWASP's for CSV injection; plain numbers and percentages stay as they are. A text that begins with an
    apostrophe gets another, so that `cell_to_text` gives every text back.

    >>> cell(None), cell(True), cell("-0.5%"), cell("=1+1"), cell("无")
    ('', 'true', '-0.5%', "'=1+1", '无')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    text = format(value, "f") if isinstance(value, Decimal) else str(value)
    return f"'{text}" if _FORMULA.match(text) and not _PLAIN_NUMBER.fullmatch(text) else text


def cell_to_text(text: str) -> str | None:
    """What `cell` made of a text, undone.

    >>> cell_to_text("'=1+1"), cell_to_text("-0.5%"), cell_to_text("")
    ('=1+1', '-0.5%', None)
    """
    guarded = text[:1] == "'" and _FORMULA.match(text[1:])
    return (text[1:] if guarded else text) or None
