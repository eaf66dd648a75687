"""Conditional formats that make a number invisible: white, or under a format that shows nothing (ECMA-376 part 1, 18.3.1.18)."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from extract.office.excel.styles import colour_of, is_unseen
from extract.office.package import Element

_HOLDS: dict[str, Callable[[Decimal, Decimal], bool]] = {
    "equal": operator.eq, "notEqual": operator.ne, "lessThan": operator.lt, "lessThanOrEqual": operator.le,
    "greaterThan": operator.gt, "greaterThanOrEqual": operator.ge, "any": lambda number, limit: True,
}  # fmt: skip
_SIGNS = {
    "=": "equal", "<>": "notEqual", "<": "lessThan", "<=": "lessThanOrEqual",
    ">": "greaterThan", ">=": "greaterThanOrEqual",
}  # fmt: skip
_COMPARISON = re.compile(r"\s*(\$?[A-Z]{1,3}\$?[0-9]{1,7})\s*(=|<>|<=|>=|<|>)\s*(\S+)\s*")


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
    fill = node.find("{*}fill")
    if fill is None:
        return is_unseen(colour, (255, 255, 255))
    ground = colour_of(fill.find("{*}patternFill/{*}bgColor"))  # what a conditional format fills with
    return ground is not None and is_unseen(colour, ground)


def element_to_rules(node: Element, hiding: frozenset[int]) -> Iterator[HidingRule]:
    """The rules of a `conditionalFormatting` that hide a number, or that compare a cell's own with a constant and hide it."""
    ranges = tuple((node.get("sqref") or "").split())
    for rule in node.iterchildren("{*}cfRule"):
        number = rule.get("dxfId", "")
        if any(rule.find(f"{{*}}{name}[@showValue='0']") is not None for name in ("iconSet", "dataBar")):
            yield HidingRule(ranges, "any", Decimal(0))
        elif number.isascii() and number.isdigit() and int(number) in hiding:
            relation, written = _comparison(rule, ranges)
            limit = written_number(written)
            if relation in _HOLDS and limit is not None:
                yield HidingRule(ranges, relation, limit)


def _comparison(rule: Element, ranges: Sequence[str]) -> tuple[str, str]:
    """How a rule compares a cell's own number, and with what: also `=K8=0` for the cells from K8 on."""
    formula = rule.findtext("{*}formula") or ""
    if rule.get("type") == "cellIs":
        return rule.get("operator", ""), formula
    found = _COMPARISON.fullmatch(formula) if rule.get("type") == "expression" else None
    if found is None or [found[1].replace("$", "")] != [part.partition(":")[0] for part in ranges]:
        return "", ""
    return _SIGNS[found[2]], found[3]


def written_number(text: str) -> Decimal | None:
    """A plain number, `None` for anything else."""
    try:
        number = Decimal(text.strip())
    except InvalidOperation:
        return None
    return number if number.is_finite() else None
