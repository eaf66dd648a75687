"""Where a form that no layout describes was not explained in full: what a cell without a place may be is doubted there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from normalize.form.layouts import Layout
from normalize.form.parts.found import UNKNOWN_COLUMN, Answer, FormParts
from normalize.form.physical_rows import RowSlot
from normalize.notes.notes import Notebook, Notes
from normalize.read.parts.leftovers import is_year
from normalize.text.cell_values import is_amount
from normalize.text.fold import fold

_GOALS_AND_INDICATORS = {
    "/long_term/goals": "长期目标",
    "/long_term/indicators": "长期绩效指标",
    "/annual/goals": "年度目标",
    "/annual/indicators": "年度绩效指标",
}
_HEAD = {
    "/filled_on": "填报日期",
    "/money_unit": "金额单位",
    "/department": "部门",
    "/preparer": "填报人",
    "/phone": "联系电话",
}
_VALUES: Mapping[str, Mapping[str, str]] = {
    "department-overall": {
        **_HEAD,
        "/functions": "部门职能概述",
        "/annual_tasks": "年度工作任务",
        "/budget/total": "资金总额",
        "/budget/income": "收入",
        "/budget/expenditure": "支出",
        "/tasks": "年度主要任务",
        "/projects": "项目支出情况",
        **_GOALS_AND_INDICATORS,
    },
    "project": {
        **_HEAD,
        "/project": "项目名称",
        "/unit": "实施单位",
        "/category": "项目类别",
        "/period/start": "开始日期",
        "/period/end": "完成日期",
        "/total_budget": "项目总预算",
        "/annual_budget": "项目本年度预算",
        "/sources": "资金来源",
        "/rationale": "立项依据",
        "/content": "项目内容",
        **_GOALS_AND_INDICATORS,
    },
}
"""What a text without a place may be, by the kind of the form: path and name in messages."""
_LISTS_OF_MONEY = ("/budget/income", "/budget/expenditure", "/sources")
"""Lists that are short of a line where an amount has no place."""
_MONEY_SECTIONS = ("budget", "sources")
_SUMS = ("/budget/total", "/total_budget", "/annual_budget")
_BEFORE_AMOUNT = re.compile(r"^[^:：]*[:：]\s*")
_NAMES = ("department", "unit", "project", "preparer")
_NO_NAME = re.compile(r"[:：]|\d{1,2}月\d{1,2}日|\d{4}[-./]\d{1,2}")
_SHOWN = 20
"""A message shows no more characters of a text that was not understood."""
_LIKE_A_LABEL = 12
"""A text among those of a section with at most this many characters may be a label that was not understood."""


def note_unexplained(parts: FormParts, layout: Layout, notes: Notes) -> Notes:
    """Doubts about a form that was not explained in full, each at the path of the value that may be missing, short or another's.

    `notes` say at which paths values were read, and which texts of tables have no place. A form all of whose cells were
    explained has none; one that its layout describes has no others than those of texts in its tables and of amounts.
    """
    book = Notebook()
    if not layout.by_labels:
        left = (
            found.actual
            for found in notes.findings
            if found.severity == "warning" and found.code == "unplaced-row"
        )
        unread = tuple(text for text in left if text is not None)
        book.add(_note_unread(unread, parts, layout, notes))
        book.add(_note_short_lists(parts, unread, layout, notes))
        return book.notes()
    strange = tuple(_unexplained(parts))
    book.add(_note_unread(strange, parts, layout, notes))
    book.add(_note_short_lists(parts, strange, layout, notes))
    book.add(_note_guessed_money(parts, layout, notes))
    book.add(_note_rivals(parts, notes))
    book.add(_note_long_names(parts, notes))
    return book.notes()


def _note_unread(strange: Sequence[str], parts: FormParts, layout: Layout, notes: Notes) -> Notes:
    """A value that was not read may be one of the `strange` texts, which have no place."""
    book = Notebook()
    text = "、".join(f"“{one[:_SHOWN]}”" for one in strange[:2])
    for path, name in _VALUES[layout.form].items() if strange else ():
        if not _is_read(path, notes) and not (path == "/money_unit" and parts.unit_in_label):
            message = f"{name}未读到，而表中的{text}未能归入任何一项，可能就是此项，请核对"
            book.add_finding("missing-value", path, message)
    return book.notes()


def _is_read(path: str, notes: Notes) -> bool:
    return any(read == path or read.startswith(f"{path}/") for read in notes.evidence)


def _unexplained(parts: FormParts) -> Iterator[str]:
    """Texts without a place, headings of columns that no field is for, and what may be a label inside a section."""
    yield from (slot.text for slot in parts.rest if not is_year(slot.text))
    for table in parts.tables:
        for column, heading in table.columns.items():
            if column.startswith(UNKNOWN_COLUMN) and any(column in row.cells for row in table.rows):
                yield fold(heading)
    for answer in parts.answers:
        if answer.label.group == "section" and len(answer.slots) > 1:
            yield from (slot.text for slot in answer.slots if len(slot.text) <= _LIKE_A_LABEL)


def _note_short_lists(parts: FormParts, strange: Sequence[str], layout: Layout, notes: Notes) -> Notes:
    """An amount without a place may be one more line of a list of money that was read."""
    book = Notebook()
    amounts = [text for text in strange if is_amount(_BEFORE_AMOUNT.sub("", text))]
    amounts += [slot.text for answer in parts.answers for slot in _run_together(answer)]
    for path, name in _VALUES[layout.form].items() if amounts else ():
        if path in _LISTS_OF_MONEY and _is_read(path, notes):
            message = f"表中的金额“{amounts[0][:_SHOWN]}”没有栏目名称，{name}可能缺少一行，请核对"
            book.add_finding("ambiguous-cell", path, message, actual=amounts[0])
    for text in _sentences_of_money(parts):
        for path, name in _VALUES[layout.form].items():
            if path in (*_LISTS_OF_MONEY, *_SUMS):
                message = f"资金一栏写有“{text[:_SHOWN]}”，未能分成金额，{name}可能未读到，请核对"
                book.add_finding("ambiguous-cell", path, message, actual=text)
    return book.notes()


def _sentences_of_money(parts: FormParts) -> Iterator[str]:
    """What stands beside a label of the money and says amounts in words, from which none was read."""
    for answer in parts.answers:
        if answer.label.group == "section" and answer.label.name in _MONEY_SECTIONS:
            yield from (slot.text for slot in answer.slots if any(map(str.isdigit, slot.text)))


def _run_together(answer: Answer) -> Iterator[RowSlot]:
    """The texts in which an amount is followed by further labels: 380其中：财政拨款：320."""
    if answer.label.group == "item":
        yield from (slot for slot in answer.slots if _BEFORE_AMOUNT.match(slot.text))


def _note_guessed_money(parts: FormParts, layout: Layout, notes: Notes) -> Notes:
    """A sum that was not read may be an amount whose name no layout has."""
    book = Notebook()
    guessed = [
        answer.printed for answer in parts.answers if answer.label.group == "item" and not answer.label.text
    ]
    for path, name in _VALUES[layout.form].items() if guessed else ():
        if path in _SUMS and not _is_read(path, notes):
            message = f"{name}未读到，而“{fold(guessed[0])[:_SHOWN]}”未收录，可能就是此项，请核对"
            book.add_finding("missing-value", path, message)
    return book.notes()


def _note_rivals(parts: FormParts, notes: Notes) -> Notes:
    """A field that two labels answer, each with another text."""
    book, found = Notebook(), dict[str, list[Answer]]()
    for answer in parts.answers:
        if answer.label.group == "field" and answer.label.name != "other" and answer.slots:
            found.setdefault(answer.label.name, []).append(answer)
    for name, answers in found.items():
        texts = list(dict.fromkeys(fold("".join(slot.text for slot in answer.slots)) for answer in answers))
        if len(texts) > 1 and _is_read(f"/{name}", notes):
            message = f"表中有两处可作此项：“{texts[0][:_SHOWN]}”与“{texts[1][:_SHOWN]}”，请核对"
            book.add_finding("ambiguous-cell", f"/{name}", message, actual=texts[0])
    return book.notes()


def _note_long_names(parts: FormParts, notes: Notes) -> Notes:
    """A name that holds a colon or a date: what is printed behind it may have run into it."""
    book = Notebook()
    for answer in parts.answers:
        text, path = fold("".join(slot.text for slot in answer.slots)), f"/{answer.label.name}"
        if answer.label.group == "field" and answer.label.name in _NAMES and _NO_NAME.search(text):
            message = f"“{text[:_SHOWN]}”中有冒号或日期，后面的内容可能属于另一项，请核对"
            if _is_read(path, notes):
                book.add_finding("ambiguous-cell", path, message, actual=text)
    return book.notes()
