"""What a table is decoded to: logical rows, each with its state, its fields and what is doubtful about it."""

from __future__ import annotations

from dataclasses import dataclass

from normalize.channel.observation import Observation, Own, Picture, Transcript
from normalize.form.physical_rows import Row, Slot
from normalize.table.model import State


@dataclass(frozen=True, slots=True)
class Hint:
    """What a heading row says about the rows below it: a variant, and the price of being another one."""

    variant: int
    price: float


@dataclass(frozen=True, slots=True)
class Piece:
    """One cell (or the part of a glued cell) that a field was read from; several when a row was split."""

    slots: tuple[Slot, ...]
    text: str
    glued: bool = False

    @property
    def exact(self) -> bool:
        """Whether the characters are the file's own, and whole in one cell."""
        return all(slot.exact for slot in self.slots) and not self.joined

    @property
    def joined(self) -> bool:
        return len(self.slots) > 1

    @property
    def observation(self) -> Observation:
        """How the text was seen. A part of a cell, or a text joined from several, has no picture of its own."""
        if self.exact:
            return Own(self.text)
        posteriors = None if self.glued or self.joined else self.slots[0].posteriors
        return Transcript(self.text) if posteriors is None else Picture(self.text, posteriors)


@dataclass(frozen=True, slots=True)
class LogicalRow:
    """One row of the table: its state, the pieces by column key, and what is doubtful about it."""

    state: State
    case: int
    rows: tuple[int, ...]
    fields: dict[str, Piece]
    doubtful: frozenset[str]
    skipped: tuple[Slot, ...]
    rivals: tuple[State, ...]
    gap: bool


@dataclass(frozen=True, slots=True)
class Decoded:
    """All logical rows in order, and the rows that belong to none (each with how many logical rows precede it)."""

    rows: tuple[LogicalRow, ...]
    foreign: tuple[tuple[int, Row], ...]
    cost: float
