"""The forms of a plan, made by `bench.forge` into a folder outside version control, each once."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from bench.accuracy.plan import Case
from bench.accuracy.store import STORE, fingerprint
from bench.forge.batch import ENDINGS, QUALITY, Order, fill
from bench.forge.scans import DAMAGES, render, save_pdf, scan

Json = dict[str, Any]


def folder(case: Case) -> Path:
    return STORE / f"forms-{fingerprint('bench/forge')}" / case.half


def form_path(case: Case) -> Path:
    return folder(case) / "forms" / f"{case.name}.{ENDINGS.get(case.format, case.format)}"


def truth_path(case: Case) -> Path:
    """The truth of a scan is its print's."""
    truth = case.printed if case.kind == "scan" else case
    return folder(case) / "truth" / f"{truth.name}.truth.json"


def truth(case: Case) -> Json:
    found: Json = json.loads(truth_path(case).read_text("utf-8"))
    return found


def orders(cases: Sequence[Case]) -> Iterator[Callable[[], None]]:
    """Work that makes the forms still missing: prints before their scans, as few starts of a printer as can be."""
    needed = {*cases, *(case.printed for case in cases if case.kind == "scan")}
    groups: dict[tuple[str, ...], list[Case]] = defaultdict(list)
    scans = []
    for case in sorted(needed):
        if form_path(case).exists() and truth_path(case).exists():
            continue
        if case.kind == "scan":
            scans.append(case)
        else:
            groups[case.half, case.format, case.damage, case.layout].append(case)
    for group in groups.values():
        yield partial(_forge, group)
    for case in scans:
        yield partial(_scan, case)


def _forge(group: Sequence[Case]) -> None:
    one = group[0]
    fill(Order([c.seed for c in group], one.layout, one.format, one.half, None, one.damage), folder(one))


def _scan(case: Case) -> None:
    """The same picture that `bench.forge --format scan` makes, of the print that is there already."""
    dpi = DAMAGES[case.damage].dpi
    unit = truth(case)["department"]
    pages = scan(render(form_path(case.printed), dpi), case.damage, case.seed, dpi, unit)
    part = form_path(case).with_suffix(".part")
    save_pdf(pages, part, dpi, QUALITY)
    part.rename(form_path(case))
