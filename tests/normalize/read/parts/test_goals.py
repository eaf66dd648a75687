"""Goals beside their labels: numbered in any way, named, or in a table of their own."""

from __future__ import annotations

import pytest

from normalize.read.parts.goals import read_goal_table, read_goals, read_list
from tests.normalize.read.parts.taken_apart import parts, slot


@pytest.mark.parametrize(
    "text",
    [
        "目标1：推进市场升级；目标2：保障市场安全；目标3：维护秩序。",
        "目标一：推进市场升级；\n目标二：保障市场安全；\n目标三：维护秩序。",
        "1.推进市场升级；2.保障市场安全；3.维护秩序。",
        "推进市场升级；\n保障市场安全；\n维护秩序。",
    ],
)
def test_goals_are_parted(text: str) -> None:
    read = read_list((slot(text),), "/annual/goals", "年度目标")
    assert read.value == ("推进市场升级；", "保障市场安全；", "维护秩序。")
    assert set(read.notes.evidence) == {"/annual/goals/0", "/annual/goals/1", "/annual/goals/2"}


def test_a_blank_goal_is_no_goal() -> None:
    assert read_goals(parts("年度目标\t\n"), ("annual_goals",), "/annual/goals", "年度目标").value == ()


def test_a_table_of_goals_keeps_their_names() -> None:
    text = "项目绩效总目标\t名称\t目标说明\n\t工会服务\t维护职工合法权益\n"
    assert read_goal_table(parts(text), "/long_term/goals").value == ("工会服务：维护职工合法权益",)
