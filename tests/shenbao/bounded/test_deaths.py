"""Why a process ended before it answered: every cause has a code of the closed list and words for a clerk."""

from __future__ import annotations

from typing import get_args

import pytest

from models.codes import CODES
from shenbao.bounded.deaths import death_to_problem
from shenbao.bounded.process import Cause, Death


@pytest.mark.parametrize("cause", get_args(Cause))
def test_every_cause_has_a_known_code_and_its_detail_in_words(cause: Cause) -> None:
    problem = death_to_problem(Death(cause, "900 s"))
    assert problem.code in CODES
    assert "900 s" in problem.message
    assert "损坏" not in problem.message


def test_a_limit_names_the_option_that_changes_it() -> None:
    assert death_to_problem(Death("timed_out", "900 s")).message.endswith("（--timeout）")
    assert death_to_problem(Death("out_of_memory", "4096 MB")).message.endswith("（--memory）")
