"""Whether `diff` and `check --against` name what was planted and nothing else: `python -m bench.answers OUT`.

Word files of made-up departments are changed by hand in known places, read, and compared. Prints what was planted, what
was found, what was missed and what was invented.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import click

from bench.answers.plants import CHANGES, Json, next_year, plant_contradiction, plant_points
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
        kind = CHANGES[len(expected) % len(CHANGES)]
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


def measure_years(folder: Path) -> Planted:
    """The contradictions of three years."""
    sides: list[list[Json]] = [[], [], []]
    expected: list[tuple[str, str]] = []
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
