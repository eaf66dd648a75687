"""绩效目标审核表 filled in as far as a program may: what was checked and found under each question; grades stay empty."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from models.submission import CheckOutcome, CheckResult
from shenbao.answer.ledger_words import OUTCOME_WORDS, QUESTIONS, RULE_WORDS, finding_to_question
from shenbao.answer.listing import Listing
from shenbao.answer.memo import AskedForm
from shenbao.answer.points import MemoPoint
from shenbao.answer.word_file import WordFile
from shenbao.answer.wording import MemoWords

PARTS = ("总体目标", "产出", "效益", "满意度")
"""What the sheet asks after the questions: the goals, and the three kinds of indicators."""
_OTHERS = "需补充完善"
_BENEFITS = ("效益", "影响", "可持续", "效果")
_WIDTHS_CM = (2.4, 5.4, 6.6, 2.2)
_SHEET_TITLES = ("部门（项目）", "审核内容", "检查情况", "发现的问题", "等级（优良中差）")
_MOST_POINTS = 40
"""Points that a cell of the sheet lists; the memo has all."""


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One question: how the rules that bear on it came out, and what was found."""

    question: str
    checked: str
    found: tuple[str, ...]


def form_to_sheet(asked: AskedForm, words: MemoWords) -> tuple[SheetLine, ...]:
    """The lines of the sheet of one form: the questions, the parts of the form, and what is to be completed."""
    checks = asked.held.form.checks
    lines = [
        SheetLine(question, _ledger(checks, question), _said(asked.points, words, question))
        for question in QUESTIONS
    ]
    lines += [
        SheetLine(part, _counted(asked, part), tuple(_texts(_points_of(asked, part), words)))
        for part in PARTS
    ]
    complete = (point for point in asked.points if words.points[point.code].group == "complete")
    waiting = f"另有 {asked.waiting} 处读取待核对，未列入" if asked.waiting else ""
    return (*lines, SheetLine(_OTHERS, waiting, tuple(_texts(complete, words))))


def _ledger(checks: Sequence[CheckResult], question: str) -> str:
    """Which rules passed, failed, did not apply or had no data."""
    told = []
    for outcome, word in OUTCOME_WORDS.items():
        codes = [check.code for check in checks if check.outcome == outcome and _bears(check.code, question)]
        if codes:
            told.append(f"{word} {len(codes)} 项：{_named(codes, outcome)}")
    return "\n".join(told)


def _bears(code: str, question: str) -> bool:
    known = RULE_WORDS.get(code)
    return known.question == question if known else question == QUESTIONS[0]


def _named(codes: Sequence[str], outcome: CheckOutcome) -> str:
    """Codes alone where all is well; in words where a reviewer has to look himself."""
    if outcome != "no-data":
        return " ".join(codes)
    return "；".join(f"{code} {RULE_WORDS[code].chinese}" if code in RULE_WORDS else code for code in codes)


def _said(points: Sequence[MemoPoint], words: MemoWords, question: str) -> tuple[str, ...]:
    return tuple(_texts((point for point in points if finding_to_question(point.code) == question), words))


def _texts(points: Iterator[MemoPoint] | Sequence[MemoPoint], words: MemoWords) -> Iterator[str]:
    yield from (f"{point.where or '全表'}：{words.said(point)}" for point in points)


def _points_of(asked: AskedForm, part: str) -> list[MemoPoint]:
    return [point for point in asked.points if _part(asked, point.path or "") == part]


def _part(asked: AskedForm, path: str) -> str:
    """The part of the form that a path is in; `""` for the head, the money and the tasks."""
    steps = path.split("/")
    if len(steps) > 2 and steps[2] in ("goals", "summary"):
        return PARTS[0]
    if len(steps) < 4 or steps[2] != "indicators" or not steps[3].isdecimal():
        return ""
    row = getattr(asked.held.form.data, steps[1]).indicators[int(steps[3])]
    return levels_to_part(row.level1 or "", row.level2 or "", row.level3 or "")


def levels_to_part(level1: str, level2: str, level3: str) -> str:
    """The kind of an indicator by the words of its levels; what is neither satisfaction nor benefit is output.

    >>> levels_to_part("社会效益", "经济效益", "游客人数"), levels_to_part("履职效能", "核心业务产出1", "检查次数")
    ('效益', '产出')
    """
    if any("满意" in level for level in (level1, level2, level3)):
        return PARTS[3]
    return PARTS[2] if any(word in level1 or word in level2 for word in _BENEFITS) else PARTS[1]


def _counted(asked: AskedForm, part: str) -> str:
    """How much of the part the form has."""
    data = asked.held.form.data
    if part == PARTS[0]:
        return f"长期目标 {len(data.long_term.goals)} 条，年度目标 {len(data.annual.goals)} 条"
    rows = [
        sum(
            levels_to_part(row.level1 or "", row.level2 or "", row.level3 or "") == part
            for row in horizon.indicators
        )
        for horizon in (data.long_term, data.annual)
    ]
    return f"长期指标 {rows[0]} 个，年度指标 {rows[1]} 个"


def sheets_to_docx(forms: Sequence[AskedForm], words: MemoWords) -> bytes:
    """The sheets of a department's forms as one Word file; grade, opinion and signature are the reviewer's."""
    file = WordFile()
    file.title("绩效目标审核表")
    for asked in forms:
        file.heading(f"{asked.held.title}（{asked.held.file}）")
        rows = [
            (line.question, line.checked, _cell(line.found), "" if line.question in QUESTIONS else "—")
            for line in form_to_sheet(asked, words)
        ]
        file.table(_SHEET_TITLES[1:], rows, _WIDTHS_CM)
    file.text("综合审核意见：")
    file.text("综合等级（优、良、中、差）：")
    file.right("审核人（签字）：　　　　　　")
    file.right("　　　　年　　月　　日")
    return file.to_bytes()


def _cell(found: Sequence[str]) -> str:
    more = f"\n……共 {len(found)} 处，见退回意见书" if len(found) > _MOST_POINTS else ""
    return "\n".join(found[:_MOST_POINTS]) + more if found else "未发现问题"


def sheets_to_listing(forms: Sequence[AskedForm], words: MemoWords) -> Listing:
    """All sheets as one table, for the workbook of the season."""
    rows = [
        ("", (asked.held.title, line.question, line.checked, _cell(line.found), ""))
        for asked in forms
        for line in form_to_sheet(asked, words)
    ]
    return Listing("审核表", _SHEET_TITLES, rows, "等级和签字由审核人填写。")
