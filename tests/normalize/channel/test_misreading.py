"""A reader errs by shape, in every cell for itself; a typist by sound, once."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalize.channel.channel_prices import CHANNEL_PRICES
from normalize.channel.misreading import misreading, slip, substitution


def is_lookalike(seen: str, true: str) -> bool:
    """Whether the table of shapes explains the misreading: it costs less than one that only sounds alike."""
    return substitution(seen, true) < CHANNEL_PRICES.misread + CHANNEL_PRICES.sounds_alike


TEXTS = st.text(st.sampled_from("部门预算执行率管菅理绩缋效划戈规归有由保障"), max_size=8)


@given(TEXTS, TEXTS)
def test_only_equal_texts_cost_nothing(seen: str, true: str) -> None:
    assert (misreading(seen, true) == 0) is (seen == true)
    assert 0 <= misreading(seen, true) <= CHANNEL_PRICES.impossible


@given(TEXTS, TEXTS, TEXTS, TEXTS)
def test_a_common_beginning_and_end_are_no_evidence(before: str, seen: str, true: str, after: str) -> None:
    assert misreading(before + seen + after, before + true + after) == pytest.approx(misreading(seen, true))


@given(TEXTS)
def test_every_further_dropped_character_costs_more(text: str) -> None:
    prices = [misreading(text[:n], text) for n in range(len(text) + 1)]
    assert prices == sorted(prices, reverse=True)


@pytest.mark.parametrize(
    ("seen", "true"),
    [("菅理效率", "管理效率"), ("规刬", "规划"), ("缋效", "绩效"), ("依椐", "依据"), ("预箕", "预算")],
)
def test_a_look_alike_is_cheaper_than_any_other_character(seen: str, true: str) -> None:
    at = next(i for i, (a, b) in enumerate(zip(seen, true, strict=True)) if a != b)
    assert is_lookalike(seen[at], true[at])
    assert misreading(seen, true) < misreading(true[:at] + "鬯" + true[at + 1 :], true)


def test_a_word_is_not_misread_for_another() -> None:
    assert misreading("服务型单位建设", "服务型政府建设") > 2 * misreading("服务型政府建没", "服务型政府建设")


@pytest.mark.parametrize(("a", "b"), [("划", "刬"), ("管", "菅"), ("设", "没")])
def test_shapes_are_alike_in_both_directions(a: str, b: str) -> None:
    assert is_lookalike(a, b)
    assert is_lookalike(b, a)


def test_a_character_is_not_mistaken_at_random() -> None:
    assert substitution("山", "划") > substitution("刬", "划")
    assert not is_lookalike("山", "划")


def test_a_long_text_against_a_short_one_is_impossible() -> None:
    assert (
        misreading("无", "制定资产配置、使用、处置制度，制定资产管理内部控制制度")
        == CHANNEL_PRICES.impossible
    )


@given(TEXTS)
def test_a_typist_who_does_not_slip_costs_nothing(text: str) -> None:
    assert slip(text, text) == 0


def test_a_typist_slips_into_the_same_sound() -> None:
    assert slip("由保障", "有保障") < misreading("由保障", "有保障")
    assert slip("归划", "规划") < slip("山划", "规划")


def test_a_typist_leaves_no_character_out() -> None:
    assert slip("有障", "有保障") == CHANNEL_PRICES.impossible


def test_a_text_with_nothing_right_in_it_is_no_slip() -> None:
    assert slip("ò", "无") == CHANNEL_PRICES.impossible
    assert slip("归", "规") < CHANNEL_PRICES.impossible
