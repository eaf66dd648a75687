"""Which form is it? Layouts are declarations; exactly one claims a form. Labels are matched through the channel."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache, partial
from importlib.resources import files
from itertools import pairwise

import yaml
from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from normalize.channel.misreading import misreading, slip
from normalize.channel.word_model import prose
from normalize.form.physical_rows import Row, Slot
from normalize.text.fold import fold, is_chinese, skeleton

# the C loader reads a layout in a tenth of the time; both are safe loaders
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

LABEL, AT_COLON = 3.0, 0.0
"""−ln P(a short text on a form is a label, not an answer); a colon after it makes it as good as certain."""
UNREADABLE, UNREADABLE_EACH = 11.0, 2.5
"""A label misread beyond the first price and the second for each of its characters is another text."""
IN_HEADING = -4.0
"""−ln P(label) where the row's other cells are labels already."""
YEARS = ("#年", "#年度")
"""How the headings of the two history years read."""
REMARKS = "remarks"
"""The section of notes below a form, which say nothing about the department."""
MIN_SECTIONS = 4
"""A form without a readable title is still claimed when so many of its sections are there."""


@dataclass(frozen=True, slots=True)
class Label:
    """A printed word of the form: its group (`field`, `section`, `heading`, `item`, `title`) and its name."""

    group: str
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Hit:
    """A label found in a slot, and the text that follows it in the same slot."""

    label: Label
    rest: str
    misread: bool


@dataclass(frozen=True, eq=False)
class Layout:
    """One year's and province's form, as its YAML file declares it."""

    name: str
    form: str
    catalogue: str
    titles: tuple[str, ...]
    labels: tuple[Label, ...]
    income: tuple[str, ...]
    expenditure: tuple[str, ...]
    groups: tuple[str, str]
    project_categories: tuple[str, ...]

    def hit(self, slot: Slot) -> Hit | None:
        """The label that this slot holds, if any."""
        return self._seen(slot.raw if slot.text else "")

    @cached_property
    def _seen(self) -> Callable[[str], Hit | None]:
        """A memory of what was matched: a form repeats its texts."""
        return lru_cache(maxsize=65536)(partial(_hit, self.labels))

    def hits(self, row: Row) -> tuple[Hit | None, ...]:
        """The labels of a row's slots; beside headings a misread one is recognised more easily.

        Remarks stand outside tables: within one, 备注 is a column or a word. A year that stands alone is no heading.
        """
        alone = row.line or len(row.filled) == 1
        out_of_place = {REMARKS} if not row.line else set()
        seen = (self.hit(slot) for slot in row.slots)
        found = tuple(
            None if hit and (hit.label.name in out_of_place or (alone and hit.label.text in YEARS)) else hit
            for hit in seen
        )
        if not any(hit and hit.label.group == "heading" for hit in found):
            return found
        return tuple(hit or self._beside(slot) for slot, hit in zip(row.slots, found, strict=True))

    def _beside(self, slot: Slot) -> Hit | None:
        match = _match(self.labels, _shape(slot.text), least=2, prior=IN_HEADING) if slot.text else None
        return Hit(match[0], "", match[1]) if match and match[0].group == "heading" else None


@cache
def layouts() -> tuple[Layout, ...]:
    """All layouts that ship, by name; raises `ValueError` for a declaration that lacks a part."""
    folder = files("normalize").joinpath("data", "layouts")
    found = [
        _load(yaml.load(f.read_text("utf-8"), Loader=_Loader), f.name)
        for f in folder.iterdir()
        if f.name.endswith(".yaml")
    ]
    return tuple(sorted(found, key=lambda layout: layout.name))


def _load(node: dict[str, object], file: str) -> Layout:
    try:
        budget = node["budget"]
        assert isinstance(budget, dict)
        labels = [Label("title", "title", skeleton(t)) for t in _strings(node["titles"])]
        for group in ("fields", "sections", "headings"):
            section = node[group]
            assert isinstance(section, dict)
            for name, texts in section.items():
                labels += [Label(group.removesuffix("s"), name, _shape(t)) for t in _strings(texts)]
        for side in ("income", "expenditure"):
            labels.append(Label("side", side, skeleton(budget[side]["label"])))
            labels += [Label("item", side, skeleton(t)) for t in _strings(budget[side]["items"])]
        return Layout(
            name=str(node["name"]),
            form=str(node["form"]),
            catalogue=str(node["catalogue"]),
            titles=_strings(node["titles"]),
            labels=tuple(dict.fromkeys(labels)),
            income=_strings(budget["income"]["items"]),
            expenditure=_strings(budget["expenditure"]["items"]),
            groups=(budget["income"]["label"], budget["expenditure"]["label"]),
            project_categories=_strings(node["project_categories"]),
        )
    except (KeyError, AssertionError, TypeError) as error:
        raise ValueError(f"layouts/{file}: missing or malformed part {error}") from error


def _strings(node: object) -> tuple[str, ...]:
    assert isinstance(node, list) and all(isinstance(text, str) for text in node)
    return tuple(node)


def _shape(text: str) -> str:
    """A text as labels are compared: without punctuation, every run of digits one #."""
    return re.sub(r"\d+", "#", skeleton(text))


