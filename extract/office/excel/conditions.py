"""Conditional formats that make a number invisible: white, or under a format that shows nothing (ECMA-376 part 1, 18.3.1.18)."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from extract.office.excel.styles import colour_of, is_unseen
from extract.office.package import Element

_HOLDS: dict[str, Callable[[Decimal, Decimal], bool]] = {
    "equal": operator.eq, "notEqual": operator.ne, "lessThan": operator.lt, "lessThanOrEqual": operator.le,
    "greaterThan": operator.gt, "greaterThanOrEqual": operator.ge,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class HidingRule:
    """Cells whose number stands in such a relation to `limit` are not seen; `ranges` as the sheet writes them."""

    ranges: tuple[str, ...]
    relation: str
    limit: Decimal

    def hides(self, shown: str) -> bool:
        """Whether a number is hidden that a cell shows as `shown`; a text never is."""
        number = written_number(shown.replace(",", ""))
        return number is not None and _HOLDS[self.relation](number, self.limit)


def read_hiding_formats(styles: Element | None) -> frozenset[int]:
    """The numbers of the differential formats in a workbook's styles under which nothing is seen."""
    nodes = [] if styles is None else styles.findall("{*}dxfs/{*}dxf")
    return frozenset(number for number, node in enumerate(nodes) if _hides(node))


def _hides(node: Element) -> bool:
    written = node.find("{*}numFmt")
    if written is not None and not (written.get("formatCode") or "General").replace('"', "").strip("; "):
        return True
    colour = colour_of(node.find("{*}font/{*}color"))
    return colour is not None and node.find("{*}fill") is None and is_unseen(colour, (255, 255, 255))


def element_to_rules(node: Element, hiding: frozenset[int]) -> Iterator[HidingRule]:
    """The rules of a `conditionalFormatting` that compare a cell's own number with a constant, and hide it."""
    for rule in node.iterchildren("{*}cfRule"):
        relation, number = rule.get("operator", ""), rule.get("dxfId", "")
        limit = written_number(rule.findtext("{*}formula") or "")
        if rule.get("type") != "cellIs" or relation not in _HOLDS or limit is None:
            continue
        if number.isascii() and number.isdigit() and int(number) in hiding:
            yield HidingRule(tuple((node.get("sqref") or "").split()), relation, limit)


def written_number(text: str) -> Decimal | None:
    """A plain number, `None` for anything else."""
    try:
        number = Decimal(text.strip())
    except InvalidOperation:
        return None
    return number if number.is_finite() else None
