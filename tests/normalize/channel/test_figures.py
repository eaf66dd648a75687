"""A figure is what its picture can say and what can stand in its cell; the row's other values know which."""

from __future__ import annotations

from decimal import Decimal

import pytest

from normalize.channel.decision import Decision
from normalize.channel.figures import Kin, lost_point, read_figure, texts_to_kin
from normalize.channel.observation import OcrText, PictureText
from normalize.notes import certainty
from normalize.read.money import share_price
from tests.pictured import line

PERCENT = texts_to_kin([("95%", 1.0), ("≥98%", 1.0)])


def read(text: str, kin: Kin, *doubts: tuple[int, str, float]) -> Decision:
    cell = PictureText(text, line(text, {place: {char: p} for place, char, p in doubts}))
    return read_figure(cell, kin.price, kin.variants)


def test_a_clear_figure_is_kept() -> None:
    decision = read("97%", PERCENT)
    assert (decision.text, decision.kind, decision.doubt) == ("97%", "kept", False)
    assert decision.confidence > 0.9


def test_a_per_cent_read_as_a_digit_is_known_by_the_rows_other_values() -> None:
    decision = read("1002", PERCENT, (3, "%", 0.35))
    assert (decision.text, decision.kind) == ("100%", "digit")


def test_a_unit_that_the_picture_denies_is_not_put_there() -> None:
    assert read("1002", PERCENT).text == "1002"


def test_a_per_cent_that_broke_up_is_one_also_where_the_whole_row_is_read_so() -> None:
    row = texts_to_kin([("≥92oo", 0.9), ("90oà", 0.9)])
    assert not row.units
    decision = read("92oo", row, (2, "%", 0.02), (3, "", 0.1))
    assert (decision.text, decision.kind, decision.doubt) == ("92%", "digit", True)


def test_a_per_cent_whose_picture_shows_rings_only_is_one_and_doubted() -> None:
    decision = read("92oo", PERCENT)
    assert (decision.text, decision.kind, decision.doubt) == ("92%", "digit", True)


def test_a_lone_ring_stays_where_no_other_value_of_the_row_is_a_rate() -> None:
    angle, rate = read("45º", texts_to_kin([("30公里", 1.0)])), read("45º", PERCENT)
    assert (angle.text, angle.doubt) == ("45º", True)
    assert (rate.text, rate.doubt) == ("45%", True)


def test_a_share_whose_per_cent_broke_up_is_read() -> None:
    decision = read_figure(PictureText("71.45ºo", line("71.45ºo")), share_price)
    assert (decision.text, decision.doubt) == ("71.45%", True)


def test_a_speck_behind_a_unit_is_no_rival() -> None:
    assert read("37%.", PERCENT, (3, "", 0.5)).confidence > 0.9


def test_a_last_ring_beside_clear_rates_is_a_speck() -> None:
    row = texts_to_kin([("90%", 1.0), ("≥92%", 1.0)])
    assert row.units == {"%"}
    decision = read("91%0", row)
    assert (decision.text, decision.doubt) == ("91%", False)


def test_a_last_ring_in_half_of_the_row_may_be_that_of_per_mille() -> None:
    row = texts_to_kin([("4.1%o", 1.0), ("4.3%", 1.0)])
    assert row.units == {"‰", "%"}
    assert read("4.2%o", row).doubt


def test_a_speck_before_a_figure_goes() -> None:
    decision = read(".98%", PERCENT, (0, "", 0.4))
    assert (decision.text, decision.kind) == ("98%", "digit")


def test_nothing_needs_no_unit() -> None:
    assert read("0", PERCENT).text == "0"


def test_a_gap_before_two_last_digits_is_a_lost_point_and_not_sure() -> None:
    found = lost_point("10519 42")
    assert found is not None and (found.text, found.repaired) == ("10519.42", True)
    assert found.confidence < certainty.SURE_CONFIDENCE
    assert [lost_point(text) for text in ("10519.42", "1051942", "2025 2026", "3 4")] == [None] * 4


def test_a_share_above_the_whole_has_lost_its_point() -> None:
    cell = PictureText("6703%", line("67.03%", {2: {"": 0.99}}))
    assert read_figure(cell, share_price).text == "67.03%"


def test_two_digits_that_are_equally_likely_are_a_doubt() -> None:
    decision = read("93.24%", PERCENT, (1, "5", 0.45))
    assert decision.confidence < 0.8


def test_without_a_picture_a_figure_stays_as_it_was_read() -> None:
    assert read_figure(OcrText("1002"), PERCENT.price).text == "1002"


@pytest.mark.parametrize("text", ["98%", "≥98%"])
def test_a_value_like_the_others_costs_nothing(text: str) -> None:
    assert PERCENT.price(text) == 0.0


def test_kin_remember_units_signs_and_numbers() -> None:
    kin = texts_to_kin([("≥95%", 1.0), ("-2.57%", 0.9), ("1002", 0.3), ("无", 1.0)])
    assert kin.units == {"%"}
    assert kin.signs == {"≥", "-"}
    assert kin.numbers == {Decimal(95), Decimal("-2.57")}


def test_a_per_cent_that_is_only_a_little_likelier_is_a_doubt() -> None:
    decision = read("1002", PERCENT, (3, "%", 0.01))
    assert (decision.text, decision.doubt, decision.rival) == ("1002", True, "100%")


def test_per_mille_read_as_a_per_cent_and_a_circle_is_put_right_and_looked_at() -> None:
    decision = read("7.5%o", texts_to_kin([("≤6.6%0", 1.0)]))
    assert (decision.text, decision.kind, decision.doubt) == ("7.5‰", "digit", True)


def test_a_speck_after_a_per_cent_is_none() -> None:
    assert read("98%0", PERCENT).text == "98%"


def test_a_number_with_a_character_struck_out_is_looked_at() -> None:
    decision = read("21M2.3", PERCENT, (2, "", 0.45))
    assert decision.doubt
