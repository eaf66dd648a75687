"""A form as its own department checks it before handing in: what the bureau would ask, and what could not be checked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from models.submission import Submission
from shenbao.answer.ledger_words import rule_text
from shenbao.answer.listing import Listing, listings_to_html
from shenbao.answer.points import MemoPoint, form_to_points
from shenbao.answer.rounds import HeldForm, NamedSubmission, submissions_to_round
from shenbao.answer.wording import MemoWords
from shenbao.exits import ACCEPTED, REJECTED, REVIEW
from shenbao.places import place_in_words


@dataclass(frozen=True, slots=True)
class AskedPoint:
    """A point in words: the heading of its group, where, what is the matter, what is to be done."""

    group: str
    where: str
    says: str
    asks: str


@dataclass(frozen=True, slots=True)
class CheckedForm:
    """One form of the file; `unread` is what we could not read for sure, `unchecked` the rules that lacked data."""

    title: str
    points: tuple[AskedPoint, ...]
    unread: tuple[str, ...]
    unchecked: tuple[str, ...]
    passed: int


@dataclass(frozen=True, slots=True)
class OwnCheck:
    """A file as its department sees it; `about_file` says what is wrong with the file itself."""

    name: str
    about_file: tuple[str, ...]
    forms: tuple[CheckedForm, ...]

    @property
    def code(self) -> int:
        """The exit code: no form, something to do, nothing to do."""
        if not self.forms:
            return REJECTED
        return REVIEW if any(form.points or form.unread for form in self.forms) else ACCEPTED


def submission_to_own_check(submission: Submission, name: str, words: MemoWords) -> OwnCheck:
    """What a department should know about its file: by the same rules as the bureau's, no more and no fewer."""
    about = tuple(dict.fromkeys(f.message for f in submission.findings if f.severity != "info"))
    found = submissions_to_round(name, [NamedSubmission(name, submission)])
    return OwnCheck(name, about, tuple(_checked(held, words) for held in found.forms.values()))


def _checked(held: HeldForm, words: MemoWords) -> CheckedForm:
    points = form_to_points(held)
    sure = tuple(point for point in points if not point.held)
    asked = (
        AskedPoint(heading, _where(point), words.said(point), words.asked(point))
        for heading, group in words.grouped(sure)
        for point in group
    )
    doubts = dict.fromkeys(
        f"{_place(held, finding.path)}：{finding.message}"
        for finding in held.form.findings
        if finding.category == "reading" and finding.severity != "info"
        and not any(point.path == finding.path and point.code == finding.code for point in points)
    )  # fmt: skip
    ledger = held.form.checks
    return CheckedForm(
        title=held.title,
        points=tuple(asked),
        unread=tuple(doubts),
        unchecked=tuple(rule_text(check.code) for check in ledger if check.outcome == "no-data"),
        passed=sum(check.outcome == "passed" for check in ledger),
    )


def _where(point: MemoPoint) -> str:
    return f"{point.where or '全表'}{f'（{point.page}）' if point.page else ''}"


def _place(held: HeldForm, path: str | None) -> str:
    return place_in_words(held.form.data, path) or "全表"


def own_check_to_lines(checked: OwnCheck) -> Iterator[str]:
    """One page for a terminal."""
    yield f"自查：{checked.name}"
    yield from (f"! {message}" for message in checked.about_file)
    if not checked.forms:
        yield "没有读出已知的申报表，请确认文件是申报表的 Word 或 Excel 原件。"
    for form in checked.forms:
        yield f"《{form.title}》  {_result(form)}"
        group = ""
        for number, point in enumerate(form.points, 1):
            if point.group != group:
                group = point.group
                yield f"  {group}"
            yield f"  {number}. {point.where}：{point.says} → {point.asks}"
        if form.unread:
            yield "  没有读清、请自行对照原件的内容"
            yield from (f"  - {text}" for text in form.unread)
        if form.unchecked:
            yield f"  未能检查（缺少数据）：{'；'.join(form.unchecked)}"


def _result(form: CheckedForm) -> str:
    found = f"{len(form.points)} 处请处理" if form.points else "没有发现问题"
    unread = f"，{len(form.unread)} 处没有读清" if form.unread else ""
    unchecked = f"，{len(form.unchecked)} 项未能检查" if form.unchecked else ""
    return f"{found}{unread}；{form.passed} 项检查通过{unchecked}"


def own_check_to_html(checked: OwnCheck) -> str:
    """The same as a page."""
    remarks = list(checked.about_file)
    if not checked.forms:
        remarks.append("没有读出已知的申报表，请确认文件是申报表的 Word 或 Excel 原件。")
    listings = []
    for form in checked.forms:
        rows = [("", (n, p.group, p.where, p.says, p.asks)) for n, p in enumerate(form.points, 1)]
        titles = ("序号", "类别", "位置", "问题", "请处理")
        listings.append(Listing(form.title, titles, rows, _result(form)))
        unread = [("review", (text,)) for text in form.unread]
        if unread:
            listings.append(Listing("没有读清、请自行对照原件的内容", ("内容",), unread))
        unchecked = [("", (text,)) for text in form.unchecked]
        listings.append(Listing("未能检查的项目（缺少数据）", ("检查项目",), unchecked))
    return listings_to_html(f"申报表自查：{checked.name}", remarks, listings)
