"""Rules C8, D3, D4, D6 and D7: what must fire beside what must not."""

from __future__ import annotations

from typing import Any

import pytest

from tests.normalize.check.declared import CHANGE, RATE, form, ledger, paths, row, same

CONTROL = {"level1": "运行成本", "level2": "在职人员控制", "level3": "在职人员控制率", "code": "010201"}
TARGET = "/annual/indicators/2/target"


def own(level3: str) -> dict[str, Any]:
    """An indicator of the department's own."""
    return {"level3": level3, "basis": "计划标准"}


@pytest.mark.parametrize(
    ("fields", "target", "rule", "outcome"),
    [
        (CHANGE, "-2%", "D3", "passed"),
        (CHANGE, "5%", "D3", "failed"),
        (CONTROL, "≤100%", "D3", "passed"),
        (CONTROL, "≤105%", "D3", "failed"),
        (RATE, "100%", "D4", "passed"),
        (RATE, "295%", "D4", "failed"),
        (own("群众满意度"), "≥95%", "D4", "passed"),
        (own("群众满意度"), "295%", "D4", "failed"),
        (own("群众满意度"), "90%-105%", "D4", "failed"),
    ],
)
def test_rates_have_their_ranges(fields: dict[str, Any], target: str, rule: str, outcome: str) -> None:
    assert ledger(form(**same(**fields, target=target)))[rule].outcome == outcome


@pytest.mark.parametrize("name", ["税收增长率", "办结案件数", "招商引资额"])
def test_what_may_exceed_the_whole_is_not_capped(name: str) -> None:
    assert paths(form(**same(**own(name), target="≥120%")), "rate-out-of-range") == set()


@pytest.mark.parametrize(
    ("name", "annual", "long", "past", "missing"),
    [
        ("群众满意度", "≥95", "≥95%", ("90%", "92%"), True),
        ("群众满意度", "≥95", "≥95", ("90%", "92%"), True),
        ("群众满意度", "≥95", "≥95", ("90", "92"), False),
        ("群众满意度", "≥95%", "≥95%", ("90", "92"), False),
        ("群众投诉率", "0", "0%", ("2%", "1%"), False),
        ("普法场次", "≥95", "≥95%", ("90", "92"), False),
        ("医患比", "≥3人", "≥3人", ("2人", "2人"), False),
    ],
)
def test_a_rate_without_its_sign_beside_one_that_has_it(
    name: str, annual: str, long: str, past: tuple[str, str], missing: bool
) -> None:
    data = form(long=row(**own(name), target=long), annual=row(**own(name), target=annual), past=past)
    assert (TARGET in paths(data, "percent-missing")) is missing


@pytest.mark.parametrize(
    ("fields", "target", "against"),
    [
        (RATE, "≤98%", True),
        (RATE, "≥98%", False),
        (RATE, "98%", False),
        (CONTROL, "≥90%", True),
        (CONTROL, "≤90%", False),
        (own("社会大局稳定率"), "≤95%", True),
        (own("服务投诉率"), "≥2%", True),
        (own("服务投诉率"), "≤2%", False),
        (own("办结案件数"), "≤95件", False),
        (CHANGE, "≤0%", False),
    ],
)
def test_a_sign_against_what_is_wanted(fields: dict[str, Any], target: str, against: bool) -> None:
    assert (TARGET in paths(form(**same(**fields, target=target)), "sign-against-direction")) is against


@pytest.mark.parametrize(
    ("name", "target", "past", "falls"),
    [
        ("群众满意度", "≥90%", ("95%", "96%"), True),
        ("任务完成率", "90%", ("95%", "96%"), True),
        ("群众满意度", "≥90%", ("85%", "96%"), False),
        ("群众满意度", "≥90%", ("95", "96"), False),
        ("普法场次", "≥90场", ("95场", "96场"), False),
    ],
)
def test_a_target_that_falls_behind_both_years(
    name: str, target: str, past: tuple[str, str], falls: bool
) -> None:
    data = form(**same(**own(name), target=target), past=past)
    assert (TARGET in paths(data, "target-below-history")) is falls


def test_a_target_after_the_history_is_told_once() -> None:
    data = form(**same(level3="群众满意度", target="≥90%"), past=("95%", "96%"))
    assert (ledger(data)["C3"].failed, ledger(data)["C8"].failed) == (1, 0)
