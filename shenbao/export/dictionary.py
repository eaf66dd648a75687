"""The data dictionary: what every column of the tables holds, made from their declaration."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from shenbao.export.columns import (
    DECIMAL_PRECISION,
    DECIMAL_SCALE,
    OutputColumn,
    OutputKind,
    OutputTable,
    TableRow,
)
from shenbao.export.tables import TABLES

DICTIONARY = OutputTable(
    "dictionary",
    "数据字典",
    "每张表的每一列一行",
    (
        OutputColumn("table", "表", key=True),
        OutputColumn("column", "列", key=True, width=26),
        OutputColumn("table_title", "表名"),
        OutputColumn("column_title", "列名", width=20),
        OutputColumn("type", "类型"),
        OutputColumn("key", "主键", OutputKind.BOOLEAN),
        OutputColumn("codes", "代码", width=48),
        OutputColumn("meaning", "说明", width=60),
    ),
)


def dictionary_rows(tables: Mapping[str, OutputTable] = TABLES) -> Iterator[TableRow]:
    """The data dictionary as rows of `DICTIONARY`."""
    for table in tables.values():
        for column in table.columns:
            codes = "；".join(f"{code} {label}" for code, label in column.labels.items())
            limit = f"不超过 {column.limit} 字节" if column.limit else ""
            required = f"必填（{column.required}）" if column.required else ""
            meaning = "；".join(filter(None, (column.meaning, required, limit)))
            names = (table.name, column.name, table.title, column.title)
            yield *names, _type(column.kind), column.key, codes or None, meaning or None


def _type(kind: OutputKind) -> str:
    return f"{kind.value}({DECIMAL_PRECISION},{DECIMAL_SCALE})" if kind is OutputKind.DECIMAL else kind.value
