"""Selectors of style sheets (`td .old`, `#x > i[hidden]`): what they are about, and whether they mean a tag."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

_PART = re.compile(
    r"([.#])([-\w]+)|\[\s*([-\w]+)\s*(?:=\s*[\"']?([^\"'\]]*)[\"']?\s*)?\]|(\*)|([a-z][a-z0-9]*)", re.I
)
_STEP = re.compile(r"\s*(>)\s*|\s+")
_MOST_STEPS = 8
"""A selector of more steps is no part of a style sheet that a person or program writes for a form."""


@dataclass(frozen=True, slots=True)
class Tag:
    """A start tag: its name in small letters, its attributes (names in small letters), and its classes."""

    name: str
    attributes: Mapping[str, str]
    classes: frozenset[str]


@dataclass(slots=True)
class _Compound:
    name: str = ""
    classes: set[str] = field(default_factory=set)
    attributes: list[tuple[str, str | None]] = field(default_factory=list)

    def means(self, tag: Tag) -> bool:
        return (
            self.name in ("", tag.name)
            and self.classes <= tag.classes
            and all(
                name in tag.attributes and (value is None or tag.attributes[name] == value)
                for name, value in self.attributes
            )
        )


@dataclass(frozen=True, slots=True)
class Selector:
    """The steps of a selector from the last to the first, each with whether it must be the parent of the one before."""

    steps: tuple[tuple[_Compound, bool], ...]
    weight: tuple[int, int, int]

    @property
    def key(self) -> str:
        """A word that every tag has that is meant: `#x`, `.old`, `td`, or `*` where any may be."""
        last = self.steps[0][0]
        named = next((f"#{value}" for name, value in last.attributes if name == "id" and value), "")
        return named or next((f".{name}" for name in sorted(last.classes)), "") or last.name or "*"

    def means(self, tag: Tag, around: Sequence[Tag]) -> bool:
        """Whether the selector means `tag`, `around` being the open tags from the outermost to its parent."""
        return self.steps[0][0].means(tag) and self._fits(1, around)

    def _fits(self, step: int, around: Sequence[Tag]) -> bool:
        """Whether the steps from `step` on are found above; the nearest place decides, as it does for all but the oddest."""
        place = len(around)
        for compound, of_parent in self.steps[step:]:
            place -= 1
            while place >= 0 and not compound.means(around[place]):
                place = -1 if of_parent else place - 1
            if place < 0:
                return False
        return True


def text_to_selector(text: str) -> Selector | None:
    """The selector that a style sheet writes; `None` for one that asks for more than tags, such as `:hover` or `a + b`."""
    parts = _STEP.split(text.strip())
    words, joints = parts[::2], parts[1::2]
    if not words or len(words) > _MOST_STEPS:
        return None
    compounds = [_text_to_compound(word) for word in words]
    known = [compound for compound in compounds if compound is not None]
    if len(known) < len(words):
        return None
    steps = [(known[-1], False)]
    steps += [(known[n], joints[n] == ">") for n in range(len(known) - 2, -1, -1)]
    ids = sum(name == "id" for one in known for name, _ in one.attributes)
    others = sum(len(one.classes) + sum(name != "id" for name, _ in one.attributes) for one in known)
    return Selector(tuple(steps), (ids, others, sum(bool(one.name) for one in known)))


def _text_to_compound(word: str) -> _Compound | None:
    compound, end = _Compound(), 0
    for part in _PART.finditer(word):
        if part.start() != end:
            return None
        end = part.end()
        mark, name, attribute, value, _, tag = part.groups()
        if mark == ".":
            compound.classes.add(name)
        elif mark == "#":
            compound.attributes.append(("id", name))
        elif attribute:
            compound.attributes.append((attribute.lower(), value))
        elif tag:
            compound.name = tag.lower()
    return compound if end == len(word) and word else None
