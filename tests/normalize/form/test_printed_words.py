"""What kind of printed word a text is, or none."""

from __future__ import annotations

import pytest

from normalize.form.printed_words import text_to_kind


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("部门总体资金情况", "label"),
        ("收入构成", "label"),
        ("联系电话", "field"),
        ("财政拨款", "word"),
        ("上级转移支付", "word"),
        ("预算执行率", "word"),
        ("预算支出标准", "word"),
        ("管理效率", "label"),
        ("2024年", "word"),
        ("长期绩效目标表", "label"),
        ("项目执行单位", "field"),
    ],
)
def test_words_that_the_form_prints(text: str, kind: str) -> None:
    assert text_to_kind(text) == kind


@pytest.mark.parametrize("text", ["江阳县审计局", "按时完成预算执行", "98%", ""])
def test_texts_of_a_clerk(text: str) -> None:
    assert text_to_kind(text) is None


def test_an_indicator_named_like_its_group_counts_as_the_group() -> None:
    assert text_to_kind("服务对象满意度") == "label"
