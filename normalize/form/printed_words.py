"""The words that forms print by themselves, in three kinds: what a text is when it says just such a word."""

from __future__ import annotations

import re
from functools import cache
from typing import Literal

from normalize.form.catalogue import BASES, CATEGORIES, NUMBER_MARK, Catalogue, load_catalogue
from normalize.form.layouts import Layout, layouts
from normalize.text.fold import skeleton

WordKind = Literal["label", "field", "word"]
"""`label` stands beside a run of rows, `field` announces what follows it, `word` fills a cell of one row."""

_KINDS: dict[str, WordKind] = {"section": "label", "side": "label", "field": "field"}


def text_to_kind(text: str) -> WordKind | None:
    """What kind of printed word the whole text is, `None` for a text of the clerk's own.

    >>> text_to_kind("核心业务产出3"), text_to_kind("长期目标：（截止2030年）"), text_to_kind("基本型")
    ('label', 'label', 'word')
    >>> text_to_kind("本控制"), text_to_kind("填报人"), text_to_kind("")
    (None, 'field', None)
    """
    return _words(layouts()).get(re.sub(r"\d+", "#", skeleton(text)))


@cache
def _words(every: tuple[Layout, ...]) -> dict[str, WordKind]:
    words: dict[str, WordKind] = {}
    known = [layout for layout in every if layout.form != "other" and not layout.by_labels]
    # of a word that several layouts print, those with a catalogue say what kind it is
    for layout in sorted(known, key=lambda layout: bool(layout.catalogue)):
        words.update(_layout_words(layout))
    for name in dict.fromkeys(layout.catalogue for layout in known if layout.catalogue):
        words.update(_catalogue_words(load_catalogue(name)))
    return words


def _layout_words(layout: Layout) -> dict[str, WordKind]:
    words: dict[str, WordKind] = dict.fromkeys(map(skeleton, layout.project_categories), "word")
    return words | {label.text: _KINDS.get(label.group, "word") for label in layout.labels}


def _catalogue_words(catalogue: Catalogue) -> dict[str, WordKind]:
    """A text that is a label and a word (an indicator named like its group) counts as a label."""
    row = [t for e in catalogue.entries for t in (e.level3, e.standard, *e.aliases) if t]
    words: dict[str, WordKind] = dict.fromkeys(map(skeleton, (*row, *BASES, *CATEGORIES)), "word")
    for entry in catalogue.entries:
        words[skeleton(entry.level1)] = "label"
        words[skeleton(entry.level2).replace(skeleton(NUMBER_MARK), "#")] = "label"
    return words
