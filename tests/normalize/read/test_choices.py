"""Boxes to tick in the cells of a table."""

from __future__ import annotations

import pytest

from models.grid import Place
from normalize.form.physical_rows import Row, RowSlot
from normalize.read.choices import with_choices


def seen(raw: str) -> str:
    (row,) = with_choices([Row((RowSlot(raw, Place(), raw),), 0)])
    return row.slots[0].text


@pytest.mark.parametrize(
    "raw",
    [
        "☑基本型□发展型",
        "□发展型 ☑基本型",
        "基本型√ 发展型□",
        "■基本型\n□发展型□挑战型",
        "基本型（√） 发展型（  ）",
        "[x]基本型[ ]发展型",
        "基本型√　发展型×",
    ],
)
def test_what_is_ticked_is_what_the_cell_says(raw: str) -> None:
    assert seen(raw) == "基本型"


@pytest.mark.parametrize("raw", ["□基本型□发展型", "☑基本型☑发展型", "√", "●推进普法", "基本型"])
def test_a_cell_without_one_choice_stays(raw: str) -> None:
    assert seen(raw) == raw
