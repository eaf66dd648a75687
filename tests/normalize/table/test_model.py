"""The order of the catalogue as prices: what may follow what, and where labels are expected to change."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalize.form.catalogue import load_catalogue
from normalize.read.indicators.reader import indicator_model
from normalize.table.model import RowState, indicator_states

ENTRIES = load_catalogue().entries
MODEL = indicator_model(load_catalogue())
STATES = st.sampled_from(MODEL.states)


def state(code: str, variant: int = 0) -> RowState:
    return next(s for s in MODEL.states if s.entry.code == code and s.variant == variant)


def test_every_entry_is_a_state_of_both_horizons() -> None:
    for variant in (0, 1):
        codes = [s.entry.code for s in MODEL.states if s.variant == variant and s.entry.code]
        assert codes == [entry.code for entry in ENTRIES]


def test_every_level_has_room_for_own_indicators() -> None:
    owned = {(s.level1, s.level2) for s in MODEL.states if s.own and s.level2 is not None}
    assert owned == {(entry.level1, entry.level2) for entry in ENTRIES}


def test_the_states_of_a_variant_stand_together_and_in_order() -> None:
    for variant, span in enumerate(MODEL.spans):
        orders = [s.order for s in MODEL.states[span]]
        assert orders == sorted(orders)
        assert {s.variant for s in MODEL.states[span]} == {variant}


def test_one_variant_has_half_the_states() -> None:
    assert 2 * len(indicator_states(ENTRIES, 1)) == len(MODEL.states)


@given(STATES)
def test_a_table_begins_with_both_labels_changed(after: RowState) -> None:
    assert MODEL.case(None, after) == 2


@given(STATES, STATES)
def test_the_case_tells_which_labels_change(before: RowState, after: RowState) -> None:
    if before.variant != after.variant or before.level1 != after.level1:
        assert MODEL.case(before, after) == 2
    elif before.level2 != after.level2:
        assert MODEL.case(before, after) == 1


def test_a_numbered_slot_changes_its_second_level_in_every_row() -> None:
    assert MODEL.case(state("0301"), state("0301")) == 1
    assert MODEL.case(state("0401"), state("0401")) == 0


@pytest.mark.parametrize("n", range(len(ENTRIES) - 1))
def test_going_on_costs_less_than_going_back(n: int) -> None:
    here, near = (state(ENTRIES[k].code) for k in (n, n + 1))
    assert MODEL.transition(here, near) < MODEL.transition(near, here)


@pytest.mark.parametrize("n", range(len(ENTRIES) - 2))
def test_leaving_an_entry_out_costs_more_than_the_next(n: int) -> None:
    here, near, far = (state(ENTRIES[k].code) for k in (n, n + 1, n + 2))
    assert MODEL.transition(here, near) < MODEL.transition(here, far) or near.own


def test_an_own_row_may_follow_itself_and_a_printed_one_hardly() -> None:
    printed_twice = MODEL.transition(state("020301"), state("020301"))
    assert MODEL.transition(state("0401"), state("0401")) < printed_twice / 3


def test_the_annual_table_follows_the_long_term_one() -> None:
    onwards = MODEL.transition(state("060201"), state("010101", 1))
    assert onwards < MODEL.transition(state("060201"), state("010101"))
