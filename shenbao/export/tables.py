"""The tables, declared once: every writer, the data dictionary and the SQL schema are made from `TABLES`.

Every row begins with `file`, `submission`, `form_number`. The columns marked as key tell a row from all others and
stay the same from run to run, because `submission` comes from the file's content and not from its name.
"""

from __future__ import annotations

from collections.abc import Iterator

from shenbao.export.columns import (
    OutputColumn,
    OutputKind,
    OutputTable,
)


def _text(name: str, title: str, meaning: str = "", width: int = 14) -> OutputColumn:
    return OutputColumn(name, title, meaning=meaning, width=width)


def _count(name: str, title: str, meaning: str = "", key: bool = False) -> OutputColumn:
    return OutputColumn(name, title, OutputKind.INTEGER, meaning, key, width=10)


def _number(name: str, title: str, meaning: str = "") -> OutputColumn:
    return OutputColumn(name, title, OutputKind.DECIMAL, meaning, width=16)


def _category(name: str, title: str, key: bool = False, **labels: str) -> OutputColumn:
    return OutputColumn(name, title, OutputKind.CATEGORY, key=key, labels=labels, width=12)


def _flag(name: str, title: str, meaning: str = "") -> OutputColumn:
    return OutputColumn(name, title, OutputKind.BOOLEAN, meaning)


def _value(name: str, title: str) -> Iterator[OutputColumn]:
    """The columns of an indicator's value."""
    yield _text(f"{name}_text", title, "表上的原文", 24)
    signs = {">=": "≥", ">": "＞", "=": "＝", "<": "＜", "<=": "≤"}
    yield OutputColumn(f"{name}_comparator", f"{title}符号", OutputKind.CATEGORY, labels=signs, width=12)
    yield _number(f"{name}_number", f"{title}数值", "不含符号和单位")
    yield _number(f"{name}_lower", f"{title}下限", "“3-5天”中的 3")
    yield _number(f"{name}_upper", f"{title}上限", "“3-5天”中的 5")
    yield _flag(f"{name}_approximate", f"{title}约数", "“50%左右”")
    yield _text(f"{name}_unit", f"{title}单位")
    yield _text(f"{name}_per", f"{title}周期", "“件/年”中的“年”")
    yield OutputColumn(f"{name}_by", f"{title}时限", OutputKind.DATE, "“2026年底前”", width=12)
    yield _text(f"{name}_remark", f"{title}附注", "“且无投诉”、“（含）”")
    yield _flag(f"{name}_not_applicable", f"{title}不适用", "应填数值处填“无”")


FILE_COLUMN = _text("file", "文件名", "报送文件的名称", 28)
SUBMISSION_COLUMN = OutputColumn(
    "submission", "报送编号", meaning="文件内容 SHA-256 的前 16 位，与文件名无关", key=True, width=18
)
FORM_NUMBER_COLUMN = _count("form_number", "表序号", "文件中的第几张表；0 表示文件本身", key=True)
_ROW = (FILE_COLUMN, SUBMISSION_COLUMN, FORM_NUMBER_COLUMN)
_LINE = _count("line", "行号", "从 1 起", key=True)
_PATH = _text("path", "指针", "结果 data 内的 JSON Pointer；空白表示整个文件", 36)
_PLACE = _text("place", "位置", "指针所指之处，按表上的名称", 44)

