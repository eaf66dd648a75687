"""Layouts that explain a form equally well: the one that is like another, a bureau's own, or nobody."""

from __future__ import annotations

from pathlib import Path

import pytest

from extract.transcripts.markup import text_to_pieces
from normalize.form.claiming.claims import claim_layout
from normalize.form.physical_rows import pieces_to_rows
from normalize.text.own_data import VARIABLE

FORM = """\
部门整体绩效目标申报表
部门（单位）名称\t江阳县审计局
部门总体资金情况\t总体资金情况\t\t当年金额\t占比
\t收入构成\t财政拨款\t100\t100%
\t\t财政专户管理资金
\t\t合计\t100\t100%
\t支出构成\t人员类项目支出\t60\t60%
\t\t运转类项目支出\t40\t40%
年度工作任务\t完成审计
"""
LIKE = "name: {}\nform: department-overall\nabout: 湖北省部门整体绩效目标申报表\nlike: {}\n"
BARE = """\
titles: [部门整体绩效目标申报表]
fields: {department: [部门名称, 部门（单位）名称]}
sections: {budget: [部门总体资金情况], annual_tasks: [年度工作任务]}
tables: {budget: {item: [总体资金情况], amount: [当年金额], share: [占比]}}
money:
  income: {label: 收入构成, items: [财政拨款, 财政专户管理资金, 合计]}
  expenditure: {label: 支出构成, items: [人员类项目支出, 运转类项目支出, 合计]}
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A bureau's own layouts."""
    (tmp_path / "layouts").mkdir()
    monkeypatch.setenv(VARIABLE, str(tmp_path))
    return tmp_path / "layouts"


def write(folder: Path, name: str, text: str, like: str = "hubei-2025") -> None:
    (folder / f"{name}.yaml").write_text(LIKE.format(name, like) + text, "utf-8")


def claimed(form: str = FORM) -> str:
    """The layout's name, or the code of the finding that says why there is none."""
    layout, findings = claim_layout(pieces_to_rows(text_to_pieces(form)))
    return layout.name if layout else findings[0].code


def test_a_layout_that_only_adds_words_leaves_a_form_without_them_to_its_parent(folder: Path) -> None:
    write(folder, "hubei-2027", "fields: {other: [绩效管理岗]}\n")
    assert claimed() == "hubei-2025"


def test_it_claims_the_form_that_prints_one_of_them(folder: Path) -> None:
    write(folder, "hubei-2027", "fields: {other: [绩效管理岗]}\n")
    assert claimed(FORM + "绩效管理岗\t张敏\n") == "hubei-2027"


@pytest.mark.parametrize("text", ["absent: [history]\n", "sections: {projects: null}\n"])
def test_a_layout_that_adds_no_words_is_meant_before_its_parent(folder: Path, text: str) -> None:
    write(folder, "hubei-2027", text)
    assert claimed() == "hubei-2027"


def test_what_a_layout_needs_beyond_its_parent_is_printed_and_settles_it(folder: Path) -> None:
    write(folder, "hubei-2027", "needs: [占比]\nfields: {other: [绩效管理岗]}\n")
    assert claimed() == "hubei-2027"


def test_a_grandchild_that_only_adds_words_is_not_meant_either(folder: Path) -> None:
    write(folder, "hubei-2027", "fields: {other: [绩效管理岗]}\n")
    write(folder, "hubei-2028", "fields: {other: [绩效管理岗, 财务负责人签字]}\n", like="hubei-2027")
    assert claimed() == "hubei-2025"


def test_a_bureau_s_own_layout_is_meant_before_one_that_ships(folder: Path) -> None:
    text = "name: our-copy\nform: department-overall\nabout: 本县的表\n" + BARE
    (folder / "our-copy.yaml").write_text(text, "utf-8")
    assert claimed() == "our-copy"


def test_two_of_a_bureau_s_own_are_told(folder: Path) -> None:
    for name in ("our-copy", "our-other-copy"):
        text = f"name: {name}\nform: department-overall\nabout: 本县的表\n{BARE}"
        (folder / f"{name}.yaml").write_text(text, "utf-8")
    assert claimed() == "layout-ambiguous"
