"""Is a text still Chinese? A rewording changes words, a misreading breaks them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalize.channel.misreading import misreading
from normalize.channel.word_model import prose, prose_around, rewording, strange_characters, words

CHINESE = st.text(st.sampled_from("部门预算执行率符合国家规定手续齐全菅囗鬯"), max_size=12)


@given(CHINESE)
def test_the_words_are_the_text(text: str) -> None:
    assert "".join(words(text)) == text


@given(CHINESE, CHINESE)
def test_more_text_is_never_more_probable(text: str, more: str) -> None:
    assert prose(text + more) <= prose(text) + prose(more) + 1e-9


@given(CHINESE)
def test_the_usual_text_is_no_rewording(text: str) -> None:
    assert rewording(text, text) == 0


@given(CHINESE, st.text(st.sampled_from("部门预算执行率囗"), min_size=1, max_size=1), CHINESE)
def test_a_character_in_its_place_costs_what_the_whole_text_costs(before: str, char: str, after: str) -> None:
    assert prose_around(before, after)(char) == pytest.approx(prose(before + char + after))


def test_known_words_are_kept_together() -> None:
    assert words("手续完整") == ("手续", "完整")


@pytest.mark.parametrize(
    ("new", "usual"),
    [
        ("符合国家规定手续完整", "符合国家规定手续齐全"),
        ("人才储备规划符合单位发展需要", "人才储备规划符合单位发展需求"),
        ("服务型单位建设", "服务型政府建设"),
        ("设立依据充分按程序设立", "设立依据充分按规定程序设立"),
        ("制定资产管理内控制度", "制定资产管理内部控制制度"),
        ("充分运用信息化手段提升工作效率", "充分利用信息化手段提升工作效率"),
        ("无交叉重复", "不存在交叉重复"),
    ],
)
def test_another_word_is_rather_a_rewording_than_a_misreading(new: str, usual: str) -> None:
    assert rewording(new, usual) < misreading(new, usual)


@pytest.mark.parametrize(
    ("new", "usual"),
    [
        ("符合囯家规定手续齐全", "符合国家规定手续齐全"),
        ("服务型政府建没", "服务型政府建设"),
        ("财务菅理制度", "财务管理制度"),
        ("设立依椐充分", "设立依据充分"),
    ],
)
def test_a_broken_word_is_rather_a_misreading_than_a_rewording(new: str, usual: str) -> None:
    assert misreading(new, usual) < rewording(new, usual)


def test_chinese_is_more_probable_than_characters_at_random() -> None:
    assert prose("手续齐全") < prose("齐手全续")


@pytest.mark.parametrize("rare", "丬攵菅劢鬯")
def test_a_rare_character_that_stands_alone_is_strange(rare: str) -> None:
    assert strange_characters(f"义务兵{rare}家庭优待金") == (rare,)


@pytest.mark.parametrize("text", ["法律援助合格案件数", "特殊人群及弱势群体经济损失减少", "≥800件/年", "无"])
def test_plain_texts_have_no_strange_characters(text: str) -> None:
    assert strange_characters(text) == ()
