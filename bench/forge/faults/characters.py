"""Faults of characters: look-alikes, sound-alikes, strays, lost ones."""

from __future__ import annotations

from random import Random

from bench.forge.departments import load
from bench.forge.faults.draft import Draft
from bench.forge.form import COLUMNS

_CONFUSIONS = load("confusions.yaml")
LOOK_ALIKES: dict[str, str] = {
    group[0]: "".join(c for c in group[1:] if c != group[0]) for group in _CONFUSIONS["look_alikes"].split()
}
SOUND_ALIKES: tuple[tuple[str, str], ...] = tuple(
    (meant, typed) for pair in _CONFUSIONS["sound_alikes"].split() for meant, typed in [pair.split(">")]
)
RARE: str = _CONFUSIONS["rare"]


def _misread(rng: Random, text: str, rate: float) -> str:
    """The text with every character taken for a look-alike at this rate."""
    out = []
    for char in text:
        options = LOOK_ALIKES.get(char, "")
        out.append(rng.choice(options[:1] * 2 + options) if options and rng.random() < rate else char)
    return "".join(out)


def typo_shape(draft: Draft, rate: float) -> None:
    """A look-alike in words of the form or the catalogue; ``rate`` per character."""
    for cell in draft.cells():
        if cell.closed and len(cell.text) > 1:
            text = _misread(draft.rng, cell.text, rate)
            if text != cell.text:
                draft.note("typo-shape", cell.text, text)
                cell.text = text


def typo_sound(draft: Draft, rate: float) -> None:
    """A typist's slip in a usual text, wherever the annual table or both tables repeat it."""
    usual = sorted(
        {cell.text for row in draft.indicator_rows("annual") for cell in row.cells[4:7] if cell.closed}
    )
    count = int(rate) + (draft.rng.random() < rate % 1)
    for text in draft.rng.sample(usual, min(count, len(usual))):
        slips = [(before, after) for before, after in SOUND_ALIKES if before in text]
        if not slips:
            continue
        typed = text.replace(*draft.rng.choice(slips), 1)
        for part in draft.rng.choice((("annual",), ("annual",), ("annual", "long"))):
            for cell in (c for row in draft.indicator_rows(part) for c in row.cells[4:] if c.text == text):
                cell.text = typed
        draft.note("typo-sound", text, typed)


def stray(draft: Draft, rate: float) -> None:
    """A rare character put into, or in place of, a character of any text."""
    cells = [
        c
        for row in draft.rows
        if row.part in COLUMNS and row.kind == "data"
        for c in row.cells
        if len(c.text) > 2
    ]
    count = int(rate) + (draft.rng.random() < rate % 1)
    for cell in draft.rng.sample(cells, min(count, len(cells))):
        at, rare = draft.rng.randrange(len(cell.text)), draft.rng.choice(RARE)
        instead = draft.rng.random() < 0.4
        text = cell.text[:at] + rare + cell.text[at + instead :]
        draft.note("stray", cell.text, text)
        cell.text = text


def drop_character(draft: Draft, rate: float) -> None:
    """A character of a catalogue text is not read; ``rate`` a form."""
    cells = [c for row in draft.indicator_rows() for c in row.cells if c.closed and len(c.text) > 3]
    count = int(rate) + (draft.rng.random() < rate % 1)
    for cell in draft.rng.sample(cells, min(count, len(cells))):
        at = draft.rng.randrange(len(cell.text))
        text = cell.text[:at] + cell.text[at + 1 :]
        draft.note("drop-character", cell.text, text)
        cell.text = text
