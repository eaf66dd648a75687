"""Cutting a sequence into runs: the cheapest way, and which other ways are as likely."""

from __future__ import annotations

from extract.unruled.cheapest_cuts import CUT_MARGIN_NATS, cheapest_cuts


def price(i: int, j: int) -> float:
    """Runs of two cost nothing, others their distance from two, tenfold."""
    return 10.0 * abs(j - i - 2)


def test_the_cheapest_division_is_found_with_its_price() -> None:
    assert cheapest_cuts(price, [0.0] * 7, 7) == ([0, 2, 4, 6], frozenset(), 0.0)


def test_no_run_is_longer_than_allowed() -> None:
    cuts, _, total = cheapest_cuts(lambda i, j: 1.0, [0.0] * 6, 2)
    assert (len(cuts) - 1, total) == (3, 3.0)
    assert cuts in ([0, 1, 3, 5], [0, 2, 3, 5], [0, 2, 4, 5])


def test_a_dear_cut_is_left_out() -> None:
    assert cheapest_cuts(lambda i, j: 1.0, [0.0, 5.0, 0.0], 2)[0] == [0, 2]


def test_runs_are_doubtful_where_their_cut_could_as_well_be_left_out() -> None:
    nearly = {(0, 1): 0.0, (1, 2): 0.0, (0, 2): CUT_MARGIN_NATS - 0.1, (2, 3): 0.0, (1, 3): 9.0, (0, 3): 9.0}
    cuts, doubtful, _ = cheapest_cuts(lambda i, j: nearly[i, j], [0.0] * 4, 3)
    assert (cuts, doubtful) == ([0, 1, 2, 3], {0, 1})


def test_a_run_is_doubtful_where_a_cut_inside_it_could_as_well_be_made() -> None:
    nearly = {(0, 1): 0.5, (1, 2): 0.5, (0, 2): 0.0}
    assert cheapest_cuts(lambda i, j: nearly[i, j], [0.0] * 3, 2)[:2] == ([0, 2], {0})
