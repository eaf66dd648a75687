"""The parts of a long text stand somewhere in its picture and are sure by themselves."""

from __future__ import annotations

import numpy as np
import pytest

from models.posteriors import Posteriors, dense_to_posteriors, join
from normalize.channel.placing import part_confidences

SURE = 0.999


def line(text: str, **doubtful: float) -> Posteriors:
    """A line with one frame a character and a blank after each, all sure but the doubtful ones."""
    alphabet = "".join(dict.fromkeys(text + "另"))
    rows = []
    for char in text:
        sure = doubtful.get(char, SURE)
        row = np.full(len(alphabet) + 1, 1e-7, np.float32)
        row[alphabet.index(char) + 1] = sure
        row[alphabet.index("另") + 1] = 1 - sure
        blank = np.full(len(alphabet) + 1, 1e-7, np.float32)
        blank[0] = 1.0
        rows += [row, blank]
    return dense_to_posteriors(np.array(rows), alphabet)


def test_a_doubtful_character_makes_only_its_part_doubtful() -> None:
    cell = join([line("1、县乡公路"), line("2、客运", 客=0.6)])
    first, second = part_confidences(cell, "1、县乡公路\n2、客运", ["县乡公路", "客运"])
    assert first == pytest.approx(SURE**4, abs=1e-3)
    assert second == pytest.approx(0.6 * SURE, abs=1e-3)


def test_a_doubtful_character_outside_all_parts_is_nobodys() -> None:
    (only,) = part_confidences(line("3、查处", 三=0.5), "3、查处", ["查处"])
    assert only == pytest.approx(SURE**2, abs=1e-3)


def test_a_part_that_repeats_is_looked_for_after_the_one_before() -> None:
    cell = join([line("公路"), line("公路", 路=0.7)])
    assert part_confidences(cell, "公路\n公路", ["公路", "公路"]) == pytest.approx(
        [SURE**2, 0.7 * SURE], abs=1e-3
    )


def test_a_part_that_was_changed_is_as_sure_as_the_whole() -> None:
    whole = line("公路", 路=0.7)
    assert part_confidences(whole, "公路", ["铁路"]) == pytest.approx([0.7 * SURE], abs=1e-3)
