"""Review rules B1–B10 on the finished rows of the load workbook: what the budget system's import would refuse.

They look at the cells that are handed over and know nothing of how these came about.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from normalize.check.field_limits import excess_bytes, has_space, refused_part
from shenbao.export.columns import OutputTable

LoadCells = Mapping[str, object]
"""A row of the load workbook by field name."""
LOAD_PASSED = "通过"
QUALITATIVE_SIGN = 6
_LEVEL_FIELDS = tuple(f"LV{n}_PERF_IND" for n in (1, 2, 3))


def check_cells(table: OutputTable, cells: LoadCells, coded: bool = True) -> Iterator[str]:
    """Everything that is wrong with one row, each with its rule: `B4：计量单位为空`. B9, B10 and, for indicators, B1–B8.

    `coded`: the form's indicators have a catalogue, so that every level must have a code.
    """
    for column in table.columns:
        value = cells.get(column.name)
        if value is None and column.required:
            yield f"{column.required}：{column.title}为空"
        text = f"{value:f}" if isinstance(value, Decimal) else "" if value is None else str(value)
        size = excess_bytes(column.name, text)
        if size is not None:
            yield f"B9：{column.title} {size} 字节，超过 {column.limit}"
    if "COMPUTESIGN" in cells:
        yield from _target(cells)
        yield from _levels(cells, coded)


def _target(cells: LoadCells) -> Iterator[str]:
    """B2–B5."""
    sign, value = cells["COMPUTESIGN"], cells["INDEXVAL"]
    if sign is None:
        return
    if sign not in range(1, QUALITATIVE_SIGN + 1):
        yield f"B2：计算符号 {sign} 不在 1–6 之内"
    if sign == QUALITATIVE_SIGN:
        refused = refused_part(str(value)) if value is not None else None
        if refused is not None:
            yield f"B5：定性指标值含有系统不接受的“{refused}”"
        return
    for name, title in (("INDEXVAL", "指标值"), ("QNINDEXVAL", "前年指标值"), ("SNINDEXVAL", "上年指标值")):
        if isinstance(cells[name], str):
            yield f"B3：{title}“{cells[name]}”不是数值"
    if cells["METERUNIT"] is None:
        yield "B4：计量单位为空"


def _levels(cells: LoadCells, coded: bool) -> Iterator[str]:
    """B6, B7."""
    for level in _LEVEL_FIELDS:
        name = cells[f"{level}_NAME"]
        if name is not None and has_space(str(name)):
            yield f"B6：指标名称“{name}”含有空格"
    (first, first_name), (second, second_name) = (
        (cells[f"{level}_CODE"], cells[f"{level}_NAME"]) for level in _LEVEL_FIELDS[:2]
    )
    for code, name in ((first, first_name), (second, second_name)):
        if coded and name is not None and code is None:
            yield f"B7：指标目录中没有“{name}”"
    if first is not None and second is not None and not str(second).startswith(str(first)):
        yield f"B7：二级指标“{second_name}”不属于一级指标“{first_name}”"
    third = cells[f"{_LEVEL_FIELDS[2]}_CODE"]
    if second is not None and third is not None and not str(third).startswith(str(second)):
        yield f"B7：三级指标代码 {third} 不属于二级指标“{second_name}”"
