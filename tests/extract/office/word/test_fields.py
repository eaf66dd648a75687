"""Fields print their results, and a few print without one."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.word_markup import cell_text, par, read, run, texts

BEGIN, SEPARATE, END = (
    f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")
)


def code(text: str) -> str:
    return f"<w:r><w:instrText>{text}</w:instrText></w:r>"


def form_field(data: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="begin"><w:ffData>{data}</w:ffData></w:fldChar></w:r>'


def test_result_is_shown_and_instruction_is_not(tmp_path: Path) -> None:
    assert (
        cell_text(tmp_path, par(BEGIN + code(" DATE ") + run("x") + SEPARATE + run("2026") + END + run("年")))
        == "2026年"
    )


def test_result_inside_an_instruction_is_not_shown(tmp_path: Path) -> None:
    inner = BEGIN + code(" AUTHOR ") + SEPARATE + run("王小明") + END
    assert cell_text(tmp_path, par(BEGIN + code(" IF ") + inner + SEPARATE + run("陈立群") + END)) == "陈立群"


@pytest.mark.parametrize(
    ("data", "shown"),
    [
        ('<w:ddList><w:listEntry w:val="基本型"/><w:listEntry w:val="拓展型"/></w:ddList>', "基本型"),
        (
            '<w:ddList><w:result w:val="1"/><w:listEntry w:val="基本型"/><w:listEntry w:val="拓展型"/></w:ddList>',
            "拓展型",
        ),
        ('<w:ddList><w:result w:val="9"/><w:listEntry w:val="基本型"/></w:ddList>', ""),
        ("<w:checkBox><w:checked/></w:checkBox>", "☑"),
        ('<w:checkBox><w:default w:val="1"/><w:checked w:val="0"/></w:checkBox>', "□"),
        ('<w:checkBox><w:default w:val="1"/></w:checkBox>', "☑"),
    ],
)
def test_old_form_fields_show_what_was_chosen(tmp_path: Path, data: str, shown: str) -> None:
    assert (
        cell_text(tmp_path, par(form_field(data) + code(" FORM ") + SEPARATE + END + run("."))) == f"{shown}."
    )


@pytest.mark.parametrize(
    ("instruction", "shown"),
    [
        (r"eq \o\ac(○,3)", "③"),
        (r"EQ \o\ac(○,甲)", "甲"),
        (r"EQ \f(1,2)", "\ufffd"),
        (r'SYMBOL 252 \f "Wingdings"', "√"),
        ("XE 词条", ""),
    ],
)
def test_fields_without_a_result(tmp_path: Path, instruction: str, shown: str) -> None:
    assert cell_text(tmp_path, par(BEGIN + code(instruction) + END + run("x"))) == f"{shown}x"


def test_field_that_never_ends_hides_no_more_than_its_paragraph(tmp_path: Path) -> None:
    assert texts(read(tmp_path, par(run("a") + BEGIN + code("x")) + par(run("b")))) == ["a", "b"]


def test_end_without_a_beginning_is_survived(tmp_path: Path) -> None:
    assert cell_text(tmp_path, par(END + SEPARATE + run("a"))) == "a"
