"""Raised digits: the power or the unit they belong to, or a footnote's mark that belongs to nothing."""

from __future__ import annotations

import re

_RAISED = str.maketrans("0123456789+-−()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁽⁾ⁿ")
_POWER = re.compile(r"[-+−]?[0-9n]{1,3}")
_MARK = re.compile(r"[\[(（〔]?(?:注?[0-9]{1,2}|[*＊†‡①-⑳]{1,3}|注)[\])）〕]?")
_BASE = re.compile(r"(?:(?<![0-9.])10|[A-Za-z\u3380-\u33df)）])$")
"""What stands before an exponent: ten, a unit in letters, a bracket."""
_WHOLE_NUMBER = re.compile(r"(?:^|[^0-9.,，])[0-9]{1,3}$")
"""What may be either: 35² is a power to one and a marked 35 to another."""


def raised_to_text(before: str, raised: str) -> str:
    """What raised characters after `before` add to the text: an exponent as such, nothing for a footnote's mark.

    After a short whole number nobody can tell; the exponent stays, so that the number is not taken as it is.

    >>> [raised_to_text(*parts) for parts in (("10", "4"), ("402.87", "2"), ("30km", "2"), ("35", "2"), ("a", "th"))]
    ['⁴', '', '²', '²', 'th']
    """
    bare = raised.strip()
    if not _MARK.fullmatch(bare) and not _POWER.fullmatch(bare):
        return raised
    if _POWER.fullmatch(bare) and (_BASE.search(before.rstrip()) or _WHOLE_NUMBER.search(before.rstrip())):
        return bare.translate(_RAISED)
    return ""
