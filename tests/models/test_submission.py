"""A result survives being written and read back; what breaks the contract is refused with its pointer."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.codes import CODES
from models.declaration import (
    Annual,
    AnnualIndicator,
    Budget,
    BudgetLine,
    DepartmentOverall,
    History,
    ProjectDeclaration,
    Value,
)
from models.finding import Evidence, Finding, Repair
from models.submission import (
    CheckResult,
    DepartmentForm,
    MadeBy,
    ProjectForm,
    ResultError,
    Source,
    Submission,
    json_to_submission,
    result_schema,
    schema_to_json,
    submission_to_json,
    submission_to_line,
)
from tests.places import ROOT
from tests.results import as_version_1

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
maybe_text = st.none() | texts
numbers = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**9), max_value=10**9, places=4)
maybe_number = st.none() | numbers
scores = st.floats(0, 1)
years = st.none() | st.integers(1900, 2999)


def several(noun: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(noun, max_size=2).map(tuple)


values = st.builds(
    Value,
    text=texts,
    comparator=st.sampled_from([None, ">=", "<"]),
    number=maybe_number,
    unit=maybe_text,
    per=maybe_text,
    not_applicable=st.sampled_from([None, True]),
)
indicators = st.builds(
    AnnualIndicator,
    level3=maybe_text,
    code=maybe_text,
    target=st.none() | values,
    basis=maybe_text,
    history=st.builds(History, last_year=st.none() | values),
)
budgets = st.builds(
    Budget,
    history_years=st.just((2024, 2025)),
    income=several(
        st.builds(BudgetLine, item=texts, amount=maybe_number, history=st.tuples(maybe_number, maybe_number))
    ),
)
findings = st.builds(
    Finding,
    code=texts,
    category=st.sampled_from(["reading", "arithmetic", "import", "audit"]),
    severity=st.sampled_from(["error", "warning", "info"]),
    path=maybe_text,
    message=texts,
)
repairs = st.builds(
    Repair, path=texts, kind=st.just("typo"), before=maybe_text, after=texts, because=texts, confidence=scores
)
evidence = st.builds(
    Evidence,
    page=st.none() | st.integers(1, 99),
    bbox=st.none() | st.tuples(*[st.floats(0, 2000)] * 4),
    text=texts,
    reader=texts,
    origin=st.sampled_from(["cell", "catalogue", "person"]),
    confidence=scores,
)
checks = st.builds(
    CheckResult,
    code=texts,
    outcome=st.sampled_from(["passed", "failed", "not-applicable", "no-data"]),
    on=st.integers(0, 99),
    failed=st.integers(0, 99),
)
marks = {
    "catalogue": maybe_text,
    "checks": several(checks),
    "evidence": st.dictionaries(texts, evidence, max_size=2),
    "repairs": several(repairs),
    "findings": several(findings),
    "pages": st.none() | st.just((1, 2)),
}
department_forms = st.builds(
    DepartmentForm,
    layout=texts,
    data=st.builds(
        DepartmentOverall,
        department=maybe_text,
        budget_year=years,
        budget=budgets,
        functions=several(texts),
        annual=st.builds(Annual, indicators=several(indicators)),
    ),
    **marks,
)
project_forms = st.builds(
    ProjectForm,
    layout=texts,
    data=st.builds(ProjectDeclaration, project=maybe_text, total_budget=maybe_number),
    **marks,
)
submissions = st.builds(
    Submission,
    made_by=st.none() | st.builds(MadeBy, shenbao=texts, recogniser=maybe_text),
    source=st.builds(
        Source, name=texts, sha256=st.just("0" * 64), media_type=texts, bytes=st.integers(0, 10**9)
    ),
    status=st.sampled_from(["accepted", "review", "rejected"]),
    forms=several(department_forms | project_forms),
    findings=several(findings),
)


def small(amount: Decimal = Decimal("1932.40")) -> Submission:
    line = BudgetLine(item="财政拨款", amount=amount)
    form = DepartmentForm(layout="hubei-2025", data=DepartmentOverall(budget=Budget(income=(line,))))
    source = Source(name="a.md", sha256="0" * 64, media_type="text/plain", bytes=1)
    return Submission(source=source, status="accepted", forms=(form,))


def broken(change: Any) -> str:
    root = json.loads(submission_to_json(small()))
    change(root)
    return json.dumps(root)


@given(submissions)
@settings(max_examples=60)
def test_reading_a_result_back_gives_an_equal_object(submission: Submission) -> None:
    assert json_to_submission(submission_to_json(submission)) == submission


@given(submissions)
@settings(max_examples=40)
def test_every_result_is_plain_json(submission: Submission) -> None:
    assert json.loads(submission_to_json(submission))["schema_version"] == "2"


def test_printed_digits_are_kept() -> None:
    text = submission_to_json(small(Decimal("1932.40")))
    assert '"amount": 1932.40,' in text
    assert submission_to_json(json_to_submission(text)) == text


@pytest.mark.parametrize("digits", ["0.10", "123456789012345678901234567890.12", "-0.50", "100"])
def test_no_number_passes_through_a_binary_float(digits: str) -> None:
    again = json_to_submission(submission_to_json(small(Decimal(digits))))
    form = again.forms[0]
    assert isinstance(form.data, DepartmentOverall)
    assert str(form.data.budget.income[0].amount) == digits


def test_a_result_on_one_line_is_the_same_result() -> None:
    line = submission_to_line(small())
    assert "\n" not in line
    assert json_to_submission(line) == small()


def test_unusual_line_breaks_in_a_text_survive_json_lines() -> None:
    source = Source(name="a\u2028 b\x85c", sha256="0" * 64, media_type="text/plain", bytes=1)
    submission = Submission(source=source, status="rejected")
    assert json_to_submission(submission_to_line(submission)) == submission


def test_keys_stand_in_the_contracts_order() -> None:
    form = json.loads(submission_to_json(small()))["forms"][0]
    assert list(form) == [
        *("form", "layout", "catalogue", "pages"),
        *("data", "evidence", "repairs", "findings", "checks"),
    ]


def test_a_qualitative_value_has_only_its_text() -> None:
    assert Value(text="效果显著").model_dump() == {"text": "效果显著"}


def test_a_key_of_a_later_program_is_passed_over() -> None:
    text = broken(lambda root: root["forms"][0]["data"]["budget"].update(later=1))
    assert json_to_submission(text) == small()


def test_a_strict_reader_names_an_unknown_key_by_its_pointer() -> None:
    text = broken(lambda root: root["forms"][0]["data"]["budget"].update(extra=1))
    with pytest.raises(ResultError, match=r"^/forms/0/data/budget/extra: "):
        json_to_submission(text, strict=True)


def test_a_strict_reader_names_an_unlisted_finding_code() -> None:
    finding = {"code": "brand-new", "category": "audit", "severity": "info", "path": None, "message": "新"}
    text = broken(lambda root: root["forms"][0].update(findings=[finding]))
    assert json_to_submission(text).forms[0].findings[0].code == "brand-new"
    with pytest.raises(ResultError, match=r"^/forms/0/findings/0/code: 'brand-new'"):
        json_to_submission(text, strict=True)


def test_a_strict_reader_names_an_unlisted_reader() -> None:
    seen = Evidence(text="1", reader="word; tea-leaves", confidence=1)
    form = small().forms[0].model_copy(update={"evidence": {"/title": seen}})
    text = submission_to_json(small().model_copy(update={"forms": (form,)}))
    assert json_to_submission(text).forms[0].evidence["/title"] == seen
    with pytest.raises(ResultError, match=r"^/forms/0/evidence/~1title/reader: 'word; tea-leaves'"):
        json_to_submission(text, strict=True)


def test_a_result_of_version_1_is_read_as_one_that_says_less() -> None:
    seen = Evidence(text="1932.40", reader="word", origin="catalogue", confidence=1)
    form = small().forms[0].model_copy(update={"evidence": {"/budget/income/0/amount": seen}})
    read = json_to_submission(as_version_1(small().model_copy(update={"forms": (form,)})))
    seen = read.forms[0].evidence["/budget/income/0/amount"]
    assert (seen.reader, seen.origin) == ("unknown", "catalogue")
    assert (read.made_by, read.forms[0].catalogue, read.forms[0].checks) == (None, None, ())
    assert json_to_submission(submission_to_json(read)) == read


@pytest.mark.parametrize("forms", [None, 1, [1], [{"evidence": [1]}], [{"evidence": {"/title": 1}}]])
def test_a_misshapen_result_of_version_1_is_refused(forms: Any) -> None:
    with pytest.raises(ResultError, match="/forms"):
        json_to_submission(json.dumps({**json.loads(as_version_1(small())), "forms": forms}))


def test_a_result_of_a_later_version_is_refused() -> None:
    with pytest.raises(ResultError, match=r"^/schema_version: "):
        json_to_submission(broken(lambda root: root.update(schema_version="3")))


def test_a_wrong_type_is_refused_with_its_pointer() -> None:
    text = broken(lambda root: root["forms"][0]["data"]["budget"]["income"][0].update(amount="1932.40"))
    with pytest.raises(ResultError, match=r"^/forms/0/data/budget/income/0/amount: "):
        json_to_submission(text)


def test_every_fault_is_named() -> None:
    text = broken(lambda root: root.update(status="fine", more=1))
    with pytest.raises(ResultError) as refused:
        json_to_submission(text, strict=True)
    assert {line.split(":")[0] for line in str(refused.value).splitlines()} == {"/status", "/more"}


def test_a_missing_field_is_refused() -> None:
    with pytest.raises(ResultError, match="/source"):
        json_to_submission(broken(lambda root: root.pop("source")))


@pytest.mark.parametrize("text", ["", "[", "null", "[]", "{}", '{"a": NaN}', "1" * 5000])
def test_what_is_no_result_is_refused(text: str) -> None:
    with pytest.raises(ResultError):
        json_to_submission(text)


def test_the_schema_knows_both_forms_and_lists_the_finding_codes() -> None:
    definitions = result_schema()["$defs"]
    assert {"DepartmentOverall", "ProjectDeclaration"} <= definitions.keys()
    assert definitions["Finding"]["properties"]["code"]["enum"] == list(CODES)


def test_the_schema_leaves_room_for_keys_of_later_programs() -> None:
    assert '"additionalProperties": false' not in schema_to_json()


def test_the_schema_file_is_current() -> None:
    file = (ROOT / "docs/schema.json").read_text("utf-8")
    assert file == schema_to_json(), "run `make docs`"
