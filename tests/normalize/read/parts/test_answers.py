"""What stands beside a label as a value: names with codes, ticked choices, dates, and what no field is for."""

from __future__ import annotations

import pytest

from models.declaration import PrintedField
from normalize.read.parts.answers import CodedName, read_choice, read_date, read_name, read_other, read_text
from tests.normalize.read.marked_rows import codes
from tests.normalize.read.parts.taken_apart import slot


@pytest.mark.parametrize(
    ("text", "name", "code"),
    [
        ("[015001]江汉市青林区教育局", "江汉市青林区教育局", "015001"),
        ("【042】金河区体育局", "金河区体育局", "042"),
        ("820001-井岩县马坪镇人民政府", "井岩县马坪镇人民政府", "820001"),
        ("金岭县司法局", "金岭县司法局", None),
        ("110报警服务中心", "110报警服务中心", None),
    ],
)
def test_a_code_before_a_name_is_no_part_of_it(text: str, name: str, code: str | None) -> None:
    assert read_name((slot(text),), "/department").value == CodedName(name, code)


@pytest.mark.parametrize(
    ("text", "choice"),
    [
        ("1、持续性项目☑ 2、新增性项目□", "持续性项目"),
        ("1、常年性项目□ 2、一次性项目√ 3、延续性项目□（从    年至    年）", "一次性项目"),
        ("□持续性项目 ☑新增性项目", "新增性项目"),
        ("■部门预算项目□上级专项■对下转移支付", "部门预算项目、对下转移支付"),
        ("特定目标类", "特定目标类"),
    ],
)
def test_what_is_ticked_is_the_answer(text: str, choice: str) -> None:
    read = read_choice((slot(text),), "/category")
    assert read.value == choice
    assert codes(read.notes) == set()


def test_boxes_without_a_tick_are_no_answer_and_told() -> None:
    read = read_choice((slot("1、持续性项目□ 2、新增性项目□"),), "/category")
    assert read.value is None
    assert codes(read.notes) == {("missing-value", "/category")}


def test_no_date_is_nothing_and_told() -> None:
    read = read_date((slot("2020年5月"),), "/filled_on", "填报日期")
    assert read.value is None
    assert codes(read.notes) == {("unparsed-value", "/filled_on")}


def test_a_blank_answer_is_nothing() -> None:
    assert read_text((), "/unit").value is None


def test_other_fields_are_kept_under_their_printed_label() -> None:
    read = read_other([("单位地址：", (slot("文化路一号"),)), ("预算编码", ())])
    assert read.value == (PrintedField(label="单位地址", text="文化路一号"),)
    assert read.notes.evidence["/other/0/text"].text == "文化路一号"
