"""From bytes to a result: what is wrong with a document is data, and nothing is raised for it."""

from __future__ import annotations

import hashlib
from decimal import Decimal
from pathlib import Path

import pytest

from models.declaration import DepartmentOverall, Project, ProjectDeclaration
from models.finding import Finding, Repair
from models.submission import DepartmentForm, ProjectForm, Submission, submission_to_json
from shenbao.pipeline import cross_checked, read_bytes, read_submission, submission_status
from shenbao.readers import Settings
from tests.places import ROOT

SAMPLE = ROOT / "samples" / "yangxian-justice.md"
TEXT = SAMPLE.read_text("utf-8")
LINES = TEXT.splitlines(keepends=True)
BUDGET = next(n for n, line in enumerate(LINES) if line.startswith("部门总体资金情况"))
FUNCTIONS = next(n for n, line in enumerate(LINES) if line.startswith("部门职能概述"))
INDICATORS = next(n for n, line in enumerate(LINES) if line.startswith("长期绩效指标"))
FRONT = "".join(LINES[:INDICATORS])
"""The form's first half, up to the indicators."""


def read(text: str | bytes, settings: Settings | None = None) -> Submission:
    data = text.encode() if isinstance(text, str) else text
    return read_bytes(data, "a.md", settings or Settings())


def codes(submission: Submission) -> list[str]:
    return [finding.code for finding in submission.findings]


def finding(category: str, severity: str) -> Finding:
    return Finding.model_validate(
        {"code": "x", "category": category, "severity": severity, "path": None, "message": ""}
    )


def paths(submission: Submission) -> set[str | None]:
    return {finding.path for form in submission.forms for finding in form.findings}


@pytest.fixture(scope="module")
def sample() -> Submission:
    return read_submission(SAMPLE, Settings())


def department(submission: Submission, form: int = 0) -> DepartmentOverall:
    data = submission.forms[form].data
    assert isinstance(data, DepartmentOverall)
    return data


def test_the_source_tells_the_bytes_that_were_read(sample: Submission) -> None:
    data = SAMPLE.read_bytes()
    assert sample.source.name == "yangxian-justice.md"
    assert sample.source.sha256 == hashlib.sha256(data).hexdigest()
    assert (sample.source.bytes, sample.source.media_type) == (len(data), "text/plain")


def test_the_sample_is_one_form_of_its_layout(sample: Submission) -> None:
    assert [(form.form, form.layout) for form in sample.forms] == [("department-overall", "hubei-2025")]
    assert department(sample).department == "阳新县司法局"
    assert sample.status == "review"


def test_every_repair_is_at_a_value_that_has_evidence_or_was_blank(sample: Submission) -> None:
    form = sample.forms[0]
    seen = [repair for repair in form.repairs if repair.before is not None]
    assert seen
    assert all(any(path in (r.path, r.path.rpartition("/")[0]) for path in form.evidence) for r in seen)


def test_the_typo_of_the_sample_is_repaired_and_told(sample: Submission) -> None:
    typos: list[Repair] = [r for r in sample.forms[0].repairs if r.before and "由保障" in r.before]
    assert len(typos) == 3
    assert all("有保障" in repair.after for repair in typos)


def test_bytes_and_file_give_the_same_result(sample: Submission) -> None:
    again = read_bytes(SAMPLE.read_bytes(), SAMPLE.name, Settings())
    assert submission_to_json(again) == submission_to_json(sample)


def test_a_word_file_named_md_is_read_by_its_content(tmp_path: Path) -> None:
    docx = pytest.importorskip("docx")
    path = tmp_path / "a.md"
    document = docx.Document()
    document.add_paragraph("会议通知")
    document.save(str(path))
    result = read_submission(path, Settings())
    assert result.source.media_type.endswith("wordprocessingml.document")
    assert codes(result) == ["form-unknown"]


def test_two_forms_in_one_text_are_two_forms() -> None:
    result = read(FRONT + FRONT.replace("阳新县司法局", "江阳县审计局"))
    assert [department(result, n).department for n in range(2)] == ["阳新县司法局", "江阳县审计局"]


def test_an_empty_file_is_rejected() -> None:
    assert (read(b"").status, codes(read(b""))) == ("rejected", ["file-empty"])


def test_a_file_of_blanks_is_rejected() -> None:
    assert codes(read(" \n\t\n　\n")) == ["file-empty"]


def test_a_binary_file_is_rejected() -> None:
    assert codes(read(bytes(range(256)) * 9)) == ["file-unsupported"]


