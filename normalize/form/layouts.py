"""Which form is it? Layouts are declarations; exactly one claims a form. Labels are matched through the channel."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache, partial
from importlib.resources import files

import yaml

from normalize.form.form_prices import FORM_PRICES
from normalize.form.labels import (
    Hit,
    Label,
    find_label,
    label_shape,
    match_label,
)
from normalize.form.physical_rows import Row, Slot
from normalize.text.fold import skeleton

# the C loader reads a layout in a tenth of the time; both are safe loaders
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

YEARS = ("#年", "#年度")
"""How the headings of the two history years read."""
REMARKS = "remarks"
"""The section of notes below a form, which say nothing about the department."""


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
        return lru_cache(maxsize=65536)(partial(find_label, self.labels))

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
        match = (
            match_label(self.labels, label_shape(slot.text), least=2, prior=FORM_PRICES.label_in_heading)
            if slot.text
            else None
        )
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
                labels += [Label(group.removesuffix("s"), name, label_shape(t)) for t in _strings(texts)]
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
