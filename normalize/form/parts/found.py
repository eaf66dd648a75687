"""What a form falls apart into: answers beside labels, and tables under headings, with the slots that they stand in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from normalize.form.labels import Label
from normalize.form.physical_rows import Row, RowSlot

UNKNOWN_COLUMN = "extra:"
"""What a column is called (before its printed heading) that the layout does not know."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What stands beside, under or behind a label. `printed` is the label as the form has it; a blank answer has no slots."""

    label: Label
    printed: str
    slots: tuple[RowSlot, ...]


@dataclass(frozen=True, slots=True)
class PrintedLabel:
    """A label and the text of its cell; `guessed`: no layout has it, its name tells."""

    label: Label
    printed: str
    guessed: bool


@dataclass(frozen=True, slots=True)
class PartRow:
    """One row of a table: its cells by column, those that stand higher up for several rows included.

    `sure`: whether its cells lie under the heading for certain, by lines or because they are as many.
    """

    cells: Mapping[str, RowSlot]
    row: Row
    sure: bool


@dataclass(frozen=True, slots=True)
class FormTable:
    """A table under its heading: `horizon` is `long_term` or `annual` for indicators, `columns` maps names to headings.

    `again`: the heading of the table before is printed once more, and nothing stands between. `told` are columns that no
    heading names, and that what they hold does.
    """

    name: str
    horizon: str
    columns: Mapping[str, str]
    rows: tuple[PartRow, ...]
    again: bool = False
    told: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FormParts:
    """A whole form: its title, answers and tables in their order, the money unit that a label names, and what is left."""

    title: RowSlot | None
    answers: tuple[Answer, ...]
    tables: tuple[FormTable, ...]
    unit_in_label: str | None
    rest: tuple[RowSlot, ...]

    def answers_to(self, group: str, name: str) -> tuple[Answer, ...]:
        """The answers to a label of this group (`field`, `section`, `item`) and name."""
        return tuple(a for a in self.answers if (a.label.group, a.label.name) == (group, name))
