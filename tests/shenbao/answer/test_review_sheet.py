"""The review sheet: checks and findings under their questions, nothing where the reviewer decides."""

from __future__ import annotations

from io import BytesIO

import docx

from models.submission import CheckResult
from shenbao.answer.memo import AskedForm, held_to_asked
from shenbao.answer.review_sheet import form_to_sheet, sheets_to_docx, sheets_to_listing
from shenbao.answer.wording import load_words
from tests.shenbao.compare.forms import finding, form, held, indicator

CHECKS = (
    CheckResult(code="C3", outcome="failed", on=2, failed=1),
    CheckResult(code="C8", outcome="no-data", on=0, failed=0),
    CheckResult(code="E1", outcome="passed", on=3, failed=0),
)


def asked() -> AskedForm:
    findings = (
        finding("target-below-history", "/annual/indicators/0/target"),
        finding("unit-missing", "/annual/indicators/1/target", "import"),
        finding("placeholder-left", "/annual/goals/0"),
    )
    rows = (indicator("办结数"), indicator("群众满意度", "≥90", level1="满意度", level2="满意度"))
    made = form(*rows, goals=("配合某某局",), findings=findings).model_copy(update={"checks": CHECKS})
    return held_to_asked(held(made))


def test_checks_and_findings_stand_under_their_questions() -> None:
    lines = {line.question: line for line in form_to_sheet(asked(), load_words())}
    assert (
        lines["可行性"].checked == "发现问题 1 项：C3\n缺少数据，未能检查 1 项：C8 满意度、完成率不低于往年"
    )
    assert lines["适当性"].checked == "通过 1 项：E1"
    assert [len(lines[part].found) for part in ("总体目标", "产出", "效益", "满意度")] == [1, 1, 0, 1]
    assert lines["需补充完善"].found == ("年度绩效指标第 2 行“群众满意度”的指标值：unit-missing 提示",)


def test_grade_and_signature_stay_empty() -> None:
    document = docx.Document(BytesIO(sheets_to_docx([asked()], load_words())))
    rows = document.tables[0].rows
    assert [row.cells[-1].text for row in rows][1:5] == ["", "", "", ""]
    assert document.paragraphs[-2].text.strip() == "审核人（签字）："


def test_the_workbook_has_a_row_a_question() -> None:
    assert len(sheets_to_listing([asked()], load_words()).rows) == 9
