"""What a table is declared with: columns of a kind, with names, titles and meanings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

TableRow = tuple[object, ...]
"""Typed values in the order of a table's columns."""

DECIMAL_PRECISION, DECIMAL_SCALE = 38, 10
"""Of every decimal column in Parquet, DuckDB and PostgreSQL: 28 digits before the point, 10 after it."""


class OutputKind(Enum):
    """What stands in a column; the value names it in the data dictionary."""

    TEXT = "文本"
    CATEGORY = "分类"
    INTEGER = "整数"
    DECIMAL = "小数"
    DATE = "日期"
    BOOLEAN = "是否"


@dataclass(frozen=True, slots=True)
class OutputColumn:
    """One column; `labels` has the Chinese label of every code of a category, `width` is in characters.

    For the load workbook: `limit`, the most bytes that the budget system stores here, two for a wide character;
    `required`, the review rule that wants the column filled.
    """

    name: str
    title: str
    kind: OutputKind = OutputKind.TEXT
    meaning: str = ""
    key: bool = False
    labels: Mapping[str, str] = field(default_factory=dict)
    width: int = 14
    limit: int | None = None
    required: str | None = None


@dataclass(frozen=True, slots=True)
class OutputTable:
    """One table; `keys` are the names of the columns that tell its rows apart."""

    name: str
    title: str
    meaning: str
    columns: tuple[OutputColumn, ...]

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)

    @property
    def titles(self) -> tuple[str, ...]:
        return tuple(column.title for column in self.columns)

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns if column.key)
