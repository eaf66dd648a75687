"""The parts of a long text stand somewhere in its picture and are sure by themselves."""

from __future__ import annotations

import pytest

from models.posteriors import join
from normalize.channel.text_places import part_confidences
from tests.pictured import SURE, line


def test_a_doubtful_character_makes_only_its_part_doubtful() -> None:
    cell = join([line("1、县乡公路"), line("2、客运", {2: {"各": 0.4}})])
    first, second = part_confidences(cell, "1、县乡公路\n2、客运", ["县乡公路", "客运"])
    assert first == pytest.approx(SURE**4, abs=1e-3)
    assert second == pytest.approx(0.6 * SURE, abs=1e-3)


def test_a_doubtful_character_outside_all_parts_is_nobodys() -> None:
    (only,) = part_confidences(line("3、查处", {0: {"8": 0.5}}), "3、查处", ["查处"])
    assert only == pytest.approx(SURE**2, abs=1e-3)


def test_a_part_that_repeats_is_looked_for_after_the_one_before() -> None:
    cell = join([line("公路"), line("公路", {1: {"跌": 0.3}})])
    parts = part_confidences(cell, "公路\n公路", ["公路", "公路"])
    assert parts == pytest.approx([SURE**2, 0.7 * SURE], abs=1e-3)


def test_a_part_that_was_changed_is_as_sure_as_the_whole() -> None:
    whole = line("公路", {1: {"跌": 0.3}})
    assert part_confidences(whole, "公路", ["铁路"]) == pytest.approx([0.7 * SURE], abs=1e-3)
