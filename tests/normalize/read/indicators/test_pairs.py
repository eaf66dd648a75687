"""Names and values of an indicator are decided together with its twin's in the other horizon."""

from __future__ import annotations

from decimal import Decimal

from tests.normalize.read.indicators.tables import ANNUAL, LONG, indicators, scanned
from tests.normalize.read.marked_rows import codes


def test_both_horizons_read_alike() -> None:
    found = indicators(LONG + ANNUAL).value
    assert [row.level3 for row in found.long_term] == [row.level3 for row in found.annual]
    target = found.annual[3].target
    assert target is not None
    assert (target.comparator, target.number, target.unit, target.per) == (">=", Decimal(800), "件", "年")
    last = found.annual[2].history.last_year
    assert last is not None and last.number == Decimal(28)


def test_a_catalogue_s_name_is_repaired() -> None:
    read = indicators(LONG.replace("中长期规划相符性", "中长期规划相苻性"))
    assert read.value.long_term[0].level3 == "中长期规划相符性"
    assert [repair.because for repair in read.notes.repairs] == ["指标目录 020101"]


def test_the_repaired_text_of_a_value_stands_beside_its_number() -> None:
    read = indicators(LONG.replace("与政府战略匹配", "与政府战略匹酉"))
    assert [repair.path for repair in read.notes.repairs] == ["/long_term/indicators/0/target/text"]


def test_an_own_name_that_differs_between_the_horizons_is_told_at_both() -> None:
    read = indicators(LONG + ANNUAL.replace("县乡道改造里程", "县乡道养护改造里程"))
    paths = {path for code, path in codes(read.notes) if code in {"names-differ", "indicator-without-twin"}}
    assert {"/long_term/indicators/2/level3", "/annual/indicators/2/level3"} <= paths


def test_a_name_that_a_picture_lost_is_that_of_the_twin_and_told() -> None:
    read = scanned(LONG.replace("县乡道改造里程", "") + ANNUAL)
    assert read.value.long_term[2].level3 == "县乡道改造里程"
    assert ("label-lost", "/long_term/indicators/2/level3") in codes(read.notes)


def test_a_name_that_a_file_leaves_blank_is_blank() -> None:
    read = indicators(LONG.replace("县乡道改造里程", "") + ANNUAL)
    assert read.value.long_term[2].level3 is None


def test_the_name_of_a_twin_that_says_something_else_is_not_taken() -> None:
    lost = LONG.replace("县乡道改造里程", "").replace("≥30公里", "≥12公里")
    assert scanned(lost + ANNUAL).value.long_term[2].level3 is None


def test_a_unit_like_no_twin_s_is_told() -> None:
    read = indicators(LONG.replace("≥800件/年", "≥800仵/年") + ANNUAL)
    assert "/long_term/indicators/3/target" in {path for _, path in codes(read.notes)}


def test_a_number_that_does_not_parse_is_told_and_kept_as_text() -> None:
    read = indicators(LONG.replace("≥30公里", "≥3.0.1公里") + ANNUAL)
    target = read.value.long_term[2].target
    assert target is not None and (target.text, target.number) == ("≥3.0.1公里", None)
    assert ("unparsed-value", "/long_term/indicators/2/target") in codes(read.notes)


def test_a_number_whose_point_stands_elsewhere_than_its_twin_s_is_doubted() -> None:
    read = indicators(LONG.replace("≥800件/年", "≥80512件/年") + ANNUAL.replace("≥800件/年", "≥805.12件/年"))
    told = {path for code, path in codes(read.notes) if code == "low-confidence"}
    assert told >= {"/long_term/indicators/3/target", "/annual/indicators/3/target"}


def test_two_figures_of_few_digits_may_well_be_two_figures() -> None:
    read = indicators(LONG.replace("≥800件/年", "≥1200件/年") + ANNUAL.replace("≥800件/年", "≥120件/年"))
    assert "low-confidence" not in {code for code, _ in codes(read.notes)}


RATES = LONG.replace("≥30公里", "92%") + ANNUAL.replace("26公里\t28公里\t≥30公里", "91%\t192%\t92%")
"""A rate of the year before with a stroke in front of it that was read as 1."""
LAST_YEAR = "/annual/indicators/2/history/last_year"


def test_a_rate_above_the_whole_that_is_one_like_the_others_without_its_first_digit_is_doubted() -> None:
    assert ("low-confidence", LAST_YEAR) in codes(scanned(RATES).notes)


def test_a_rate_above_the_whole_among_such_rates_is_one() -> None:
    assert ("low-confidence", LAST_YEAR) not in codes(scanned(RATES.replace("91%", "191%")).notes)
    assert ("low-confidence", LAST_YEAR) not in codes(scanned(RATES.replace("192%", "150%")).notes)


def test_a_rate_in_a_file_s_own_characters_is_what_the_clerk_wrote() -> None:
    assert ("low-confidence", LAST_YEAR) not in codes(indicators(RATES).notes)
