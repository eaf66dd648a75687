"""Signs that parsers write as formulas (`$\\geq 95 \\%$`) → the characters that stand on the paper."""

from __future__ import annotations

import re

_FORMULA = re.compile(r"\$([^$\n]{1,200})\$|\\\(([^\n]{1,200}?)\\\)")
_SIGNS = {
    "geqslant": "≥", "geqq": "≥", "geq": "≥", "ge": "≥", "leqslant": "≤", "leqq": "≤", "leq": "≤", "le": "≤",
    "times": "×", "div": "÷", "pm": "±", "sim": "~", "gt": ">", "lt": "<", "circ": "°", "cdot": "·",
    "uparrow": "↑", "downarrow": "↓", "rightarrow": "→", "quad": " ", "ldots": "…", "cdots": "…", "checkmark": "√",
    "mathbb": "", "mathrm": "", "mathbf": "", "mathsf": "", "text": "", "textcircled": "", "displaystyle": "",
}  # fmt: skip
"""The commands that recognisers of formulas make of signs and of upright letters."""
_COMMAND = re.compile(r"\\([A-Za-z]+)\s*")
_ESCAPED = re.compile(r"\\([%#&_$ {},;!])")
_POWERS = {"2": "²", "3": "³"}
_POWER = re.compile(r"\^\s*\{?\s*([23])\s*\}?")


def without_formulas(text: str) -> str:
    """A text whose formulas are the characters that they show; one that is a real formula stays as it was.

    >>> without_formulas("$\\\\geq 9 5 . 5 \\\\%$")
    '≥95.5%'
    """
    if "$" not in text and "\\(" not in text:
        return text
    return _FORMULA.sub(lambda found: _plain(found[1] or found[2]) or found[0], text)


def _plain(formula: str) -> str | None:
    unknown = [name for name in _COMMAND.findall(formula) if name not in _SIGNS]
    if unknown:
        return None
    plain = _COMMAND.sub(lambda found: _SIGNS[found[1]], formula)
    plain = _ESCAPED.sub(lambda found: found[1].strip(" ,;!"), plain)
    plain = _POWER.sub(lambda found: _POWERS[found[1]], plain)
    plain = plain.replace("{", "").replace("}", "").replace(" ", "")
    return None if "\\" in plain or "^" in plain or "_" in plain else plain
