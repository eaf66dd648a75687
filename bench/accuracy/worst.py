"""The worst fields: silent ones first, each with a picture of its cell and what happened."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pypdfium2
from PIL import Image
from rapidfuzz.distance import Levenshtein

from bench.accuracy.evidence import Located, Matrix, page_turns, turned
from bench.accuracy.forms import form_path
from bench.accuracy.measure import Measured
from bench.accuracy.plan import KINDS, Case
from bench.compared import Json
from bench.fields import Field, points_at
from bench.folding import similarity
from models.geometry import Box

MARGIN = 8.0
"""Points around a cell."""
LARGEST = (300.0, 110.0)
"""Points of a picture at most: lists fill half a page."""
SCALE = 2.0
ON_PAPER = ("pdf", "scan")
"""Kinds of files whose cells can be seen."""
A_FORM = 2
"""No form has more than so many of the worst fields: one lost page would fill the list."""


@dataclass(frozen=True, slots=True)
class Bad:
    """A field that was not read right, and where its picture is, if it has one."""

    case: Case
    field: Field
    finding: str
    story: str
    picture: str | None


def worst(measured: Mapping[Case, Measured], half: str, count: int, folder: Path) -> list[Bad]:
    """The worst fields of a half on paper; their pictures are written into `folder`, which loses its old ones."""
    folder.mkdir(exist_ok=True)
    for old in folder.glob("*.png"):
        old.unlink()
    found: list[Bad] = []
    for one, field, place in _ranked(measured, half, ON_PAPER, count):
        path = folder / f"{len(found) + 1:02}.png"
        drawn = _draw(one, measured.get(one.case.printed), place, path)
        found.append(_bad(one, field, path.name if drawn else None))
    return found


def worst_elsewhere(measured: Mapping[Case, Measured], half: str, count: int) -> list[Bad]:
    """The worst fields of a half in files without pages; there is nothing to be seen of them."""
    others = tuple(kind for kind in KINDS.values() if kind not in ON_PAPER)
    return [_bad(one, field, None) for one, field, _ in _ranked(measured, half, others, count)]


def _ranked(
    measured: Mapping[Case, Measured], half: str, kinds: Sequence[str], count: int
) -> list[tuple[Measured, Field, Located | None]]:
    """The worst fields with their places, worst first, at most `A_FORM` of a form."""
    bad = [
        (one, field, place)
        for one in measured.values()
        if one.case.half == half and one.case.kind in kinds
        for field, place in _with_places(one, measured.get(one.case.printed))
        if field.outcome != "exact"
    ]
    taken: Counter[Case] = Counter()
    found = []
    for one, field, place in sorted(bad, key=lambda item: (*badness(item[1]), item[0].case)):
        taken[one.case] += 1
        if taken[one.case] <= A_FORM:
            found.append((one, field, place))
    return found[:count]


def _bad(one: Measured, field: Field, picture: str | None) -> Bad:
    return Bad(one.case, field, finding_of(one, field), story_of(one.repairs, field), picture)


def badness(field: Field) -> tuple[bool, bool, bool, float]:
    """Sorts before others: silent, then spoiled by a repair, then wrong rather than missed, then least alike."""
    return (
        not field.silent,
        not field.harmed,
        field.outcome == "missed",
        similarity(field.want or "", field.got),
    )


def _with_places(one: Measured, printed: Measured | None) -> list[tuple[Field, Located | None]]:
    """Fields and where they stand; one that was not found stands where the print has it."""
    places = iter(one.places)
    originals = iter(printed.places if printed else [None] * len(one.places))
    turns = _turns(one, printed)
    found: list[tuple[Field, Located | None]] = []
    for field in one.fields:
        place, original = (
            (next(places), next(originals)) if field.want is not None else (one.rows.get(field.pointer), None)
        )
        if place is None and original is not None and original[0] in turns:
            place = original[0], turned(turns[original[0]], original[1])
        found.append((field, place))
    return found


def _turns(one: Measured, printed: Measured | None) -> dict[int, Matrix]:
    if one.case.kind == "scan" and printed is not None:
        return page_turns(printed.places, one.places)
    return {}


def finding_of(one: Measured, field: Field) -> str:
    """Codes of the findings that point at the field."""
    codes = [
        finding["code"]
        for finding in one.findings
        if finding["path"]
        and finding["severity"] != "info"
        and points_at(frozenset({finding["path"]}), field.pointer)
    ]
    return ", ".join(dict.fromkeys(codes)) or "none (silent)"


def story_of(repairs: Sequence[Json], field: Field) -> str:
    """One line of what happened, from the texts alone and the recorded repairs."""
    repair = next((r for r in repairs if r["path"].removesuffix("/text") == field.pointer), None)
    if repair:
        word = "spoiled a right reading" if field.harmed else "did not find the right text"
        return f"A repair ({repair['kind']}, {repair['because']}) of “{repair['before'][:40]}” {word}."
    if field.outcome == "missed":
        return "The whole row was not found." if "/None" in field.pointer else "Nothing was read here."
    if field.outcome == "invented":
        return (
            "A row that the form does not have."
            if field.want is None
            else "The cell is blank; what was read belongs elsewhere, or is dirt."
        )
    return _difference(field.want or "", field.got)


def _difference(want: str, got: str) -> str:
    if want in got:
        return "More was read than stands here: a neighbour's text, or dirt."
    if got in want:
        return "Only a part was read."
    if similarity(want, got) > 0.5:
        wrong = Levenshtein.distance(want, got)
        return f"{wrong} of {len(want)} characters misread, lost or added."
    return "Another text altogether."


def _draw(one: Measured, printed: Measured | None, place: Located | None, path: Path) -> bool:
    """Write the picture of the place on the form's page, upright; whether there is one."""
    if place is None:
        return False
    number, box = place
    document = pypdfium2.PdfDocument(form_path(one.case))
    try:
        page = document[number - 1]
        seen = page.render(scale=SCALE).to_pil().convert("L")
    finally:
        document.close()
    cut = seen.crop(tuple(round(SCALE * side) for side in frame(box)))
    quarter = _quarter(_turns(one, printed).get(number))
    upright = Image.fromarray(np.rot90(np.asarray(cut), quarter))
    upright.quantize(16).save(path, optimize=True)
    return True


def frame(box: Box) -> tuple[float, float, float, float]:
    """What is shown of a page: the box with a margin, no larger than is useful."""
    left, top = max(0.0, box.x0 - MARGIN), max(0.0, box.top - MARGIN)
    return left, top, min(box.x1 + MARGIN, left + LARGEST[0]), min(box.bottom + MARGIN, top + LARGEST[1])


def _quarter(matrix: Matrix | None) -> int:
    """By how many quarters to the left the page must be turned to stand upright."""
    if matrix is None:
        return 0
    return round(math.atan2(matrix[1, 0], matrix[0, 0]) / (math.pi / 2)) % 4


def pictures(bad: Sequence[Bad], folder: str) -> list[str]:
    """Markdown of the pictures."""
    return [f"![{one.field.pointer}]({folder}/{one.picture})" if one.picture else "–" for one in bad]
