"""Names and telephone numbers are hidden wherever a result has them."""

from __future__ import annotations

import pytest

from models.submission import submission_to_json
from shenbao.export.mask import MASK, mask_submission
from tests.results import declaration, department, project, refused


def test_the_preparer_and_the_phone_are_hidden() -> None:
    data = mask_submission(department()).forms[0].data
    assert (data.preparer, data.phone, data.department) == (MASK, MASK, "江阳县审计局")


def test_a_blank_stays_a_blank() -> None:
    data = declaration().model_copy(update={"phone": None})
    assert mask_submission(department(data=data)).forms[0].data.phone is None


def test_repairs_and_findings_do_not_quote_them() -> None:
    form = mask_submission(department("陈立群-申报表.docx")).forms[0]
    assert (form.repairs[0].before, form.repairs[0].after) == (MASK, MASK)
    assert form.findings[0].message == MASK


def test_a_name_in_the_file_name_is_hidden() -> None:
    assert mask_submission(department("审计局陈立群.docx")).source.name == f"审计局{MASK}.docx"


@pytest.mark.parametrize("phone", ["13871234567", "138 7123 4567", "0714-7322150", "027 87654321"])
def test_a_phone_in_a_text_is_hidden(phone: str) -> None:
    data = declaration().model_copy(update={"functions": (f"咨询电话{phone}。",)})
    masked = mask_submission(department(data=data)).forms[0].data
    assert getattr(masked, "functions") == (f"咨询电话{MASK}。",)  # noqa: B009


@pytest.mark.parametrize("number", ["420222138712345678", "2025-2026", "12345", "1,387,123,456.70"])
def test_other_numbers_stay(number: str) -> None:
    data = declaration().model_copy(update={"functions": (f"编号{number}",)})
    masked = mask_submission(department(data=data)).forms[0].data
    assert getattr(masked, "functions") == (f"编号{number}",)  # noqa: B009


@pytest.mark.parametrize(("preparer", "message"), [("李", "李家村"), ("李明", "***家村")])
def test_a_name_of_one_character_is_hidden_only_where_it_is_the_preparer(preparer: str, message: str) -> None:
    made = department(data=declaration().model_copy(update={"preparer": preparer}))
    about = (
        made.forms[0].findings[0].model_copy(update={"path": "/functions/0", "message": f"{preparer}家村"})
    )
    made = made.model_copy(update={"findings": (about,)})
    masked = mask_submission(made)
    assert masked.findings[0].message == message
    assert masked.forms[0].data.preparer == MASK


def test_what_stands_under_the_label_of_a_person_goes_whole() -> None:
    data = mask_submission(department()).forms[0].data
    assert [(field.label, field.text) for field in data.other] == [("部门负责人", MASK), ("机构数", "3个")]


def test_a_column_of_persons_is_hidden_under_its_heading() -> None:
    row = declaration().annual.indicators[0].model_copy(update={"extra": {"责任人": "王芳", "上年权重": "8"}})
    part = declaration().annual.model_copy(update={"indicators": (row,)})
    masked = mask_submission(department(data=declaration().model_copy(update={"annual": part})))
    assert masked.forms[0].data.annual.indicators[0].extra == {"责任人": MASK, "上年权重": "8"}


def test_results_that_name_nobody_are_unchanged() -> None:
    for made in (project(), refused()):
        assert submission_to_json(mask_submission(made)) == submission_to_json(made)
