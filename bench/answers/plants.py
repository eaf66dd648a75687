"""What is planted in made-up seasons: changes, answered points, and contradictions across years."""

from __future__ import annotations

import copy
from collections.abc import Callable
from random import Random
from typing import Any

Json = dict[str, Any]


def own_rows(truth: Json) -> list[Json]:
    """The department's own counted indicators of the annual table; the last one is for `_drop_indicator`."""
    rows = truth["annual"]["indicators"]
    return [row for row in rows if row["level1"] == "履职效能" and row["target"].startswith("≥")]


def _change_target(truth: Json, rng: Random) -> str:
    row = rng.choice(own_rows(truth)[:-1])
    row["target"] = f"≥{rng.randint(1_000_000, 9_000_000)}{row['target'].lstrip('≥0123456789.')}"
    return str(row["target"])


def _change_purpose(truth: Json, rng: Random) -> str:
    row = rng.choice(truth["projects"])
    row["purpose"] += f"，另用于第{rng.randint(10, 99)}批设备更新"
    return str(row["purpose"])


def _change_amount(truth: Json, rng: Random) -> str:
    row = rng.choice(truth["projects"])
    row["total_budget"] = f"{rng.randint(100_000, 900_000)}.{rng.randint(10, 99)}"
    return str(row["total_budget"])


def _change_history(truth: Json, rng: Random) -> str:
    row = rng.choice(own_rows(truth)[:-1])
    row["history"]["last_year"] = str(rng.randint(1_000_000, 9_000_000))
    return str(row["history"]["last_year"])


def _change_goal(truth: Json, rng: Random) -> str:
    goals = truth["annual"]["goals"]
    at = rng.randrange(len(goals))
    goals[at] = goals[at].rstrip("；。") + f"，并新增{rng.randint(10, 99)}个示范点"
    return str(goals[at])


def _add_goal(truth: Json, rng: Random) -> str:
    text = f"建成第{rng.randint(100, 999)}号数字档案馆并向社会开放"
    truth["annual"]["goals"].insert(0, text)
    return text


def _drop_indicator(truth: Json, rng: Random) -> str:
    row = own_rows(truth)[-1]
    truth["annual"]["indicators"].remove(row)
    return str(row["level3"])


def _change_basis(truth: Json, rng: Random) -> str:
    row = rng.choice([row for row in own_rows(truth)[:-1] if row["basis"] == "历史标准"])
    row["basis"] = "行业标准"
    return str(row["level3"])


def _change_preparer(truth: Json, rng: Random) -> str:
    truth["preparer"] = rng.choice(("欧阳正", "上官云", "司马光远"))
    return str(truth["preparer"])


CHANGES: tuple[Callable[[Json, Random], str], ...] = (
    *(_change_target, _change_purpose, _change_amount, _change_history, _change_goal, _add_goal),
    *(_drop_indicator, _change_basis, _change_preparer),
)


def plant_points(before: Json, after: Json, number: int) -> tuple[str, str]:
    """One point in `before`, and what became of it in `after`: its text and its state."""
    state = ("done", "not-done", "otherwise")[number % 3]
    if number % 2:
        before["phone"] = "123"
        after["phone"] = {"done": "13812345678", "not-done": "123", "otherwise": "1234"}[state]
        return "phone-unusual", state
    before["annual_tasks"].append("配合某某单位完成联合检查工作")
    texts = {
        "done": "配合市审计局完成联合检查工作",
        "not-done": before["annual_tasks"][-1],
        "otherwise": "配合××单位完成联合检查工作",
    }
    after["annual_tasks"].append(texts[state])
    return "placeholder-left", state


def next_year(truth: Json) -> Json:
    """The department a year later, without a contradiction: past values follow, targets stay, texts name another thing."""
    later = copy.deepcopy(truth)
    years = later["budget"]["history_years"]
    later["budget"]["history_years"] = [year + 1 for year in years]
    later["filled_on"] = f"{years[-1] + 1}-10-09"
    for side in ("income", "expenditure"):
        for line in later["budget"][side]:
            line["history"] = [line["history"][1], line["amount"]]
    for row in later["annual"]["indicators"]:
        row["history"] = {"year_before_last": row["history"]["last_year"], "last_year": row["target"]}
    serial = years[-1] - 2000
    for place, key in ((later, "annual_tasks"), (later["annual"], "goals")):
        place[key] = [f"{text.rstrip('；。')}，第{serial}轮" for text in place[key]]
    later["annual"]["summary"] = f"{later['annual']['summary'].rstrip('。')}，第{serial}轮"
    return later


def plant_contradiction(years: list[Json], number: int) -> str:
    """One contradiction in the last of three years of a department; its code."""
    early, last, now = years
    row, was = own_rows(now)[0], own_rows(last)[0]
    match number % 5:
        case 0:
            row["history"]["year_before_last"] = (
                f"{was['history']['last_year']}9" if was["history"]["last_year"] else "7"
            )
            return "history-contradicts"
        case 1:
            line = now["budget"]["expenditure"][0]
            line["history"][1] = f"{line['history'][1].partition('.')[0]}9"
            return "history-contradicts"
        case 2:
            row["target"] = "≥1" + row["target"].lstrip("≥0123456789.")
            return "target-lowered"
        case 3:
            now["annual"]["indicators"].remove(own_rows(now)[-1])
            return "indicator-dropped"
    text = "按时按质完成各类统计报表的汇总与报送"
    for year in (early, last, now):
        year["annual"]["goals"].append(text)
    return "text-repeated"
