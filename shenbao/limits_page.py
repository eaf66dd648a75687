"""Every limit with its reason, as the table of `docs/security.md`: made from the code that keeps them."""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Iterator
from dataclasses import fields
from typing import Any

from extract.files.limits import UNFOLDING, Limits
from extract.ofd.limits import OFD_LIMITS
from extract.pdf.drawing.limits import PDF_LIMITS
from shenbao.bounded.limits import RUN_LIMITS

_TABLES: dict[str, Any] = {
    "The process that reads a file": RUN_LIMITS,
    "The file, and the archive that it may be": Limits(),
    "What text, Word and Excel unfold to": UNFOLDING,
    "What a PDF unfolds to": PDF_LIMITS,
    "What an OFD file unfolds to": OFD_LIMITS,
}
_UNITS = {"bytes": ((2**30, "GB"), (2**20, "MB"), (2**10, "kB")), "_mb": ((1, "MB"),), "_s": ((1, "s"),)}


def limits_to_markdown() -> str:
    """A table for each place where limits are kept: name, value, reason."""
    lines: list[str] = []
    for title, limits in _TABLES.items():
        lines += [f"### {title}", "", "| limit | value | why |", "|---|---|---|"]
        lines += [f"| `{name}` | {value} | {reason} |" for name, value, reason in _rows(limits)]
        lines.append("")
    return "\n".join(lines)


def _rows(limits: Any) -> Iterator[tuple[str, str, str]]:
    reasons = _reasons(type(limits))
    for field in fields(limits):
        yield field.name, _shown(field.name, getattr(limits, field.name)), reasons[field.name]


def _reasons(noun: type[Any]) -> dict[str, str]:
    """The sentence under each field; raises `KeyError` in `_rows` for a limit without a reason."""
    (made,) = ast.parse(textwrap.dedent(inspect.getsource(noun))).body
    assert isinstance(made, ast.ClassDef)
    found = {}
    for field, following in zip(made.body, made.body[1:], strict=False):
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name):
            match following:
                case ast.Expr(value=ast.Constant(value=str(reason))):
                    found[field.target.id] = " ".join(reason.split())
    return found


def _shown(name: str, value: float) -> str:
    """
    >>> _shown("part_bytes", 64 * 2**20), _shown("timeout_s", 900), _shown("cells", 500_000)
    ('64 MB', '900 s', '500,000')
    """
    for ending, units in _UNITS.items():
        if name.endswith(ending):
            for size, unit in units:
                if value >= size and value % size == 0:
                    return f"{value // size:,} {unit}"
    return f"{value:,.0f}"
