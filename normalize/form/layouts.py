"""What each known form prints: a layout is a declaration in a YAML file, made ready here for reading rows by it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from pathlib import Path
from types import MappingProxyType

from normalize.form.catalogue import Catalogue, load_catalogue
from normalize.form.form_prices import FORM_PRICES
from normalize.form.labels import ANY, Hit, Label, Labels, label_shape
from normalize.form.layout_text import FileFault
from normalize.form.physical_rows import Row, RowSlot
from normalize.form.store import LayoutFile, MoneyFile, read_layout_files
from normalize.text.fold import skeleton
from normalize.text.own_data import data_folders

YEARS = ("#年", "#年度")
"""How the headings of the two history years read."""
REMARKS = "remarks"
"""The section of notes below a form, which say nothing about the department."""
_FRAME = "indicators-frame"
_SIDE_COLUMNS = frozenset({"weight", "explanation", "scoring", "source", "core", "remark"})
"""Columns that any form may print beside its indicators, and that say nothing about its other columns."""
BY_LABELS = "by-labels"
"""What the layouts are called (before the kind of form) that read a form which no other layout knows."""


@dataclass(frozen=True, eq=False)
class Layout:
    """One form of one year and place, as its YAML file declares it.

    `labels` hold all its printed words, `levels` those of level 1, which tell layouts apart, `words` closed lists by
    column, `absent` what it does not print, so that nothing is missing there. `titled` are words of a title that make a
    form this one, `not_titled` words that make it another; `needs` must all be printed (one of each group), and none of
    `never`.
    """

    name: str
    form: str
    about: str
    catalogue: str | None
    titles: tuple[str, ...]
    titled: tuple[str, ...]
    not_titled: tuple[str, ...]
    needs: tuple[tuple[str, ...], ...]
    never: tuple[str, ...]
    labels: tuple[Label, ...]
    levels: tuple[Label, ...]
    words: Mapping[str, tuple[str, ...]]
    absent: frozenset[str]
    repeats: str
    file: LayoutFile

    @property
    def by_labels(self) -> bool:
        """Whether it reads forms that no layout knows."""
        return self.name.startswith(BY_LABELS)

    @property
    def entries(self) -> Catalogue:
        """The catalogue of its indicators, the ministry's frame of levels where it has none of its own."""
        return load_catalogue(self.catalogue or _FRAME)

    @property
    def income(self) -> tuple[str, ...]:
        """The items of income, the sum last."""
        return self._side("income")

    @property
    def expenditure(self) -> tuple[str, ...]:
        """The items of expenditure, the sum last."""
        return self._side("expenditure")

    @property
    def groups(self) -> tuple[str, str]:
        """What stands beside the rows of income and of expenditure."""
        money = self.file.money or MoneyFile()
        sides = (money.income, money.expenditure)
        return (sides[0] and sides[0].label) or "", (sides[1] and sides[1].label) or ""

    @property
    def project_categories(self) -> tuple[str, ...]:
        """The usual words of a project's category."""
        return self.words.get("project_category", ())

    def _side(self, name: str) -> tuple[str, ...]:
        side = getattr(self.file.money, name, None)
        return tuple(side.items) if side else ()

    def printed(self, name: str, part: str | None = None) -> str:
        """How the form prints a field, a section or (`part`: its column) a table's heading first, to be said in messages.

        `part` is the horizon of a section with two names. Raises `KeyError` for what the layout does not name.
        """
        if part is not None and name in self.file.tables:
            return self.file.tables[name][part][0]
        texts = self.file.fields.get(name) or self.file.sections.get(name)  # type: ignore[call-overload]
        if isinstance(texts, dict):
            texts = texts[part] if part else next(iter(texts.values()))
        if not texts:
            raise KeyError(name)
        return str(texts[0])

    @cached_property
    def _found(self) -> Labels:
        return Labels(self.labels, () if self.catalogue else frame_words())

    def as_group(self, hit: Hit, *groups: str) -> Hit | None:
        """The hit as a label of one of these groups, where its text is such a label, too."""
        label = next((label for label in self._found.roles(hit.label) if label.group in groups), None)
        return replace(hit, label=label) if label else None

    def hit(self, slot: RowSlot) -> Hit | None:
        """The label that this slot holds, if any; a title with a word of another form is no misread title of this one."""
        hit = self._found.find(slot.raw if slot.text else "")
        if hit and hit.label.group == "title" and any(word in slot.text for word in self.not_titled):
            return None
        return hit

    def hits(self, row: Row) -> tuple[Hit | None, ...]:
        """The labels of a row's slots; beside headings a misread one is recognised more easily.

        Remarks stand outside tables: within one, 备注 is a column or a word. A year that stands alone is no heading.
        """
        alone = row.line or len(row.filled) == 1
        out_of_place = {REMARKS} if not row.line else set()
        seen = (self.hit(slot) for slot in row.slots)
        years = [slot.text for slot in row.slots if label_shape(slot.text) in YEARS]
        # a heading says each year once: the same one twice is a value
        alone = alone or len(set(years)) < len(years)
        found = tuple(
            None if hit and (hit.label.name in out_of_place or (alone and hit.label.text in YEARS)) else hit
            for hit in seen
        )
        if not any(hit and hit.label.group == "heading" for hit in found):
            return found
        return tuple(hit or self._beside(slot) for slot, hit in zip(row.slots, found, strict=True))

    def _beside(self, slot: RowSlot) -> Hit | None:
        """The heading that a text beside headings is misread from; the file's own characters are another column's."""
        shape = label_shape(slot.text) if slot.text and (self.catalogue or not slot.exact) else ""
        match = self._found.match(shape, least=2, prior=FORM_PRICES.label_in_heading) if shape else None
        return Hit(match[0], "", match[1]) if match and match[0].group == "heading" else None


