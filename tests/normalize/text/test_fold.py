"""What is no evidence goes: width, idle spaces, kinds of punctuation, code points that look alike."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalize.text.fold import fold, is_filler, skeleton, with_printed_signs, without_filler

CHARACTERS = '部门预算，,。;；:：()（）“”"≥≧⩾=＝%％0１２.．/／-－ 　\tabA\n⼈⽬⻔‰万元不'
TEXTS = st.text(st.sampled_from(CHARACTERS), max_size=24)


@given(st.one_of(TEXTS, st.text(max_size=30)))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.one_of(TEXTS, st.text(max_size=30)))
def test_a_key_needs_no_folding(text: str) -> None:
    assert skeleton(fold(text)) == skeleton(text)


@given(TEXTS)
def test_a_key_has_no_punctuation(text: str) -> None:
    assert not set(skeleton(text)) & set('，,。；;：:（）()“”"、 ')


@pytest.mark.parametrize("sign", "≥≧⩾")
def test_every_sign_for_at_least_is_one(sign: str) -> None:
    assert fold(f"{sign}95%") == "≥95%"


@pytest.mark.parametrize("sign", "≤≦⩽")
def test_every_sign_for_at_most_is_one(sign: str) -> None:
    assert fold(f"{sign}5%") == "≤5%"


@pytest.mark.parametrize("sign", "=＝﹦")
def test_every_equals_sign_is_one(sign: str) -> None:
    assert fold(f"{sign}48所") == "=48所"


@pytest.mark.parametrize(("wide", "sign"), [("＜", "<"), ("﹤", "<"), ("＞", ">"), ("﹥", ">")])
def test_every_sign_for_less_and_more_is_one(wide: str, sign: str) -> None:
    assert fold(f"{wide}60天") == f"{sign}60天"


@pytest.mark.parametrize(
    ("printed", "folded"),
    [
        ("１９３２．４１", "1932.41"),
        ("９８％", "98%"),
        ("＋３％", "+3%"),
        ("－2.57%", "-2.57%"),
        ("−2.57%", "-2.57%"),
        ("５‰", "5‰"),
        ("Ａ类", "A类"),
    ],
)
def test_full_width_figures_become_half_width(printed: str, folded: str) -> None:
    assert fold(printed) == folded


@pytest.mark.parametrize(
    ("printed", "folded"),
    [
        ("设立依据充分, 按规定程序设立", "设立依据充分，按规定程序设立"),
        ("长期目标(截止2030年)", "长期目标（截止2030年）"),
        ("单位: 万元", "单位：万元"),
        ("12 6/16", "12 6/16"),
        ("1 2 6/16 台", "12 6/16台"),
        ("真实｡完整､准确", "真实。完整、准确"),
    ],
)
def test_punctuation_in_chinese_becomes_full_width(printed: str, folded: str) -> None:
    assert fold(printed) == folded


def test_a_comma_between_digits_stays() -> None:
    assert fold("共1,932.41万元, 其中") == "共1,932.41万元，其中"


@pytest.mark.parametrize(
    ("printed", "folded"),
    [
        ("≥800 件/年", "≥800件/年"),
        ("1 932.41", "1932.41"),
        ("核心业务产出 1", "核心业务产出1"),
        ("项 目　支 出", "项目支出"),
        ("PDF reader", "PDF reader"),
    ],
)
def test_only_a_space_between_latin_words_stays(printed: str, folded: str) -> None:
    assert fold(printed) == folded


def test_straight_quotes_open_and_close_in_turn() -> None:
    assert fold('从"管得住"向"矫得好"') == "从“管得住”向“矫得好”"


def test_radicals_are_the_characters_they_are_drawn_as() -> None:
    assert fold("⼈⽬⻔⻓⾦") == "人目门长金"


def test_a_compatibility_character_is_its_usual_one() -> None:
    assert fold("\uf9b4\ufa0a") == "領見"


def test_a_byte_order_mark_is_nothing() -> None:
    assert fold("\ufeff附件2") == "附件2"


def test_quotes_brackets_and_commas_do_not_tell_names_apart() -> None:
    assert skeleton("“三公经费”变动率") == skeleton("三公经费变动率")
    assert skeleton("部门(单位)名称：") == skeleton("部门（单位）名称")


@pytest.mark.parametrize("text", [".....", "……", "。。。", "----", "___", "…", "· · ·", "/"])
def test_dots_and_dashes_only_fill_the_space(text: str) -> None:
    assert is_filler(text)


@pytest.mark.parametrize("text", ["0", "无", "-5%", "…等", "1.", "—般"])
def test_a_value_is_no_filler(text: str) -> None:
    assert not is_filler(text)


@given(st.one_of(TEXTS, st.text(max_size=30)))
def test_a_text_with_printed_signs_folds_to_itself(printed: str) -> None:
    assert fold(with_printed_signs(fold(printed), printed)) == fold(printed)


@pytest.mark.parametrize("printed", ["≦0%", "﹥90%", "﹦100%", "≧５件"])
def test_a_sign_is_given_back_as_it_is_printed(printed: str) -> None:
    assert with_printed_signs(fold(printed), printed)[0] == printed[0]


def test_a_repaired_text_keeps_its_own_signs() -> None:
    assert with_printed_signs("≤10%", "≦1O%") == "≤10%"


def test_a_wide_sign_is_no_other_sign() -> None:
    assert with_printed_signs("=100%", "＝100%") == "=100%"


@pytest.mark.parametrize("text", [".....体制机制改革", "体制机制改革……..", "体制机制改革"])
def test_a_row_of_dots_beside_a_text_is_left_out(text: str) -> None:
    assert without_filler(text) == "体制机制改革"


@pytest.mark.parametrize("text", [".....", "共享平台等…", "0.5", "1.2…"])
def test_dots_that_are_all_or_end_a_sentence_stay(text: str) -> None:
    assert without_filler(text) == text
