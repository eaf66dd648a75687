"""What the forms of one department in following years contradict or repeat: rules Y1 to Y4 of docs/answers.md.

Each rule takes a `YearPair` and gives findings at paths of the later form; they stand in a report of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from models.declaration import AnnualIndicator, BudgetLine, DepartmentOverall, Value
from models.finding import Finding
from normalize.check.money_units import in_yuan
from normalize.check.rules.rate_rules import better_direction
from normalize.form.catalogue import Catalogue
from normalize.notes.notes import finding
from shenbao.answer.rounds import HeldForm
from shenbao.compare.pairing import find_again
from shenbao.compare.printed_rows import PrintedRow, data_to_rows
from shenbao.compare.sameness import is_same, is_same_text, text_to_key

_CENT_YUAN = Decimal(110)
"""Amounts in 万元 with two decimals that differ by no more than this are equal: each may be rounded."""
_REPEATED_CHARACTERS = 8
"""A text of fewer characters is a heading, which may stand there every year. Chosen."""
_YEAR = re.compile(r"(?:19|20)\d{2}")
_LOW_SIGNS, _HIGH_SIGNS = ("<=", "<"), (">=", ">")
_SIDES = {"income": "收入", "expenditure": "支出"}


@dataclass(frozen=True, slots=True)
class YearPair:
    """A department's form and its form of the year before, and of the year before that where there is one.

    `rows` are the annual indicators of both, each found again by its name; `same_catalogue` whether codes mean the same.
    """

    now: HeldForm
    last: HeldForm
    earlier: HeldForm | None
    catalogue: Catalogue

    @property
    def same_catalogue(self) -> bool:
        return self.now.form.catalogue == self.last.form.catalogue

    @property
    def rows(self) -> tuple[list[tuple[PrintedRow, PrintedRow]], tuple[PrintedRow, ...]]:
        """Pairs (last year's row, this year's), and last year's rows that are gone."""
        sides = [
            [row for row in data_to_rows(one.form.data) if row.section == "/annual/indicators"]
            for one in (self.last, self.now)
        ]
        paired = find_again(*sides)
        return list(paired.both), paired.before


def history_agrees(pair: YearPair) -> Iterator[Finding]:
    """Y1, indicators: what a form says of a past year is what that year's own form said.

    The value two years back is the one that last year's form had one year back; last year's value reaches what last
    year's form promised.
    """
    for was, now in pair.rows[0]:
        name = str(now.fields["/level3"] or "")
        old, new = was.fields["/history/last_year"], now.fields["/history/year_before_last"]
        if old is not None and new is not None and not is_same(old, new) and not _equal(old, new):
            message = f"“{name}”前年指标值为 {_text(new)}，而上年申报表中同一年的值为 {_text(old)}"
            path = f"{now.path}/history/year_before_last"
            yield _contradiction(path, message, _text(old), _text(new))
        promised, reached = was.fields["/target"], now.fields["/history/last_year"]
        if (
            isinstance(promised, Value)
            and isinstance(reached, Value)
            and _falls_short(pair, was, promised, reached)
        ):
            message = f"“{name}”上年指标值为 {reached.text}，而上年申报的目标为 {promised.text}，请说明或更正"
            yield _contradiction(f"{now.path}/history/last_year", message, promised.text, reached.text)


def _equal(old: object, new: object) -> bool:
    """Whether two values are the same number, of which one may leave out its unit and sign."""
    if not isinstance(old, Value) or not isinstance(new, Value) or None in (old.number, new.number):
        return False
    return old.number == new.number and (old.unit == new.unit or None in (old.unit, new.unit))


def _falls_short(pair: YearPair, row: PrintedRow, promised: Value, reached: Value) -> bool:
    """Whether a number did not come to what was promised; a value that repeats the target's sign should be its number."""
    if promised.number is None or reached.number is None or not _comparable(promised, reached):
        return False
    if reached.comparator is not None and reached.comparator == promised.comparator:
        return reached.number != promised.number
    direction = _direction(pair, row, promised)
    worse = {"more": reached.number < promised.number, "less": reached.number > promised.number}
    return worse.get(direction or "", False)


def _comparable(one: Value, other: Value) -> bool:
    return one.unit == other.unit or None in (one.unit, other.unit)


def _direction(pair: YearPair, row: PrintedRow, target: Value) -> str | None:
    """Whether more or less is better: as the target's sign says, or the catalogue, or the name."""
    if target.comparator in _HIGH_SIGNS:
        return "more"
    if target.comparator in _LOW_SIGNS:
        return "less"
    number = int(row.path.rpartition("/")[2])
    return better_direction(pair.last.form.data.annual.indicators[number], pair.catalogue)


