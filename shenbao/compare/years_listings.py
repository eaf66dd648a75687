"""What `check --against` shows, as tables and as lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from models.codes import CODES
from shenbao.answer.listing import Listing
from shenbao.compare.years import YearFinding, YearsReport
from shenbao.places import place_in_words

_TITLES = ("部门（项目）", "规则", "问题", "位置", "说明")


def years_to_listings(report: YearsReport) -> list[Listing]:
    """Numbers by kind of finding, the findings, and those where the reading is flagged."""
    return [
        Listing("汇总", ("项目", "数量"), [("", row) for row in _summary(report)]),
        Listing(
            "跨年问题", _TITLES, [("review", _cells(one)) for one in report.findings if not one.doubtful]
        ),
        Listing(
            *("待核对的跨年问题", _TITLES, [("", _cells(one)) for one in report.findings if one.doubtful]),
            "本年申报表的读取在此处有提示，请先对照原件。",
        ),
    ]


def years_to_lines(report: YearsReport) -> Iterator[str]:
    """The same for a terminal."""
    yield from (f"! {remark}" for remark in report.remarks)
    for one in report.findings:
        mark = "？" if one.doubtful else "*"
        place = place_in_words(one.held.form.data, one.finding.path)
        yield f"{mark} {one.held.title}  {one.rule} {place}：{one.finding.message}"
    yield "；".join(f"{name} {number}" for name, number in _summary(report))


def _summary(report: YearsReport) -> list[tuple[str, int]]:
    counts = Counter(one.finding.code for one in report.findings)
    found = [(CODES[code].chinese.rstrip("。"), number) for code, number in sorted(counts.items())]
    return [("比对的申报表", report.compared), ("问题", len(report.findings)), *found]


def _cells(one: YearFinding) -> tuple[object, ...]:
    found = one.finding
    place = place_in_words(one.held.form.data, found.path)
    return one.held.title, one.rule, CODES[found.code].chinese, place, found.message