def layouts() -> tuple[Layout, ...]:
    """All layouts by name: those that ship and a bureau's own; a bureau's file that is wrong is left out.

    Raises `LayoutFileError` for one that ships.
    """
    return read_layouts(data_folders())[0]


@cache
def frame_words() -> frozenset[str]:
    """The names of levels 1 and 2 that the ministry's frame gives to the indicators of any form."""
    entries = load_catalogue(_FRAME).entries
    return frozenset(word for entry in entries for word in (entry.level1, entry.level2))


@cache
def read_layouts(folders: tuple[Path, ...]) -> tuple[tuple[Layout, ...], tuple[FileFault, ...]]:
    """The layouts that ship and those of `folders`, by name, and what is wrong with files of these."""
    found, faults = read_layout_files(folders)
    known, wrong = [], list(faults)
    for name in sorted(found):
        try:
            layout = file_to_layout(found[name])
            if layout.entries.entries:
                known.append(layout)
        except (KeyError, ValueError) as error:
            wrong.append(
                FileFault(f"catalogues/{found[name].catalogue}.csv", None, f"not a catalogue: {error}")
            )
    common = {layout.form: layout for layout in known if layout.by_labels}
    columns = [label for layout in known for label in layout.labels if label.group == "heading"]
    others = frozenset(label.text for label in columns if label.part not in _SIDE_COLUMNS)
    return tuple(_with_side_columns(layout, common.get(layout.form), others) for layout in known), tuple(
        wrong
    )


def _with_side_columns(layout: Layout, common: Layout | None, others: frozenset[str]) -> Layout:
    """A layout that also knows the side columns of `common`, which reads any form of its kind, where it names none itself.

    A word of `others` heads another column in some form (绩效标准). A layout with a catalogue finds what stands beside its
    indicators by itself.
    """
    if common is None or layout.catalogue or "indicators" not in layout.file.tables:
        return layout
    named = {label.part for label in layout.labels if label.group == "heading"}
    texts = {label.text for label in layout.labels} | others
    shared = (
        label
        for label in common.labels
        if label.group == "heading" and label.part in _SIDE_COLUMNS - named and label.text not in texts
    )
    return replace(layout, labels=(*layout.labels, *(label for label in shared if ANY not in label.text)))


def file_to_layout(file: LayoutFile) -> Layout:
    """A layout as its file says it."""
    return Layout(
        name=file.name,
        form=file.form,
        about=file.about,
        catalogue=file.catalogue,
        titles=tuple(file.titles or ()),
        titled=tuple(map(skeleton, file.titled or ())),
        not_titled=tuple(map(skeleton, file.not_titled)),
        needs=tuple(
            (label_shape(n),) if isinstance(n, str) else tuple(map(label_shape, n)) for n in file.needs
        ),
        never=tuple(map(label_shape, file.never)),
        labels=tuple(dict.fromkeys(_labels(file))),
        levels=tuple(_named("level", "level1", file.levels)),
        words=MappingProxyType({name: tuple(texts) for name, texts in file.words.items()}),
        absent=frozenset(file.absent),
        repeats=file.repeats,
        file=file,
    )


def _labels(file: LayoutFile) -> Iterator[Label]:
    for title in file.titles or ():
        yield Label("title", "title", skeleton(title))
    for name, texts in file.fields.items():
        yield from _named("field", name, texts)
    for section, parts in file.sections.items():
        for part, texts in parts.items() if isinstance(parts, dict) else (("", parts),):
            yield from _named("section", section, texts, part)
    for table, columns in file.tables.items():
        for column, texts in columns.items():
            yield from _named("heading", table, texts, column)
    yield from _money_labels(file.money or MoneyFile())


def _money_labels(money: MoneyFile) -> Iterator[Label]:
    for name, side in (("income", money.income), ("expenditure", money.expenditure)):
        if side and side.label:
            yield Label("side", name, skeleton(side.label))
        yield from _named("item", name, side.items if side else ())
    for name, texts in (("total", money.total), ("annual_total", money.annual), ("sources", money.sources)):
        yield from _named("item", name, texts or ())


def _named(group: str, name: str, texts: Sequence[str], part: str = "") -> Iterator[Label]:
    for text in texts:
        yield Label(group, name, label_shape(text), part)