def money_agrees(pair: YearPair) -> Iterator[Finding]:
    """Y1, money: 近两年收支金额 of last year is last year's budget, that of the year before what last year's form had."""
    now, last = pair.now.form.data, pair.last.form.data
    if not isinstance(now, DepartmentOverall) or not isinstance(last, DepartmentOverall):
        return
    for side, word in _SIDES.items():
        lines: Mapping[str, BudgetLine] = {text_to_key(x.item): x for x in getattr(last.budget, side)}
        for n, line in enumerate(getattr(now.budget, side)):
            was = lines.get(text_to_key(line.item))
            if was is None:
                continue
            pairs = ((1, was.amount, "上年预算"), (0, was.history[1], "上年申报表所列同一年"))
            for at, amount, what in pairs:
                ours, theirs = in_yuan(line.history[at], now.money_unit), in_yuan(amount, last.money_unit)
                if ours is not None and theirs is not None and abs(ours - theirs) > _CENT_YUAN:
                    year = (
                        now.budget.history_years[at]
                        if len(now.budget.history_years) == 2
                        else ("前年", "上年")[at]
                    )
                    message = (
                        f"{word}“{line.item}”{year}{'年' if isinstance(year, int) else ''}金额为 {line.history[at]:f} "
                        f"{now.money_unit}，而{what}为 {amount:f} {last.money_unit}"
                    )
                    path = f"/budget/{side}/{n}/history/{at}"
                    yield _contradiction(path, message, f"{amount:f}", f"{line.history[at]:f}")


def _contradiction(path: str, message: str, expected: str, actual: str) -> Finding:
    return finding("history-contradicts", "audit", "warning", path, message, expected, actual)


def targets_not_lowered(pair: YearPair) -> Iterator[Finding]:
    """Y2: a target asks no less than last year's, where the past values did not fall either."""
    for was, now in pair.rows[0]:
        old, new = was.fields["/target"], now.fields["/target"]
        if not isinstance(old, Value) or not isinstance(new, Value) or not _comparable(old, new):
            continue
        if old.number is None or new.number is None:
            continue
        direction = _direction(pair, was, old)
        lowered = {"more": new.number < old.number, "less": new.number > old.number}
        if lowered.get(direction or "", False) and _history_held(now, direction or ""):
            name = now.fields["/level3"]
            message = (
                f"“{name}”的指标值由上年的 {old.text} 降为 {new.text}，而近两年指标值没有下降，请说明理由"
            )
            yield finding(
                "target-lowered", "audit", "warning", f"{now.path}/target", message, old.text, new.text
            )


def _history_held(row: PrintedRow, direction: str) -> bool:
    """Whether the past values are known and did not get worse."""
    before, last = row.fields["/history/year_before_last"], row.fields["/history/last_year"]
    if not isinstance(before, Value) or not isinstance(last, Value) or None in (before.number, last.number):
        return False
    assert before.number is not None and last.number is not None
    return last.number >= before.number if direction == "more" else last.number <= before.number


def indicators_kept(pair: YearPair) -> Iterator[Finding]:
    """Y3: an indicator is not dropped or called something else without a word.

    Of different catalogues only the department's own indicators are looked for.
    """
    pairs, gone = pair.rows
    for was, now in pairs:
        old, new = str(was.fields["/level3"] or ""), str(now.fields["/level3"] or "")
        if was.names[0] != now.names[0] and old and new and not is_same_text(old, new):
            message = f"上年的指标“{old}”今年改称“{new}”，请说明口径是否有变"
            yield finding("indicator-renamed", "audit", "info", f"{now.path}/level3", message, old, new)
    for was in gone:
        number = int(was.path.rpartition("/")[2])
        indicator: AnnualIndicator = pair.last.form.data.annual.indicators[number]
        if indicator.level3 and (pair.same_catalogue or indicator.code is None):
            target = f"（目标 {indicator.target.text}）" if indicator.target else ""
            message = f"上年的指标“{indicator.level3}”{target}今年没有了，请说明理由"
            yield finding(
                "indicator-dropped", "audit", "info", "/annual/indicators", message, indicator.level3
            )


def texts_renewed(pair: YearPair) -> Iterator[Finding]:
    """Y4: what is to be done in the year is not word for word the same three years running, but for the year's number."""
    if pair.earlier is None:
        return
    told = [set(map(_without_years, _annual_texts(one).values())) for one in (pair.last, pair.earlier)]
    for path, text in _annual_texts(pair.now).items():
        bare = _without_years(text)
        if len(bare) >= _REPEATED_CHARACTERS and all(bare in texts for texts in told):
            message = f"“{text[:40]}{'…' if len(text) > 40 else ''}”连续三年文字相同"
            yield finding("text-repeated", "audit", "info", path, message)


def _annual_texts(held: HeldForm) -> dict[str, str]:
    data = held.form.data
    texts = {f"/annual/goals/{n}": text for n, text in enumerate(data.annual.goals)}
    if isinstance(data, DepartmentOverall):
        texts |= {f"/annual_tasks/{n}": text for n, text in enumerate(data.annual_tasks)}
        texts["/annual/summary"] = data.annual.summary or ""
    return {path: text for path, text in texts.items() if text}


def _without_years(text: str) -> str:
    return text_to_key(_YEAR.sub("", text))


def _text(value: object) -> str:
    return value.text if isinstance(value, Value) else str(value)


YEAR_RULES = (
    ("Y1", history_agrees),
    ("Y1", money_agrees),
    ("Y2", targets_not_lowered),
    ("Y3", indicators_kept),
    ("Y4", texts_renewed),
)
"""The rules in the order in which their findings are shown."""
