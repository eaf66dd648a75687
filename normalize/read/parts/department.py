"""The parts of a department's form that no catalogue describes → its declaration."""

from __future__ import annotations

from collections.abc import Sequence

from models.declaration import Annual, Budget, DepartmentOverall, LongTerm, MainTask, Project
from normalize.form.layouts import Layout
from normalize.form.parts.found import FormParts, PartRow
from normalize.form.parts.reader import rows_to_parts
from normalize.form.physical_rows import Row, RowSlot
from normalize.notes.notes import Notebook, Read
from normalize.read.parts.amounts import is_sum, read_amount, read_side, read_unit, read_whole
from normalize.read.parts.answers import CodedName, first_answer, read_date, read_name, read_phone, read_text
from normalize.read.parts.doubts import note_unexplained
from normalize.read.parts.goals import read_goals, read_list
from normalize.read.parts.indicator_tables import read_indicator_tables
from normalize.read.parts.leftovers import note_missing, read_budget_year, read_leftovers
from normalize.text.cell_values import text_to_years

_MONEY = ("total", "income", "expenditure")
_WANTED = (
    ("department", "/department", "部门（单位）名称"),
    ("money", "/budget", "部门资金情况"),
    ("goals", "/annual/goals", "绩效目标"),
)
"""What every form of a department says: name in the layout, path, and what findings call it."""
_TASK_AMOUNTS = {"amount": "任务金额", "fiscal": "财政拨款", "other": "其他资金"}


def read_department(rows: Sequence[Row], layout: Layout) -> Read[DepartmentOverall]:
    """The declaration of a department; a field that the layout does not print is `None`."""
    parts, book = rows_to_parts(rows, layout), Notebook()
    title = book.take(read_text((parts.title,), "/title")) if parts.title else None
    named = first_answer(parts, "department")
    department = book.take(read_name(named.slots, "/department")) if named else CodedName()
    money = [answer for name in _MONEY for answer in parts.answers_to("item", name)]
    unit_printed = bool(parts.answers_to("field", "money_unit")) or parts.unit_in_label is not None
    money_unit = book.take(read_unit(parts, money)) if money or unit_printed else None
    budget = book.take(_budget(parts))
    long_goals = book.take(read_goals(parts, ("long_goals",), "/long_term/goals", "长期目标"))
    annual_goals = book.take(read_goals(parts, ("annual_goals",), "/annual/goals", "年度目标"))
    if not (long_goals or annual_goals):
        annual_goals = book.take(read_goals(parts, ("summary",), "/annual/goals", "绩效目标"))
    tables = book.take(read_indicator_tables(parts, layout))
    data = DepartmentOverall(
        title=title,
        filled_on=book.take(read_date(_slots(parts, "filled_on"), "/filled_on", "填报日期")),
        money_unit=money_unit,
        department=department.name,
        department_code=department.code,
        preparer=book.take(read_text(_slots(parts, "preparer"), "/preparer")),
        phone=book.take(read_phone(_slots(parts, "phone"), "/phone")),
        budget_year=book.take(read_budget_year(parts)),
        budget=budget,
        functions=book.take(_list(parts, "functions", "部门职能概述")),
        annual_tasks=book.take(_list(parts, "annual_tasks", "年度工作任务")),
        projects=book.take(_projects(parts)),
        tasks=book.take(_tasks(parts)),
        long_term=LongTerm(
            until_year=book.take(_until_year(parts)), goals=long_goals, indicators=tables.long_term
        ),
        annual=Annual(goals=annual_goals, indicators=tables.annual),
        other=book.take(read_leftovers(parts, rows, layout)),
    )
    amounts = budget.total is not None or budget.income or budget.expenditure or data.tasks
    book.add(note_missing(_WANTED, layout, (data.department, amounts, long_goals or annual_goals)))
    book.add(note_unexplained(parts, layout, book.notes()))
    return Read(data, book.notes())


def _slots(parts: FormParts, name: str) -> tuple[RowSlot, ...]:
    answer = first_answer(parts, name)
    return answer.slots if answer else ()


def _list(parts: FormParts, section: str, name: str) -> Read[tuple[str, ...]]:
    slots = [slot for answer in parts.answers_to("section", section) for slot in answer.slots]
    return read_list(slots, f"/{section}", name) if slots else Read(())


def _budget(parts: FormParts) -> Read[Budget]:
    book = Notebook()
    income, expenditure = (book.take(read_side(parts, side)) for side in ("income", "expenditure"))
    total = book.take(read_whole(parts))
    return Read(Budget(income=income, expenditure=expenditure, total=total), book.notes())


def _until_year(parts: FormParts) -> Read[int | None]:
    """The last year that the label of the long-term goals names (长期目标（截止2030年））."""
    years = [
        year for answer in parts.answers_to("section", "long_goals") for year in text_to_years(answer.printed)
    ]
    return Read(max(years) if years else None)


def _tasks(parts: FormParts) -> Read[tuple[MainTask, ...]]:
    """年度主要任务, without the row of their sum."""
    book = Notebook()
    tasks: list[MainTask] = []
    rows = [row for table in parts.tables if table.name == "tasks" for row in table.rows]
    for row in rows:
        if "name" not in row.cells or is_sum(row.cells["name"].raw):
            continue
        tasks.append(book.take(_task(row, f"/tasks/{len(tasks)}")))
    return Read(tuple(tasks), book.notes())


def _task(row: PartRow, path: str) -> Read[MainTask]:
    book = Notebook()
    amounts = {
        name: book.take(read_amount(_cell(row, name), f"{path}/{name}", label))
        for name, label in _TASK_AMOUNTS.items()
    }
    name = book.take(read_text(_cell(row, "name"), f"{path}/name"))
    content = book.take(read_text(_cell(row, "content"), f"{path}/content"))
    task = MainTask(
        name=name, content=content, amount=amounts["amount"], fiscal=amounts["fiscal"], other=amounts["other"]
    )
    return Read(task, book.notes())


def _projects(parts: FormParts) -> Read[tuple[Project, ...]]:
    book = Notebook()
    projects: list[Project] = []
    rows = [row for table in parts.tables if table.name == "projects" for row in table.rows]
    for row in (row for row in rows if "name" in row.cells and not is_sum(row.cells["name"].raw)):
        path = f"/projects/{len(projects)}"
        texts = {
            name: book.take(read_text(_cell(row, name), f"{path}/{name}"))
            for name in ("name", "category", "purpose")
        }
        amounts = {
            name: book.take(read_amount(_cell(row, name), f"{path}/{name}", label))
            for name, label in (("total_budget", "项目总预算"), ("annual_budget", "项目本年度预算"))
        }
        projects.append(
            Project(
                name=texts["name"],
                category=texts["category"],
                purpose=texts["purpose"],
                total_budget=amounts["total_budget"],
                annual_budget=amounts["annual_budget"],
            )
        )
    return Read(tuple(projects), book.notes())


def _cell(row: PartRow, column: str) -> tuple[RowSlot, ...]:
    return (row.cells[column],) if column in row.cells else ()
