"""A season against those of the years before: every department found again, the year rules on each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from models.declaration import Declaration, DepartmentOverall
from models.finding import Finding
from normalize.form.catalogue import load_catalogue
from shenbao.answer.rounds import FormKey, HeldForm, Round
from shenbao.compare.changes import form_to_doubts, is_touched
from shenbao.compare.round_diff import renamed_forms
from shenbao.compare.year_rules import YEAR_RULES, YearPair


@dataclass(frozen=True, slots=True)
class YearFinding:
    """One finding about a form of the season. `doubtful`: the reading is flagged there, in one of the years."""

    held: HeldForm
    rule: str
    finding: Finding
    doubtful: bool


@dataclass(frozen=True, slots=True)
class YearsReport:
    """What was found, how many forms were compared, what could not be checked and what a person must know first."""

    name: str
    against: tuple[str, ...]
    compared: int
    findings: tuple[YearFinding, ...]
    remarks: tuple[str, ...]


def check_years(now: Round, against: Sequence[Round]) -> YearsReport:
    """Hold a season against the last one, and against the one before that where it is given."""
    matches = [_matched(now, earlier) for earlier in against]
    findings: list[YearFinding] = []
    remarks = [f"{side.name}：{remark}" for side in (now, *against) for remark in side.remarks]
    compared = 0
    for key, held in now.forms.items():
        last = matches[0].get(key)
        if last is None:
            remarks.append(f"{held.title}：上年没有对应的申报表，未比对")
            continue
        remarks += _form_remarks(held, last)
        if not _follows(held.form.data, last.form.data):
            continue
        compared += 1
        earlier = matches[1].get(key) if len(matches) > 1 else None
        findings += _found(held, last, earlier)
    if len(against) < 2:
        remarks.append("只给出一个上年，连续三年文字相同（Y4）未检查；再加一个 --against 即可检查")
    taken = {id(one) for one in matches[0].values()}
    gone = (one for one in against[0].forms.values() if id(one) not in taken)
    remarks += [f"{one.title}：上年有申报表，今年没有" for one in gone]
    return YearsReport(
        *(now.name, tuple(one.name for one in against), compared), tuple(findings), tuple(remarks)
    )


def _matched(now: Round, earlier: Round) -> Mapping[FormKey, HeldForm]:
    """The earlier form of every key of the season, also of a department that has another name now."""
    found = {key: earlier.forms[key] for key in now.forms if key in earlier.forms}
    gone = {key: one for key, one in earlier.forms.items() if key not in now.forms}
    new = {key: one for key, one in now.forms.items() if key not in earlier.forms}
    for old_key, new_key in renamed_forms(gone, new):
        found[new_key] = gone[old_key]
    return found


def _form_remarks(held: HeldForm, last: HeldForm) -> Iterator[str]:
    if held.key != last.key:
        yield f"{held.title}：按上年的“{last.title}”比对，请核对名称"
    if held.form.catalogue != last.form.catalogue:
        yield f"{held.title}：两年所用的指标目录不同，目录内指标的增减不作比对"
    years = [data_to_year(one.form.data) for one in (last, held)]
    if not _follows(held.form.data, last.form.data):
        yield f"{held.title}：预算年度 {years[0]} 与 {years[1]} 不相连，未比对"
    elif None in years:
        yield f"{held.title}：有一年的预算年度未读出，按相连的两年比对"


def _follows(now: Declaration, last: Declaration) -> bool:
    """Whether the years of two forms follow each other, as far as both are known."""
    years = data_to_year(last), data_to_year(now)
    return years[0] is None or years[1] is None or years[1] - years[0] == 1


def data_to_year(data: Declaration) -> int | None:
    """The budget year: as read, or the one after 近两年; `None` where the form tells neither."""
    if data.budget_year is not None:
        return data.budget_year
    if isinstance(data, DepartmentOverall) and data.budget.history_years:
        return data.budget.history_years[-1] + 1
    return None


def _found(held: HeldForm, last: HeldForm, earlier: HeldForm | None) -> Iterator[YearFinding]:
    pair = YearPair(held, last, earlier, load_catalogue(held.form.catalogue or "indicators-frame"))
    doubts = form_to_doubts(held.form)
    for rule, check in YEAR_RULES:
        for found in check(pair):
            doubtful = found.path is not None and is_touched(found.path, doubts - _cells(doubts, found.path))
            yield YearFinding(held, rule, found, doubtful)


def _cells(doubts: frozenset[str], path: str) -> frozenset[str]:
    """The doubts about cells of rows where `path` is that of their list: a row that is gone is in none of its cells."""
    if any(step.isdecimal() for step in path.split("/")):
        return frozenset()
    return frozenset(
        doubt for doubt in doubts if doubt.startswith(f"{path}/") and doubt.rpartition("/")[0] != path
    )
