"""The tables of indicators: names filled down, values below their headings."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from bench.peers.columns import Columns
from bench.peers.reading import Json
from bench.peers.rows import Row


class Indicators:
    """`indicators`: a row an indicator; one that only goes on with the cells above is joined to them."""

    HEADINGS: ClassVar[dict[str, str]] = {
        "一级指标": "level1",
        "二级指标": "level2",
        "三级指标": "level3",
        "指标值": "values",
        "近两年指标值": "history",
        "前年": "year_before_last",
        "上年": "last_year",
        "预期当年实现值": "target",
        "指标值确定依据": "basis",
        "指标值设定依据": "basis",
        "指标分类": "category",
    }
    ORDER: ClassVar[dict[str, tuple[str, ...]]] = {
        "long_term": ("level1", "level2", "level3", "values", "basis", "category"),
        "annual": (
            "level1",
            "level2",
            "level3",
            "year_before_last",
            "last_year",
            "target",
            "basis",
            "category",
        ),
    }
    ABOVE: ClassVar[dict[str, str]] = {"history": "values", "target": "values", "year_before_last": "history"}
    SAME: ClassVar[dict[str, str]] = {"values": "target"}
    KEYS = ("level1", "level2", "level3", "target", "basis", "category", "year_before_last", "last_year")

    @classmethod
    def read(cls, rows: Iterable[Row], horizon: str) -> list[Json]:
        order = cls.ORDER[horizon]
        columns = Columns(cls.HEADINGS, order, cls.ABOVE)
        found: list[dict[str, str | None]] = []
        for row in rows:
            if columns.learn(row):
                continue
            one: dict[str, str | None] = dict.fromkeys(cls.KEYS) | {
                cls.SAME.get(key, key): columns.value(row, key) for key in order
            }
            if not any(one.values()):
                continue
            if found and not (one["level1"] or one["level2"] or one["level3"]):
                found[-1] = {key: (found[-1][key] or "") + (one[key] or "") or None for key in cls.KEYS}
            else:
                found.append(cls._filled_down(one, found[-1] if found else None))
        return [cls._indicator(one, horizon) for one in found]

    @staticmethod
    def _filled_down(
        one: dict[str, str | None], above: dict[str, str | None] | None
    ) -> dict[str, str | None]:
        if above is None:
            return one
        same = one["level1"] in (None, above["level1"])
        level2 = one["level2"] or (above["level2"] if same else None)
        return one | {"level1": one["level1"] or above["level1"], "level2": level2}

    @staticmethod
    def _indicator(one: dict[str, str | None], horizon: str) -> Json:
        names: Json = {key: one[key] for key in ("level1", "level2", "level3", "target", "basis", "category")}
        if horizon == "annual":
            names["history"] = {key: one[key] for key in ("year_before_last", "last_year")}
        return names
