"""A department's form that no catalogue describes: what it says, and what it should say and does not."""

from __future__ import annotations

from decimal import Decimal

import pytest

from normalize.read.parts.department import read_department
from tests.normalize.read.marked_rows import codes
from tests.normalize.read.parts.taken_apart import layout, rows

HEAD = "部门（单位）名称\t金河区体育局\n"
TASKS = """\
年度主要任务\t任务名称\t主要内容\t总额\t财政拨款\t其他资金
\t人员工资\t按时发放\t412.36\t412.36\t0
\t合计\t\t412.36\t412.36\t0
"""
GOALS = "年度总体目标\t1.保障运转；2.推进乡村振兴\n"
SICHUAN = layout("sichuan-2025")


def test_tasks_are_read_without_their_sum() -> None:
    read = read_department(rows(HEAD + TASKS + GOALS), SICHUAN).value
    assert [(task.name, task.amount, task.other) for task in read.tasks] == [
        ("人员工资", Decimal("412.36"), 0)
    ]


def test_what_a_task_has_no_field_for_is_kept_under_its_heading() -> None:
    text = "年度重点工作任务\t名称\t主要实施内容\t期望达到的目标\n\t隐患治理\t治理35处\t减少受威胁群众\n"
    read = read_department(rows("部门名称\t金河区体育局\n" + text), layout("guangdong-2022")).value
    assert read.tasks[0].content == "治理35处"
    assert [(field.label, field.text) for field in read.other] == [("期望达到的目标", "减少受威胁群众")]


@pytest.mark.parametrize(
    ("text", "path"),
    [(TASKS + GOALS, "/department"), (HEAD + GOALS, "/budget"), (HEAD + TASKS, "/annual/goals")],
)
def test_what_such_a_form_must_say_is_missed(text: str, path: str) -> None:
    whole = codes(read_department(rows(HEAD + TASKS + GOALS), SICHUAN).notes)
    assert ("missing-value", path) not in whole
    assert ("missing-value", path) in codes(read_department(rows(text), SICHUAN).notes)


def test_what_a_form_does_not_print_is_none() -> None:
    read = read_department(rows(HEAD + TASKS + GOALS), SICHUAN).value
    assert (read.filled_on, read.preparer, read.phone) == (None, None, None)
