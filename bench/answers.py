"""Whether `diff` and `check --against` name what was planted and nothing else: `python -m bench.answers OUT`.

Word files of made-up departments are changed by hand in known places, read, and compared. Prints what was planted, what
was found, what was missed and what was invented.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

import click

from bench.forge.declarations import declare
from bench.forge.layouts import LAYOUTS
from bench.forge.typeset import typeset
from bench.forge.word import write_docx
from models.submission import submission_to_json
from shenbao.answer.rounds import Round, folder_to_round
from shenbao.compare.round_diff import RoundDiff, compare_rounds
from shenbao.compare.years import check_years
from shenbao.pipeline import read_submission
from shenbao.readers import Settings

Json = dict[str, Any]
_DEPARTMENTS = 12
"""Departments of a season; each gets one planted point."""
_CHANGES = 40
"""Planted changes of a season."""
_CONTRADICTIONS = 15
"""Planted contradictions of three years."""
_LAYOUT = "standard"


@dataclass(slots=True)
class Planted:
    """What was planted and what was found of it."""

    name: str
    planted: int
    missed: list[str] = field(default_factory=list)
    invented: list[str] = field(default_factory=list)

    def told(self) -> Iterator[str]:
        found = self.planted - len(self.missed)
        yield f"{self.name}: {self.planted} planted, {found} found, {len(self.invented)} invented"
        yield from (f"  missed    {text}" for text in self.missed)
        yield from (f"  invented  {text}" for text in self.invented)


def departments(first_seed: int) -> list[Json]:
    """Truths of different departments that each have own indicators, two goals, tasks and projects at least."""
    truths: dict[str, Json] = {}
    seed = first_seed
    while len(truths) < _DEPARTMENTS:
        truth = declare(seed)
        whole = (
            len(truth["projects"]) > 1 and len(truth["annual"]["goals"]) > 1 and truth["annual"]["summary"]
        )
        if whole and truth["phone"] and truth["preparer"] and truth["long_term"]["summary"]:
            truths.setdefault(truth["department"], truth)
        seed += 1
    return list(truths.values())


def write_season(truths: Sequence[Json], folder: Path) -> Round:
    """Print every truth in Word, read it, and give the round of the results."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, truth in enumerate(truths):
        path = folder / f"{number:02}.docx"
        write_docx(typeset(truth, LAYOUTS[_LAYOUT], number), path)
        result = submission_to_json(read_submission(path, Settings()))
        (folder / f"{number:02}.json").write_text(result, encoding="utf-8")
    return folder_to_round(folder, False, lambda left: click.echo(f"left out {left}", err=True))


def _own(truth: Json) -> list[Json]:
    """The department's own counted indicators of the annual table; the last one is for `_drop_indicator`."""
    rows = truth["annual"]["indicators"]
    return [row for row in rows if row["level1"] == "履职效能" and row["target"].startswith("≥")]


def _change_target(truth: Json, rng: Random) -> str:
    row = rng.choice(_own(truth)[:-1])
    row["target"] = f"≥{rng.randint(1_000_000, 9_000_000)}{row['target'].lstrip('≥0123456789.')}"
    return row["target"]


def _change_purpose(truth: Json, rng: Random) -> str:
    row = rng.choice(truth["projects"])
    row["purpose"] += f"，另用于第{rng.randint(10, 99)}批设备更新"
    return row["purpose"]


def _change_amount(truth: Json, rng: Random) -> str:
    row = rng.choice(truth["projects"])
    row["total_budget"] = f"{rng.randint(100_000, 900_000)}.{rng.randint(10, 99)}"
    return row["total_budget"]


def _change_history(truth: Json, rng: Random) -> str:
    row = rng.choice(_own(truth)[:-1])
    row["history"]["last_year"] = str(rng.randint(1_000_000, 9_000_000))
    return row["history"]["last_year"]


def _change_goal(truth: Json, rng: Random) -> str:
    goals = truth["annual"]["goals"]
    at = rng.randrange(len(goals))
    goals[at] = goals[at].rstrip("；。") + f"，并新增{rng.randint(10, 99)}个示范点"
    return goals[at]


def _add_goal(truth: Json, rng: Random) -> str:
    text = f"建成第{rng.randint(100, 999)}号数字档案馆并向社会开放"
    truth["annual"]["goals"].insert(0, text)
    return text


def _drop_indicator(truth: Json, rng: Random) -> str:
    row = _own(truth)[-1]
    truth["annual"]["indicators"].remove(row)
    return row["level3"]


def _change_basis(truth: Json, rng: Random) -> str:
    row = rng.choice([row for row in _own(truth)[:-1] if row["basis"] == "历史标准"])
    row["basis"] = "行业标准"
    return row["level3"]


