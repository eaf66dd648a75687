"""Seeded made-up forms, damaged as readers damage them, through the whole pipeline and compared with their truth.

`python -m bench.damage` measures the same on hundreds of forms.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from functools import cache

import pytest

from bench.damage import Job, Read, Sums, describe, make, read, tally, text_to_seeds
from bench.forge.damage import Level, damage
from bench.forge.declarations import declare
from bench.forge.faults import LEVELS
from models.submission import submission_to_json
from shenbao.pipeline import read_bytes
from shenbao.readers import Settings
from tests.places import ROOT

SEEDS = range(1, 13)
LEAST_EXACT: dict[Level, float] = {"none": 0.9995, "ocr": 0.9985, "html": 0.9985, "worse": 0.995}
MOST_SILENT: dict[Level, int] = {"none": 0, "ocr": 0, "html": 0, "worse": 3}


@cache
def reads(level: Level) -> tuple[Read, ...]:
    return tuple(read(Job(level, seed)) for seed in SEEDS)


def measured(level: Level) -> Sums:
    return tally(reads(level))[level]


def told(level: Level, only: str = "") -> str:
    """What went wrong, to be read when a bound is broken."""
    return "\n".join(line for one in reads(level) for line in describe(one) if only in line)


@pytest.mark.parametrize("level", LEVELS)
def test_no_form_stops_the_program(level: Level) -> None:
    assert measured(level).crashes == 0, told(level)


@pytest.mark.parametrize("level", LEVELS)
def test_nearly_every_field_is_exact(level: Level) -> None:
    sums = measured(level)
    assert sums.fields > 500 * len(SEEDS)
    assert sums.exact / sums.fields >= LEAST_EXACT[level], told(level)


@pytest.mark.parametrize("level", LEVELS)
def test_wrong_fields_are_pointed_at(level: Level) -> None:
    assert measured(level).silent <= MOST_SILENT[level], told(level, "SILENT")


@pytest.mark.parametrize("level", LEVELS)
def test_no_repair_spoils_a_right_reading(level: Level) -> None:
    assert measured(level).harmed == 0, told(level)


@pytest.mark.parametrize("level", LEVELS)
def test_few_right_fields_are_doubted(level: Level) -> None:
    sums = measured(level)
    assert sums.flagged_right / sums.fields < 0.015


def test_damage_is_repaired_and_not_only_absent() -> None:
    assert measured("ocr").repaired > 10 * len(SEEDS)
    assert measured("none").repaired < len(SEEDS)


def results(seeds: Sequence[int]) -> str:
    forms = [make(Job("worse", seed)) for seed in seeds]
    return "".join(submission_to_json(read_bytes(f.text.encode(), "a.md", Settings())) for f in forms)


def test_two_runs_give_the_same_bytes() -> None:
    assert results((1, 4)) == results((1, 4))


@pytest.mark.parametrize("seed", ["0", "12345"])
def test_another_hash_seed_and_locale_give_the_same_bytes(seed: str) -> None:
    code = "import sys; from tests.bench.test_damage import results; sys.stdout.buffer.write(results((1, 4)).encode())"
    environment = os.environ | {"PYTHONHASHSEED": seed, "LC_ALL": "C", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, check=True
    )
    assert done.stdout.decode() == results((1, 4))


@pytest.mark.parametrize("format", ["tab", "html", "pipe"])
def test_the_same_form_in_every_notation_reads_the_same(format: str) -> None:
    form = damage(declare(2), 2, "none", format)  # type: ignore[arg-type]
    name = "a.html" if format == "html" else "a.md"
    result = read_bytes(form.text.encode(), name, Settings())
    plain = read_bytes(damage(declare(2), 2, "none", "tab").text.encode(), "a.md", Settings())
    assert result.forms[0].data == plain.forms[0].data


@pytest.mark.parametrize(("text", "seeds"), [("3", [3]), ("1:3", [1, 2, 3])])
def test_seeds_are_given_first_to_last(text: str, seeds: list[int]) -> None:
    assert list(text_to_seeds(text)) == seeds
