"""Counting of events: what a clean form cannot show is not seen, and a price is −ln of a share."""

from __future__ import annotations

import math
import subprocess
import sys
from collections import Counter

import pytest

from bench.learn import price_in_use, prices, to_table
from normalize.table.table_prices import PRICES


def test_a_price_is_minus_ln_of_the_share_of_chances() -> None:
    counts = Counter({("split", True): 1, ("split", False): 3})
    assert list(prices(counts)) == [("split", 1, 4, pytest.approx(math.log(4)))]


def test_what_was_never_seen_has_no_price() -> None:
    assert list(prices(Counter({("back", False): 7}))) == []


def test_every_counted_event_is_a_price_in_use() -> None:
    assert price_in_use("split") == PRICES.split


def test_prices_that_lie_apart_are_marked() -> None:
    near, far = (
        Counter({("split", True): 2, ("split", False): 98}),
        Counter({("split", True): 90, ("split", False): 10}),
    )
    assert "apart" not in [*to_table(near).columns[-1].cells]
    assert [*to_table(far).columns[-1].cells] == ["apart"]


def test_a_read_form_is_counted() -> None:
    """In a process of its own, for counting listens to the decoder from then on."""
    script = "from bench.learn import _listen, count_form; from bench.damage import Job; _listen(); print(count_form(Job('ocr', 3)))"
    counted = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    ).stdout
    assert "('next_entry', True)" in counted and "('label_blank_same', True)" in counted
