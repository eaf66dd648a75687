"""What a field of the budget system takes: how long a text may be (review rule B9) and what it may not hold (B5, B6).

The checks of a declaration and those of the load workbook both ask here. Names and lengths are those of the indicator
management of the integrated budget system (预算管理一体化).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

FIELD_BYTES: Mapping[str, int] = {
    "MOF_DIV_CODE": 9,
    "MOF_DIV_NAME": 360,
    "FISCAL_YEAR": 4,
    "ENDYEAR": 4,
    "FUNCTION": 4000,
    "KPI_DEP_ID": 38,
    "GOALNAME": 100,
    "KPI_TARGET": 2000,
    "KPI_CONTENT": 2000,
    "KPI_EVALSTD": 2000,
    "KPI_REMARK": 2000,
    "LV3_PERF_IND_NAME": 360,
    "INDEXVAL": 1000,
    "QNINDEXVAL": 1000,
    "SNINDEXVAL": 1000,
    "METERUNIT": 200,
    "INDEXSTANDARDS": 2000,
}
"""The most bytes that the budget system stores in a field."""
KPI_VAL_BYTES = 60
"""The most bytes of the ministry's own field for a target; the system's page takes `INDEXVAL`."""
_REFUSED = re.compile(r"[*_-]|\s")
_NULL = re.compile(r"\s*null\s*", re.IGNORECASE)
_SPACE = re.compile(r"\s")


def byte_length(text: str) -> int:
    """Bytes as the budget system counts them: two for every character beyond ASCII.

    >>> byte_length("GDP 增长率")
    10
    """
    return 2 * len(text) - len(text.encode("ascii", "ignore"))


def excess_bytes(field: str, text: str) -> int | None:
    """The length of `text` in bytes where `field` stores fewer; `None` where it fits or the field has no limit."""
    size = byte_length(text)
    return size if size > FIELD_BYTES.get(field, size) else None


def refused_part(text: str) -> str | None:
    """What the budget system refuses in a qualitative value: a sign, a space, or the word null alone.

    >>> refused_part("GDP growth stable"), refused_part("NULL"), refused_part("群众满意")
    (' ', 'NULL', None)
    """
    found = _NULL.fullmatch(text) or _REFUSED.search(text)
    return found[0] if found else None


def has_space(name: str) -> bool:
    """Whether the name of an indicator has a space, which the budget system refuses in names."""
    return _SPACE.search(name) is not None


def numbered_text(texts: Sequence[str]) -> str | None:
    """Several items as the one text of a field: numbered, one a line; one item as it is.

    >>> numbered_text(["开展审计", "普法"]), numbered_text(["普法"]), numbered_text([])
    ('1.开展审计\\n2.普法', '普法', None)
    """
    if not texts or len(texts) == 1:
        return next(iter(texts), None)
    return "\n".join(f"{number}.{text}" for number, text in enumerate(texts, 1))