def test_a_broken_picture_is_rejected() -> None:
    result = read(b"\x89PNG\r\n\x1a\n" + bytes(64))
    assert (result.status, codes(result)) == ("rejected", ["picture-damaged"])


def test_a_text_without_a_form_is_told_what_was_looked_for() -> None:
    result = read("今天天气很好\n没有\t表格\n")
    assert (result.status, codes(result)) == ("rejected", ["form-unknown"])
    assert "部门整体绩效目标申报表" in result.findings[0].message
    assert "hubei-2025" in result.findings[0].message


def test_part_of_a_form_is_told_with_what_it_lacks() -> None:
    result = read("".join(LINES[INDICATORS:]))
    assert (result.status, codes(result)) == ("rejected", ["form-cut"])
    assert "缺表名、部门（单位）名称或项目名称" in result.findings[0].message


def test_a_form_without_indicators_says_so() -> None:
    result = read(FRONT)
    assert result.status == "review"
    assert {"/long_term/indicators", "/annual/indicators"} <= paths(result)


@pytest.mark.parametrize(
    ("label", "path"), [("部门职能概述", "/functions"), ("年度工作任务", "/annual_tasks")]
)
def test_a_missing_section_is_named(label: str, path: str) -> None:
    result = read("".join(line for line in LINES[:INDICATORS] if not line.startswith(label)))
    assert path in paths(result)


def test_a_form_that_lost_its_budget_is_still_claimed_by_its_title() -> None:
    result = read("".join(LINES[:BUDGET] + LINES[FUNCTIONS:INDICATORS]))
    assert [form.layout for form in result.forms] == ["hubei-2025"]


def test_a_row_of_ten_thousand_cells_is_named_as_too_large() -> None:
    wide = "\t".join(["运行成本", *(str(n) for n in range(10_000))]) + "\n"
    result = read(FRONT + wide)
    assert (result.status, codes(result)) == ("rejected", ["file-too-large"])


def test_a_text_over_the_limit_is_rejected_with_the_limit() -> None:
    result = read(TEXT, Settings(max_text_bytes=2_000))
    assert (result.status, codes(result)) == ("rejected", ["file-too-large"])


def test_a_text_of_fifty_megabytes_is_rejected() -> None:
    result = read("申报表\t数据\n".encode() * 3_000_000)
    assert codes(result) == ["file-too-large"]
    assert result.source.bytes > 50_000_000


def test_a_guessed_encoding_is_a_note_and_no_reason_for_review() -> None:
    result = read("部门整体绩效目标申报表\n部门（单位）名称\t某局\n".encode("gb18030"))
    assert "encoding-guessed" in codes(result)


def test_a_name_that_is_not_utf8_can_be_written(tmp_path: Path) -> None:
    path = tmp_path / "\udce9.md"
    try:
        path.write_text("无")
    except (OSError, UnicodeError):
        pytest.skip("this file system takes only UTF-8 names")
    assert read_submission(path, Settings()).source.name == "\ufffd.md"


def test_a_missing_file_is_not_a_result(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read_submission(tmp_path / "none.md", Settings())


def test_no_form_is_rejected() -> None:
    assert submission_status([], []) == "rejected"


@pytest.mark.parametrize("category", ["reading", "arithmetic"])
@pytest.mark.parametrize("severity", ["warning", "error"])
def test_doubt_about_reading_or_figures_needs_review(category: str, severity: str) -> None:
    plain = DepartmentForm(layout="x", data=DepartmentOverall())
    doubted = plain.model_copy(update={"findings": (finding(category, severity),)})
    assert submission_status([doubted], []) == "review"
    assert submission_status([plain], [finding(category, severity)]) == "review"


@pytest.mark.parametrize(
    ("category", "severity"), [("reading", "info"), ("import", "error"), ("audit", "error")]
)
def test_notes_and_findings_about_the_content_do_not_change_the_status(category: str, severity: str) -> None:
    form = DepartmentForm(layout="x", data=DepartmentOverall(), findings=(finding(category, severity),))
    assert submission_status([form], []) == "accepted"


def test_the_forms_of_a_file_arecross_checked() -> None:
    row = Project(name="普法经费", annual_budget=Decimal(24))
    department = DepartmentForm(layout="x", data=DepartmentOverall(money_unit="万元", projects=(row,)))
    project = ProjectForm(
        layout="y",
        data=ProjectDeclaration(project="普法经费", annual_budget=Decimal(23), money_unit="万元"),
    )
    ours, theirs = cross_checked([department, project])
    assert [found.code for found in ours.findings] == ["projects-against-forms"]
    assert theirs is project
    assert cross_checked([department]) == [department]
