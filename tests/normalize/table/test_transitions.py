"""The best way in and out of every state, without trying every pair in every case."""

from __future__ import annotations

import numpy as np
import pytest

from normalize.form.catalogue import load_catalogue
from normalize.read.indicators.reader import indicator_model
from normalize.table.lexicon import Costs
from normalize.table.model import CASES
from normalize.table.table_prices import PRICES
from normalize.table.transitions import Transitions

MODEL = indicator_model(load_catalogue())
TRANSITIONS = Transitions(MODEL)
SIZE, OFFSETS = len(MODEL.states), 8


def some(*shape: int) -> Costs:
    return np.random.default_rng(1).uniform(0, 60, shape).astype(np.float32)


def test_every_transition_has_one_case() -> None:
    assert TRANSITIONS.prices.shape == (CASES, SIZE, SIZE + 1)
    assert ((TRANSITIONS.prices < PRICES.impossible).sum(axis=0) == 1).all()


@pytest.mark.parametrize("case", range(CASES))
def test_the_best_predecessor_is_the_best_of_all(case: int) -> None:
    reached = some(OFFSETS, SIZE + 1)
    every = (TRANSITIONS.prices[case][None] + reached[:, None, :]).min(axis=2)
    found = TRANSITIONS.arrive(reached)[case]
    possible = every < PRICES.impossible
    assert possible.any()
    assert (found[possible] == every[possible]).all()
    assert (found[~possible] >= PRICES.impossible).all()


def test_the_best_successor_is_the_best_of_all_cases() -> None:
    left, states = some(CASES, OFFSETS, 5), np.array([0, 3, 17, 56, SIZE - 1])
    every = (TRANSITIONS.prices[:, None, states] + left[:, :, :, None]).min(axis=(0, 2))
    assert (TRANSITIONS.leave(left, states) == every).all()
