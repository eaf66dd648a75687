"""What a department reads about its own form."""

from __future__ import annotations

from models.submission import CheckResult, DepartmentForm
from shenbao.answer.own_check import OwnCheck, own_check_to_html, own_check_to_lines, submission_to_own_check
from shenbao.answer.wording import load_words
from tests.shenbao.compare.forms import finding, form, indicator, submission


def checked(made: DepartmentForm) -> OwnCheck:
    return submission_to_own_check(submission(made), "a.docx", load_words())


def test_a_form_without_a_point_is_fine() -> None:
    found = checked(form(indicator("次数")))
    assert found.code == 0
    assert list(own_check_to_lines(found))[1] == "《江阳县交通运输局》  没有发现问题；0 项检查通过"


def test_what_is_asked_what_was_not_read_and_what_could_not_be_checked() -> None:
    findings = (
        finding("unit-missing", "/annual/indicators/0/target", "import"),
        finding("low-confidence", "/phone", "reading"),
    )
    checks = (CheckResult(code="C3", outcome="no-data", on=0, failed=0),)
    found = checked(form(indicator("次数", "≥5"), findings=findings).model_copy(update={"checks": checks}))
    lines = "\n".join(own_check_to_lines(found))
    assert found.code == 1
    assert "1. 年度绩效指标第 1 行“次数”的指标值：unit-missing 提示 → 补填计量单位。" in lines
    assert "联系电话：low-confidence 提示" in lines
    assert "未能检查（缺少数据）：C3 以历史标准为依据的目标不低于往年" in lines


def test_a_file_without_a_form_is_told_so() -> None:
    empty = submission(form()).model_copy(update={"forms": (), "status": "rejected"})
    found = submission_to_own_check(empty, "a.docx", load_words())
    assert found.code == 2
    assert "没有读出已知的申报表" in own_check_to_html(found)


def test_markup_stays_text() -> None:
    found = checked(form(department="<b>局</b>", findings=(finding("phone-unusual", "/phone"),)))
    assert "<b>局" not in own_check_to_html(found)