_SUBMISSIONS = OutputTable(
    "submissions",
    "报送",
    "每张申报表一行；没有读出申报表的文件也有一行",
    (
        *_ROW,
        _text("sha256", "内容哈希", "文件内容的 SHA-256"),
        _text("media_type", "文件类型"),
        _count("bytes", "字节数"),
        _count("pages", "页数"),
        _category("status", "状态", accepted="通过", review="需复核", rejected="未读取"),
        OutputColumn(
            "form",
            "表种",
            OutputKind.CATEGORY,
            labels={"department-overall": "部门整体绩效目标申报表", "project": "项目支出绩效目标申报表"},
        ),
        _text("layout", "版式"),
        _text("title", "表名", width=28),
        _text("department", "部门（单位）名称", width=24),
        _text("department_code", "部门（单位）代码", "表上印有代码时"),
        _text("unit_code", "实施单位代码", "表上印有代码时"),
        _count("budget_year", "预算年度"),
        _count("from_year", "长期目标起始年份"),
        _count("until_year", "长期目标截止年份"),
        OutputColumn("filled_on", "填报日期", OutputKind.DATE, width=12),
        _text("money_unit", "金额单位"),
        _text("preparer", "填报人"),
        _text("phone", "联系电话", width=16),
        _count("repairs", "修正数"),
        _count("errors", "错误数", "文件本身的提示计入第一张表"),
        _count("warnings", "警告数"),
        _count("infos", "说明数"),
    ),
)
_BUDGET = OutputTable(
    "budget",
    "资金",
    "每个项目每个年度一行",
    (
        *_ROW,
        _category(
            "side", "收支", key=True, income="收入", expenditure="支出", source="项目资金来源", total="总额"
        ),
        _LINE,
        _text("item", "资金项目", width=24),
        _category(
            "period",
            "期间",
            key=True,
            year_before_last="前年",
            last_year="上年",
            budget_year="预算年度",
            whole_period="项目周期",
        ),
        _count("year", "年度", "表上没有读到年份时为空白"),
        _number("amount", "金额", "单位见 submissions.money_unit"),
        _text("share", "占比", "表上的原文"),
        _number("share_percent", "占比（%）", "表上没有百分号时为空白"),
    ),
)
_PROJECTS = OutputTable(
    "projects",
    "项目",
    "每个项目一行",
    (
        *_ROW,
        _LINE,
        _text("name", "项目名称", width=32),
        _text("code", "项目代码"),
        _text("unit", "实施单位"),
        _text("category", "项目类别"),
        _number("total_budget", "项目总预算"),
        _number("annual_budget", "项目本年度预算"),
        _text("period_start", "开始时间"),
        _text("period_end", "结束时间"),
        _text("purpose", "主要支出方向和用途", width=60),
    ),
)
_GOALS = OutputTable(
    "goals",
    "职能与目标",
    "每条职能、任务、目标一行",
    (
        *_ROW,
        _category(
            "section",
            "栏目",
            key=True,
            functions="部门职能概述",
            annual_tasks="年度工作任务",
            long_term_summary="长期目标总述",
            long_term_goals="长期目标",
            annual_summary="年度目标总述",
            annual_goals="年度目标",
            rationale="立项依据",
        ),
        _LINE,
        _text("text", "内容", width=80),
    ),
)
_INDICATORS = OutputTable(
    "indicators",
    "指标",
    "每个绩效指标一行",
    (
        *_ROW,
        _category("horizon", "期限", key=True, long_term="长期", annual="年度"),
        _LINE,
        _text("level1", "一级指标"),
        _text("level2", "二级指标", width=18),
        _text("level3", "三级指标", width=28),
        _text("code", "指标编码", "指标目录中的编码；部门自设指标为空白"),
        _text("basis", "指标值确定依据"),
        _text("category", "指标分类"),
        *_value("target", "指标值"),
        *_value("year_before_last", "前年"),
        *_value("last_year", "上年"),
        _number("weight", "权重"),
        _text("explanation", "指标解释", width=40),
        _text("scoring", "评（扣）分标准", width=40),
        _text("source", "数据来源", width=24),
        _text("remark", "备注", width=24),
        _flag("core", "是否核心"),
        _text("extra", "其他列", "表上印有而本表没有的列，“列名：内容”", 40),
    ),
)
_TASKS = OutputTable(
    "tasks",
    "主要任务",
    "每项年度主要任务一行",
    (
        *_ROW,
        _LINE,
        _text("name", "任务名称", width=32),
        _text("content", "主要内容", width=60),
        _number("amount", "金额", "单位见 submissions.money_unit"),
        _number("fiscal", "财政拨款"),
        _number("other", "其他资金"),
    ),
)
_PRINTED = OutputTable(
    "printed",
    "其他栏目",
    "表上印有而没有专门字段的栏目，每栏一行",
    (*_ROW, _LINE, _text("label", "栏目", width=28), _text("text", "内容", width=60)),
)
_REPAIRS = OutputTable(
    "repairs",
    "修正",
    "每处与原文不同的值一行",
    (
        *_ROW,
        _LINE,
        _PLACE,
        _PATH,
        _category(
            "kind",
            "种类",
            typo="误读",
            slip="笔误",
            twin="参照另一期",
            label="栏目名",
            digit="数字",
        ),
        _text("before", "修正前", width=32),
        _text("after", "修正后", width=32),
        _text("because", "理由", width=32),
        _number("confidence", "把握"),
        _text("runner_up", "次选"),
    ),
)
_FINDINGS = OutputTable(
    "findings",
    "提示",
    "每条提示一行",
    (
        *_ROW,
        _LINE,
        _text("code", "提示代码", width=22),
        OutputColumn(
            "category",
            "类别",
            OutputKind.CATEGORY,
            labels={"reading": "读取", "arithmetic": "勾稽", "import": "导入", "audit": "审核"},
        ),
        _category("severity", "程度", error="错误", warning="警告", info="说明"),
        _PLACE,
        _PATH,
        _text("message", "提示", width=60),
        _text("expected", "应为"),
        _text("actual", "实为"),
    ),
)
_CHECKS = OutputTable(
    "checks",
    "核对",
    "每条审核规则一行，也列出通过的、不适用的和没有数据的",
    (
        *_ROW,
        OutputColumn("rule", "规则", meaning="docs/rules.md 中的编号", key=True, width=8),
        OutputColumn(
            "outcome",
            "结果",
            OutputKind.CATEGORY,
            labels={
                "passed": "通过",
                "failed": "未通过",
                "not-applicable": "不适用",
                "no-data": "没有数据",
            },
        ),
        _count("looked_at", "核对处数"),
        _count("failed", "未通过处数"),
    ),
)
_CONTENT_TABLES = (_SUBMISSIONS, _BUDGET, _PROJECTS, _GOALS, _INDICATORS, _TASKS, _PRINTED)
TABLES = {table.name: table for table in (*_CONTENT_TABLES, _REPAIRS, _FINDINGS, _CHECKS)}
