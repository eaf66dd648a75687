"""The sheets of the load workbook: field names, byte lengths and required fields of the budget system.

Names and lengths are those of the indicator management of the integrated budget system (预算管理一体化) and of the
Hubei page 部门整体绩效目标; what the form does not print stays blank for the bureau to fill in.
"""

from __future__ import annotations

from dataclasses import replace

from normalize.check.field_limits import FIELD_BYTES
from shenbao.export.columns import OutputColumn, OutputKind, OutputTable
from shenbao.export.tables import FILE_COLUMN, FORM_NUMBER_COLUMN, SUBMISSION_COLUMN

_KEY = (FILE_COLUMN, SUBMISSION_COLUMN, FORM_NUMBER_COLUMN)
_BUREAU_FILLS = "表上没有，由财政部门填"
_OUTCOME = (
    OutputColumn("CHECK", "校验", meaning="“通过”，或未通过的检查（B1–B10）及原因", width=48),
    OutputColumn("NOTE", "说明", meaning="与表上原文不同之处及理由", width=40),
    OutputColumn("DOUBT", "读取存疑", meaning="读取和勾稽方面尚未核对的提示", width=40),
)


def _table(name: str, title: str, meaning: str, columns: tuple[OutputColumn, ...]) -> OutputTable:
    """A sheet whose columns have the limits of the fields that they are named after."""
    limited = (replace(column, limit=FIELD_BYTES.get(column.name)) for column in columns)
    return OutputTable(name, title, meaning, tuple(limited))


def _text(
    name: str, title: str, width: int = 16, required: str | None = None, note: str = ""
) -> OutputColumn:
    return OutputColumn(name, title, meaning=note, width=width, required=required)


def _number(name: str, title: str, required: str | None = "B10", note: str = "") -> OutputColumn:
    return OutputColumn(name, title, OutputKind.DECIMAL, note, required=required, width=16)


LOAD_DECLARE = _table(
    "DECLARE",
    "申报信息",
    "每张申报表一行",
    (
        *_KEY,
        _text("MOF_DIV_CODE", "财政区划代码", note=_BUREAU_FILLS),
        _text("MOF_DIV_NAME", "财政区划名称", note=_BUREAU_FILLS),
        OutputColumn("FISCAL_YEAR", "预算年度", OutputKind.INTEGER),
        _text("DEPT_CODE", "部门代码", note=_BUREAU_FILLS),
        _text("DEPT_NAME", "部门（单位）名称", 24),
        OutputColumn("FILLED_ON", "填报日期", OutputKind.DATE, width=12),
        _text("PREPARER", "填报人"),
        _text("PHONE", "联系电话"),
        _text("FUNCTION", "部门职能概述", 60),
        OutputColumn("ENDYEAR", "长期目标截止年份", OutputKind.INTEGER),
        *_OUTCOME,
    ),
)
LOAD_AMOUNTS = _table(
    "AMOUNTS",
    "资金",
    "每个资金项目一行，单位万元；合计由系统计算，不装载",
    (
        *_KEY,
        _text("TYPENAME", "资金分类"),
        _text("FUNDNAME", "资金性质", 24),
        _number("YEARAMT", "当年金额"),
        _number("FAMT", "上年金额"),
        _number("SAMT", "前年金额"),
        _number("RATE", "占比", None, "百分数，不含百分号；系统自行计算"),
        *_OUTCOME,
    ),
)
LOAD_PROJECTS = _table(
    "PROJECTS",
    "项目",
    "每个项目一行，项目申报表一张一行，单位万元",
    (
        *_KEY,
        _text("PRO_NAME", "项目名称", 32, required="B10"),
        _text("PROTYPE", "支出项目类别", required="B10"),
        _number("TOTALAMT", "项目总预算"),
        _number("YEARAMT", "项目本年度预算"),
        _text("EXPUSAGE", "项目主要支出方向和用途", 60, required="B10"),
        *_OUTCOME,
    ),
)
LOAD_GOALS = _table(
    "GOALS",
    "目标",
    "每条目标一行",
    (
        *_KEY,
        _text("KPI_DEP_ID", "主键", 30, note="由报送编号、表序号、期限和行号组成，重复装载不变"),
        _text("TERM", "期限", note="长期或年度"),
        _text("GOALNAME", "目标名称", 20, "B10"),
        _text("KPI_TARGET", "目标", 60, "B10"),
        *_OUTCOME,
    ),
)
LOAD_INDICATORS = _table(
    "INDICATORS",
    "指标",
    "每个指标一行",
    (
        *_KEY,
        _text("TERM", "期限", note="长期或年度"),
        OutputColumn("LINE", "行号", OutputKind.INTEGER, "期限内从 1 起", width=8),
        _text("LV1_PERF_IND_CODE", "一级指标代码"),
        _text("LV1_PERF_IND_NAME", "一级指标", required="B1"),
        _text("LV2_PERF_IND_CODE", "二级指标代码"),
        _text("LV2_PERF_IND_NAME", "二级指标", 18, required="B1"),
        _text("LV3_PERF_IND_CODE", "三级指标代码", note="部门自设指标没有代码"),
        _text("LV3_PERF_IND_NAME", "三级指标", 28, required="B1"),
        OutputColumn(
            *("COMPUTESIGN", "计算符号", OutputKind.INTEGER, "1 ≥，2 ＞，3 ＝，4 ＜，5 ≤，6 定性"),
            required="B2",
            width=10,
        ),
        OutputColumn(
            "INDEXVAL",
            "指标值",
            OutputKind.DECIMAL,
            "数值不含符号和单位；定性指标为文字",
            False,
            {},
            24,
            required="B8",
        ),
        _text("METERUNIT", "计量单位"),
        OutputColumn("QNINDEXVAL", "前年指标值", OutputKind.DECIMAL, "同上", width=16),
        OutputColumn("SNINDEXVAL", "上年指标值", OutputKind.DECIMAL, "同上", width=16),
        _text("INDEXSTANDARDS", "指标值确定依据"),
        _text("INDEXCATLEV", "指标分类"),
        _number("WEIGHT", "权重", None),
        _text("KPI_CONTENT", "指标内容", 32, note="指标解释"),
        _text("KPI_EVALSTD", "评（扣）分标准", 32),
        _text("KPI_REMARK", "备注", 24),
        _text("SOURCE", "指标值原文", 24),
        *_OUTCOME,
    ),
)
LOAD_SUMMARY = _table(
    "SUMMARY",
    "概况",
    "每张申报表一行",
    (
        *_KEY,
        _text("STATUS", "读取状态"),
        OutputColumn("ROWS", "装载行数", OutputKind.INTEGER),
        OutputColumn("REFUSED", "未通过校验", OutputKind.INTEGER, "行数"),
        OutputColumn("DOUBTED", "读取存疑", OutputKind.INTEGER, "行数"),
        _text("REMARK", "备注", 40),
    ),
)
LOAD_TABLES = {
    t.name: t for t in (LOAD_SUMMARY, LOAD_DECLARE, LOAD_AMOUNTS, LOAD_PROJECTS, LOAD_GOALS, LOAD_INDICATORS)
}
