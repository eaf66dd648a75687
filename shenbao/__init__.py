"""Performance declaration forms of Chinese departments (部门整体绩效目标申报表), read into data that can be trusted.

>>> import shenbao
>>> submission = shenbao.read("samples/yangxian-justice.md")
>>> submission.status, submission.forms[0].data.department
('review', '阳新县司法局')
>>> frames = shenbao.tables(shenbao.read_many(["samples/yangxian-justice.md"], processes=2))
>>> budget = frames["budget"].query("side == 'income' and period == 'budget_year'")
>>> budget[["item", "amount"]].dropna().values.tolist()
[['财政拨款', Decimal('1932.41')], ['合计', Decimal('1932.41')]]

Every file is read in a process of its own, within a time and a memory; `read`, `read_many`, `tables` and `draw` say
what they raise. These names are all that a program may rely on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from models.submission import Submission
    from shenbao.front_door import draw, read, read_many, tables
    from shenbao.readers import Settings

__all__ = ["Settings", "Submission", "draw", "read", "read_many", "tables"]


def __getattr__(name: str) -> Any:
    """Load what a program asks for when it asks: the command line's help must not wait for it."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from shenbao import front_door  # noqa: PLC0415

    return getattr(front_door, name)


def __dir__() -> list[str]:
    """The names that a program may use."""
    return sorted(__all__)
