"""Texts and amounts of a truth and a result as they are compared: without what does not count.

Width, spaces, numbering, kinds of quotation marks, ``；`` and ``。`` do not count.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from decimal import Decimal, InvalidOperation
from typing import Any

RADICALS = str.maketrans(
    "⻓⻔⻋⻅⻢⻝⻜⻛⻚⻉⺠⻄⻆⻘⻩⻬⻮⻰⻳⼾", "长门车见马食飞风页贝民西角青黄齐齿龙龟户"
)
SAME = str.maketrans(
    {
        "≧": "≥",
        "⩾": "≥",
        "“": '"',
        "”": '"',
        "‘": "'",
        "’": "'",
        "．": ".",
        ";": None,
        "；": None,
        "。": None,
        ",": "，",
        "(": "（",
        ")": "）",
        ":": "：",
    }
)
NUMBERING = re.compile(r"^\d{1,2}[、.](?=\D)")


def fold(value: Any) -> str:
    """A text without what does not count; a ``Value`` by its text; nothing as the empty text.

    >>> fold("1、建成“15分钟”圈；"), fold({"text": "≥800 件/年"}), fold(None)
    ('建成"15分钟"圈', '≥800件/年', '')
    """
    if isinstance(value, dict):
        value = value.get("text")
    if value is None:
        return ""
    text = unicodedata.normalize("NFKC", str(value).translate(RADICALS))
    return NUMBERING.sub("", "".join(text.split()).translate(SAME))


def fold_amount(value: Any) -> str:
    """An amount to four decimals, however it is printed; a history entry by its amount."""
    if isinstance(value, dict):
        value = value.get("amount")
    if value in (None, ""):
        return ""
    try:
        return f"{Decimal(str(value).rstrip('%').replace(',', '').replace('，', '')):.4f}"
    except InvalidOperation:
        return fold(value)


def fold_share(value: Any) -> str:
    """A share in percent: 0.7612, 76.12 and 76.12% are one; a bare number up to 1 is a fraction."""
    if isinstance(value, dict):
        value = value.get("text") or value.get("number")
    if value in (None, ""):
        return ""
    text = str(value)
    try:
        share = Decimal(text.rstrip("%"))
    except InvalidOperation:
        return fold(value)
    fraction = not text.endswith("%") and abs(share) <= Decimal("1.0001")
    return f"{share * 100 if fraction else share:.2f}"


def similarity(one: str, other: str) -> float:
    """How alike two folded texts are, from 0 to 1."""
    if not one and not other:
        return 1.0
    return difflib.SequenceMatcher(None, one, other, autojunk=False).ratio()