_UNTIL = re.compile(r"\s*[（(]\s*截?\D{0,2}(?:\d{4})?\s*\D{0,2}[)）]|\s*截[止至]\s*\d{4}\s*年")
"""（截止2030年） after 长期目标, whatever its characters were read as."""
_AFTER = re.compile(r"[:：]\s*")
_MISREAD_COLON = "，,．.·、；; "
"""What a poor copy makes of the colon after a label."""


def _hit(labels: tuple[Label, ...], raw: str) -> Hit | None:
    """A slot is a label, a label with a colon and a text, or a label run together with its text."""
    text = fold(raw)
    if not text:
        return None
    exact = _exact(labels, _shape(text))
    if exact:
        return Hit(exact, "", False)
    colon = _AFTER.search(raw)
    if colon and colon.start() <= 16:
        head = _match(labels, _shape(raw[: colon.start()]), least=2, prior=AT_COLON)
        if head:
            rest = raw[colon.end() :]
            until = _UNTIL.match(rest)
            return Hit(head[0], rest[until.end() :] if until else rest, head[1])
    whole = _match(labels, _shape(text), least=3)
    return Hit(whole[0], "", True) if whole else _run_together(labels, raw)


def _exact(labels: tuple[Label, ...], shape: str) -> Label | None:
    return next((label for label in labels if label.text == shape), None)


def _match(
    labels: tuple[Label, ...], shape: str, least: int, prior: float = LABEL
) -> tuple[Label, bool] | None:
    """The label a short text is, and whether it was misread: channel against the word model.

    `least`: how long a label must be to be recognised when misread; a colon after it makes up for a character.
    """
    exact = _exact(labels, shape)
    if exact:
        return exact, False
    if not 2 <= len(shape) <= 20:
        return None
    near = process.extract(
        shape,
        [label.text for label in labels],
        scorer=Levenshtein.distance,
        score_cutoff=len(shape) // 2,
        limit=4,
    )
    likely = [
        i
        for _, _, i in near
        if len(labels[i].text) >= least and labels[i].text.count("#") == shape.count("#")
    ]
    best = min(((_explained(shape, labels[i].text), i) for i in likely), default=None)
    if (
        best is None
        or best[0] > UNREADABLE + UNREADABLE_EACH * len(shape)
        or best[0] + prior >= prose(shape.replace("#", ""))
    ):
        return None
    return labels[best[1]], True


def _explained(seen: str, true: str) -> float:
    return min(misreading(seen, true), slip(seen, true))


def _run_together(labels: tuple[Label, ...], raw: str) -> Hit | None:
    """`部门（单位）名称江阳县交通局`: a field's or section's label directly followed by its text."""
    text = raw.strip()
    if len(text) < 4 or not is_chinese(text[0]):
        return None
    for label in sorted(labels, key=lambda item: -len(item.text)):
        if (
            label.group not in ("field", "section")
            or len(label.text) < 3
            or label.text[0] != _shape(text[:1])
        ):
            continue
        for end in range(len(label.text), min(len(text), len(label.text) + 10)):
            if _shape(text[:end]) == label.text and text[end : end + 1] not in (")", "）"):
                until = _UNTIL.match(text[end:])
                rest = text[end:][until.end() :] if until else text[end:].lstrip(_MISREAD_COLON)
                return Hit(label, rest, False) if rest.strip() or until else None
    return None


@dataclass(frozen=True, slots=True)
class Claim:
    """How much of a layout a form shows: the title (2: as printed, 1: misread), sections, the budget's own items."""

    layout: Layout
    titled: int
    sections: int
    items: int

    @property
    def stands(self) -> bool:
        return (self.titled > 0 and self.sections >= 1) or self.sections >= MIN_SECTIONS

    @property
    def score(self) -> tuple[int, int]:
        return 2 * self.titled + self.items, self.sections


def claims(rows: Sequence[Row]) -> tuple[Claim, ...]:
    """What every layout can say for itself, best first; the best is alone at the top or there is no answer."""
    return tuple(sorted((_claim(layout, rows) for layout in layouts()), key=lambda c: c.score, reverse=True))


def _claim(layout: Layout, rows: Sequence[Row]) -> Claim:
    hits = [hit for row in rows for hit in layout.hits(row) if hit]
    return Claim(
        layout,
        titled=max((1 if h.misread else 2 for h in hits if h.label.group == "title"), default=0),
        sections=len({h.label.name for h in hits if h.label.group == "section"} - {REMARKS}),
        items=len({h.label.text for h in hits if h.label.group == "item"}),
    )


def split_forms(rows: Sequence[Row]) -> tuple[tuple[Row, ...], ...]:
    """One run of rows per form: a title begins a new form when a department is named before it and after it."""
    titles = [r for r, row in enumerate(rows) if _has(row, "title", "title")]
    named = [r for r, row in enumerate(rows) if _has(row, "field", "department")]
    cuts = [
        t
        for n, t in enumerate(titles)
        if any(r < t for r in named) and _named_until(named, t, titles[n + 1 :])
    ]
    bounds = [0, *cuts, len(rows)]
    return tuple(tuple(rows[a:b]) for a, b in pairwise(bounds) if a < b)


def _named_until(named: Iterable[int], start: int, later: Sequence[int]) -> bool:
    end = later[0] if later else max(named, default=0) + 1
    return any(start <= r < end for r in named)


def _has(row: Row, group: str, name: str) -> bool:
    found = (hit for layout in layouts() for hit in layout.hits(row))
    return any(hit is not None and hit.label.group == group and hit.label.name == name for hit in found)
