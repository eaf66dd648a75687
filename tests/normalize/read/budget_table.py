"""A small budget whose sums and shares agree, as text."""

from __future__ import annotations

TABLE = """\
部门总体资金情况\t总体资金情况\t\t当年金额\t占比\t近两年收支金额\t
\t\t\t\t\t2024年\t2025年
\t收入构成\t财政拨款\t1932.41\t100%\t1834\t1865
\t\t财政专户管理资金\t\t\t\t
\t\t单位资金\t\t\t\t
\t\t合计\t1932.41\t100%\t1834\t1865
\t支出构成\t人员类项目支出\t1470.89\t76.12%\t1377.16\t1401.36
\t\t运转类项目支出\t218.72\t11.32%\t208.04\t211.84
\t\t特定目标类项目支出\t242.8\t12.56%\t248.8\t251.8
\t\t合计\t1932.41\t100%\t1834\t1865
"""
