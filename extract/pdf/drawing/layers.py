"""Which optional content viewers hide (ISO 32000-1, 8.11)."""

from __future__ import annotations

from collections.abc import Mapping

from pdfminer.pdftypes import PDFObjRef, resolve1
from pdfminer.psparser import literal_name

from extract.pdf.drawing.limits import PDF_LIMITS


def is_layer_off(layer: object, layers_off: frozenset[int]) -> bool:
    """Whether optional content is hidden: a layer that is off, or a group of layers none of which is on."""
    if isinstance(layer, PDFObjRef) and layer.objid in layers_off:
        return True
    group = resolve1(layer)
    if isinstance(group, dict) and isinstance(resolve1(group.get("VE")), list):
        return not _is_true(group["VE"], layers_off)
    if not isinstance(group, dict) or "OCGs" not in group:
        return False
    members = resolve1(group["OCGs"])
    off = [
        isinstance(one, PDFObjRef) and one.objid in layers_off
        for one in (members if isinstance(members, list) else [group["OCGs"]])
    ]
    policy = literal_name(resolve1(group.get("P"))) if "P" in group else "AnyOn"
    hidden: Mapping[str, bool] = {
        "AllOn": any(off),
        "AnyOff": not any(off),
        "AllOff": not all(off),
    }
    return bool(off) and hidden.get(policy, all(off))


def _is_true(
    expression: object, layers_off: frozenset[int], known: dict[int, bool] | None = None, depth: int = 0
) -> bool:
    """What an expression of layers says (ISO 32000-1, 8.11.2.2): a layer that is on is true.

    Each object is asked once: `known` is what is known of them; one that asks for itself, or lies deeper than forms do, counts
    as on.
    """
    known = {} if known is None else known
    number = expression.objid if isinstance(expression, PDFObjRef) else None
    if number in known:
        return known[number]
    if number is not None:
        known[number] = number not in layers_off
    found = resolve1(expression)
    if not isinstance(found, list) or not found or depth > PDF_LIMITS.form_depth:
        return number not in layers_off
    terms = (_is_true(term, layers_off, known, depth + 1) for term in found[1:])
    operator = literal_name(resolve1(found[0]))
    said = not all(terms) if operator == "Not" else all(terms) if operator == "And" else any(terms)
    if number is not None:
        known[number] = said
    return said
