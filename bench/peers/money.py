"""The tables of figures: income and expenditure, projects."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import ClassVar

from bench.peers.columns import Columns
from bench.peers.labels import label, letters
from bench.peers.reading import Json
from bench.peers.rows import Row


class Budget:
    """`budget`: rows below the headings, the side by its label in the column before the item."""

    SIDES: ClassVar[dict[str, str]] = {"收入构成": "income", "支出构成": "expenditure"}
    HEADINGS: ClassVar[dict[str, str]] = {
        "总体资金情况": "whole",
        "当年金额": "amount",
        "占比": "share",
        "近两年收支金额": "both",
    }

    @classmethod
    def read(cls, rows: Iterable[Row]) -> Json:
        columns = Columns(cls.HEADINGS, ("amount", "share", "year0", "year1"), {"year0": "both"})
        years: dict[int, None] = {}
        found: Json = {"history_years": [], "income": [], "expenditure": []}
        side = None
        for row in rows:
            heads = [
                int(year[1])
                for cell in row.cells
                if (year := re.fullmatch(r"(\d{4})年度?", letters(cell.text)))
            ]
            years |= dict.fromkeys(heads)
            if columns.learn(row, {f"{year}年": f"year{n}" for n, year in enumerate(years)}):
                continue
            named = [cell.text for cell in row.cells if label(cell.text) in cls.SIDES]
            side = cls.SIDES[label(named[-1])] if named else side
            item = columns.before(row, "amount", cls.SIDES)
            if side and item:
                history = [columns.value(row, f"year{n}") for n in (0, 1)]
                found[side].append(
                    {
                        "item": item,
                        "amount": columns.value(row, "amount"),
                        "share": columns.value(row, "share"),
                        "history": history,
                    }
                )
        found["history_years"] = list(years)
        return found


class Projects:
    """`projects`: a row a project; one without a name goes on with the purpose of the one above."""

    HEADINGS: ClassVar[dict[str, str]] = {
        "项目名称": "name",
        "支出项目类别": "category",
        "项目总预算": "total_budget",
        "项目本年度预算": "annual_budget",
        "项目主要支出方向和用途": "purpose",
    }

    @classmethod
    def read(cls, rows: Iterable[Row]) -> list[Json]:
        columns = Columns(cls.HEADINGS, tuple(cls.HEADINGS.values()))
        projects: list[Json] = []
        for row in rows:
            if columns.learn(row):
                continue
            project = {key: columns.value(row, key) for key in cls.HEADINGS.values()}
            if project["name"]:
                projects.append(project)
            elif projects and project["purpose"]:
                projects[-1]["purpose"] = (projects[-1]["purpose"] or "") + project["purpose"]
        return projects
