"""The form's own title among others that a file prints."""

from __future__ import annotations

import pytest

from normalize.read.titles import own_title
from tests.normalize.read.marked_rows import TITLE, mark

HEAD = "部门（单位）名称\t江阳县审计局\n部门总体资金情况\t总体资金情况\t\t当年金额\t占比\n"


def own(text: str) -> str | None:
    rows = mark(text)
    found = own_title(rows)
    return rows[found].row.filled[0].raw if found is not None else None


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (TITLE + HEAD, "部门整体绩效目标申报表"),
        ("部门整体绩效目标表\n编制单位：江阳县审计局\n" + TITLE + HEAD, "部门整体绩效目标申报表"),
        (TITLE + HEAD + "见部门整体绩效目标表\n部门整体绩效目标表\n", "部门整体绩效目标申报表"),
        (TITLE + "部门整体缋效目标申报表\n" + HEAD, "部门整体绩效目标申报表"),
        (TITLE.replace("绩", "缋") + HEAD, "部门整体缋效目标申报表"),
        (HEAD, None),
    ],
)
def test_the_last_title_above_the_first_section_is_the_form_s(text: str, title: str | None) -> None:
    assert own(text) == title
