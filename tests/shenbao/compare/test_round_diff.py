"""Two rounds: departments found again, money before and after, what a person must know first."""

from __future__ import annotations

from decimal import Decimal

from shenbao.answer.listing import listings_to_html, listings_to_xlsx
from shenbao.compare.diff_listings import diff_to_lines, diff_to_listings
from shenbao.compare.round_diff import compare_rounds
from tests.shenbao.compare.forms import budget, form, indicator, round_of


def test_a_department_is_found_again_under_another_name() -> None:
    before = round_of(form(department="江阳县文化局"), form(department="江阳县水利局"))
    after = round_of(form(department="江阳县文化旅游局"), form(department="江阳县水利局"))
    diff = compare_rounds(before, after)
    assert [one.renamed for one in diff.forms] == [True, False]
    assert "请核对名称" in diff.remarks[0]
    assert not diff.gone and not diff.new


def test_a_department_of_one_round_only_is_told() -> None:
    before = round_of(form(department="江阳县档案馆"), form(department="江阳县水利局"))
    diff = compare_rounds(before, round_of(form(department="江阳县水利局")))
    assert [one.department for one in diff.gone] == ["江阳县档案馆"]


def test_of_two_submissions_the_one_that_counts_is_named() -> None:
    before = round_of(form(phone="1"), form(phone="2"), name="一上")
    diff = compare_rounds(before, round_of(form(phone="2"), name="二上"))
    assert diff.remarks == ("一上：江阳县交通运输局：收到 2 份，以 1.docx 为准（另有 0.docx）",)
    assert not diff.changed


def test_seasons_of_different_catalogues_and_units_are_said() -> None:
    before = form(money_unit="元").model_copy(update={"catalogue": "indicators-frame"})
    diff = compare_rounds(round_of(before), round_of(form()))
    assert any("指标目录不同" in remark for remark in diff.remarks)
    assert any("金额单位不同（元、万元）" in remark for remark in diff.remarks)


def test_money_is_summed_by_class() -> None:
    before = round_of(form(budget=budget("10.5", ("1", "2"))))
    diff = compare_rounds(before, round_of(form(budget=budget("12.5", ("1", "2")))))
    assert diff.money == {("支出", "人员类项目支出", "万元"): (Decimal("10.5"), Decimal("12.5"))}


def test_markup_in_a_form_stays_text() -> None:
    before, after = form(goals=("<script>x</script>",)), form(goals=("<b>&完成一百件大事</b>",))
    diff = compare_rounds(round_of(before), round_of(after))
    page = listings_to_html("对比", diff.remarks, diff_to_listings(diff))
    assert "<script" not in page and "&lt;script&gt;" in page
    assert listings_to_xlsx(diff_to_listings(diff)).startswith(b"PK")


def test_every_change_has_a_line() -> None:
    before, after = round_of(form(indicator("检查次数"))), round_of(form(indicator("检查次数", "≥9件")))
    lines = list(diff_to_lines(compare_rounds(before, after)))
    assert lines[1] == "  * 年度绩效指标第 1 行“检查次数”的指标值：≥10件 → ≥9件"
    assert lines[-1].startswith("比对的申报表 1；有变化的申报表 1；变化 1；")
