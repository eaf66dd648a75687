"""The money units that forms are in."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

YUAN: Mapping[str, Decimal] = {
    "元": Decimal(1),
    "千元": Decimal(1000),
    "万元": Decimal(10_000),
    "亿元": Decimal(100_000_000),
}
"""Yuan of each money unit."""


def in_yuan(amount: Decimal | None, unit: str | None) -> Decimal | None:
    """The amount in yuan; `None` where it is blank or its unit is not known.

    >>> in_yuan(Decimal("1.5"), "万元"), in_yuan(Decimal(1), None)
    (Decimal('15000.0'), None)
    """
    return None if amount is None or unit is None or unit not in YUAN else amount * YUAN[unit]
