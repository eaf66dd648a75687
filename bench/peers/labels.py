"""Texts as they are compared: labels without anything but letters, fillers as nothing."""

from __future__ import annotations

import re
import unicodedata

RADICALS = str.maketrans(
    "⻓⻔⻋⻅⻢⻝⻜⻛⻚⻉⺠⻄⻆⻘⻩⻬⻮⻰⻳⼾", "长门车见马食飞风页贝民西角青黄齐齿龙龟户"
)
FILLER = re.compile(r"[.．。…·]+")


def letters(text: str) -> str:
    """A text without blanks, its radicals and wide forms as ordinary characters.

    >>> letters("填报⽇期： 2025年")
    '填报日期:2025年'
    """
    return "".join(unicodedata.normalize("NFKC", text.translate(RADICALS)).split())


def label(text: str) -> str:
    """A text as labels are looked up: letters only, a run of digits as #.

    >>> label("长期目标：（截止 2030年）")
    '长期目标截止#年'
    """
    return re.sub(r"\d+", "#", re.sub(r"[\W_]+", "", letters(text)))


def text_of(text: str) -> str | None:
    """The text of a cell as a value: no blanks, `None` for nothing and for a row of dots."""
    flat = "".join(text.split())
    return None if not flat or FILLER.fullmatch(flat) else flat