def _change_preparer(truth: Json, rng: Random) -> str:
    truth["preparer"] = rng.choice(("欧阳正", "上官云", "司马光远"))
    return truth["preparer"]


_KINDS: tuple[Callable[[Json, Random], str], ...] = (
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


def measure_rounds(folder: Path) -> tuple[Planted, Planted]:
    """The changes and the points of two rounds."""
    rng = Random("two rounds")
    before = departments(1)
    after = copy.deepcopy(before)
    expected: set[tuple[str, str]] = set()
    points = {}
    for number, (old, new) in enumerate(zip(before, after, strict=True)):
        code, state = plant_points(old, new, number)
        points[old["department"]] = (code, state)
        if state != "not-done":
            expected.add(
                (old["department"], new["phone"] if code == "phone-unusual" else new["annual_tasks"][-1])
            )
        new["annual"]["goals"].reverse()  # an order is no change
    while len(expected) < _CHANGES:
        new = after[len(expected) % _DEPARTMENTS]
        kind = _KINDS[len(expected) % len(_KINDS)]
        trial = copy.deepcopy(new)
        sign = kind(trial, rng)
        if not any(
            sign in other or other in sign
            for department, other in expected
            if department == new["department"]
        ):
            new.update(trial)
            expected.add((new["department"], sign))
    diff = compare_rounds(write_season(before, folder / "before"), write_season(after, folder / "after"))
    return _held_changes(diff, expected), _held_points(diff, points)


def _held_changes(diff: RoundDiff, expected: set[tuple[str, str]]) -> Planted:
    left = set(expected)
    measured = Planted("changes of two rounds", len(expected))
    for form in diff.forms:
        for change in form.sure:
            texts = f"{change.place} {change.before} {change.after}"
            found = [
                one for one in left if one[0] == form.before.department and one[1].rstrip("；。") in texts
            ]
            if found:
                left.discard(found[0])
            else:
                measured.invented.append(f"{form.before.title} {texts}")
    measured.missed += [" ".join(one) for one in sorted(left)]
    return measured


def _held_points(diff: RoundDiff, points: dict[str, tuple[str, str]]) -> Planted:
    measured = Planted("answered points", len(points))
    for form in diff.forms:
        code, state = points[form.before.department]
        states = [one.state for one in form.points if one.point.code == code]
        if state not in states:
            measured.missed.append(f"{form.before.title} {code} {state}, found as {states}")
    return measured


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
    row, was = _own(now)[0], _own(last)[0]
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
            now["annual"]["indicators"].remove(_own(now)[-1])
            return "indicator-dropped"
    text = "按时按质完成各类统计报表的汇总与报送"
    for year in (early, last, now):
        year["annual"]["goals"].append(text)
    return "text-repeated"


def measure_years(folder: Path) -> Planted:
    """The contradictions of three years."""
    sides: list[list[Json]] = [[], [], []]
    expected = []
    truths = [*departments(1000), *departments(2000)]
    truths = [one for one in truths if one["budget"]["history_years"] and all(_amounts(one))][
        : _CONTRADICTIONS + 3
    ]
    names: set[str] = set()
    for number, truth in enumerate(truths):
        if truth["department"] in names:
            continue
        names.add(truth["department"])
        for row in truth["annual"]["indicators"]:  # what was reached is what was promised
            row["history"] = {"year_before_last": row["target"], "last_year": row["target"]}
        years = [truth, next_year(truth)]
        years.append(next_year(years[1]))
        if len(expected) < _CONTRADICTIONS:
            expected.append((truth["department"], plant_contradiction(years, number)))
        for side, year in zip(sides, years, strict=True):
            side.append(year)
    rounds = [
        write_season(side, folder / name)
        for side, name in zip(sides, ("first", "second", "third"), strict=True)
    ]
    report = check_years(rounds[2], [rounds[1], rounds[0]])
    measured = Planted("contradictions of three years", len(expected))
    left = list(expected)
    for one in report.findings:
        sign = (one.held.department, one.finding.code)
        if sign in left and not one.doubtful:
            left.remove(sign)
        else:
            measured.invented.append(f"{sign} {one.finding.message} doubtful={one.doubtful}")
    measured.missed += [" ".join(sign) for sign in left]
    return measured


def _amounts(truth: Json) -> Iterator[str | None]:
    yield truth["budget"]["expenditure"][0]["history"][1]
    yield from (truth["budget"]["expenditure"][n]["amount"] for n in (0, 1))


@click.command()
@click.argument("out", type=click.Path(file_okay=False, path_type=Path))
def main(out: Path) -> None:
    """Forge two rounds and three years below OUT, compare them, and print what was found."""
    for measured in (*measure_rounds(out / "rounds"), measure_years(out / "years")):
        for line in measured.told():
            click.echo(line)


if __name__ == "__main__":
    main()
